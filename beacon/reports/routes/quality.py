"""Data quality: what is missing or contradicts itself, by team, each with the box that mends it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock
from beacon.reports.forms import QualityForm
from beacon.reports.queries.quality import Lack, LackList, lacking
from beacon.reports.terms import ReportPermission
from beacon.reports.terms.quality import Check
from beacon.web import charts, cursors
from beacon.web.guard import permission_required

bp = Blueprint("quality", __name__, url_prefix="/reports/quality", template_folder="../templates")
QUALITY = ReportPermission.QUALITY
LIST_FIELDS = ("name", "quality")


@bp.route("")
@permission_required(QUALITY)
def index() -> ResponseReturnValue:
    """How many of the cases that the person may open lack something, by team."""
    found = lacking(current_user.actor, clock.today())
    rows = [(check, found[check]) for check in Check]
    teams = sorted({team for _, counts in rows for team in counts})
    totals = {check: counts.total() for check, counts in rows}
    wrong = [check for check in Check if totals[check]]
    drawn = charts.lying(
        [check.label for check in wrong], [totals[check] for check in wrong], write=str
    )
    return render_template(
        "reports/quality.html",
        rows=rows,
        teams=teams,
        totals=totals,
        any_case=bool(teams),
        # The drawing escapes its words.
        drawing=Markup(drawn) if wrong else "",  # noqa: S704  # nosec B704
    )


@bp.route("/cases")
@permission_required(QUALITY)
def cases() -> ResponseReturnValue:
    """The cases that lack one thing, a page at a time, each with the box that mends it."""
    actor, form = current_user.actor, QualityForm()
    audit.keep_pace(actor, Pace.LISTS)
    if form.chosen is None:
        return redirect(url_for("quality.index"))
    listed = LackList(
        viewer=actor, check=form.chosen, today=clock.today(), team=form.team.data or ""
    )
    page = listed.page(cursors.asked_for())
    audit.shown(actor, "case_file", [row.case_id for row in page], LIST_FIELDS)
    return render_template(
        "reports/quality_cases.html",
        check=form.chosen,
        team=form.team.data or "",
        page=page,
        box_of=lambda row: _box(form.chosen, row),
    )


def _box(check: Check | None, row: Lack) -> str:
    """The address of the box that mends it."""
    if check is None:
        return ""
    mend = check.mend
    named = {"victim_id": row.victim_id} if mend.by_victim else {"reference": row.reference}
    return url_for(mend.endpoint, **named, _anchor=mend.box or None)
