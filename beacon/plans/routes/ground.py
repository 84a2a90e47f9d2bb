"""What the pages of plans and promises share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from beacon.cases.days_off import doubts as doubts_of_day
from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import form_page, the_case
from beacon.cases.terms import CasePermission
from beacon.plans.forms import ActionChangeForm, PromiseChangeForm
from beacon.plans.terms import PlanPermission
from beacon.web.guard import safe_next
from beacon.web.versions import VersionedForm, carried_out

bp = Blueprint("plans", __name__, url_prefix="/cases", template_folder="../templates")
WORK = CasePermission.WORK
READ = PlanPermission.READ
__all__ = [
    "READ",
    "WORK",
    "bp",
    "changed",
    "carried_out",
    "doubts_of_day",
    "form_page",
    "onward",
    "the_case",
    "to_plan",
]


def to_plan(case: CaseFile, anchor: str | None = None) -> ResponseReturnValue:
    """Back to the page of the plan."""
    return redirect(url_for("plans.show", reference=case.reference, _anchor=anchor))


def changed(
    form: ActionChangeForm | PromiseChangeForm,
    case: CaseFile,
    was_due: date,
    order: Callable[[], object],
    saved: Callable[[], VersionedForm],
) -> bool:
    """Whether something with a day and an owner was changed as the form, sent well, has it.

    A new day is doubted where its owner is away; a stale form shows both versions.
    """
    is_moved = form.due_on.data != was_due
    if is_moved and not form.is_sure(
        doubts_of_day(case, form.due_on.data, form.owner.data), form.due_on
    ):
        return False
    return carried_out(form, order, saved)


def onward(case: CaseFile, anchor: str) -> ResponseReturnValue:
    """Back to the page on which a button was pressed, or to the plan."""
    wanted = request.form.get("next")
    return redirect(safe_next(wanted)) if wanted else to_plan(case, anchor)
