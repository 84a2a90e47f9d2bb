"""The desk."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.cases import marks
from beacon.cases.terms import CasePermission
from beacon.core import clock
from beacon.desk.queries import desk_of
from beacon.entitlements.terms import EntitlementPermission
from beacon.web import navigation
from beacon.web.guard import any_signed_in

bp = Blueprint("desk", __name__, template_folder="templates")

FIELDS = ("people.name", "people.safe_contact")


@bp.route("/")
@any_signed_in
def index() -> ResponseReturnValue:
    """What a person has to do today, and what they may look into."""
    actor = current_user.actor
    desk = desk_of(actor)
    marked = marks.of(actor, desk.case_ids)
    audit.shown(actor, "case_file", list(dict.fromkeys(desk.case_ids)), FIELDS, action="desk.shown")
    audit.shown(
        actor, "referral", [row.id for row in desk.queue or ()], FIELDS[:1], action="desk.shown"
    )
    return render_template(
        "desk/index.html",
        desk=desk,
        marks=marked,
        today=clock.today(),
        may_set_duty=current_user.may(CasePermission.DUTY_LIST),
        may_assign=current_user.may(CasePermission.ASSIGN),
        may_record=current_user.may(EntitlementPermission.RECORD),
    )


def init_app(app: Flask) -> None:
    """Register the desk, the first place in the navigation."""
    app.register_blueprint(bp)
    navigation.register(app, [navigation.Item("Desk", "desk.index", None, 0)])
