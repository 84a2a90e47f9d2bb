"""The page of a victim's Rights: what each asks, and where the case stands."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import queries
from beacon.cases.routes.ground import bp
from beacon.core import clock
from beacon.entitlements.terms import EntitlementPermission
from beacon.web.guard import permission_required


@bp.route("/<string:reference>/rights")
@permission_required(EntitlementPermission.READ)
def rights(reference: str) -> ResponseReturnValue:
    """Each Right in plain words, what it asks for this victim, and where this case stands."""
    audit.keep_pace(current_user.actor, Pace.CASES)
    page = queries.rights_page(current_user.actor, reference)
    audit.shown(
        page.opened.viewer, "case_file", [page.case.id], ("people.name",), action="case.shown"
    )
    told_by = queries.names_of(line.duty.told_by_id for one in page.rights for line in one.duties)
    return render_template(
        "cases/rights.html", page=page, case=page.case, names=told_by, today=clock.today()
    )
