"""What the pages of plans and promises share."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from beacon.cases.days_off import doubts as doubts_of_day
from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import form_page, the_case
from beacon.cases.terms import CasePermission
from beacon.plans.terms import PlanPermission
from beacon.web.guard import safe_next
from beacon.web.versions import carried_out

bp = Blueprint("plans", __name__, url_prefix="/cases", template_folder="../templates")
WORK = CasePermission.WORK
READ = PlanPermission.READ
__all__ = [
    "READ",
    "WORK",
    "bp",
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


def onward(case: CaseFile, anchor: str) -> ResponseReturnValue:
    """Back to the page on which a button was pressed, or to the plan."""
    wanted = request.form.get("next")
    return redirect(safe_next(wanted)) if wanted else to_plan(case, anchor)
