"""Messages of callers: those that wait for one person, and what becomes of them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.calls import commands, queries
from beacon.calls.queries import MessageRow
from beacon.calls.routes.ground import TAKE, bp
from beacon.cases.routes.ground import PERSON
from beacon.core import clock, phone
from beacon.people.routes.showing import SECONDS
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required


@bp.route("/messages/")
@permission_required(TAKE)
def messages() -> ResponseReturnValue:
    """What callers left for this person, the day on which to ring back first."""
    rows = queries.messages_for(current_user.actor)
    _shown(rows)
    return render_template("calls/messages.html", rows=rows, today=clock.today())


@bp.route("/messages/<int:message_id>")
@permission_required(TAKE)
def message(message_id: int) -> ResponseReturnValue:
    """One message, and where it leads."""
    row = queries.get_row(current_user.actor, message_id)
    _shown([row])
    return render_template("calls/message.html", row=row, today=clock.today(), value="")


@bp.route("/messages/<int:message_id>/number", methods=["POST"])
@permission_required(TAKE)
def number(message_id: int) -> ResponseReturnValue:
    """The number that the caller gave, in full: written down each time, and hidden again."""
    actor = current_user.actor
    found, value = queries.get_message(actor, message_id), ""
    if OrderForm().submitted_well():
        value = phone.readable(commands.show_number(found, actor=actor))
    row = queries.get_row(actor, message_id)
    _shown([row])
    return render_template(
        "calls/message.html", row=row, today=clock.today(), value=value, seconds=SECONDS
    )


@bp.route("/messages/<int:message_id>/done", methods=["POST"])
@permission_required(TAKE)
def finish(message_id: int) -> ResponseReturnValue:
    """Say that a message was dealt with."""
    actor = current_user.actor
    found = queries.get_message(actor, message_id)
    if OrderForm().submitted_well():
        commands.finish_message(found, actor=actor)
        flash("Dealt with.")
    return redirect(url_for("calls.messages"))


def _shown(rows: list[MessageRow]) -> None:
    """Whose messages the page shows is written down: with the case, or by the message itself."""
    actor = current_user.actor
    cases = [row.case_id for row in rows if row.case_id is not None]
    unplaced = [row.id for row in rows if row.case_id is None]
    audit.shown(actor, "case_file", cases, PERSON[:1], action="call_message.shown")
    audit.shown(actor, "call_message", unplaced, PERSON[:1], action="call_message.shown")
