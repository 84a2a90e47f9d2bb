"""The forms that log a payment lost, and take one back."""

from __future__ import annotations

from functools import partial

from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import LossForm, ReasonForm
from beacon.fraud_hub.routes.ground import WORK, back, bp, form_page, taken
from beacon.web.guard import permission_required


@bp.route("/cases/<string:reference>/loss", methods=["GET", "POST"])
@permission_required(WORK)
def log_loss(reference: str) -> ResponseReturnValue:
    """Log one payment that was lost."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = LossForm()
    if form.submitted_well():
        order = partial(
            commands.record_loss,
            found.case,
            form.loss(),
            token=form.token.data,
            actor=current_user.actor,
        )
        if taken(form, order, "Loss logged."):
            return back(reference)
    return form_page("fraud_hub/loss.html", found, form=form)


@bp.route("/cases/<string:reference>/losses/<int:loss_id>/withdraw", methods=["GET", "POST"])
@permission_required(WORK)
def withdraw_loss(reference: str, loss_id: int) -> ResponseReturnValue:
    """Take back a loss that was logged by mistake."""
    found = queries.get_fraud_case(current_user.actor, reference)
    loss = queries.get_loss(current_user.actor, found.case, loss_id)
    form = ReasonForm()
    if form.submitted_well():
        order = partial(
            commands.withdraw_loss, loss, reason=form.reason.data, actor=current_user.actor
        )
        if taken(form, order, "Loss taken back."):
            return back(reference)
    return form_page("fraud_hub/withdraw.html", found, form=form, loss=loss)
