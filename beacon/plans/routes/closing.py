"""Closing a case: what is still open, what was achieved, and how the victim is now."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import queries as cases
from beacon.cases.routes.ground import to_case
from beacon.cases.terms import ASKED
from beacon.plans import commands, queries
from beacon.plans.forms import ClosingForm
from beacon.plans.routes.ground import WORK, bp, carried_out, form_page, the_case
from beacon.web.guard import permission_required


@bp.route("/<string:reference>/close", methods=["GET", "POST"])
@permission_required(WORK)
def close(reference: str) -> ResponseReturnValue:
    """Close the case with its summary."""
    case, actor = the_case(reference), current_user.actor
    goals, ends = queries.goals_of(actor, case), cases.open_ends(actor, case)
    form = ClosingForm.of(goals, version=str(case.version))
    doubts = [] if ends.must_wait else ends.doubts  # what comes first is asked for first
    if (
        form.submitted_well()
        and form.is_sure(doubts, form.sure)
        and carried_out(
            form,
            lambda: commands.close(case, form.given(), version=form.read_version, actor=actor),
            lambda: ClosingForm.of(goals, formdata=None, version=str(case.version)),
        )
    ):
        flash("The case is closed.")
        return to_case(case)
    if doubts:
        form.ask(doubts)
    assessed = queries.closing_assessment(case.id)
    return form_page("plans/close.html", case, form, ends=ends, asked_of=ASKED, assessed=assessed)
