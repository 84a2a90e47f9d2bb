"""One referral: who it is, what they are owed, and whether we take it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.people import queries as people
from beacon.referrals import commands, queries
from beacon.referrals.forms import DeclineForm, TriageForm, VersionedForm
from beacon.referrals.models import Referral
from beacon.referrals.routes.ground import SHOWN, bp, the_referral
from beacon.referrals.terms import ReferralPermission
from beacon.web.guard import permission_required


@bp.route("/<int:referral_id>", methods=["GET", "POST"])
@permission_required(ReferralPermission.TRIAGE)
def show(referral_id: int) -> ResponseReturnValue:
    """One referral, with everything that its triage asks; confirmed, the next one comes."""
    referral = the_referral(referral_id)
    asked = queries.triage_asked(referral)
    form = TriageForm(
        version=str(referral.version),
        category=asked.category,
        grounds=[ground.value for ground in asked.ticked],
        consent=referral.consent,
        at=clock.now(),
    )
    if form.submitted_well():
        stood = queries.standing(referral)
        if _carried_out(
            form,
            lambda: commands.confirm(
                referral, form.triage(), version=form.read_version, actor=current_user.actor
            ),
            referral,
        ):
            return _to_next(referral, stood)
    return _page("referrals/show.html", referral, form, asked=asked)


@bp.route("/<int:referral_id>/decline", methods=["GET", "POST"])
@permission_required(ReferralPermission.TRIAGE)
def decline(referral_id: int) -> ResponseReturnValue:
    """Say that no case comes of this referral, and why."""
    referral = the_referral(referral_id)
    form = DeclineForm(version=str(referral.version))
    if form.submitted_well():
        stood = queries.standing(referral)
        if _carried_out(
            form,
            lambda: commands.decline(
                referral,
                reason=form.reason.data,
                version=form.read_version,
                actor=current_user.actor,
            ),
            referral,
        ):
            flash("The referral is declined.")
            return _next_page(stood)
    return _page("referrals/decline.html", referral, form)


def _carried_out(form: VersionedForm, order: Callable[[], object], referral: Referral) -> bool:
    """Give the order; where a rule says no, put its sentence on the form and keep the answers."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        form.version.typed = str(referral.version)
        return False
    return True


def _to_next(referral: Referral, stood: queries.Standing) -> ResponseReturnValue:
    reference = referral.case.reference if referral.case else ""
    flash(f"{reference} confirmed.")
    return _next_page(stood)


def _next_page(stood: queries.Standing) -> ResponseReturnValue:
    """The next referral of the queue, or the queue where it is empty."""
    following = queries.Queue(viewer=current_user.actor).next_after(stood)
    if following is None:
        return redirect(url_for("referrals.index"))
    return redirect(url_for("referrals.show", referral_id=following, _anchor="main-content"))


def _page(
    template: str, referral: Referral, form: VersionedForm, **known: object
) -> ResponseReturnValue:
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    card = people.contact_card(actor, referral.victim)
    near = queries.candidates(actor, referral)
    audit.shown(actor, "referral", [referral.id], SHOWN)
    audit.shown(
        actor,
        "victim",
        [referral.victim_id, *(one.victim_id for one in near.shown if one.card)],
        SHOWN,
        action="victim.compared",
    )
    return render_template(
        template,
        referral=referral,
        form=form,
        card=card,
        near=near,
        said=queries.what_the_feed_said(referral),
        history=queries.history_of(referral),
        following=queries.Queue(viewer=actor).next_after(queries.standing(referral)),
        **known,
    )
