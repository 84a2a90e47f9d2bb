"""The rows behind the figures of the board, for those who may open them."""

from __future__ import annotations

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock, scope
from beacon.fraud_hub import queries
from beacon.fraud_hub.forms import PeriodForm
from beacon.fraud_hub.queries import BehindRow, Cut
from beacon.fraud_hub.routes.ground import READ, bp
from beacon.fraud_hub.rules import ClaimAge, year_days, year_of
from beacon.fraud_hub.terms import EntryKind
from beacon.web import cursors
from beacon.web.guard import permission_required
from beacon.web.paging import Page

FIELDS = ("name", "money")


@bp.route("/board/losses")
@permission_required(READ)
def losses_behind() -> ResponseReturnValue:
    """The payments behind a loss on the board."""
    first, last = _period()
    word = request.args.get("by", "")
    cut = Cut(word) if word in list(Cut) else None
    page = queries.LossesBehind(
        viewer=current_user.actor,
        first=first,
        last=last,
        cut=cut,
        row=request.args.get("row", "")[:100],
    ).page(cursors.asked_for())
    return _shown("Payments that were lost", page)


@bp.route("/board/claims")
@permission_required(READ)
def claims_behind() -> ResponseReturnValue:
    """The claims behind a figure on the board: open ones, or those made in the period."""
    period = _period() if "first" in request.args else None
    word = request.args.get("age", "")
    may_see_bank = scope.may_see(current_user.actor, "fraud.bank")
    page = queries.ClaimsBehind(
        viewer=current_user.actor,
        today=clock.today(),
        period=period,
        firm=request.args.get("firm", "")[:200] if may_see_bank else "",
        age=ClaimAge(word) if word in list(ClaimAge) else None,
    ).page(cursors.asked_for())
    return _shown("Claims made in the period" if period else "Open claims", page)


@bp.route("/board/money")
@permission_required(READ)
def money_behind() -> ResponseReturnValue:
    """The entries of the ledger behind what came back or was prevented."""
    first, last = _period()
    word = request.args.get("kind", "")
    kind = EntryKind(word) if word in list(EntryKind) else EntryKind.RECOVERED
    page = queries.MoneyBehind(
        viewer=current_user.actor,
        first=first,
        last=last,
        kind=kind,
        through_beacon=request.args.get("through") == "beacon",
    ).page(cursors.asked_for())
    return _shown(kind.label, page)


def _period() -> tuple[date, date]:
    return PeriodForm().period(year_days(year_of(clock.today())))


def _shown(title: str, page: Page[BehindRow]) -> ResponseReturnValue:
    audit.keep_pace(current_user.actor, Pace.LISTS)
    audit.shown(current_user.actor, "case_file", [row.case_id for row in page], FIELDS)
    return render_template("fraud_hub/behind.html", page=page, title=title)
