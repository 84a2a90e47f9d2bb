"""The rows behind one figure of the page, for those who may open them."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock
from beacon.reports.forms import BehindForm
from beacon.reports.queries.outcomes import FAMILIES, Asked, BehindList
from beacon.reports.routes.outcomes.ground import FIGURES, bp, days_in_words
from beacon.reports.rules import quarter_before
from beacon.reports.rules.outcome_tables import EQUALITY, SPECS
from beacon.web import cursors
from beacon.web.guard import permission_required

LIST_FIELDS = ("name",)


@bp.route("/rows")
@permission_required(FIGURES)
def rows() -> ResponseReturnValue:
    """The cases, duties, hearings or referrals of one figure, a page at a time."""
    actor, form, today = current_user.actor, BehindForm(), clock.today()
    audit.keep_pace(actor, Pace.LISTS)
    period = form.asked_for(quarter_before(today))
    spec = SPECS.get(form.grid.data or "")
    if spec is None:
        return redirect(url_for("outcomes.index"))
    subject, _, cut = (form.grid.data or "").partition(".")
    group, name, column = (one.data or "" for one in (form.group, form.name, form.column))
    listed = BehindList(
        family=FAMILIES[subject],
        asked=Asked(viewer=actor, period=period, today=today),
        cut=cut,
        row=(group, name) if name else None,
        group=group,
        column=column if column in spec.columns else "",
    )
    page = listed.page(cursors.asked_for())
    fields = (*LIST_FIELDS, cut) if spec.section == EQUALITY and name else LIST_FIELDS
    ids = [row.case_id for row in page if row.case_id is not None]
    audit.shown(actor, "case_file", ids, fields)
    return render_template(
        "reports/outcome_rows.html",
        period=period,
        page=page,
        spec=spec,
        words=days_in_words(period),
        row_words=name or group,
        column_words=spec.columns.get(column, ""),
    )
