"""What the features above put on the page of a case: hearings, losses, referrals.

A case knows of none of them, so each says at start what it has to show. In a feature's
``routes.init_app``::

    from beacon.cases import panels

    panels.add("Hearings", order=10, permission=CourtPermission.READ, render=hearings_panel)

where ``hearings_panel(case, actor)`` reads what the actor may see (start from ``scope.visible``)
and gives ``render_template("courts/panel.html", ...)``: HTML without a heading, or None where there
is nothing to say. The page of the case writes the heading, and leaves the panel out for anybody
without the permission. A template used so extends nothing and has no h1. What it shows of people
must be named in ``fields``, which are written to the log with the page.

A page with many panels still sends few statements: what they ask is sent together, where a panel is
made to be asked with others::

    @asking
    def hearings_panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
        rows = yield from queries.hearings_of_crime.ask(actor, case.crime.reference_key)
        return render_template("courts/panel.html", rows=rows)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from beacon.cases.models import CaseFile
from beacon.core import roles, together
from beacon.core.actor import Actor
from beacon.core.together import Asking, asking
from beacon.entitlements.terms import Milestone

Render = Callable[[CaseFile, Actor], str | None]


@dataclass(frozen=True)
class Recorder:
    """The page on which something is recorded that a feature above knows more of than a case."""

    endpoint: str  # takes the case's reference
    words: str
    permission: StrEnum


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One part of the page of a case that belongs to a feature above."""

    title: str
    order: int
    permission: StrEnum
    render: Render
    fields: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The name by which the page's own links lead to it."""
        return self.title.lower().replace(",", "").replace(" ", "-")


@dataclass(frozen=True)
class Shown:
    """A panel with what it says of one case."""

    panel: Panel
    html: Markup


_panels: dict[str, Panel] = {}
_recorders: dict[Milestone, Recorder] = {}
_closing: dict[str, str] = {}


def record_by(kind: Milestone, endpoint: str, words: str, permission: StrEnum) -> None:
    """Say on which page a milestone is recorded, such as a charge with its first hearing.

    The endpoint takes ``reference``, the case's: ``/cases/<reference>/charge``. What nobody says so
    of is recorded on the page of the case itself.
    """
    _recorders[kind] = Recorder(endpoint, words, permission)


def recorder_of(kind: Milestone) -> Recorder | None:
    """The page on which this milestone is recorded, where it is not the case's own."""
    return _recorders.get(kind)


def recorders(actor: Actor) -> list[Recorder]:
    """The pages of features above on which this person may record something about a case."""
    return [one for one in _recorders.values() if roles.may(actor.roles, one.permission)]


def close_by(endpoint: str) -> None:
    """Say on which page a case is closed: that of a feature above, which knows of plans and goals.

    The endpoint takes ``reference``, the case's.
    """
    _closing["endpoint"] = endpoint


def closed_by() -> str | None:
    """The page on which a case is closed."""
    return _closing.get("endpoint")


def add(
    title: str,
    order: int,
    permission: StrEnum,
    render: Render,
    fields: Iterable[str] = (),
) -> None:
    """Put a panel on the page of every case, for those who hold the permission.

    The lower order comes first. Adding one of the same title again replaces it.
    """
    _panels[title] = Panel(
        title=title, order=order, permission=permission, render=render, fields=tuple(fields)
    )


def registered() -> list[Panel]:
    """Every panel there is, in the order of the page."""
    return sorted(_panels.values(), key=lambda panel: (panel.order, panel.title))


@asking
def of(case: CaseFile, actor: Actor) -> Asking[list[Shown]]:
    """The panels that have something to say of this case to this person."""
    may = [panel for panel in registered() if roles.may(actor.roles, panel.permission)]
    said = yield from together.at_once(*(together.of(one.render, case, actor) for one in may))
    return [
        # What render_template gives is already escaped; a template is the only source.
        Shown(panel, Markup(html))  # noqa: S704  # nosec B704
        for panel, html in zip(may, said, strict=True)
        if html is not None
    ]
