"""The call list: whom to ring, what to say, and what came of it."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.courts import commands, queries
from beacon.courts.forms import CALLS, CallForm, WhichDayForm
from beacon.courts.models import Hearing
from beacon.courts.routes.blueprint import day_bp
from beacon.courts.terms import CallOutcome, CourtPermission
from beacon.web.guard import permission_required

NOT_TO_RING = "This number is not to be rung now. The page says why."


@day_bp.route("/hearings/calls")
@permission_required(CourtPermission.MANAGE)
def calls() -> ResponseReturnValue:
    """Whom to ring about a day's hearings, tomorrow's where no day is named."""
    actor, tomorrow = current_user.actor, clock.today() + timedelta(days=1)
    audit.keep_pace(actor, Pace.CASES)
    form = WhichDayForm(day=tomorrow)
    day = form.chosen(tomorrow)
    listed = queries.call_list(actor, day)
    audit.shown(actor, "hearing", [one.hearing.id for one in listed.everybody], ("defendant name",))
    return render_template(
        "courts/calls.html",
        form=form,
        listed=listed,
        hours=queries.calling_hours(),
        now=clock.now(),
        today=clock.today(),
    )


@day_bp.route("/hearings/<int:hearing_id>/call", methods=["GET", "POST"])
@permission_required(CourtPermission.MANAGE)
def call(hearing_id: int) -> ResponseReturnValue:
    """One person to ring: what to say, and what came of it."""
    hearing = queries.get_hearing(current_user.actor, hearing_id)
    page = queries.call_page(current_user.actor, hearing)
    form = CallForm(seen=str(page.seen))
    form.outcome.choices = CALLS
    if form.submitted_well():
        outcome = CallOutcome(form.outcome.data)
        try:
            commands.record_call(
                hearing_id,
                outcome=outcome,
                note=form.note.data,
                seen=form.calls_seen,
                actor=current_user.actor,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return _after(hearing, outcome)
    return _page(hearing, page, form)


@day_bp.route("/hearings/<int:hearing_id>/call/number", methods=["POST"])
@permission_required(CourtPermission.REVEAL)
def call_number(hearing_id: int) -> ResponseReturnValue:
    """Show the number to ring; who asked is written down first, and nobody's whom we protect."""
    actor = current_user.actor
    hearing = queries.get_hearing(actor, hearing_id)
    page = queries.call_page(actor, hearing)
    form = CallForm(formdata=None, seen=str(page.seen))
    form.outcome.choices = CALLS
    if not page.may_ring:
        flash(NOT_TO_RING, "error")
        return _page(hearing, page, form)
    person = hearing.defendant
    audit.shown(actor, "defendant", [person.id], ("mobile",), action="defendant.number_shown")
    return _page(hearing, page, form, number=person.mobile)


def _after(hearing: Hearing, outcome: CallOutcome) -> ResponseReturnValue:
    """Back to the list; where the number is bad, to the box for another one."""
    if outcome.needs_a_number:
        flash("The call is recorded and the number is marked. Ask the officer for another one.")
        return redirect(url_for("courts.defendant", hearing_id=hearing.id))
    flash("The call is recorded.")
    return redirect(url_for("court_day.calls", day=hearing.held_on.isoformat()))


def _page(
    hearing: Hearing, page: queries.CallPage, form: CallForm, *, number: str | None = None
) -> str:
    audit.keep_pace(current_user.actor, Pace.CASES)
    audit.shown(current_user.actor, "hearing", [hearing.id], ("defendant name", "date of birth"))
    return render_template(
        "courts/call.html",
        hearing=hearing,
        person=hearing.defendant,
        page=page,
        form=form,
        number=number,
        hours=queries.calling_hours(),
    )
