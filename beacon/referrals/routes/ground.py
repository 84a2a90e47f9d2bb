"""What the pages of referrals share."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.errors import RuleBroken
from beacon.people import queries as people
from beacon.referrals import queries
from beacon.referrals.forms import VersionedForm
from beacon.referrals.models import Referral
from beacon.referrals.terms import Ending

bp = Blueprint("referrals", __name__, url_prefix="/referrals", template_folder="../templates")
SHOWN = ("people.name", "people.contact", "people.safe_contact", "people.identity", "feed_row")


def the_referral(referral_id: int) -> Referral:
    """The referral of the address, if this person may see it."""
    return queries.get_referral(current_user.actor, referral_id)


def carried_out(form: VersionedForm, order: Callable[[], object], referral: Referral) -> bool:
    """Give the order; where a rule says no, put its sentence on the form and keep the answers."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        form.version.typed = str(referral.version)
        return False
    return True


def to_referral(referral_id: int | None) -> ResponseReturnValue:
    """The page of a referral, its decision in front; the queue where none is free."""
    if referral_id is None:
        flash("No referral is free now: nothing waits, or others have in hand what does.")
        return redirect(url_for("referrals.index"))
    return redirect(url_for("referrals.show", referral_id=referral_id, _anchor="main-content"))


def part_page(template: str, referral: Referral, form: VersionedForm) -> ResponseReturnValue:
    """A page about one referral with one form, its safe contact in front."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    card = people.contact_card(actor, referral.victim)
    audit.shown(actor, "referral", [referral.id], SHOWN)
    audit.shown(actor, "victim", [referral.victim_id], SHOWN, action="victim.shown_in_triage")
    return render_template(
        template,
        referral=referral,
        form=form,
        card=card,
        tries=queries.tries(referral),
        said=queries.what_the_feed_said(referral),
        urgency=queries.urgency_said(referral),
        ending_hints={one.value: one.hint for one in Ending},
    )
