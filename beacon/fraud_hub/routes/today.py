"""Today's calls: one list of victims, banks and the ombudsman, what runs out first on top."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock, scope
from beacon.core.errors import RuleBroken
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import QuickForm, TodayForm
from beacon.fraud_hub.queries import CallsToday
from beacon.fraud_hub.routes.ground import CONTACT, READ, WORK, bp, lists_bp
from beacon.web import cursors
from beacon.web.guard import permission_required

LIST_FIELDS = ("name", "people.safe_contact", "fraud_contact", "claims")


@lists_bp.route("/today")
@permission_required(READ)
def calls_today() -> ResponseReturnValue:
    """Whom to call today, each with its next step."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    form = TodayForm()
    page = CallsToday(viewer=actor, mine=form.is_mine).page(cursors.asked_for())
    audit.shown(actor, "case_file", sorted({row.case_id for row in page}), LIST_FIELDS)
    return render_template(
        "fraud_hub/today.html",
        form=form,
        page=page,
        today=clock.today(),
        may_contact=current_user.may(CONTACT),
        may_work=current_user.may(WORK),
        may_see_bank=scope.may_see(actor, "fraud.bank"),
    )


@bp.route("/cases/<string:reference>/no-answer", methods=["POST"])
@permission_required(CONTACT)
def no_answer(reference: str) -> ResponseReturnValue:
    """Record with one press that a call just now was not answered."""
    actor = current_user.actor
    found = queries.get_fraud_case(actor, reference)
    form = QuickForm()
    if not form.submitted_well():
        return redirect(url_for("fraud_hub.record_attempt", reference=reference))
    try:
        commands.record_attempt(found.case, form.attempt(), seen=form.seen_number, actor=actor)
    except RuleBroken as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("fraud_hub.record_attempt", reference=reference))
    flash(f"No answer: recorded for {found.case.reference}.")
    return redirect(
        url_for("fraud_lists.calls_today")
        if current_user.may(READ)
        else url_for("cases.show", reference=reference)
    )
