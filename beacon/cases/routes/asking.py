"""Asking the officer, the CPS, Witness Care and others, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import commands, panels, queries
from beacon.cases.forms import (
    RECORDED_ELSEWHERE,
    AnswerForm,
    AskAgainForm,
    AskForm,
    WithdrawRequestForm,
)
from beacon.cases.models import CaseFile, InformationRequest
from beacon.cases.routes.ground import bp, carried_out, form_page, the_case, to_case
from beacon.cases.terms import ASKED, CasePermission
from beacon.core import clock
from beacon.entitlements.terms import Milestone
from beacon.web.forms import BeaconForm
from beacon.web.guard import permission_required

WORK = CasePermission.WORK
REQUESTS = "requests"


@bp.route("/<string:reference>/requests/new", methods=["GET", "POST"])
@permission_required(WORK)
def ask(reference: str) -> ResponseReturnValue:
    """Record what was asked of whom."""
    case = the_case(reference)
    form = AskForm(at=clock.now(), chase_on=queries.first_chase())
    if form.submitted_well() and carried_out(
        form, lambda: commands.ask(case, **form.answers(), actor=current_user.actor), case
    ):
        flash("Recorded. Your desk says when to ask again.")
        return to_case(case, REQUESTS)
    return form_page("cases/ask.html", case, form)


@bp.route("/<string:reference>/requests/<int:request_id>/again", methods=["GET", "POST"])
@permission_required(WORK)
def ask_again(reference: str, request_id: int) -> ResponseReturnValue:
    """Record that they were asked again."""
    form, said = AskAgainForm(chase_on=queries.first_chase()), "Recorded that you asked again."
    return _about(reference, request_id, form, "ask_again", commands.ask_again, _said(said))


@bp.route("/<string:reference>/requests/<int:request_id>/answer", methods=["GET", "POST"])
@permission_required(WORK)
def answer_request(reference: str, request_id: int) -> ResponseReturnValue:
    """Record what they answered; where it is a milestone, that is recorded next."""
    form = AnswerForm(at=clock.now())
    return _about(reference, request_id, form, "answer", commands.answer, _answered)


@bp.route("/<string:reference>/requests/<int:request_id>/withdraw", methods=["GET", "POST"])
@permission_required(WORK)
def withdraw_request(reference: str, request_id: int) -> ResponseReturnValue:
    """Take back a question that needs no answer any more."""
    form, order = WithdrawRequestForm(), commands.withdraw_request
    return _about(reference, request_id, form, "withdraw_request", order, _said("Taken back."))


def _about(
    reference: str,
    request_id: int,
    form: BeaconForm,
    page: str,
    order: Callable[..., None],
    done: Callable[[CaseFile, Milestone | None], ResponseReturnValue],
) -> ResponseReturnValue:
    """One form about one question that waits: shown, or carried out by the order of its answers."""
    case, actor = the_case(reference), current_user.actor
    asked = queries.row_of(actor, case, InformationRequest, request_id)
    kind = asked.milestone
    if form.submitted_well() and carried_out(
        form, lambda: order(case, asked, **form.answers(), actor=actor), case
    ):
        return done(case, kind)
    return form_page(f"cases/{page}.html", case, form, asked=asked, asked_of=ASKED)


def _said(words: str) -> Callable[[CaseFile, Milestone | None], ResponseReturnValue]:
    """Back to the questions of the case, with these words."""

    def back(case: CaseFile, kind: Milestone | None) -> ResponseReturnValue:
        flash(words)
        return to_case(case, REQUESTS)

    return back


def _answered(case: CaseFile, kind: Milestone | None) -> ResponseReturnValue:
    """On to the page on which the milestone that they spoke of is recorded."""
    if kind is None or not case.is_open:
        flash("The answer is recorded.")
        return to_case(case, REQUESTS)
    recorder = panels.recorder_of(kind)
    if recorder is not None and current_user.may(recorder.permission):
        flash("The answer is recorded. If it has happened, record it here.")
        return redirect(url_for(recorder.endpoint, reference=case.reference))
    if recorder is not None or kind in RECORDED_ELSEWHERE:
        flash("The answer is recorded.")
        return to_case(case, REQUESTS)
    flash("The answer is recorded. If it has happened, record it here.")
    return redirect(url_for("cases.record_milestone", reference=case.reference, kind=kind.value))
