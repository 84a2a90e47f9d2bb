"""The preview of a day's texts: who gets which words, who gets none, and a hold on any of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.errors import RuleBroken
from beacon.courts import queries
from beacon.courts.routes.blueprint import bp
from beacon.courts.sheets import preview_sheet
from beacon.courts.terms import CourtPermission
from beacon.notify import commands as notify
from beacon.notify import queries as texts
from beacon.web.downloads import attachment
from beacon.web.fields.reading import read_date
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required

SHOWN = ("defendant name", "mobile")


@bp.get("/hearings/preview")
@permission_required(CourtPermission.MANAGE)
def preview() -> ResponseReturnValue:
    """Who will be texted about a day's hearings, and who will not."""
    found = _previewed("hearing.shown")
    return render_template("courts/preview_texts.html", found=found)


@bp.get("/hearings/preview.csv")
@permission_required(CourtPermission.MANAGE)
def preview_file() -> Response:
    """The same as a file, with a code for each reason."""
    found = _previewed("hearing.exported")
    return attachment(preview_sheet(found), f"texts-{found.day.isoformat()}.csv")


@bp.post("/hearings/preview/hold")
@permission_required(CourtPermission.MANAGE)
def hold_day() -> ResponseReturnValue:
    """Keep back every text about a day."""
    return _order_day(notify.hold_day, "No text about this day leaves until somebody lets them go.")


@bp.post("/hearings/preview/release")
@permission_required(CourtPermission.MANAGE)
def release_day() -> ResponseReturnValue:
    """Let the texts about a day go."""
    return _order_day(
        notify.release_day, "The texts about this day may leave, but for those held one by one."
    )


@bp.post("/hearings/preview/<int:text_id>/hold")
@permission_required(CourtPermission.MANAGE)
def hold_text(text_id: int) -> ResponseReturnValue:
    """Keep back one text."""
    done = "The text is held. It does not leave until somebody lets it go."
    return _order_text(text_id, notify.hold, done)


@bp.post("/hearings/preview/<int:text_id>/release")
@permission_required(CourtPermission.MANAGE)
def release_text(text_id: int) -> ResponseReturnValue:
    """Let one text go."""
    return _order_text(text_id, notify.release, "The text may leave.")


def _order_day(order: Callable[..., int], done: str) -> ResponseReturnValue:
    """Do as a button about a whole day says."""
    day = _day_in(request.form.get("day", ""))
    if day is not None:
        _carry_out(partial(order, day), done)
    return redirect(url_for("courts.preview", day=day))


def _order_text(text_id: int, order: Callable[..., None], done: str) -> ResponseReturnValue:
    """Do as a button beside one text says, and come back to its row."""
    row = texts.one(current_user.actor, text_id)
    _carry_out(partial(order, row.id), done)
    return redirect(url_for("courts.preview", day=row.on, _anchor=f"text-{row.id}"))


def _carry_out(order: Callable[..., object], done: str) -> None:
    """Carry an order out, and say what came of it."""
    if not OrderForm().submitted_well():
        return
    try:
        order(actor=current_user.actor)
    except RuleBroken as refusal:
        flash(refusal.message, "error")
    else:
        flash(done)


def _previewed(action: str) -> queries.Preview:
    """The texts of the day asked for; that they were seen is written down first."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    day = _day_in(request.args.get("day", "")) or queries.day_to_preview(actor)
    found = queries.preview(actor, day)
    audit.shown(actor, "hearing", found.hearing_ids, SHOWN, action=action)
    audit.shown(actor, "outbound_text", found.text_ids, ("to", "body"))
    return found


def _day_in(text: str) -> date | None:
    """A day as an address or a button gives it; none where it cannot be read."""
    try:
        return read_date([text], "The day")
    except ValueError:
        return None
