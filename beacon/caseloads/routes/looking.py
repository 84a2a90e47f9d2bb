"""The board of a team: as a page, a drawing and a file."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Pace
from beacon.caseloads import queries
from beacon.caseloads.forms import BoardForm
from beacon.caseloads.queries import BoardRow
from beacon.caseloads.routes.ground import LEAD, bp, told_of_staff
from beacon.core import clock
from beacon.feeds.tables import csv_of
from beacon.web import charts
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required

FIELDS = ("people.name",)
COLUMNS = (
    "case_manager", "team", "points", "capacity", "cases", "enhanced", "court_soon",
    "overdue_duties", "away_today", "takes_new_cases", "covered_by",
)  # fmt: skip


@bp.route("/")
@permission_required(LEAD)
def board() -> ResponseReturnValue:
    """Who carries how much, who is away, and which enhanced victims wait for somebody."""
    actor, form = current_user.actor, BoardForm()
    audit.keep_pace(actor, Pace.LISTS)
    sort, descending = asked_order()
    rows = rows_of(form, sort=sort, descending=descending)
    waiting, unsettled = queries.nobodys_enhanced(actor), queries.unsettled(actor)
    told_of_staff(row.staff_id for row in rows)
    ids = [*(one.row.id for one in waiting), *(one.case_id for one in unsettled)]
    audit.shown(actor, "case_file", ids, FIELDS, action="case.listed")
    return render_template(
        "caseloads/board.html",
        form=form,
        rows=rows,
        waiting=waiting,
        unsettled=unsettled,
        sort=sort,
        descending=descending,
        team=chosen(form),
        today=clock.today(),
    )


@bp.route("/board.svg")
@permission_required(LEAD)
def board_chart() -> ResponseReturnValue:
    """How full each manager is, drawn: points in hundredths of what they carry."""
    rows = rows_of(BoardForm(), sort="name", descending=False)
    drawn = charts.lying(
        [row.name for row in rows],
        [row.percent for row in rows],
        write=lambda percent: f"{percent}%",
    )
    return Response(drawn, mimetype="image/svg+xml")


@bp.route("/board.csv")
@permission_required(LEAD)
def board_file() -> ResponseReturnValue:
    """The board as a file: figures of colleagues, and nobody's case."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    rows = rows_of(BoardForm(), sort="name", descending=False)
    audit.shown(
        actor,
        "staff",
        [row.staff_id for row in rows],
        COLUMNS,
        action="caseload.exported",
        operation=Operation.DISCLOSURE,
    )
    return attachment(csv_of(COLUMNS, map(line_of, rows)), f"caseloads-{clock.today()}.csv")


def rows_of(form: BoardForm, *, sort: str, descending: bool) -> list[BoardRow]:
    """The lines of the board, of the leader's own team or of every team."""
    return queries.board(
        current_user.actor, every_team=chosen(form) == "all", sort=sort, descending=descending
    )


def chosen(form: BoardForm) -> str:
    """Whose board was asked for: one's own team's, unless every team's was."""
    return "all" if form.asked_well() and form.team.data == "all" else "own"


def asked_order() -> tuple[str, bool]:
    """By which column the board is in order, and whether from the highest."""
    sort = request.args.get("sort", "name")
    known = sort if sort in queries.ORDERS else "name"
    return known, request.args.get("order") == "down"


def line_of(row: BoardRow) -> list[str]:
    """One line of the file."""
    numbers = (row.points, row.capacity, row.cases, row.enhanced, row.court, row.late)
    return [
        row.name,
        row.team,
        *map(str, numbers),
        "yes" if row.away_today else "no",
        "yes" if row.takes_new else "no",
        row.covered_by,
    ]
