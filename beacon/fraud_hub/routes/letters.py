"""Letters about a claim: begun from a template, written, printed, marked as sent, thrown away."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.core.errors import RuleBroken
from beacon.core.letters import gaps, paragraphs_of
from beacon.fraud_hub import commands, queries, rules
from beacon.fraud_hub.forms import BeginLetterForm, SentForm, WriteLetterForm, number
from beacon.fraud_hub.models import ClaimLetter
from beacon.fraud_hub.queries import FraudCase
from beacon.fraud_hub.routes.advocacy import found_claim, to_claim
from beacon.fraud_hub.routes.ground import WORK, bp, form_page, taken
from beacon.web import versions
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required


@bp.route("/cases/<string:reference>/claims/<int:claim_id>/letter", methods=["GET", "POST"])
@permission_required(WORK)
def begin_letter(reference: str, claim_id: int) -> ResponseReturnValue:
    """Choose with which words a letter to the firm or the ombudsman begins."""
    found, claim = found_claim(reference, claim_id)
    form = BeginLetterForm()
    if form.submitted_well():
        try:
            letter = commands.begin_letter(
                claim, form.kind.data, token=form.token.data or "", actor=current_user.actor
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return _to(reference, letter, "write_letter")
    return form_page("fraud_hub/begin_letter.html", found, form=form, claim=claim)


@bp.route("/cases/<string:reference>/claim-letters/<int:paper_id>", methods=["GET", "POST"])
@permission_required(WORK)
def write_letter(reference: str, paper_id: int) -> ResponseReturnValue:
    """Write on a letter that was not sent."""
    found, letter = _found(reference, paper_id)
    if not letter.is_draft:
        return _to(reference, letter, "print_letter")
    form = WriteLetterForm.of(letter)
    if form.submitted_well() and versions.carried_out(
        form,
        lambda: commands.write_letter(
            letter,
            form.words.data or "",
            version=form.read_version,
            actor=current_user.actor,
        ),
        lambda: WriteLetterForm.of(letter, formdata=None),
    ):
        return _to(reference, letter, "print_letter")
    return form_page("fraud_hub/write_letter.html", found, form=form, letter=letter)


@bp.route("/cases/<string:reference>/claim-letters/<int:paper_id>/print", methods=["GET", "POST"])
@permission_required(WORK)
def print_letter(reference: str, paper_id: int) -> ResponseReturnValue:
    """A letter as it lies on paper; sent, it is written into the log of its claim."""
    found, letter = _found(reference, paper_id)
    form = SentForm(version=str(letter.version))
    if form.submitted_well() and taken(
        form,
        lambda: commands.send_letter(
            letter,
            on=form.on.data,
            version=number(form.version.data) or 0,
            actor=current_user.actor,
        ),
        "The letter is in the log of the claim.",
    ):
        return to_claim(reference, letter.claim_id)
    claim = queries.get_claim(current_user.actor, found.case, letter.claim_id)
    firm = "Financial Ombudsman Service" if letter.kind.is_to_ombudsman else claim.firm
    return form_page(
        "fraud_hub/print_letter.html",
        found,
        form=form,
        letter=letter,
        claim=claim,
        gaps=gaps(letter.words),
        paragraphs=rules.on_paper(
            paragraphs_of(letter.words),
            officer=letter.by_name,
            firm=firm,
            reference=found.case.reference,
        ),
    )


@bp.post("/cases/<string:reference>/claim-letters/<int:paper_id>/drop")
@permission_required(WORK)
def drop_letter(reference: str, paper_id: int) -> ResponseReturnValue:
    """Throw away a letter that was never sent."""
    _, letter = _found(reference, paper_id)
    if OrderForm().submitted_well():
        try:
            commands.drop_letter(letter, actor=current_user.actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("The letter is thrown away.")
    return to_claim(reference, letter.claim_id)


def _found(reference: str, paper_id: int) -> tuple[FraudCase, ClaimLetter]:
    found = queries.get_fraud_case(current_user.actor, reference)
    return found, queries.get_letter(current_user.actor, found.case, paper_id)


def _to(reference: str, letter: ClaimLetter, view: str) -> ResponseReturnValue:
    return redirect(url_for(f"fraud_hub.{view}", reference=reference, paper_id=letter.id))
