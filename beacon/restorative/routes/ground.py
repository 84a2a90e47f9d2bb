"""What the pages of restorative justice share."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import carried_out_by, form_page, the_case
from beacon.restorative.terms import RestorativePermission
from beacon.web.forms import BeaconForm

bp = Blueprint(
    "restorative",
    __name__,
    url_prefix="/cases/<string:reference>",
    template_folder="../templates",
)
lists_bp = Blueprint(
    "restorative_lists", __name__, url_prefix="/restorative", template_folder="../templates"
)
READ, WORK = RestorativePermission.READ, RestorativePermission.WORK
DECIDE, FIGURES = RestorativePermission.DECIDE, RestorativePermission.FIGURES
FIELDS = ("restorative justice", "disposal views")

__all__ = [
    "DECIDE",
    "FIELDS",
    "FIGURES",
    "READ",
    "WORK",
    "bp",
    "form_page",
    "lists_bp",
    "taken",
    "the_case",
    "to_page",
]


def taken(form: BeaconForm, order: Callable[[], object], words: str) -> bool:
    """Give the order; say it was done, or put the refusal by its box and keep the answers."""
    if not carried_out_by(form, order):
        return False
    flash(words)
    return True


def to_page(case: CaseFile, anchor: str | None = None) -> ResponseReturnValue:
    """Back to what was offered in the case."""
    return redirect(url_for("restorative.show", reference=case.reference, _anchor=anchor))
