"""The desk."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.calls.terms import CallPermission
from beacon.cases import marks
from beacon.cases.terms import CasePermission
from beacon.core import clock
from beacon.desk import shelving
from beacon.desk.queries import desk_of
from beacon.entitlements.terms import EntitlementPermission
from beacon.web import navigation, shelves
from beacon.web.guard import any_signed_in
from beacon.web.shelves import Kind

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
        shelves=shelves.counts(actor),
        marks=marked,
        today=clock.today(),
        now=clock.now(),
        may_round=current_user.may(CallPermission.ROUND),
        may_set_duty=current_user.may(CasePermission.DUTY_LIST),
        may_assign=current_user.may(CasePermission.ASSIGN),
        may_record=current_user.may(EntitlementPermission.RECORD),
    )


@bp.route("/waiting")
@any_signed_in
def waiting() -> ResponseReturnValue:
    """Every approval and review that waits for this person's word."""
    return _opened(Kind.WAITING)


@bp.route("/at-hand")
@any_signed_in
def at_hand() -> ResponseReturnValue:
    """What is at hand of this person's own: messages, new cases, hearings, answers."""
    return _opened(Kind.AT_HAND)


def _opened(kind: Kind) -> ResponseReturnValue:
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    opened = shelves.open_all(actor, kind)
    ids = [line.case_id for one in opened for line in one.lines if line.case_id is not None]
    audit.shown(actor, "case_file", list(dict.fromkeys(ids)), FIELDS[:1], action="desk.shown")
    return render_template("desk/shelves.html", kind=kind, opened=opened, today=clock.today())


def init_app(app: Flask) -> None:
    """Register the desk, the first place in the navigation, and the lists that stand on it."""
    shelving.put_up()
    app.register_blueprint(bp)
    navigation.register(app, [navigation.Item("Desk", "desk.index", None, 0)])
