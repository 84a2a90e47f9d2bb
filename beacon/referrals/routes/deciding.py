"""One referral: who it is, what they are owed, and whether we take it."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock
from beacon.notices import queries as notices
from beacon.people import queries as people
from beacon.referrals import commands, queries
from beacon.referrals.forms import OrderForm, TriageForm
from beacon.referrals.models import Referral
from beacon.referrals.routes.ground import SHOWN, bp, carried_out, the_referral, to_referral
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
        stood, actor = queries.standing(referral), current_user.actor
        if carried_out(
            form,
            lambda: commands.confirm(
                referral, form.triage(), version=form.read_version, actor=actor
            ),
            referral,
        ):
            flash(f"{referral.case.reference} confirmed." if referral.case else "Confirmed.")
            return to_referral(commands.take_next(after=stood, actor=actor))
    return _page(referral, form, asked)


def _page(referral: Referral, form: TriageForm, asked: queries.Asked) -> ResponseReturnValue:
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
        "referrals/show.html",
        referral=referral,
        form=form,
        asked=asked,
        card=card,
        near=near,
        said=queries.what_the_feed_said(referral),
        following=queries.Queue(viewer=actor).next_after(queries.standing(referral)),
        routed=queries.proposed_route(referral),
        stage=queries.stage_of(referral),
        decisions=queries.decisions(referral),
        repeats=queries.history_of(referral),
        history=queries.history(referral),
        hand=queries.in_hand(actor, referral),
        tries=queries.tries(referral),
        urgency=queries.urgency_said(referral),
        notices=notices.about(actor, [referral.id]),
        order=OrderForm(version=str(referral.version)),
    )
