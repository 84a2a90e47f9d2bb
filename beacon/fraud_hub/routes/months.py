"""Closing the months of the ledger, and what was published before it was kept."""

from __future__ import annotations

from functools import partial

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import OpeningForm, ReasonForm
from beacon.fraud_hub.queries import SINCE
from beacon.fraud_hub.routes.ground import WORK, bp, taken
from beacon.fraud_hub.terms import FraudPermission
from beacon.web import cursors
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required

CLOSE = FraudPermission.CLOSE


@bp.route("/months", methods=["GET", "POST"])
@permission_required(CLOSE)
def months() -> ResponseReturnValue:
    """The closed months with their figures, and the order to close the next one."""
    actor, form = current_user.actor, OrderForm()
    coming = queries.next_month()
    if form.submitted_well():
        order = partial(commands.close_month, coming.month, actor=actor)
        if taken(form, order, f"{coming.month:%B %Y} is closed."):
            return redirect(url_for("fraud_hub.months"))
    page = queries.closed_months(actor, cursors.asked_for())
    audit.shown(actor, "month_close", [row.close.id for row in page], ("money",))
    return render_template(
        "fraud_hub/months.html",
        form=form,
        page=page,
        coming=coming,
        moved=queries.moved_months(),
        may_work=current_user.may(WORK),
    )


@bp.route("/months/<int:close_id>")
@permission_required(CLOSE)
def month(close_id: int) -> ResponseReturnValue:
    """One closed month: each frozen figure leads to its entries."""
    actor = current_user.actor
    found = queries.get_month(actor, close_id)
    audit.shown(actor, "month_close", [found.close.id], ("money",))
    return render_template("fraud_hub/ledger_month.html", found=found, close=found.close)


@bp.route("/opening", methods=["GET", "POST"])
@permission_required(CLOSE)
def opening() -> ResponseReturnValue:
    """What was published before the ledger, by year, and the form for one more figure."""
    actor, form, today = current_user.actor, OpeningForm(), clock.today()
    form.offer(today.year if today.month >= 4 else today.year - 1)
    if form.submitted_well():
        order = partial(
            commands.propose_opening, form.opening(), token=form.token.data, actor=actor
        )
        if taken(form, order, "Kept for a second person. It counts once they have approved it."):
            return redirect(url_for("fraud_hub.opening"))
    rows = queries.opening_rows(actor)
    totals = queries.hub_totals(actor, SINCE, today)
    audit.shown(actor, "period", [f"{SINCE}/{today}"], ("money",), action="fraud.totals_shown")
    return render_template(
        "fraud_hub/opening.html",
        form=form,
        rows=rows,
        totals=totals,
        may_work=current_user.may(WORK),
    )


@bp.route("/opening/<int:opening_id>/reverse", methods=["GET", "POST"])
@permission_required(CLOSE)
def reverse_opening(opening_id: int) -> ResponseReturnValue:
    """Take a published figure back by a new one."""
    actor, form = current_user.actor, ReasonForm()
    found = queries.get_opening(actor, opening_id)
    if form.submitted_well():
        order = partial(
            commands.propose_opening_reversal,
            found,
            reason=form.reason.data,
            token=form.token.data,
            actor=actor,
        )
        if taken(form, order, "Kept for a second person. It counts once they have approved it."):
            return redirect(url_for("fraud_hub.opening"))
    return render_template("fraud_hub/reverse_opening.html", form=form, found=found)
