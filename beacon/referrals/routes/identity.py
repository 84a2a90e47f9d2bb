"""Who somebody is: records laid side by side, linked, kept apart, and links undone."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.errors import RuleBroken
from beacon.people import queries as people
from beacon.people.queries import ContactCard
from beacon.referrals import commands, queries
from beacon.referrals.forms import CutForm, WhoForm
from beacon.referrals.models import Referral
from beacon.referrals.routes.ground import SHOWN, bp, the_referral
from beacon.referrals.terms import ReferralPermission
from beacon.web.guard import permission_required


@bp.route("/<int:referral_id>/who", methods=["GET", "POST"])
@permission_required(ReferralPermission.TRIAGE)
def who(referral_id: int) -> ResponseReturnValue:
    """The referral beside up to three records: the same person, somebody else, or later."""
    referral = the_referral(referral_id)
    near = queries.candidates(current_user.actor, referral)
    form = WhoForm.beside(near.beside, version=referral.version)
    if form.submitted_well():
        if not form.is_about(near.beside):
            flash("The records beside this referral have changed. Look at them again.", "error")
            return redirect(url_for("referrals.who", referral_id=referral_id))
        try:
            commands.say_who(
                referral,
                form.said(near.beside),
                reason=form.reason.data or "",
                version=form.read_version,
                actor=current_user.actor,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
            form.version.typed = str(referral.version)
        else:
            flash("Kept. Records that are one person are linked, never merged.")
            return _back(referral_id)
    card = _shown(referral, near)
    return render_template("referrals/who.html", referral=referral, card=card, near=near, form=form)


@bp.route("/<int:referral_id>/people/<int:victim_id>/link", methods=["POST"])
@permission_required(ReferralPermission.TRIAGE)
def link(referral_id: int, victim_id: int) -> ResponseReturnValue:
    """The person of this referral is somebody we know."""
    return _say(referral_id, victim_id, commands.link_person, "Linked. Both records stay.")


@bp.route("/<int:referral_id>/people/<int:victim_id>/not-the-same", methods=["POST"])
@permission_required(ReferralPermission.TRIAGE)
def not_the_same(referral_id: int, victim_id: int) -> ResponseReturnValue:
    """The person of this referral is not that one."""
    return _say(referral_id, victim_id, commands.not_the_same_person, "Kept as two people.")


@bp.route("/<int:referral_id>/links", methods=["GET", "POST"])
@permission_required(ReferralPermission.TRIAGE)
def links(referral_id: int) -> ResponseReturnValue:
    """The records held to be one person, who said so and why; one link is undone, with a reason."""
    referral = the_referral(referral_id)
    chain = queries.chain(current_user.actor, referral)
    form = CutForm()
    form.link.choices = [(one.id, one.called) for one in chain.cuttable]
    if form.submitted_well():
        link = queries.get_link(form.link.data)
        try:
            commands.cut_link(link, reason=form.reason.data, actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("The link is undone. Both records stand as they did.")
            return redirect(url_for("referrals.links", referral_id=referral_id))
    _note(referral, [one.victim_id for one in chain.records if one.name])
    return render_template("referrals/links.html", referral=referral, chain=chain, form=form)


def _say(
    referral_id: int, victim_id: int, order: Callable[..., object], words: str
) -> ResponseReturnValue:
    referral = the_referral(referral_id)
    other = people.get_victim(current_user.actor, victim_id)
    try:
        order(referral, other, actor=current_user.actor)
    except RuleBroken as refusal:
        flash(refusal.message, "error")
    else:
        flash(words)
    return _back(referral_id)


def _back(referral_id: int) -> ResponseReturnValue:
    return redirect(url_for("referrals.show", referral_id=referral_id, _anchor="matches"))


def _shown(referral: Referral, near: queries.Near) -> ContactCard:
    card = people.contact_card(current_user.actor, referral.victim)
    _note(referral, [one.victim_id for one in near.shown if one.card])
    return card


def _note(referral: Referral, others: list[int]) -> None:
    """Write down whose facts were laid side by side, before the page leaves."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    audit.shown(actor, "referral", [referral.id], SHOWN)
    ids = sorted({referral.victim_id, *others})
    audit.shown(actor, "victim", ids, SHOWN, action="victim.compared")
