"""How one person may be reached: asked and confirmed, and what a feed says against it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.errors import RuleBroken
from beacon.people import commands, queries
from beacon.people.forms import contact_form
from beacon.people.routes.ground import SHOWN, back, bp, came_from
from beacon.people.terms import PeoplePermission
from beacon.web.guard import permission_required


@bp.route("/<int:victim_id>/contact", methods=["GET", "POST"])
@permission_required(PeoplePermission.EDIT)
def contact(victim_id: int) -> ResponseReturnValue:
    """What a person said about being reached; confirmed by whoever asked them."""
    actor = current_user.actor
    victim = queries.get_victim(actor, victim_id)
    card = queries.contact_card(actor, victim)
    form = contact_form(card)
    if form.submitted_well():
        try:
            commands.confirm_contact(victim, form.said(), version=form.read_version, actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
            form.version.typed = str(victim.version)
        else:
            flash("How they may be reached is confirmed.")
            return back(victim_id)
    audit.keep_pace(actor, Pace.CASES)  # what was said well is taken before this
    audit.shown(actor, "victim", [victim_id], SHOWN, action="victim.contact_shown")
    return render_template("people/contact.html", card=card, form=form, back=came_from())


@bp.route("/changes/<int:change_id>/accept", methods=["POST"])
@permission_required(PeoplePermission.EDIT)
def accept_change(change_id: int) -> ResponseReturnValue:
    """The feed was right."""
    change = queries.get_change(current_user.actor, change_id)
    _decided(lambda: commands.accept_change(change, actor=current_user.actor), "Accepted.")
    return back(change.victim_id)


@bp.route("/changes/<int:change_id>/decline", methods=["POST"])
@permission_required(PeoplePermission.EDIT)
def decline_change(change_id: int) -> ResponseReturnValue:
    """What we hold stands."""
    change = queries.get_change(current_user.actor, change_id)
    _decided(lambda: commands.decline_change(change, actor=current_user.actor), "Put aside.")
    return back(change.victim_id)


def _decided(order: Callable[[], None], words: str) -> None:
    try:
        order()
    except RuleBroken as refusal:
        flash(refusal.message, "error")
    else:
        flash(words)
