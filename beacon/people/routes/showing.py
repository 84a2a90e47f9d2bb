"""A number, an e-mail address, where somebody lives: one at a time, each time written down."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.actor import reader
from beacon.core.errors import RuleBroken
from beacon.people import commands, places, queries
from beacon.people.forms import RevealForm, ShowForm
from beacon.people.routes.ground import SHOWN, bp, came_from
from beacon.people.rules import Guard
from beacon.people.terms import PeoplePermission
from beacon.web.guard import permission_required, to_proof

T = TypeVar("T")
SECONDS = 60  # for which what was shown stands on the page (security.md P-01)


def show_once(
    guard: Guard, show: Callable[..., T], in_full: Callable[[T], str]
) -> tuple[ShowForm, str]:
    """The form that asks what has to be asked first, and the value once it has been answered.

    The button beside a masked number sends no answers: where something is asked, it is asked.
    """
    form = ShowForm.asking(guard)
    is_answer = guard.is_open or ShowForm.ANSWERED in request.form
    if is_answer and form.submitted_well():
        try:
            return form, in_full(show(heeded=form.has_heeded, reason=form.given_reason))
        except RuleBroken as refusal:
            form.refuse(refusal)
    return form, ""


@bp.route("/<int:victim_id>/points/<int:point_id>/show", methods=["GET", "POST"])
@permission_required(PeoplePermission.REACH)
def show_point(victim_id: int, point_id: int) -> ResponseReturnValue:
    """A number to call, or an e-mail address: at once where all is safe and it is one's own."""
    actor = reader(current_user.actor)
    audit.keep_pace(actor, Pace.CASES)
    victim = queries.get_victim(actor, victim_id)
    asked = queries.asked_for(actor, victim, point_id)
    if asked.guard.proof and not current_user.has_proved_lately:
        return to_proof()
    form, value = show_once(
        asked.guard,
        partial(commands.show_point, victim, point_id, actor=actor),
        queries.point_in_full,
    )
    audit.shown(actor, "victim", [victim_id], SHOWN, action="victim.contact_shown")
    return render_template(
        "people/point.html",
        asked=asked,
        card=asked.card,
        point=asked.point,
        form=form,
        value=value,
        seconds=SECONDS,
        to_log=places.of(current_user.actor, victim, first=came_from()),
        back=came_from(),
    )


@bp.route("/<int:victim_id>/address/<int:address_id>", methods=["GET", "POST"])
@permission_required(PeoplePermission.ADDRESS)
def address(victim_id: int, address_id: int) -> ResponseReturnValue:
    """Where a person lives, or lived, for a reason that is written down (security.md TM-01)."""
    actor = reader(current_user.actor)
    audit.keep_pace(actor, Pace.CASES)
    victim = queries.get_victim(actor, victim_id)
    queries.get_address(victim, address_id)
    if queries.is_restricted(victim) and not current_user.has_proved_lately:
        return to_proof()
    form, value = RevealForm(), ""
    if form.submitted_well():
        try:
            held = commands.reveal_address(victim, address_id, reason=form.reason.data, actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            value = queries.address_in_full(held)
    card = queries.contact_card(actor, victim)
    audit.shown(actor, "victim", [victim_id], SHOWN, action="victim.contact_shown")
    return render_template(
        "people/address.html",
        card=card,
        one=next(one for one in card.addresses if one.id == address_id),
        form=form,
        value=value,
        seconds=SECONDS,
        back=came_from(),
    )
