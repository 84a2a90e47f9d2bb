"""The weekly list of unusual access. Reading it is itself written down."""

from __future__ import annotations

from datetime import date, timedelta

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import AuditPermission, Outcome
from beacon.core import clock
from beacon.oversight import queries
from beacon.oversight.forms.log import WeekForm
from beacon.oversight.queries import About, Listed
from beacon.oversight.routes.ground import bp
from beacon.oversight.rules import Unusual
from beacon.web.guard import permission_required

WEEK = timedelta(days=7)


@bp.route("/unusual")
@permission_required(AuditPermission.READ)
def unusual() -> ResponseReturnValue:
    """What was unusual in one week, the last whole one unless another is asked for."""
    form = WeekForm()
    day = form.day.data if form.asked_well() else None
    monday = queries.week_of(day or clock.today() - WEEK)
    listed = queries.unusual(monday)
    audit.shown(
        current_user.actor,
        "week",
        [monday.isoformat()],
        tuple(dict.fromkeys(one.finding.rule.value for one in listed)),
        action="log.unusual_shown",
    )
    return render_template(
        "oversight/unusual.html",
        form=form,
        monday=monday,
        sunday=monday + timedelta(days=6),
        before=_boxes(monday - WEEK),
        after=_boxes(monday + WEEK) if monday + WEEK <= clock.today() else None,
        lines=[(one, in_the_log(one)) for one in listed],
    )


def in_the_log(one: Listed) -> str:
    """The address of the rows of the log behind one line."""
    found = one.finding
    asked: dict[str, object] = {
        "first": _boxes(clock.london_day(found.first)),
        "last": _boxes(clock.london_day(found.last)),
    }
    if found.person_id is None:
        asked |= {"about": About.CASE.value, "record": found.records[0]}
    else:
        asked["who"] = found.person_id
    if found.rule is Unusual.REFUSALS:
        asked["outcome"] = Outcome.REFUSED.value
    return url_for("oversight.log_search", **asked)  # type: ignore[arg-type]


def _boxes(day: date) -> list[int]:
    """A day as the three boxes of a form send it."""
    return [day.day, day.month, day.year]
