"""The forms that log a claim and its answer."""

from __future__ import annotations

from functools import partial

from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import ClaimForm, ReplyForm
from beacon.fraud_hub.routes.ground import WORK, back, bp, form_page, payments, taken
from beacon.web.guard import permission_required


@bp.route("/cases/<string:reference>/claim", methods=["GET", "POST"])
@permission_required(WORK)
def log_claim(reference: str) -> ResponseReturnValue:
    """Log a claim to a firm."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = ClaimForm()
    form.loss.choices = payments(queries.money_of(current_user.actor, found.case))
    if form.submitted_well():
        order = partial(
            commands.record_claim,
            found.case,
            form.claim(),
            token=form.token.data,
            actor=current_user.actor,
        )
        if taken(form, order, "Claim logged."):
            return back(reference)
    return form_page("fraud_hub/claim.html", found, form=form)


@bp.route("/cases/<string:reference>/claims/<int:claim_id>/reply", methods=["GET", "POST"])
@permission_required(WORK)
def log_reply(reference: str, claim_id: int) -> ResponseReturnValue:
    """Write down what a firm answered."""
    found = queries.get_fraud_case(current_user.actor, reference)
    claim = queries.get_claim(current_user.actor, found.case, claim_id)
    form = ReplyForm()
    if form.submitted_well():
        order = partial(commands.record_reply, claim, form.reply(), actor=current_user.actor)
        if taken(form, order, "Answer written down."):
            return back(reference)
    return form_page("fraud_hub/reply.html", found, form=form, claim=claim)
