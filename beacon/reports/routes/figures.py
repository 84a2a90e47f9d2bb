"""Figures: the places of a person that count something, on one page."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from beacon.web import navigation
from beacon.web.guard import any_signed_in

bp = Blueprint("figures", __name__, url_prefix="/figures", template_folder="../templates")


@bp.route("")
@any_signed_in
def index() -> ResponseReturnValue:
    """What this person may count, and what each counts."""
    return render_template("reports/all_figures.html", counting=navigation.figures())
