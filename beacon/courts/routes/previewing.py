"""The preview of a day's texts: who gets which words, who gets none, and a hold on any of them."""

from __future__ import annotations

from datetime import date

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
from beacon.notify.forms import OrderForm
from beacon.web.downloads import attachment
from beacon.web.fields.reading import read_date
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
    day = _day_in(request.form.get("day", ""))
    if OrderForm().submitted_well() and day:
        notify.hold_day(day, actor=current_user.actor)
        flash("No text about this day leaves until somebody lets them go.")
    return _back(day)


@bp.post("/hearings/preview/release")
@permission_required(CourtPermission.MANAGE)
def release_day() -> ResponseReturnValue:
    """Let the texts about a day go."""
    day = _day_in(request.form.get("day", ""))
    if OrderForm().submitted_well() and day:
        try:
            notify.release_day(day, actor=current_user.actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("The texts about this day may leave, but for those held one by one.")
    return _back(day)


@bp.post("/hearings/preview/<int:text_id>/hold")
@permission_required(CourtPermission.MANAGE)
def hold_text(text_id: int) -> ResponseReturnValue:
    """Keep back one text."""
    row = texts.one(current_user.actor, text_id)
    if OrderForm().submitted_well():
        try:
            notify.hold(row.id, actor=current_user.actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("The text is held. It does not leave until somebody lets it go.")
    return _back(row.on)


@bp.post("/hearings/preview/<int:text_id>/release")
@permission_required(CourtPermission.MANAGE)
def release_text(text_id: int) -> ResponseReturnValue:
    """Let one text go."""
    row = texts.one(current_user.actor, text_id)
    if OrderForm().submitted_well():
        try:
            notify.release(row.id, actor=current_user.actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("The text may leave.")
    return _back(row.on)


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


def _back(day: date | None) -> ResponseReturnValue:
    return redirect(url_for("courts.preview", day=day))
