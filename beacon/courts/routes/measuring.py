"""Whether the texts work, and which numbers do not serve."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Pace
from beacon.core import clock
from beacon.courts import queries
from beacon.courts.forms import PeriodForm
from beacon.courts.queries import NumbersTable
from beacon.courts.routes.blueprint import day_bp
from beacon.courts.rules import LEAST
from beacon.courts.terms import CourtPermission, NumberFault
from beacon.feeds.tables import csv_of
from beacon.web import charts
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required

MANAGE = CourtPermission.MANAGE
MEASURED, LOOKED_AT = timedelta(days=91), timedelta(days=28)
ROWS_AT_MOST = 200
COLUMNS = (
    "urn", "defendant_reference", "hearing_date", "court", "fault", "supplied_by", "source",
)  # fmt: skip


@day_bp.route("/hearings/attendance")
@permission_required(MANAGE)
def attendance() -> ResponseReturnValue:
    """Who came to court in a period, by what became of the text."""
    form, today = PeriodForm(), clock.today()
    period = form.period((today - MEASURED, today))
    table = queries.attendance(current_user.actor, *period)
    return render_template("courts/attendance.html", form=form, table=table, least=LEAST)


@day_bp.route("/hearings/attendance.svg")
@permission_required(MANAGE)
def attendance_chart() -> ResponseReturnValue:
    """The same, drawn: a bar for each rate, with the line of its interval."""
    today = clock.today()
    period = PeriodForm().period((today - MEASURED, today))
    rows = queries.attendance(current_user.actor, *period).rows
    labels, values = [], []
    for row in rows:
        share, interval = row.percent, row.interval
        labels.append(f"{row.end.short} {share:.0f}%" if share is not None else row.end.short)
        known = share is not None and interval is not None
        values.append((share, 100 * interval.low, 100 * interval.high) if known else None)
    return Response(charts.shares(labels, values), mimetype="image/svg+xml")


@day_bp.route("/hearings/numbers")
@permission_required(MANAGE)
def numbers() -> ResponseReturnValue:
    """Bad, missing and shared numbers, by who supplied them."""
    actor, form = current_user.actor, PeriodForm()
    audit.keep_pace(actor, Pace.LISTS)
    table = queries.faulty_numbers(actor, *form.period(_usual()))
    rows = table.rows[:ROWS_AT_MOST]
    audit.shown(actor, "defendant", [row.defendant_id for row in rows], ("name", "mobile masked"))
    return render_template(
        "courts/numbers.html", form=form, table=table, rows=rows, faults=NumberFault
    )


@day_bp.route("/hearings/numbers.csv")
@permission_required(MANAGE)
def numbers_file() -> ResponseReturnValue:
    """The same as a file for whoever supplied them: references, and neither name nor number."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    table = queries.faulty_numbers(actor, *PeriodForm().period(_usual()))
    audit.shown(
        actor,
        "defendant",
        [row.defendant_id for row in table.rows],
        COLUMNS,
        action="defendant.numbers_exported",
        operation=Operation.DISCLOSURE,
        although_none=True,
    )
    return attachment(_content(table), f"numbers-{table.first:%Y-%m-%d}-{table.last:%Y-%m-%d}.csv")


def _content(table: NumbersTable) -> bytes:
    return csv_of(
        COLUMNS,
        (
            [
                row.urn,
                row.reference,
                row.held_on.isoformat(),
                row.court,
                "; ".join(fault.label for fault in row.faults),
                row.supplier,
                row.source,
            ]
            for row in table.rows
        ),
    )


def _usual() -> tuple[date, date]:
    """The four weeks that were and the four that come."""
    today = clock.today()
    return today - LOOKED_AT, today + LOOKED_AT
