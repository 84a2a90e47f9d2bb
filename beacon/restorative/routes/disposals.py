"""Out-of-court disposals of one case, and the victim's view of each."""

from __future__ import annotations

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import queries as cases
from beacon.core import clock
from beacon.restorative import commands
from beacon.restorative.forms import VIEW_FORMS, DisposalForm, TakeBackForm
from beacon.restorative.models import DisposalStep, DisposalView
from beacon.restorative.routes.ground import WORK, bp, form_page, taken, the_case, to_page
from beacon.restorative.terms import ViewStep
from beacon.web.guard import permission_required

ANCHOR = "disposals"


@bp.route("/disposals/new", methods=["GET", "POST"])
@permission_required(WORK)
def consider(reference: str) -> ResponseReturnValue:
    """Record that an out-of-court disposal is considered."""
    case = the_case(reference)
    form = DisposalForm(considered_at=clock.now())
    if form.submitted_well() and taken(
        form,
        lambda: commands.consider_disposal(case, form.given(), actor=current_user.actor),
        "Recorded. Ask for the victim's view before it is decided.",
    ):
        return to_page(case, ANCHOR)
    return form_page("restorative/disposal.html", case, form)


@bp.route("/disposals/<int:disposal_id>/<string:turn>", methods=["GET", "POST"])
@permission_required(WORK)
def view_step(reference: str, disposal_id: int, turn: str) -> ResponseReturnValue:
    """Record one step with a disposal."""
    case, actor = the_case(reference), current_user.actor
    row = cases.row_of(actor, case, DisposalView, disposal_id)
    if turn not in {one.value for one in VIEW_FORMS}:
        abort(404)
    chosen = ViewStep(turn)
    form = VIEW_FORMS[chosen](at=clock.now())
    if form.submitted_well() and taken(
        form,
        lambda: commands.record_view_step(case, row, form.given(), actor=actor),
        "Recorded.",
    ):
        if row.is_late:
            flash("The decision had been made before: this view is kept, and marked late.", "error")
        return to_page(case, ANCHOR)
    return form_page("restorative/view_step.html", case, form, kind=chosen, disposal=row)


@bp.route("/disposals/steps/<int:turn_id>/take-back", methods=["GET", "POST"])
@permission_required(WORK)
def take_view_back(reference: str, turn_id: int) -> ResponseReturnValue:
    """Take back what was recorded by mistake about a disposal."""
    case, actor = the_case(reference), current_user.actor
    row = cases.row_of(actor, case, DisposalStep, turn_id)
    form = TakeBackForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.take_view_step_back(case, row, reason=form.reason.data, actor=actor),
        "Taken back. It stays in the history.",
    ):
        return to_page(case, ANCHOR)
    return form_page("restorative/take_back.html", case, form, words=row.kind.label)
