"""One claim with its log, and the forms of what is done for it."""

from __future__ import annotations

from functools import partial

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases.queries import open_to
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import ClockForm, ContactForm, OmbudsmanForm, ReasonForm
from beacon.fraud_hub.models import BankClaim
from beacon.fraud_hub.queries import FraudCase
from beacon.fraud_hub.routes.ground import CASE_FIELDS, READ, WORK, bp, form_page, known, taken
from beacon.web.forms import BeaconForm
from beacon.web.guard import permission_required


@bp.route("/cases/<string:reference>/claims/<int:claim_id>")
@permission_required(READ)
def show_claim(reference: str, claim_id: int) -> ResponseReturnValue:
    """One claim: its payment, its clocks, its letters and its log."""
    audit.keep_pace(current_user.actor, Pace.CASES)
    viewer = open_to(current_user.actor, reference).viewer
    found = queries.get_fraud_case(viewer, reference)
    claim = queries.get_claim(viewer, found.case, claim_id)
    view = queries.claim_view(viewer, claim)
    audit.shown(viewer, "case_file", [found.case.id], CASE_FIELDS, action="fraud.case_shown")
    shown = known(found) | {"may_work": current_user.may(WORK) and not viewer.is_reading}
    return render_template("fraud_hub/show_claim.html", view=view, claim=claim, **shown)


@bp.route("/cases/<string:reference>/claims/<int:claim_id>/contact", methods=["GET", "POST"])
@permission_required(WORK)
def log_contact(reference: str, claim_id: int) -> ResponseReturnValue:
    """Write a call, a letter or a meeting into the log of a claim."""
    (found, claim), form = found_claim(reference, claim_id), ContactForm()
    if form.submitted_well():
        order = partial(
            commands.log_contact,
            claim,
            form.contact(),
            token=form.token.data or "",
            actor=current_user.actor,
        )
        if taken(form, order, "Written into the log."):
            return to_claim(reference, claim_id)
    return _page("contact", found, claim, form)


@bp.route("/cases/<string:reference>/claims/<int:claim_id>/clock", methods=["GET", "POST"])
@permission_required(WORK)
def claim_clock(reference: str, claim_id: int) -> ResponseReturnValue:
    """Write down that the firm's clock stands still, or runs again."""
    (found, claim), form = found_claim(reference, claim_id), ClockForm()
    if form.submitted_well():
        give = commands.resume_clock if claim.is_stopped else commands.stop_clock
        order = partial(
            give, claim, on=form.on.data, words=form.words.data or "", actor=current_user.actor
        )
        if taken(form, order, "The clock is written down."):
            return to_claim(reference, claim_id)
    return _page("clock", found, claim, form)


@bp.route("/cases/<string:reference>/claims/<int:claim_id>/ombudsman", methods=["GET", "POST"])
@permission_required(WORK)
def to_ombudsman(reference: str, claim_id: int) -> ResponseReturnValue:
    """Write down that a complaint went to the ombudsman, or was decided there."""
    (found, claim), form = found_claim(reference, claim_id), OmbudsmanForm()
    if form.submitted_well():
        order = partial(commands.to_ombudsman, claim, form.facts(), actor=current_user.actor)
        if taken(form, order, "Written into the log."):
            return to_claim(reference, claim_id)
    return _page("ombudsman", found, claim, form)


@bp.route("/cases/<string:reference>/claims/<int:claim_id>/end", methods=["GET", "POST"])
@permission_required(WORK)
def end_claim(reference: str, claim_id: int) -> ResponseReturnValue:
    """Take an answered claim no further."""
    (found, claim), form = found_claim(reference, claim_id), ReasonForm()
    if form.submitted_well():
        order = partial(
            commands.end_claim, claim, because=form.reason.data or "", actor=current_user.actor
        )
        if taken(form, order, "The claim is taken no further."):
            return to_claim(reference, claim_id)
    return _page("end_claim", found, claim, form)


def to_claim(reference: str, claim_id: int) -> ResponseReturnValue:
    """Back to the page of the claim."""
    return redirect(url_for("fraud_hub.show_claim", reference=reference, claim_id=claim_id))


def found_claim(reference: str, claim_id: int) -> tuple[FraudCase, BankClaim]:
    """The case of the address and its claim."""
    found = queries.get_fraud_case(current_user.actor, reference)
    return found, queries.get_claim(current_user.actor, found.case, claim_id)


def _page(template: str, found: FraudCase, claim: BankClaim, form: BeaconForm) -> str:
    view = queries.claim_view(current_user.actor, claim)
    return form_page(f"fraud_hub/{template}.html", found, form=form, claim=claim, view=view)
