"""The people around a victim, what may be said to them, and their numbers one at a time."""

from __future__ import annotations

from functools import partial
from typing import Any  # how a form is made

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.actor import reader
from beacon.core.errors import RuleBroken
from beacon.people import commands, queries
from beacon.people.forms import AroundForm, ChangeAroundForm, VersionForm
from beacon.people.models import Victim
from beacon.people.queries import AroundCard
from beacon.people.routes.ground import bp, came_from
from beacon.people.routes.showing import SECONDS, show_once
from beacon.people.terms import PeoplePermission
from beacon.web.guard import permission_required, to_proof
from beacon.web.versions import carried_out

SHOWN = ("people.name", "people.around")


@bp.route("/<int:victim_id>/around")
@permission_required(PeoplePermission.EDIT)
def around(victim_id: int) -> ResponseReturnValue:
    """Everybody who is known around a victim, their numbers masked."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    victim = queries.get_victim(actor, victim_id)
    return _page("people/around.html", victim, cards=queries.people_around(actor, victim))


@bp.route("/<int:victim_id>/around/new", methods=["GET", "POST"])
@permission_required(PeoplePermission.EDIT)
def add_around(victim_id: int) -> ResponseReturnValue:
    """Write down somebody around a victim."""
    actor = current_user.actor
    victim = queries.get_victim(actor, victim_id)
    form = AroundForm()
    if form.submitted_well():
        try:
            commands.add_around(victim, form.facts(), actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("Added. No defendant is ever texted on their numbers.")
            return _to_list(victim_id)
    audit.keep_pace(actor, Pace.CASES)  # what was said well is taken before this
    return _page("people/add_around.html", victim, form=form)


@bp.route("/<int:victim_id>/around/<int:around_id>", methods=["GET", "POST"])
@permission_required(PeoplePermission.EDIT)
def change_around(victim_id: int, around_id: int) -> ResponseReturnValue:
    """Change what is known of somebody around a victim; numbers in use stay hidden."""
    actor = current_user.actor
    victim = queries.get_victim(actor, victim_id)
    card = queries.card_of(queries.get_around(actor, victim, around_id), shows=True)
    form = _change_form(card)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.change_around(
            victim, around_id, form.facts(), gone=form.gone, version=form.read_version, actor=actor
        ),
        lambda: _change_form(
            queries.card_of(queries.get_around(actor, victim, around_id), shows=True),
            formdata=None,
        ),
    ):
        flash("Changed. A number that they had before still keeps texts away.")
        return _to_list(victim_id)
    audit.keep_pace(actor, Pace.CASES)  # what was said well is taken before this
    return _page("people/change_around.html", victim, form=form, card=card)


def _change_form(card: AroundCard, **how: Any) -> ChangeAroundForm:
    """The form with what is saved in it."""
    return ChangeAroundForm(
        version=str(card.version),
        kind=card.kind,
        name=card.name,
        relation=card.relation,
        notes=card.notes,
        speak=card.speak,
        **how,
    )


@bp.route("/<int:victim_id>/around/<int:around_id>/retire", methods=["POST"])
@permission_required(PeoplePermission.EDIT)
def retire_around(victim_id: int, around_id: int) -> ResponseReturnValue:
    """Somebody is not around the victim any more."""
    actor = current_user.actor
    victim = queries.get_victim(actor, victim_id)
    queries.get_around(actor, victim, around_id)
    form = VersionForm()
    if form.submitted_well():
        try:
            commands.retire_around(victim, around_id, version=form.read_version, actor=actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("Taken off. Their numbers still keep texts away.")
    return _to_list(victim_id)


@bp.route("/<int:victim_id>/around/<int:around_id>/<string:which>/show", methods=["GET", "POST"])
@permission_required(PeoplePermission.REACH)
def show_around(victim_id: int, around_id: int, which: str) -> ResponseReturnValue:
    """A number of somebody around a victim: shown as a victim's own is, each time written down."""
    actor = reader(current_user.actor)
    audit.keep_pace(actor, Pace.CASES)
    victim = queries.get_victim(actor, victim_id)
    asked = queries.asked_around(actor, victim, around_id, which)
    if asked.guard.proof and not current_user.has_proved_lately:
        return to_proof()
    form, value = show_once(
        asked.guard,
        partial(commands.show_around, victim, around_id, which, actor=actor),
        partial(queries.number_in_full, which=which),
    )
    return _page(
        "people/show_around.html", victim, asked=asked, form=form, value=value, seconds=SECONDS
    )


def _page(template: str, victim: Victim, **known: object) -> str:
    """A page about the people around a victim; that it was seen is written down."""
    audit.shown(current_user.actor, "victim", [victim.id], SHOWN, action="victim.around_shown")
    return render_template(template, victim=victim, back=came_from(), **known)


def _to_list(victim_id: int) -> ResponseReturnValue:
    return redirect(url_for("people.around", victim_id=victim_id, next=came_from() or None))
