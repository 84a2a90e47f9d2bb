"""The hub's board: its figures, its charts, its files; and the figures that may leave."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, scope
from beacon.core.actor import machine
from beacon.feeds.tables import csv_of, workbook_of
from beacon.fraud_hub import queries
from beacon.fraud_hub.board import DEFINITION, Rows, file_name, hidden, sheets
from beacon.fraud_hub.charts import drawings, short_pounds
from beacon.fraud_hub.forms import PeriodForm, YearForm
from beacon.fraud_hub.queries import Board
from beacon.fraud_hub.routes.ground import READ, TOTALS, WORK, bp
from beacon.fraud_hub.rules import (
    COMPLAINT_DAYS,
    COMPLAINT_WEEKS,
    FEW,
    LEAST,
    ClaimAge,
    year_days,
    year_of,
)
from beacon.fraud_hub.terms import FraudPermission
from beacon.web import charts
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required

APPROVE = FraudPermission.APPROVE
WHOLE_HUB = machine("fraud-figures")  # the figures of the whole hub, for those who see no case
BEGAN = 2019  # the financial year in which the hub began


@bp.route("/")
@permission_required(READ)
def hub() -> ResponseReturnValue:
    """The hub's figures for a period, drawn and as tables, and what waits."""
    form = PeriodForm()
    board = _board(form)
    _told(board, "shown")
    actor = current_user.actor
    return render_template(
        "fraud_hub/hub.html",
        form=form,
        months=queries.recovered_by_month(actor, clock.today()),
        **_known(board),
        links=True,
        may_work=current_user.may(WORK),
        to_approve=queries.count_to_approve(current_user.actor)
        if current_user.may(APPROVE)
        else None,
    )


@bp.route("/board.xlsx")
@permission_required(READ)
def board_xlsx() -> ResponseReturnValue:
    """The board's tables as a workbook, every text kept as a text (security.md X-01)."""
    return _workbook(*_exported())


@bp.route("/board.csv")
@permission_required(READ)
def board_csv() -> ResponseReturnValue:
    """The board's tables as one CSV, the name of each in front."""
    board, tables = _exported()
    rows = [(name, *row) for name, lines in tables.items() for row in lines]
    widest = max(map(len, rows))
    padded = [(*row, *("" for _ in range(widest - len(row)))) for row in rows]
    content = csv_of(("Table", *(f"Column {at}" for at in range(1, widest))), padded)
    return attachment(content, f"{file_name(board.first, board.last)}.csv")


@bp.route("/recovered-by-month.svg")
@permission_required(READ)
def recovered_chart() -> ResponseReturnValue:
    """What came back in each of the last twelve months, drawn."""
    months = queries.recovered_by_month(current_user.actor, clock.today())
    drawn = charts.bars(
        [f"{one.month:%b %Y}" if one.month.month == 1 else f"{one.month:%b}" for one in months],
        [one.recovered_pence for one in months],
        write=short_pounds,
    )
    return Response(drawn, mimetype="image/svg+xml")


@bp.route("/figures")
@permission_required(TOTALS)
def figures() -> ResponseReturnValue:
    """The figures of the whole hub for a financial year, no small number among them."""
    form, board = _of_year()
    _told(board, "published_shown")
    return render_template("fraud_hub/figures.html", form=form, **_known(board), links=False)


@bp.route("/figures.xlsx")
@permission_required(TOTALS)
def figures_xlsx() -> ResponseReturnValue:
    """The same figures as a workbook."""
    _, board = _of_year()
    _told(board, "published_exported", Operation.DISCLOSURE)
    return _workbook(board, {} if board.is_few else sheets(board))


def _board(form: PeriodForm) -> Board:
    """The board of the days asked for; firms that are seldom asked only for those who may."""
    today = clock.today()
    board = queries.board(current_user.actor, *form.period((year_began(today), today)))
    return board if _may_see_bank() else board.without_firms


def _of_year() -> tuple[YearForm, Board]:
    """The year asked for, its last whole month at the latest: days apart tell nothing."""
    today = clock.today()
    form = YearForm(range(year_of(today), BEGAN - 1, -1))
    first, last = year_days(form.year_asked)
    month_end = today.replace(day=1) - timedelta(days=1)
    until = max(first, min(last, month_end))
    return form, hidden(queries.board(WHOLE_HUB, first, until, ever_to=month_end))


def _exported() -> tuple[Board, dict[str, Rows]]:
    board = _board(PeriodForm())
    _told(board, "exported", Operation.DISCLOSURE)
    return board, sheets(board, firms=_may_see_bank())


def _workbook(board: Board, tables: dict[str, Rows]) -> Response:
    found = tables or {"Figures": [("There are too few cases to show any figure.",)]}
    return attachment(workbook_of(found), f"{file_name(board.first, board.last)}.xlsx")


def _known(board: Board) -> dict[str, object]:
    """What both pages show of a board."""
    return {
        "board": board,
        "drawn": drawings(board),
        "definition": DEFINITION,
        "ages": ClaimAge,
        "least": LEAST,
        "few": FEW,
        "complaint_days": COMPLAINT_DAYS,
        "complaint_weeks": COMPLAINT_WEEKS,
        "period": _in_address(board),
        "totals": board.totals,
        "ever": board.ever,
        "may_see_bank": request.endpoint != "fraud_hub.hub" or _may_see_bank(),
    }


def _in_address(board: Board) -> dict[str, list[int]]:
    """The period as the boxes of a form send it."""
    days = {"first": board.first, "last": board.last}
    return {name: [day.day, day.month, day.year] for name, day in days.items()}


def _may_see_bank() -> bool:
    return scope.may_see(current_user.actor, "fraud.bank")


def _told(board: Board, what: str, operation: Operation = Operation.CONSULTATION) -> None:
    """That the figures were read is written down."""
    days = f"{board.first}/{board.last}"
    action = f"fraud.totals_{what}"
    audit.shown(
        current_user.actor, "period", [days], ("money",), action=action, operation=operation
    )


def year_began(today: date) -> date:
    """The first day of the financial year, 1 April."""
    return year_days(year_of(today))[0]
