"""A case manager's letter: begun, written, looked at as it lies on paper, queued, taken back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.documents import commands, queries
from beacon.documents.forms import BeginForm, LetterForm, QueueForm
from beacon.documents.models import CaseLetter
from beacon.documents.routes.ground import (
    PERSON,
    WORK,
    bp,
    carried_out,
    form_page,
    the_case,
    to_documents,
)
from beacon.documents.rules import gaps
from beacon.people import queries as people
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required


@bp.route("/<string:reference>/letters/new", methods=["GET", "POST"])
@permission_required(WORK)
def begin_letter(reference: str) -> ResponseReturnValue:
    """Choose with which words a letter begins."""
    case, form = the_case(reference), BeginForm()
    if form.submitted_well():
        try:
            letter = commands.begin(case, form.template.data, actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return _to(case, letter, "documents.letter")
    return form_page("documents/begin.html", case, form, hindrance=queries.letter_hindrance(case))


@bp.route("/<string:reference>/letters/<int:letter_id>", methods=["GET", "POST"])
@permission_required(WORK)
def letter(reference: str, letter_id: int) -> ResponseReturnValue:
    """Write on a letter that is not finished."""
    actor, case = current_user.actor, the_case(reference)
    found = cases.row_of(actor, case, CaseLetter, letter_id)
    if not found.is_draft:
        return to_documents(case, "letters")
    form = LetterForm.of(found)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.write(
            found, form.words.data or "", version=form.read_version, actor=actor
        ),
        lambda: LetterForm.of(found, formdata=None),
    ):
        return _to(case, found, "documents.preview")
    return form_page(
        "documents/letter.html",
        case,
        form,
        letter=found,
        hindrance=queries.letter_hindrance(case),
    )


@bp.route("/<string:reference>/letters/<int:letter_id>/preview")
@permission_required(WORK)
def preview(reference: str, letter_id: int) -> ResponseReturnValue:
    """A letter as it will lie on paper, without where they live."""
    case = the_case(reference)
    found = cases.row_of(current_user.actor, case, CaseLetter, letter_id)
    return _preview(case, found, QueueForm()) if found.is_draft else to_documents(case, "letters")


@bp.post("/<string:reference>/letters/<int:letter_id>/queue")
@permission_required(WORK)
def queue_letter(reference: str, letter_id: int) -> ResponseReturnValue:
    """Put a letter among those that are printed with the day's post."""
    actor, case = current_user.actor, the_case(reference)
    found, form = cases.row_of(actor, case, CaseLetter, letter_id), QueueForm()
    if not found.is_draft:
        return to_documents(case, "letters")
    if form.submitted_well():
        try:
            commands.queue(found, version=form.read_version, actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("The letter waits to be printed with the day’s letters.")
            return to_documents(case, "letters")
    return _preview(case, found, form)


@bp.post("/<string:reference>/letters/<int:letter_id>/take-back")
@permission_required(WORK)
def take_back_letter(reference: str, letter_id: int) -> ResponseReturnValue:
    """Take a letter out of those that wait, or throw one away that was never queued."""
    actor, case = current_user.actor, the_case(reference)
    found = cases.row_of(actor, case, CaseLetter, letter_id)
    if OrderForm().submitted_well():
        order = commands.drop if found.notice_id is None else commands.take_back
        try:
            order(found, actor=actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("The letter will not be sent.")
    return to_documents(case, "letters")


def _to(case: CaseFile, found: CaseLetter, endpoint: str) -> ResponseReturnValue:
    return redirect(url_for(endpoint, reference=case.reference, letter_id=found.id))


def _preview(case: CaseFile, found: CaseLetter, form: QueueForm) -> str:
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    card = people.contact_card(actor, case.victim)
    audit.shown(actor, "case_file", [case.id], PERSON, action="case.shown")
    form.version.typed = str(found.version)
    return render_template(
        "documents/preview.html",
        case=case,
        card=card,
        ways=cases.ways_to(card),
        letter=found,
        paragraphs=queries.words_on_paper(case, found),
        gaps=gaps(found.words),
        hindrance=queries.letter_hindrance(case),
        form=form,
        today=clock.today(),
    )
