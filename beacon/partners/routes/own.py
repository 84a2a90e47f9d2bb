"""The pages of an agency's user: what was sent to the agency, and what they answer.

Nothing else of Beacon is here: each page reads what was shared and put by, never the case.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Pace
from beacon.core import clock
from beacon.partners import commands, queries, rules
from beacon.partners.commands import Answer
from beacon.partners.forms import DeclineForm, FinishForm, MessageForm, VersionForm
from beacon.partners.models import PartnerReferral
from beacon.partners.routes.ground import carried_out
from beacon.partners.routes.ground import own_bp as bp
from beacon.partners.terms import PartnerPermission, ReferralState, Side
from beacon.web.guard import permission_required

OWN = PartnerPermission.OWN


@bp.route("/")
@permission_required(OWN)
def index() -> ResponseReturnValue:
    """Every referral to the agency, by its number and without a name."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    sharings = queries.own(actor)
    ids = [one.id for one in sharings]
    audit.shown(actor, "partner_referral", ids, ("state",), action="partner_referral.own_listed")
    return render_template(
        "partners/own.html", sharings=sharings, agency=actor.agency, today=clock.today()
    )


@bp.route("/<int:sharing_id>")
@permission_required(OWN)
def show(sharing_id: int) -> ResponseReturnValue:
    """What was shared of one referral, and what the agency has said of it."""
    sharing = _read(sharing_id)
    return render_template(
        "partners/own_one.html",
        sharing=sharing,
        sheet=queries.sheet_for_agency(sharing),
        steps=queries.steps_of(current_user.actor, sharing),
        next_steps=rules.steps_for(sharing.state, Side.THEIRS),
        form=VersionForm(version=str(sharing.version)),
        today=clock.today(),
    )


@bp.route("/<int:sharing_id>/accept", methods=["POST"])
@permission_required(OWN)
def accept(sharing_id: int) -> ResponseReturnValue:
    """Take it on."""
    return _at_a_press(sharing_id, ReferralState.ACCEPTED, "Accepted. The case manager is told.")


@bp.route("/<int:sharing_id>/begin", methods=["POST"])
@permission_required(OWN)
def begin(sharing_id: int) -> ResponseReturnValue:
    """Say that the work has begun."""
    return _at_a_press(sharing_id, ReferralState.IN_PROGRESS, "It is in progress.")


@bp.route("/<int:sharing_id>/decline", methods=["GET", "POST"])
@permission_required(OWN)
def decline(sharing_id: int) -> ResponseReturnValue:
    """Say that the agency cannot take it, and why."""
    sharing = _read(sharing_id)
    form = DeclineForm(version=str(sharing.version))
    if form.submitted_well() and _answered(
        sharing_id, form, Answer(state=ReferralState.DECLINED, words=form.words.data)
    ):
        flash("Declined. The case manager is told, and what was shared is closed to you.")
        return redirect(url_for("own_referrals.index"))
    return render_template("partners/own_decline.html", sharing=sharing, form=form)


@bp.route("/<int:sharing_id>/finish", methods=["GET", "POST"])
@permission_required(OWN)
def finish(sharing_id: int) -> ResponseReturnValue:
    """Say how the agency's work ended."""
    sharing = _read(sharing_id)
    form = FinishForm(version=str(sharing.version))
    if form.submitted_well() and _answered(
        sharing_id,
        form,
        Answer(
            state=ReferralState.FINISHED, words=form.words.data or "", outcome=form.outcome.data
        ),
    ):
        flash("Finished. The case manager is told.")
        return _to(sharing_id)
    return render_template("partners/own_finish.html", sharing=sharing, form=form)


@bp.route("/<int:sharing_id>/message", methods=["GET", "POST"])
@permission_required(OWN)
def message(sharing_id: int) -> ResponseReturnValue:
    """Write back to the case manager."""
    sharing = _read(sharing_id)
    form = MessageForm(version=str(sharing.version))
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.send_message(
            sharing_id, form.words.data, version=form.read_version, actor=current_user.actor
        ),
    ):
        flash("Your message is with the case manager.")
        return _to(sharing_id)
    return render_template("partners/own_message.html", sharing=sharing, form=form)


def _read(sharing_id: int) -> PartnerReferral:
    """The referral, if it is the agency's own and still open to it; each reading written down."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    sharing = queries.get_own(actor, sharing_id)
    audit.shown(
        actor,
        "partner_referral",
        [sharing.id],
        sorted(sharing.chosen),
        action="partner_referral.read_by_agency",
        operation=Operation.DISCLOSURE,
    )
    return sharing


def _at_a_press(sharing_id: int, state: ReferralState, said: str) -> ResponseReturnValue:
    """Carry out an answer that needs no words."""
    form = VersionForm()
    queries.get_own(current_user.actor, sharing_id)
    if form.submitted_well() and _answered(sharing_id, form, Answer(state=state)):
        flash(said)
    for mistake in form.mistakes():
        flash(mistake.message, "error")
    return _to(sharing_id)


def _answered(sharing_id: int, form: VersionForm, answer: Answer) -> bool:
    return carried_out(
        form,
        lambda: commands.answer_as_agency(
            sharing_id, answer, version=form.read_version, actor=current_user.actor
        ),
    )


def _to(sharing_id: int) -> ResponseReturnValue:
    return redirect(url_for("own_referrals.show", sharing_id=sharing_id))
