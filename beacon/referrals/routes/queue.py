"""The queue of triage."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock
from beacon.entitlements.terms import VictimCategory
from beacon.referrals import commands, queries
from beacon.referrals.forms import OrderForm, QueueForm
from beacon.referrals.routes.ground import bp, to_referral
from beacon.referrals.terms import FEED_LABELS, ReferralPermission
from beacon.web import cursors
from beacon.web.guard import permission_required

URGENT = {"yes": True, "no": False}


@bp.route("/")
@permission_required(ReferralPermission.READ)
def index() -> ResponseReturnValue:
    """What waits for a decision, and the new cases that nobody has looked at."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    form = QueueForm()
    well = form.asked_well()
    chosen = form.category.data if well else None
    queue = queries.Queue(
        viewer=actor,
        place=form.place.data if well else None,
        waits=form.waits.data if well else None,
        feed=(form.feed.data or "") if well else "",
        pressing=None if chosen is None else chosen is VictimCategory.ENHANCED,
        urgent=URGENT.get(form.urgent.data) if well else None,
        promised_by=clock.today() if well and form.promised.data else None,
    )
    page = queue.page(cursors.asked_for())
    audit.shown(actor, "referral", [row.id for row in page], ("people.name",))
    return render_template(
        "referrals/index.html",
        form=form,
        page=page,
        counts=queue.counts(),
        feeds=FEED_LABELS,
        is_narrowed=queue.is_narrowed,
        today=clock.today(),
        order=OrderForm(),
    )


@bp.post("/next")
@permission_required(ReferralPermission.TRIAGE)
def take_next() -> ResponseReturnValue:
    """Take the next referral in hand: nobody else is given it."""
    if not OrderForm().submitted_well():
        return redirect(url_for("referrals.index"))
    return to_referral(commands.take_next(actor=current_user.actor))
