"""What each of the ten districts asks for before it must hold an ASB Case Review."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.risk import commands, queries
from beacon.risk.forms import DistrictForm
from beacon.risk.routes.ground import taken
from beacon.risk.terms import RiskPermission
from beacon.web.guard import permission_required

bp = Blueprint("districts", __name__, url_prefix="/risk/districts", template_folder="../templates")


@bp.route("/")
@permission_required(RiskPermission.DISTRICTS)
def index() -> ResponseReturnValue:
    """The ten districts, and which of them somebody has verified."""
    return render_template(
        "risk/districts.html",
        rows=queries.districts(),
        may_change=current_user.may(RiskPermission.SET_DISTRICTS),
    )


@bp.route("/<int:district_id>", methods=["GET", "POST"])
@permission_required(RiskPermission.SET_DISTRICTS)
def change(district_id: int) -> ResponseReturnValue:
    """Change what a district asks for, and say when it was verified."""
    row = queries.get_district(district_id)
    form = DistrictForm.of(row)
    if form.submitted_well() and taken(
        form,
        lambda: commands.change_threshold(
            row, form.given(), version=form.read_version, actor=current_user.actor
        ),
        f"What {row.district} asks for is changed.",
    ):
        return redirect(url_for("districts.index"))
    return render_template("risk/district.html", row=row, form=form)
