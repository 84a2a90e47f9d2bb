"""Changing one hearing: move it, vacate it, record its outcome, correct the defendant's number."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.errors import RuleBroken
from beacon.courts import commands, queries
from beacon.courts.forms import (
    ATTENDANCES,
    BARS,
    OUTCOMES,
    MoveForm,
    NumberForm,
    OutcomeForm,
    VersionForm,
)
from beacon.courts.models import Hearing
from beacon.courts.routes.blueprint import bp
from beacon.courts.routes.looking import court_choices
from beacon.courts.terms import Attendance, CourtPermission, HearingOutcome
from beacon.web.forms import BeaconForm
from beacon.web.guard import permission_required


@bp.route("/hearings/<int:hearing_id>/move", methods=["GET", "POST"])
@permission_required(CourtPermission.MANAGE)
def move(hearing_id: int) -> ResponseReturnValue:
    """Give a hearing another day, time, court or room."""
    hearing = queries.get_hearing(current_user.actor, hearing_id)
    form = MoveForm(
        version=str(hearing.version),
        court=hearing.court.code,
        held_on=hearing.held_on,
        starts_at=hearing.starts_at,
        room=hearing.room,
    )
    form.court.choices = court_choices()
    if form.submitted_well() and form.is_sure(
        queries.doubts_of_move(hearing, form.day()), form.held_on
    ):
        try:
            commands.move_hearing(
                hearing_id,
                court_code=form.court.data,
                held_on=form.day(),
                starts_at=form.starts_at.data,
                room=form.room.data,
                version=form.seen,
                actor=current_user.actor,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("The hearing is listed as you said.")
            return redirect(url_for("courts.hearing", hearing_id=hearing_id))
    return _page("courts/move.html", form, hearing)


@bp.route("/hearings/<int:hearing_id>/vacate", methods=["GET", "POST"])
@permission_required(CourtPermission.MANAGE)
def vacate(hearing_id: int) -> ResponseReturnValue:
    """Take a hearing off the list."""
    hearing = queries.get_hearing(current_user.actor, hearing_id)
    form = VersionForm(version=str(hearing.version))
    if form.submitted_well():
        try:
            commands.vacate_hearing(hearing_id, version=form.seen, actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("The hearing is vacated. Nobody is texted about it.")
            return redirect(url_for("courts.hearing", hearing_id=hearing_id))
    return _page("courts/vacate.html", form, hearing)


@bp.route("/hearings/<int:hearing_id>/outcome", methods=["GET", "POST"])
@permission_required(CourtPermission.MANAGE)
def outcome(hearing_id: int) -> ResponseReturnValue:
    """Record what came of a hearing and whether the defendant came."""
    hearing = queries.get_hearing(current_user.actor, hearing_id)
    form = OutcomeForm(
        version=str(hearing.version), outcome=hearing.outcome, attendance=hearing.attendance
    )
    form.outcome.choices, form.attendance.choices = OUTCOMES, ATTENDANCES
    if form.submitted_well():
        try:
            commands.record_outcome(
                hearing_id,
                outcome=HearingOutcome(form.outcome.data),
                attendance=Attendance(form.attendance.data),
                version=form.seen,
                actor=current_user.actor,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("Outcome recorded.")
            return redirect(url_for("courts.hearing", hearing_id=hearing_id))
    return _page("courts/outcome.html", form, hearing)


@bp.route("/hearings/<int:hearing_id>/defendant", methods=["GET", "POST"])
@permission_required(CourtPermission.MANAGE)
def defendant(hearing_id: int) -> ResponseReturnValue:
    """Correct a defendant's number, or mark that they are not to be texted."""
    hearing = queries.get_hearing(current_user.actor, hearing_id)
    person = hearing.defendant
    form = NumberForm(
        version=str(person.version),
        do_not_text=person.do_not_text,
        text_bar=person.text_bar or "",
    )
    form.text_bar.choices = BARS
    if form.submitted_well():
        try:
            commands.correct_mobile(
                person.id,
                form.number(),
                do_not_text=form.do_not_text.data,
                text_bar=form.bar(),
                version=form.seen,
                actor=current_user.actor,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("Saved. What the next list says does not undo it.")
            return redirect(url_for("courts.hearing", hearing_id=hearing_id))
    return _page("courts/defendant.html", form, hearing)


def _page(template: str, form: BeaconForm, hearing: Hearing) -> str:
    """A form about a hearing, under its defendant's name; that it was seen is written down."""
    audit.keep_pace(current_user.actor, Pace.CASES)
    audit.shown(current_user.actor, "hearing", [hearing.id], ("defendant name",))
    return render_template(template, form=form, hearing=hearing, person=hearing.defendant)
