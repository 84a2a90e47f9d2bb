"""The steps of triage beside the final decision: stages, urgency, tries, endings, and hands."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.referrals import commands, queries
from beacon.referrals.forms import EndingForm, OrderForm, TryForm, UrgentForm
from beacon.referrals.models import Referral
from beacon.referrals.routes.ground import (
    bp,
    carried_out,
    part_page,
    the_referral,
    to_referral,
)
from beacon.referrals.terms import ReferralPermission, Urgent
from beacon.web.guard import permission_required

TRIAGE = ReferralPermission.TRIAGE


@bp.route("/<int:referral_id>/decline", methods=["GET", "POST"])
@permission_required(TRIAGE)
def decline(referral_id: int) -> ResponseReturnValue:
    """End a referral: declined, withdrawn, out of area, without consent, or never reached."""
    referral = the_referral(referral_id)
    form = EndingForm(version=str(referral.version))
    if form.submitted_well():
        stood, actor = queries.standing(referral), current_user.actor
        if carried_out(
            form,
            lambda: commands.end(referral, form.ended(), version=form.read_version, actor=actor),
            referral,
        ):
            flash(f"The referral is ended: {form.ended().ending.label.lower()}.")
            return to_referral(commands.take_next(after=stood, actor=actor))
    return part_page("referrals/decline.html", referral, form)


@bp.route("/<int:referral_id>/urgent", methods=["GET", "POST"])
@permission_required(TRIAGE)
def urgent(referral_id: int) -> ResponseReturnValue:
    """Say why a referral is urgent, or that it is not."""
    referral = the_referral(referral_id)
    marked = referral.urgent_reasons if referral.is_urgent else ()
    form = UrgentForm(version=str(referral.version), because=[one.value for one in marked])
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.mark_urgent(
            referral,
            [Urgent(word) for word in form.because.data or ()],
            reason=form.reason.data or "",
            version=form.read_version,
            actor=current_user.actor,
        ),
        referral,
    ):
        flash("Marked as urgent." if referral.is_urgent else "Not urgent.")
        return to_referral(referral_id)
    return part_page("referrals/urgent.html", referral, form)


@bp.route("/<int:referral_id>/try", methods=["GET", "POST"])
@permission_required(TRIAGE)
def record_try(referral_id: int) -> ResponseReturnValue:
    """Record that somebody was tried, and when they are tried again."""
    referral = the_referral(referral_id)
    form = TryForm(version=str(referral.version), at=clock.now())
    if form.submitted_well():
        stood, actor, tried = queries.standing(referral), current_user.actor, form.tried()
        if carried_out(
            form,
            lambda: commands.record_try(referral, tried, version=form.read_version, actor=actor),
            referral,
        ):
            flash("The try is recorded.")
            if tried.outcome.reached_them:
                return to_referral(referral_id)
            return to_referral(commands.take_next(after=stood, actor=actor))
    return part_page("referrals/try.html", referral, form)


@bp.post("/<int:referral_id>/go-on")
@permission_required(TRIAGE)
def go_on(referral_id: int) -> ResponseReturnValue:
    """The referral goes on to the next decision."""
    return _ordered(
        referral_id,
        lambda referral, version: commands.go_on(
            referral, queries.stage_of(referral), version=version, actor=current_user.actor
        ),
        "It goes on to the next decision.",
    )


@bp.post("/<int:referral_id>/take")
@permission_required(TRIAGE)
def take(referral_id: int) -> ResponseReturnValue:
    """Take this referral in hand."""
    return _ordered(
        referral_id,
        lambda referral, version: commands.take_in_hand(referral, actor=current_user.actor),
        "It is in your hands.",
    )


@bp.post("/<int:referral_id>/give-back")
@permission_required(TRIAGE)
def give_back(referral_id: int) -> ResponseReturnValue:
    """Put a referral back for whoever comes next."""
    referral = the_referral(referral_id)
    if OrderForm().submitted_well():
        commands.give_back(referral, actor=current_user.actor)
        flash("It is back in the queue.")
    return redirect(url_for("referrals.index"))


@bp.post("/<int:referral_id>/leave")
@permission_required(TRIAGE)
def leave(referral_id: int) -> ResponseReturnValue:
    """Leave this one for whoever comes next, and take the one after it."""
    referral = the_referral(referral_id)
    if not OrderForm().submitted_well():
        return to_referral(referral_id)
    stood = queries.standing(referral)
    return to_referral(commands.take_next(after=stood, actor=current_user.actor))


def _ordered(
    referral_id: int, order: Callable[[Referral, int], object], words: str
) -> ResponseReturnValue:
    referral, form = the_referral(referral_id), OrderForm()
    if form.submitted_well():
        try:
            order(referral, form.read_version)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash(words)
    return redirect(url_for("referrals.show", referral_id=referral_id, _anchor="main-content"))
