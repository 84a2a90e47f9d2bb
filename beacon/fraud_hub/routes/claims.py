"""The list of claims, and the forms that log a claim and its answer."""

from __future__ import annotations

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock, scope
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import ClaimForm, ClaimsForm, ReplyForm, number
from beacon.fraud_hub.queries import Claims
from beacon.fraud_hub.routes.ground import READ, WORK, back, bp, form_page, payments, taken
from beacon.fraud_hub.terms import ClaimsOf
from beacon.web import cursors
from beacon.web.guard import permission_required

LIST_FIELDS = ("name", "claims")


@bp.route("/claims/")
@permission_required(READ)
def claims() -> ResponseReturnValue:
    """The claims that the person may see, the oldest first, and the open ones by firm and age."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    may_see_bank = scope.may_see(actor, "fraud.bank")
    form = ClaimsForm()
    lines = queries.open_by_bank(actor) if may_see_bank else []
    banks = [(str(one.bank_id), one.name) for one in lines if one.bank_id is not None]
    form.bank.choices = [("", "Every firm"), *banks]
    asked = form.asked_well()
    listed = Claims(
        viewer=actor,
        which=(form.which.data if asked else None) or ClaimsOf.OPEN,
        bank_id=number(form.bank.data) if asked and may_see_bank else None,
        scheme=form.scheme.data if asked else None,
    )
    page = listed.page(cursors.asked_for())
    audit.shown(actor, "case_file", [row.case_id for row in page], LIST_FIELDS)
    return render_template(
        "fraud_hub/claims.html",
        form=form,
        page=page,
        lines=lines,
        which=listed.which,
        may_see_bank=may_see_bank,
        today=clock.today(),
    )


@bp.route("/cases/<string:reference>/claim", methods=["GET", "POST"])
@permission_required(WORK)
def log_claim(reference: str) -> ResponseReturnValue:
    """Log a claim to a firm."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = ClaimForm()
    form.loss.choices = payments(queries.money_of(current_user.actor, found.case))
    form.bank.choices = [
        ("", "Another firm, named below"),
        *((str(one.id), one.name) for one in queries.active_banks(current_user.actor)),
    ]
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
