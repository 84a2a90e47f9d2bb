"""How one person may be reached: asked, confirmed, and where they live only with a reason."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.errors import RuleBroken
from beacon.people import commands, queries
from beacon.people.forms import RevealForm, contact_form
from beacon.people.terms import PeoplePermission
from beacon.web.guard import HOME, permission_required, safe_next
from beacon.web.security import SAFE_METHODS

bp = Blueprint("people", __name__, url_prefix="/people", template_folder="templates")

SHOWN = ("people.name", "people.contact", "people.safe_contact")


@bp.route("/<int:victim_id>/contact", methods=["GET", "POST"])
@permission_required(PeoplePermission.EDIT)
def contact(victim_id: int) -> ResponseReturnValue:
    """What a person said about being reached; confirmed by whoever asked them."""
    actor = current_user.actor
    if request.method in SAFE_METHODS:
        audit.keep_pace(actor, Pace.CASES)
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
            return _back(victim_id)
    audit.shown(actor, "victim", [victim_id], SHOWN, action="victim.contact_shown")
    return render_template("people/contact.html", card=card, form=form, back=_from())


@bp.route("/changes/<int:change_id>/accept", methods=["POST"])
@permission_required(PeoplePermission.EDIT)
def accept_change(change_id: int) -> ResponseReturnValue:
    """The feed was right."""
    change = queries.get_change(current_user.actor, change_id)
    _decided(lambda: commands.accept_change(change, actor=current_user.actor), "Accepted.")
    return _back(change.victim_id)


@bp.route("/changes/<int:change_id>/decline", methods=["POST"])
@permission_required(PeoplePermission.EDIT)
def decline_change(change_id: int) -> ResponseReturnValue:
    """What we hold stands."""
    change = queries.get_change(current_user.actor, change_id)
    _decided(lambda: commands.decline_change(change, actor=current_user.actor), "Put aside.")
    return _back(change.victim_id)


@bp.route("/<int:victim_id>/address/<int:address_id>", methods=["GET", "POST"])
@permission_required(PeoplePermission.ADDRESS)
def address(victim_id: int, address_id: int) -> ResponseReturnValue:
    """Where a person lives, for a reason that is written down (security.md TM-01)."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    victim = queries.get_victim(actor, victim_id)
    form = RevealForm()
    shown = ""
    if form.submitted_well():
        try:
            held = commands.reveal_address(victim, address_id, reason=form.reason.data, actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            shown = queries.address_in_full(held)
    card = queries.contact_card(actor, victim)
    audit.shown(actor, "victim", [victim_id], SHOWN, action="victim.contact_shown")
    return render_template("people/address.html", card=card, form=form, address=shown, back=_from())


def _decided(order: Callable[[], None], words: str) -> None:
    try:
        order()
    except RuleBroken as refusal:
        flash(refusal.message, "error")
    else:
        flash(words)


def _from() -> str:
    """The page from which the person came, as an address of this site; empty where none is."""
    wanted = safe_next(request.args.get("next") or request.form.get("next"))
    return "" if wanted == HOME else wanted


def _back(victim_id: int) -> ResponseReturnValue:
    return redirect(_from() or url_for("people.contact", victim_id=victim_id))


def init_app(app: Flask) -> None:
    """Register the pages. They are reached from a case or a referral."""
    app.register_blueprint(bp)
