"""Telling all victims of one crime of one milestone, from one list."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import commands, queries
from beacon.cases.forms import TellAllForm
from beacon.cases.models import CrimeMilestone
from beacon.cases.queries import TellLine
from beacon.cases.routes.ground import PERSON, bp, carried_out, the_case, to_case
from beacon.core import clock
from beacon.entitlements.terms import EntitlementPermission
from beacon.web.guard import permission_required


@bp.route("/<string:reference>/milestones/<int:milestone_id>/told", methods=["GET", "POST"])
@permission_required(EntitlementPermission.RECORD)
def tell_all(reference: str, milestone_id: int) -> ResponseReturnValue:
    """Record which victims of the crime were told, each by a way that is safe for them."""
    actor = current_user.actor
    case = the_case(reference)
    milestone = queries.row_of(actor, case, CrimeMilestone, milestone_id)
    form = TellAllForm.of(queries.tell_lines(actor, case, milestone), at=clock.now())
    if (
        form.submitted_well()
        and form.heeds()
        and carried_out(
            form,
            lambda: commands.tell_victims(milestone, form.tellings(), actor=actor),
            case,
        )
    ):
        flash(f"Recorded: {told_words(len(form.tellings()))} told.")
        return to_case(case, "investigation")
    # As it is now: somebody else may have been at work, or a case be out of reach.
    case = the_case(reference)
    form.lines = queries.tell_lines(actor, case, milestone)
    _written_down(form.lines)
    return render_template(
        "cases/tell_all.html", case=case, milestone=milestone, form=form, today=clock.today()
    )


def told_words(number: int) -> str:
    """How many were told, in words."""
    return "one victim was" if number == 1 else f"{number} victims were"


def _written_down(lines: Sequence[TellLine]) -> None:
    """Whom the page shows, and how they may be reached, is written down."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    shown = dict.fromkeys(line.case.id for line in lines if line.card is not None)
    named = dict.fromkeys(line.case.id for line in lines if line.card is None)
    audit.shown(actor, "case_file", list(shown), PERSON, action="case.shown")
    audit.shown(actor, "case_file", list(named), PERSON[:1], action="case.listed")
