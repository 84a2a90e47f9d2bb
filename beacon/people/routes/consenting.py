"""To what somebody agrees: how each thing stands, what was said before, and what they say now."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.people import commands, queries
from beacon.people.forms import ConsentForm
from beacon.people.routes.ground import SHOWN, bp, came_from
from beacon.people.terms import PeoplePermission, Purpose
from beacon.web.guard import permission_required


@bp.route("/<int:victim_id>/consent", methods=["GET", "POST"])
@permission_required(PeoplePermission.EDIT)
def consent(victim_id: int) -> ResponseReturnValue:
    """What somebody was asked to agree to, and what they said."""
    actor = current_user.actor
    victim = queries.get_victim(actor, victim_id)
    form = ConsentForm(
        said_at=clock.now(), agency=request.args.get("agency", "")[:100], purpose=_purpose()
    )
    if form.submitted_well():
        try:
            commands.record_consent(victim, form.said(), actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("What they said is recorded.")
            here = url_for("people.consent", victim_id=victim_id, next=came_from() or None)
            return redirect(here)
    audit.keep_pace(actor, Pace.CASES)
    audit.shown(actor, "victim", [victim_id], SHOWN, action="victim.consent_shown")
    return render_template(
        "people/consent.html",
        card=queries.contact_card(actor, victim),
        standing=queries.consents(victim),
        said=queries.said_of_consent(victim),
        form=form,
        back=came_from(),
    )


def _purpose() -> Purpose | None:
    """The purpose that the address asks about, where it names one."""
    asked = request.args.get("purpose", "")
    return Purpose(asked) if asked in set(Purpose) else None
