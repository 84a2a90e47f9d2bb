"""Telling a victim, saying why not, Witness Care's receipt, and reminders that were seen."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import commands, queries
from beacon.cases.forms import AsideForm, PauseForm, ReceiptForm, TellForm
from beacon.cases.routes.ground import bp, carried_out, form_page, the_case, to_case
from beacon.core import clock
from beacon.entitlements import queries as entitlements
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, EntitlementPermission
from beacon.people import queries as people
from beacon.web.guard import permission_required

RECORD = EntitlementPermission.RECORD
TO_TELL = "to-tell"


@bp.route("/<string:reference>/duties/<int:duty_id>/tell", methods=["GET", "POST"])
@permission_required(RECORD)
def tell(reference: str, duty_id: int) -> ResponseReturnValue:
    """Record that the victim was told, when and how."""
    case = the_case(reference)
    duty = queries.row_of(current_user.actor, case, Duty, duty_id)
    card = people.contact_card(current_user.actor, case.victim)
    cautions = queries.cautions(card)
    form = TellForm(at=clock.now())
    if (
        form.submitted_well()
        and form.heeds(cautions)
        and carried_out(
            form,
            lambda: commands.tell_victim(
                case,
                duty,
                at=form.at.data,
                channel=form.channel.data,
                late_because=form.late_because.data or "",
                recovery=form.recovery.data or "",
                actor=current_user.actor,
            ),
            case,
        )
    ):
        late = duty.state is DutyState.MET_LATE
        flash(f"Recorded: the victim was told{', late' if late else ''}.")
        return to_case(case, TO_TELL)
    rule = entitlements.rule_of(duty)
    return form_page(
        "cases/tell.html", case, form, card=card, duty=duty, rule=rule, cautions=cautions
    )


@bp.route("/<string:reference>/duties/<int:duty_id>/receipt", methods=["GET", "POST"])
@permission_required(RECORD)
def receipt(reference: str, duty_id: int) -> ResponseReturnValue:
    """Record when Witness Care heard of it, from which the limit is counted."""
    case = the_case(reference)
    duty = queries.row_of(current_user.actor, case, Duty, duty_id)
    form = ReceiptForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.give_receipt(case, duty, at=form.at.data, actor=current_user.actor),
        case,
    ):
        late = duty.state is DutyState.MET_LATE
        flash("The victim was told late." if late else "The clock has started.")
        return to_case(case, TO_TELL)
    rule, expected = entitlements.rule_of(duty), entitlements.expected_by(duty)
    return form_page("cases/receipt.html", case, form, duty=duty, rule=rule, expected=expected)


@bp.route("/<string:reference>/duties/<int:duty_id>/not-told", methods=["GET", "POST"])
@permission_required(RECORD)
def not_told(reference: str, duty_id: int) -> ResponseReturnValue:
    """Record why the victim is not told: withheld, declined, put off for safety, or not owed."""
    case = the_case(reference)
    duty = queries.row_of(current_user.actor, case, Duty, duty_id)
    form = AsideForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.set_duty_aside(
            case,
            duty,
            state=form.state.data,
            reason=form.reason.data,
            actor=current_user.actor,
        ),
        case,
    ):
        flash("Recorded why the victim is not told.")
        return to_case(case, TO_TELL)
    rule = entitlements.rule_of(duty)
    return form_page("cases/not_told.html", case, form, duty=duty, rule=rule)


@bp.route("/<string:reference>/duties/<int:duty_id>/pause", methods=["GET", "POST"])
@permission_required(RECORD)
def pause(reference: str, duty_id: int) -> ResponseReturnValue:
    """Let the clock of a duty stand still for a reason."""
    case = the_case(reference)
    duty = queries.row_of(current_user.actor, case, Duty, duty_id)
    form = PauseForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.pause_duty(case, duty, reason=form.reason.data, actor=current_user.actor),
        case,
    ):
        flash("The clock of this duty stands still.")
        return to_case(case, TO_TELL)
    rule = entitlements.rule_of(duty)
    return form_page("cases/pause.html", case, form, duty=duty, rule=rule)


@bp.route("/<string:reference>/duties/<int:duty_id>/resume", methods=["POST"])
@permission_required(RECORD)
def resume(reference: str, duty_id: int) -> ResponseReturnValue:
    """Let the clock of a duty go on."""
    case = the_case(reference)
    duty = queries.row_of(current_user.actor, case, Duty, duty_id)
    commands.resume_duty(case, duty, actor=current_user.actor)
    flash("The clock goes on, with as many working days left as when it was paused.")
    return to_case(case, TO_TELL)


@bp.route("/<string:reference>/duties/<int:duty_id>/seen", methods=["POST"])
@permission_required(RECORD)
def reminder_seen(reference: str, duty_id: int) -> ResponseReturnValue:
    """Take the reminders of this duty off the person's desk."""
    case = the_case(reference)
    duty = queries.row_of(current_user.actor, case, Duty, duty_id)
    commands.mark_reminders_seen(duty, actor=current_user.actor)
    return redirect(url_for("desk.index"))
