"""The exact figures of the cases that a person may open, the duties behind them, and a pack."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Pace
from beacon.core import clock
from beacon.reports import queries
from beacon.reports.forms import DutiesForm, PeriodForm, SampleForm
from beacon.reports.queries import DutyList
from beacon.reports.routes.ground import FIGURES, WORDS, bp, name_of, told
from beacon.reports.rules import Period, figures_of, pack_of, quarter_before
from beacon.reports.terms import OF_PEOPLE
from beacon.web import cursors
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required

LIST_FIELDS = ("name", "duties")


@bp.route("/compliance/cases")
@permission_required(FIGURES)
def figures() -> ResponseReturnValue:
    """The exact figures of any days, of the cases that the person may open."""
    form, today = PeriodForm(), clock.today()
    period = form.asked_for(quarter_before(today))
    told(period, "counted")
    found = figures_of(queries.counted(period, today, viewer=current_user.actor))
    return render_template("reports/figures.html", form=form, period=period, found=found, **WORDS)


@bp.route("/compliance/duties")
@permission_required(FIGURES)
def duties() -> ResponseReturnValue:
    """The duties behind a figure, a page at a time."""
    actor, form, today = current_user.actor, DutiesForm(), clock.today()
    audit.keep_pace(actor, Pace.LISTS)
    period = form.asked_for(quarter_before(today))
    listed = DutyList(
        viewer=actor,
        period=period,
        today=today,
        rule=form.rule.data or None,
        outcome=form.chosen,
        cut=form.by,
        row=form.row.data or "",
    )
    page = listed.page(cursors.asked_for())
    fields = (*LIST_FIELDS, form.by.value) if form.by in OF_PEOPLE else LIST_FIELDS
    audit.shown(actor, "case_file", [row.case_id for row in page], fields)
    return render_template("reports/duties.html", form=form, period=period, page=page)


@bp.route("/compliance/sample")
@permission_required(FIGURES)
def sample() -> ResponseReturnValue:
    """Cases drawn by lot, for a supervisor to look at how victims were told, not only when."""
    actor, form, today = current_user.actor, SampleForm(), clock.today()
    audit.keep_pace(actor, Pace.LISTS)
    period = form.asked_for(quarter_before(today))
    number, seed = form.how_many(), form.usual_seed(today)
    rows = queries.sample(actor, period, number=number, seed=seed)
    ids = [row.case_id for row in rows]
    audit.shown(actor, "case_file", ids, LIST_FIELDS, action="case.sampled")
    return render_template("reports/sample.html", form=form, period=period, rows=rows, seed=seed)


@bp.route("/compliance/pack.json")
@permission_required(FIGURES)
def pack() -> ResponseReturnValue:
    """The figures of the cases that the person may open, the duties counted, and a hash."""
    period = PeriodForm().asked_for(quarter_before(clock.today()))
    told(period, "packed", Operation.DISCLOSURE)
    now = clock.now()
    rows = queries.facts(period, now, viewer=current_user.actor)
    return attachment(pack_of(rows, period, now), f"{name_of(period)}-pack.json")


def boxes(period: Period) -> dict[str, list[int]]:
    """A period as the boxes of a form send it."""
    days = {"first": period.first, "last": period.last}
    return {name: [day.day, day.month, day.year] for name, day in days.items()}
