"""The way round: one list of places, of which each person is shown those they may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, current_app, request, url_for
from flask_login import current_user

FIGURES = "figures.index"  # the page on which the places that are figures stand together
# As many as stand in two rows: whoever has more finds the figures on one page of their own.
PLACES_AT_MOST = 12


@dataclass(frozen=True)
class Item:
    """One place in the service navigation. Without a permission, everyone signed in sees it."""

    label: str
    endpoint: str
    permission: StrEnum | None = None
    order: int = 100
    also: tuple[str, ...] = ()  # other blueprints whose pages belong to this place
    about: str = ""  # what is counted there, for a place that is figures

    @property
    def is_figures(self) -> bool:
        """Whether it stands with the other figures where the menu would be too long."""
        return bool(self.about)


@dataclass(frozen=True)
class Link:
    """An item as the page shows it."""

    label: str
    href: str
    is_current: bool
    about: str = ""


def register(app: Flask, items: Iterable[Item]) -> None:
    """Add places to the navigation, at start."""
    known: list[Item] = app.extensions.setdefault("beacon_navigation", [])
    known.extend(items)
    known.sort(key=lambda item: (item.order, item.label))


def check(app: Flask) -> None:
    """Stop the start when the navigation leads to a page that does not exist."""
    for item in registered(app):
        if item.endpoint not in app.view_functions:
            raise RuntimeError(f"the navigation leads to {item.endpoint}, which does not exist")


def registered(app: Flask) -> tuple[Item, ...]:
    """Every place there is, for everybody."""
    return tuple(app.extensions.get("beacon_navigation", ()))


def navigation() -> list[Link]:
    """The places the present person may open, the one they are in marked."""
    if not current_user.is_authenticated:
        return []
    mine = _of_this_person()
    here = _here(mine)
    if len(mine) <= PLACES_AT_MOST or FIGURES not in current_app.view_functions:
        return [_link(item, here) for item in mine]
    shown = [_link(item, here) for item in mine if not item.is_figures]
    together = [item for item in mine if item.is_figures]
    if together:
        is_current = request.endpoint == FIGURES or here in together
        place = sum(item.order < together[0].order for item in mine if not item.is_figures)
        shown.insert(place, Link("Figures", url_for(FIGURES), is_current))
    return shown


def figures() -> list[Link]:
    """The places of the present person that are figures, each with what is counted there."""
    return [_link(item, None) for item in _of_this_person() if item.is_figures]


def _of_this_person() -> list[Item]:
    return [
        item
        for item in registered(current_app)
        if item.permission is None or current_user.may(item.permission)
    ]


def _link(item: Item, here: Item | None) -> Link:
    return Link(item.label, url_for(item.endpoint), item is here, item.about)


def _here(mine: list[Item]) -> Item | None:
    """The place that the page belongs to: the very page, or else the first of its feature."""
    exact = [item for item in registered(current_app) if item.endpoint == request.endpoint]
    if exact:
        return exact[0]
    near = (
        item
        for item in mine
        if request.blueprint and request.blueprint in {item.endpoint.rpartition(".")[0], *item.also}
    )
    return next(near, None)


def init_app(app: Flask) -> None:
    """Let every template ask for the navigation."""
    app.add_template_global(navigation)
