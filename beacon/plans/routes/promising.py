"""Promises: given, changed, ended; and how many were not kept."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Response, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Pace
from beacon.cases import queries as cases
from beacon.core import clock
from beacon.feeds.tables import csv_of
from beacon.plans import commands, queries
from beacon.plans.forms import PeriodForm, PromiseChangeForm, PromiseForm
from beacon.plans.models import Promise
from beacon.plans.queries import PromiseReport
from beacon.plans.routes.ground import (
    WORK,
    bp,
    carried_out,
    changed,
    doubts_of_day,
    form_page,
    onward,
    the_case,
    to_plan,
)
from beacon.plans.rules import broken_by_month
from beacon.plans.terms import PlanPermission, PromisedTo
from beacon.web import charts
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required
from beacon.web.versions import VersionedForm

report_bp = Blueprint("promises", __name__, url_prefix="/promises", template_folder="../templates")
REPORT = PlanPermission.REPORT
MONTHS = 6
COLUMNS = (
    "month", "team", "promised", "kept", "kept_late", "broken", "withdrawn", "not_yet_due",
)  # fmt: skip


@bp.route("/<string:reference>/promises/new", methods=["GET", "POST"])
@permission_required(WORK)
def give_promise(reference: str) -> ResponseReturnValue:
    """Write down what is promised, to whom, by when and by whom."""
    case, actor = the_case(reference), current_user.actor
    form = PromiseForm(to=PromisedTo.VICTIM)
    form.offer(queries.owners_for(case))
    if (
        form.submitted_well()
        and form.is_sure(doubts_of_day(case, form.due_on.data, form.owner.data), form.due_on)
        and carried_out(
            form, lambda: commands.give_promise(case, form.given(), actor=actor), VersionedForm
        )
    ):
        flash("The promise is written down.")
        return to_plan(case, "promises")
    return form_page("plans/promise.html", case, form)


@bp.route("/<string:reference>/promises/<int:promise_id>", methods=["GET", "POST"])
@permission_required(WORK)
def change_promise(reference: str, promise_id: int) -> ResponseReturnValue:
    """Move a promise, hand it on, or say what became of it."""
    case, actor = the_case(reference), current_user.actor
    promise = cases.row_of(actor, case, Promise, promise_id)
    owners = queries.owners_for(case)
    form, was_due = PromiseChangeForm.of(promise, owners), promise.due_on
    if form.submitted_well() and changed(
        form,
        case,
        was_due,
        lambda: commands.change_promise(
            case, promise, form.given(), form.end(), version=form.read_version, actor=actor
        ),
        lambda: PromiseChangeForm.of(promise, owners, formdata=None),
    ):
        flash("The promise is changed.")
        return to_plan(case, "promises")
    return form_page("plans/promise.html", case, form, promise=promise)


@bp.route("/<string:reference>/promises/<int:promise_id>/kept", methods=["POST"])
@permission_required(WORK)
def keep_promise(reference: str, promise_id: int) -> ResponseReturnValue:
    """Say with one press that a promise was kept."""
    case = the_case(reference)
    promise = cases.row_of(current_user.actor, case, Promise, promise_id)
    commands.keep_promise(case, promise, actor=current_user.actor)
    flash("The promise was kept.")
    return onward(case, "promises")


@report_bp.route("/")
@permission_required(REPORT)
def report() -> ResponseReturnValue:
    """Promises by month and team, and those that were not kept, with their cases."""
    actor, form = current_user.actor, PeriodForm()
    audit.keep_pace(actor, Pace.LISTS)
    found = queries.promise_report(actor, *form.period(_usual()))
    ids = [row.case_id for row in found.broken]
    audit.shown(actor, "case_file", ids, ("people.name", "promises"), action="promise.reported")
    months = broken_by_month(found.rows, found.first, found.last)
    return render_template("plans/report.html", form=form, report=found, months=months)


@report_bp.route("/chart.svg")
@permission_required(REPORT)
def chart() -> ResponseReturnValue:
    """The promises that were not kept, a bar for each month."""
    found = queries.promise_report(current_user.actor, *PeriodForm().period(_usual()))
    months = broken_by_month(found.rows, found.first, found.last)
    labels = [f"{month:%b %Y}" for month, _ in months]
    drawn = charts.bars(labels, [number for _, number in months], write=str)
    return Response(drawn, mimetype="image/svg+xml")


@report_bp.route("/promises.csv")
@permission_required(REPORT)
def file() -> ResponseReturnValue:
    """The figures as a file: counts by month and team, and nobody's name."""
    actor = current_user.actor
    found = queries.promise_report(actor, *PeriodForm().period(_usual()))
    days = f"{found.first}/{found.last}"
    audit.shown(
        actor,
        "period",
        [days],
        COLUMNS,
        action="promise.exported",
        operation=Operation.DISCLOSURE,
    )
    return attachment(_content(found), f"promises-{found.first}-{found.last}.csv")


def _content(found: PromiseReport) -> bytes:
    return csv_of(
        COLUMNS,
        (
            [
                f"{row.month:%Y-%m}",
                row.team,
                *map(
                    str,
                    (row.all, row.kept, row.kept_late, row.broken, row.withdrawn, row.open),
                ),
            ]
            for row in found.rows
        ),
    )


def _usual() -> tuple[date, date]:
    """The month that is, and the five before it."""
    today = clock.today()
    first = today.replace(day=1)
    for _ in range(MONTHS - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return first, today
