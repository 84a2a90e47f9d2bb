"""The caller on the line: found, checked, answered or rung back, and the call logged."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.calls import commands, queries
from beacon.calls.forms import CallForm, FactsForm, FindForm, MessageForm, SaidForm, UnplacedForm
from beacon.calls.queries import Checking
from beacon.calls.routes.ground import ROUND, TAKE, bp, carried_out_by, the_case
from beacon.cases import commands as cases
from beacon.cases import queries as case_queries
from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import PERSON
from beacon.cases.terms import CasePermission
from beacon.core import clock
from beacon.people import queries as people
from beacon.web.drafts import keeps_no_draft
from beacon.web.forms import BeaconForm
from beacon.web.guard import permission_required

RING_BACK = "Written down. Tell them that somebody will ring them back, and say nothing else."


@bp.route("/", methods=["GET", "POST"])
@permission_required(TAKE)
@keeps_no_draft
def index() -> ResponseReturnValue:
    """Find whoever is ringing, by what they can say of themselves."""
    actor, form, found = current_user.actor, FindForm(), None
    if form.submitted_well():
        audit.keep_pace(actor, Pace.SEARCHES)
        found = case_queries.search(actor, form.words.data)
        ids = [row.id for row in found]
        audit.shown(actor, "case_file", ids, PERSON[:1], action="case.found", although_none=True)
        met = case_queries.kin_meant(actor, form.words.data)
        cases.meet_conflict(met, actor=actor, asked="search")
    may_round = current_user.may(ROUND)
    return render_template("calls/index.html", form=form, found=found, may_round=may_round)


@bp.route("/<string:reference>")
@permission_required(TAKE)
def line(reference: str) -> ResponseReturnValue:
    """One caller: how to know them, what may be said, and what to do before the call ends."""
    return _page(the_case(reference))


@bp.route("/<string:reference>/check", methods=["GET", "POST"])
@permission_required(TAKE)
@keeps_no_draft
def check(reference: str) -> ResponseReturnValue:
    """Hold what the caller says against the pass-phrase, or against two facts."""
    case = the_case(reference)
    form = _check_form(queries.checking(current_user.actor, case))
    came: list[commands.Checked] = []
    if form.submitted_well() and carried_out_by(form, lambda: came.append(_check(case, form))):
        return _say(case, came[0])
    return _page(case, checked=form)


@bp.route("/<string:reference>/message", methods=["GET", "POST"])
@permission_required(TAKE)
def leave(reference: str) -> ResponseReturnValue:
    """Leave a message for the case manager, with when and how to come back to the caller."""
    case, actor = the_case(reference), current_user.actor
    form, proof = MessageForm(ring_on=clock.today()), queries.checking(actor, case).proof
    if form.submitted_well() and carried_out_by(
        form, lambda: commands.leave_message(case, form.left(), proof=proof, actor=actor)
    ):
        flash("The message is left. It stands on the desk of whoever has the case.")
        return _to_line(case)
    return _page(case, message=form)


@bp.route("/<string:reference>/log", methods=["GET", "POST"])
@permission_required(CasePermission.CONTACT)
def log(reference: str) -> ResponseReturnValue:
    """Log the call as a contact, in one step."""
    case, actor, form = the_case(reference), current_user.actor, CallForm()
    if form.submitted_well() and carried_out_by(
        form, lambda: commands.log_call(case, form.notes.data or "", actor=actor)
    ):
        flash("The call is logged as a contact.")
        return _to_line(case)
    return _page(case, call=form)


@bp.route("/message", methods=["GET", "POST"])
@permission_required(TAKE)
def leave_unplaced() -> ResponseReturnValue:
    """Leave a message for somebody whom the worker did not find, or may not open."""
    form = UnplacedForm(ring_on=clock.today())
    actor = current_user.actor
    if form.submitted_well() and carried_out_by(
        form, lambda: commands.leave_unplaced(form.left(), form.said(), actor=actor)
    ):
        flash(RING_BACK)
        return redirect(url_for("calls.index"))
    return render_template("calls/unplaced.html", form=form)


def _check_form(now: Checking) -> SaidForm | FactsForm:
    return SaidForm() if now.has_phrase or not now.facts else FactsForm.asking(now.facts)


def _check(case: CaseFile, form: SaidForm | FactsForm) -> commands.Checked:
    actor = current_user.actor
    if isinstance(form, FactsForm):
        return commands.check_facts(case, form.said(), actor=actor)
    return commands.check_phrase(case, form.said.data, actor=actor)


def _say(case: CaseFile, came: commands.Checked) -> ResponseReturnValue:
    """Say what came of an answer; the page never shows again what was typed."""
    if came.was_right:
        flash("That is right.")
    elif came.is_locked:
        flash("That is not right. Say nothing of them, and leave a message.", "error")
    else:
        flash("That is not right. Say nothing of them. They may try again.", "error")
    return _to_line(case)


def _to_line(case: CaseFile) -> ResponseReturnValue:
    return redirect(url_for("calls.line", reference=case.reference))


def _page(
    case: CaseFile,
    *,
    checked: BeaconForm | None = None,
    message: MessageForm | None = None,
    call: CallForm | None = None,
) -> str:
    """The page of one caller, with the form that was refused as it was typed."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    case = the_case(case.reference)  # as it is after whatever was ordered
    now = queries.checking(actor, case)
    card = people.contact_card(actor, case.victim)
    audit.shown(actor, "case_file", [case.id], PERSON, action="case.shown")
    return render_template(
        "calls/line.html",
        case=case,
        card=card,
        ways=case_queries.ways_to(card),
        now=now,
        check_form=checked or _check_form(now),
        message_form=message or MessageForm(formdata=None, ring_on=clock.today()),
        call_form=call or CallForm(formdata=None),
        messages=queries.messages_of_case(actor, case),
        may_log=current_user.may(CasePermission.CONTACT) and case.is_open,
        form=checked or message or call,
        today=clock.today(),
    )
