"""The safety plan, and what is fitted at a victim's home."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import queries as cases
from beacon.core import clock
from beacon.plans import commands, queries
from beacon.plans.forms import ItemChangeForm, ItemForm, SafetyForm
from beacon.plans.models import HardeningItem
from beacon.plans.routes.ground import WORK, bp, carried_out, form_page, the_case, to_plan
from beacon.web.guard import permission_required
from beacon.web.versions import VersionedForm


@bp.route("/<string:reference>/plan/safety", methods=["GET", "POST"])
@permission_required(WORK)
def safety(reference: str) -> ResponseReturnValue:
    """Write or change the safety plan."""
    case, actor = the_case(reference), current_user.actor
    plan = queries.safety_plan_of(actor, case)
    form = SafetyForm.of(plan)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.save_safety_plan(
            case,
            form.given(),
            reason=form.reason.data or "",
            version=form.read_version,
            actor=actor,
        ),
        lambda: SafetyForm.of(queries.safety_plan_of(actor, case), formdata=None),
    ):
        flash("The safety plan is saved.")
        return to_plan(case, "safety")
    return form_page("plans/safety.html", case, form, plan=plan)


@bp.route("/<string:reference>/plan/items/new", methods=["GET", "POST"])
@permission_required(WORK)
def add_item(reference: str) -> ResponseReturnValue:
    """Write down what is asked for to make a home safer."""
    case, form = the_case(reference), ItemForm(asked_on=clock.today())
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.add_item(case, form.given(), actor=current_user.actor),
        VersionedForm,
    ):
        flash("It is written down.")
        return to_plan(case, "home")
    return form_page("plans/item.html", case, form)


@bp.route("/<string:reference>/plan/items/<int:item_id>", methods=["GET", "POST"])
@permission_required(WORK)
def change_item(reference: str, item_id: int) -> ResponseReturnValue:
    """Say that something is agreed, fitted or given up."""
    case, actor = the_case(reference), current_user.actor
    item = cases.row_of(actor, case, HardeningItem, item_id)
    form = ItemChangeForm.of(item)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.change_item(
            case,
            item,
            form.given(),
            reason=form.reason.data or "",
            version=form.read_version,
            actor=actor,
        ),
        lambda: ItemChangeForm.of(item, formdata=None),
    ):
        flash("It is written down.")
        return to_plan(case, "home")
    return form_page("plans/item.html", case, form, item=item)
