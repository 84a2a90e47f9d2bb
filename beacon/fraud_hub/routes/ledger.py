"""The forms that log money back and prevented, and reverse an entry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.core.money import Money
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import PreventedForm, ReasonForm, RecoveredForm
from beacon.fraud_hub.models import LedgerProposal
from beacon.fraud_hub.routes.ground import WORK, back, bp, form_page, payments, taken
from beacon.fraud_hub.standards import second_person_pence
from beacon.web.guard import permission_required

WAITS = (
    "It comes, with what was logged beside it, to more than {limit}: it waits for a second person, "
    "and counts once they have approved it."
)


def said(words: str) -> Callable[[object], str]:
    """What the page says once an order was obeyed: done, or waiting for a second person."""

    def of(made: object) -> str:
        if isinstance(made, LedgerProposal):
            return WAITS.format(limit=Money(second_person_pence()))
        return words

    return of


@bp.route("/cases/<string:reference>/money-back", methods=["GET", "POST"])
@permission_required(WORK)
def log_recovered(reference: str) -> ResponseReturnValue:
    """Log money that has been received."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = RecoveredForm()
    form.loss.choices = payments(queries.money_of(current_user.actor, found.case))
    if form.submitted_well():
        order = partial(
            commands.record_recovered,
            found.case,
            form.recovered(),
            token=form.token.data,
            actor=current_user.actor,
        )
        if taken(form, order, said("Money back logged.")):
            return back(reference)
    return form_page("fraud_hub/recovered.html", found, form=form)


@bp.route("/cases/<string:reference>/prevented", methods=["GET", "POST"])
@permission_required(WORK)
def log_prevented(reference: str) -> ResponseReturnValue:
    """Log a loss that did not happen."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = PreventedForm()
    if form.submitted_well():
        order = partial(
            commands.record_prevented,
            found.case,
            form.prevented(),
            token=form.token.data,
            actor=current_user.actor,
        )
        if taken(form, order, said("Loss prevented logged.")):
            return back(reference)
    return form_page("fraud_hub/prevented.html", found, form=form)


@bp.route("/cases/<string:reference>/entries/<int:entry_id>/reverse", methods=["GET", "POST"])
@permission_required(WORK)
def reverse(reference: str, entry_id: int) -> ResponseReturnValue:
    """Take an entry of the ledger back by a new one."""
    found = queries.get_fraud_case(current_user.actor, reference)
    entry = queries.get_entry(current_user.actor, found.case, entry_id)
    form = ReasonForm()
    if form.submitted_well():
        order = partial(
            commands.reverse,
            entry,
            reason=form.reason.data,
            token=form.token.data,
            actor=current_user.actor,
        )
        if taken(form, order, said("Entry reversed.")):
            return back(reference)
    return form_page("fraud_hub/reverse.html", found, form=form, entry=entry)
