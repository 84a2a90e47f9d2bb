"""What waits for a second person, and the page on which one decides."""

from __future__ import annotations

from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import scope
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import APPROVE, DecideForm
from beacon.fraud_hub.queries import Proposals
from beacon.fraud_hub.routes.ground import WORK, bp, taken
from beacon.fraud_hub.standards import second_person_pence
from beacon.fraud_hub.terms import FraudPermission, ProposalState
from beacon.web import cursors
from beacon.web.guard import permission_required

SECOND = FraudPermission.APPROVE


@bp.route("/approvals")
@permission_required(SECOND)
def approvals() -> ResponseReturnValue:
    """What waits for a second person, or what was decided."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    word = request.args.get("state", "")
    state = ProposalState(word) if word in list(ProposalState) else ProposalState.WAITING
    page = Proposals(viewer=actor, state=state).page(cursors.asked_for())
    audit.shown(actor, "ledger_proposal", [row.proposal.id for row in page], ("ledger",))
    return render_template(
        "fraud_hub/approvals.html",
        page=page,
        state=state,
        states=ProposalState,
        above=second_person_pence(),
        may_work=current_user.may(WORK),
    )


@bp.route("/approvals/<int:waiting_id>", methods=["GET", "POST"])
@permission_required(SECOND)
def approval(waiting_id: int) -> ResponseReturnValue:
    """One proposal with what stands beside it; a second person approves or refuses it."""
    actor, form = current_user.actor, DecideForm()
    audit.keep_pace(actor, Pace.CASES)
    found = queries.get_proposal(actor, waiting_id)
    if form.submitted_well():
        approves = form.decision.data == APPROVE
        order = (
            partial(commands.approve, found.proposal, actor=actor)
            if approves
            else partial(
                commands.refuse, found.proposal, because=form.because.data or "", actor=actor
            )
        )
        if taken(form, order, "Approved: it counts now." if approves else "Refused."):
            return redirect(url_for("fraud_hub.approvals"))
        found = queries.get_proposal(actor, waiting_id)
    audit.shown(actor, "ledger_proposal", [found.proposal.id], ("ledger", "evidence"))
    return render_template(
        "fraud_hub/approval.html",
        form=form,
        found=found,
        one=found.proposal,
        above=second_person_pence(),
        may_decide=queries.may_decide(found.proposal, actor),
        may_see_bank=scope.may_see(actor, "fraud.bank"),
    )
