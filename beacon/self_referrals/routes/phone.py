"""The person on the line: one page, and who they may be while somebody is still typing."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.errors import RuleBroken
from beacon.self_referrals import commands, queries
from beacon.self_referrals.forms import PhoneForm
from beacon.self_referrals.queries import Looked
from beacon.self_referrals.routes.ground import at_the_phone
from beacon.self_referrals.terms import PhonePermission
from beacon.web.drafts import keeps_no_draft
from beacon.web.guard import permission_required

LOOK = "look"
SEEN = ("people.name", "people.identity")


@at_the_phone.route("/", methods=["GET", "POST"])
@permission_required(PhonePermission.TAKE)
def take() -> ResponseReturnValue:
    """Take down what the person on the line says; it goes on as every referral does."""
    form, looked = PhoneForm(), None
    if request.method == "POST" and LOOK in request.form:
        looked = _looked(form)
    elif form.submitted_well():
        try:
            row = commands.take_call(form.told(), actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(f"Taken down. Their reference is {row.reference}.")
            return redirect(url_for("referrals.show", referral_id=row.referral_id))
    return render_template("self_referrals/phone.html", form=form, looked=looked)


@at_the_phone.route("/look", methods=["POST"])
@permission_required(PhonePermission.TAKE)
@keeps_no_draft
def look() -> ResponseReturnValue:
    """Who agrees with what has been typed so far, as a piece of the page."""
    return render_template("self_referrals/_looked.html", looked=_looked(PhoneForm()))


def _looked(form: PhoneForm) -> Looked:
    """Look, and write down that somebody looked, whatever was found."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.SEARCHES)
    found = queries.who_may_be(actor, form.person())
    audit.shown(actor, "victim", found.ids, SEEN, action="victim.looked_for", although_none=True)
    return found
