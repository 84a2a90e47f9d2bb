"""Calls under the Banking Protocol, and outreach."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.errors import NotFound, RuleBroken
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import CountStopForm, EventForm, LinkCaseForm, ProtocolCallForm
from beacon.fraud_hub.models import ProtocolCall
from beacon.fraud_hub.routes.ground import READ, WORK, bp, taken
from beacon.fraud_hub.routes.ledger import said
from beacon.web import cursors
from beacon.web.guard import permission_required

CALL_FIELDS = ("bank", "incident", "money")


@bp.route("/protocol/")
@permission_required(READ)
def protocol() -> ResponseReturnValue:
    """The calls of branches to the police, the newest first."""
    audit.keep_pace(current_user.actor, Pace.LISTS)
    page = queries.Calls(current_user.actor).page(cursors.asked_for())
    _calls_shown([row.call for row in page])
    return render_template(
        "fraud_hub/protocol.html", page=page, may_see_bank=_may_see_bank(), may_work=_may_work()
    )


@bp.route("/protocol/new", methods=["GET", "POST"])
@permission_required(WORK)
def record_call() -> ResponseReturnValue:
    """Write down a call of a branch."""
    form, actor = ProtocolCallForm(), current_user.actor
    if form.submitted_well() and taken(
        form,
        lambda: commands.record_call(
            form.call(), case=_case(form.case.data), token=form.token.data, actor=actor
        ),
        "The call is written down.",
    ):
        return redirect(url_for("fraud_hub.protocol"))
    return render_template("fraud_hub/record_call.html", form=form)


@bp.route("/protocol/<int:call_id>/count", methods=["GET", "POST"])
@permission_required(WORK)
def count_stop(call_id: int) -> ResponseReturnValue:
    """Count what a call stopped as prevented, in its case."""
    actor = current_user.actor
    row = queries.get_call(actor, call_id)
    form = CountStopForm(case=row.reference)
    if form.submitted_well() and taken(
        form,
        lambda: commands.count_stop(row.call, _needed(form.case.data), form.did, actor=actor),
        said("Counted as prevented."),
    ):
        return redirect(url_for("fraud_hub.protocol"))
    _calls_shown([row.call])
    return render_template(
        "fraud_hub/count_stop.html", form=form, row=row, may_see_bank=_may_see_bank()
    )


@bp.route("/outreach/")
@permission_required(READ)
def outreach() -> ResponseReturnValue:
    """Workshops, talks and stalls, the newest first."""
    page = queries.Events(current_user.actor).page(cursors.asked_for())
    return render_template("fraud_hub/outreach.html", page=page, may_work=_may_work())


@bp.route("/outreach/new", methods=["GET", "POST"])
@permission_required(WORK)
def record_event() -> ResponseReturnValue:
    """Write down an event that was held."""
    form = EventForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.record_event(
            form.event(), token=form.token.data, actor=current_user.actor
        ),
        "The event is written down.",
    ):
        return redirect(url_for("fraud_hub.outreach"))
    return render_template("fraud_hub/record_event.html", form=form)


@bp.route("/outreach/<int:event_id>")
@permission_required(READ)
def event(event_id: int) -> ResponseReturnValue:
    """One event, and the cases that came of it."""
    found = queries.get_event(current_user.actor, event_id)
    return render_template("fraud_hub/event.html", found=found, may_work=_may_work())


@bp.route("/outreach/<int:event_id>/case", methods=["GET", "POST"])
@permission_required(WORK)
def link_case(event_id: int) -> ResponseReturnValue:
    """Write down that a case came of an event."""
    actor, form = current_user.actor, LinkCaseForm()
    found = queries.get_event(actor, event_id)
    if form.submitted_well() and taken(
        form,
        lambda: commands.link_case(found.event, _needed(form.case.data), actor=actor),
        "The case is linked.",
    ):
        return redirect(url_for("fraud_hub.event", event_id=event_id))
    return render_template("fraud_hub/link_case.html", form=form, found=found)


def _case(typed: str | None) -> CaseFile | None:
    return _needed(typed) if typed else None


def _needed(typed: str | None) -> CaseFile:
    """The fraud case of a reference that was typed, where the person may work on it."""
    try:
        return queries.get_fraud_case(current_user.actor, typed or "").case
    except NotFound as unknown:
        raise RuleBroken(
            "There is no fraud case of yours with this reference. Check it.", field="case"
        ) from unknown


def _may_work() -> bool:
    return bool(current_user.may(WORK))


def _may_see_bank() -> bool:
    return scope.may_see(current_user.actor, "fraud.bank")


def _calls_shown(calls: list[ProtocolCall]) -> None:
    cases = [one.case_id for one in calls if one.case_id is not None]
    if cases:
        audit.shown(current_user.actor, "case_file", cases, CALL_FIELDS)
