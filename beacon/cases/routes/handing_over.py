"""Handing somebody's cases over to somebody else."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import commands, queries
from beacon.cases.commands import HandedOver
from beacon.cases.forms import HandOverForm
from beacon.cases.queries import Caseload
from beacon.cases.routes.ground import bp
from beacon.cases.terms import CasePermission
from beacon.core.errors import NotFound
from beacon.web.guard import permission_required

# More than a manager ever has; those beyond are handed over with the next form.
CASES_AT_MOST = 200
REFUSALS_SHOWN = 5


@bp.route("/hand-over")
@permission_required(CasePermission.ASSIGN)
def hand_over() -> ResponseReturnValue:
    """Whose cases may be handed over."""
    loads = queries.loads_to_hand_over(current_user.actor)
    return render_template("cases/hand_over.html", loads=loads)


@bp.route("/hand-over/<int:staff_id>", methods=["GET", "POST"])
@permission_required(CasePermission.ASSIGN)
def hand_over_from(staff_id: int) -> ResponseReturnValue:
    """Give all of a manager's cases, or some of them, to another."""
    actor = current_user.actor
    rows = Caseload(viewer=actor, manager_id=staff_id).page(size=CASES_AT_MOST).rows
    if not rows:
        raise NotFound
    manager = accounts.get_staff(staff_id)
    takers = queries.takers_for(actor, but=staff_id)
    form = HandOverForm(cases=[row.id for row in rows])
    form.cases.choices = [(row.id, f"{row.victim_name}, {row.reference}") for row in rows]
    form.manager.choices = [(load.staff_id, load.name) for load in takers]
    if form.submitted_well():
        to = accounts.get_staff(form.manager.data)
        came = commands.hand_over(form.cases.data, of=manager, to=to, actor=actor)
        _tell(came, to)
        return redirect(url_for("cases.hand_over"))
    audit.keep_pace(actor, Pace.LISTS)
    audit.shown(
        actor, "case_file", [row.id for row in rows], ("people.name",), action="case.listed"
    )
    return render_template(
        "cases/hand_over_from.html", form=form, manager=manager, rows=rows, takers=takers
    )


def _tell(came: HandedOver, to: Staff) -> None:
    """Say how many went over, and why the others did not."""
    if came.done:
        flash(f"{came.done} case{'' if came.done == 1 else 's'} handed over to {to.name}.")
    shown = list(came.refused.items())[:REFUSALS_SHOWN]
    for reference, why in shown:
        flash(f"{reference} was not handed over: {why}", "error")
    if len(came.refused) > len(shown):
        flash(f"{len(came.refused) - len(shown)} more were not handed over.", "error")
