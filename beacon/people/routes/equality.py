"""What a person says of themselves for the equality figures; asked, never guessed."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.people import commands, queries
from beacon.people.forms import CommunicationForm, EqualityForm
from beacon.people.routes.ground import back, bp, came_from
from beacon.people.terms import PeoplePermission
from beacon.web.guard import permission_required
from beacon.web.versions import carried_out

SHOWN = ("people.name", "people.disability", "people.orientation", "people.religion")
HELPS = ("people.name", "people.communication")


@bp.route("/<int:victim_id>/equality", methods=["GET", "POST"])
@permission_required(PeoplePermission.EDIT)
def equality(victim_id: int) -> ResponseReturnValue:
    """What a person says of themselves; they need not say."""
    actor = current_user.actor
    victim = queries.get_victim(actor, victim_id)
    form = EqualityForm.of(victim)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.say_equality(victim, form.said(), version=form.read_version, actor=actor),
        lambda: EqualityForm.of(victim, formdata=None),
    ):
        flash("What they said is kept.")
        return back(victim_id)
    audit.keep_pace(actor, Pace.CASES)  # what was said well is taken before this
    audit.shown(actor, "victim", [victim_id], SHOWN, action="victim.equality_shown")
    return render_template("people/equality.html", victim=victim, form=form, back=came_from())


@bp.route("/<int:victim_id>/communication", methods=["GET", "POST"])
@permission_required(PeoplePermission.EDIT)
def communication(victim_id: int) -> ResponseReturnValue:
    """What somebody needs to understand us and be understood."""
    actor = current_user.actor
    victim = queries.get_victim(actor, victim_id)
    form = CommunicationForm.of(victim, queries.communication_needs(victim_id))
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.say_communication(
            victim, form.said(), version=form.read_version, actor=actor
        ),
        lambda: CommunicationForm.of(victim, queries.communication_needs(victim_id), formdata=None),
    ):
        flash("What helps them is kept.")
        return back(victim_id)
    audit.keep_pace(actor, Pace.CASES)
    audit.shown(actor, "victim", [victim_id], HELPS, action="victim.communication_shown")
    return render_template("people/communication.html", victim=victim, form=form, back=came_from())
