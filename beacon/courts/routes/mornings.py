"""What a court officer sees first, and the hearings behind each figure."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock
from beacon.courts import queries
from beacon.courts.forms import WhichDayForm
from beacon.courts.routes.blueprint import day_bp
from beacon.courts.terms import CourtPermission, Standing
from beacon.web import charts
from beacon.web.guard import permission_required

MANAGE = CourtPermission.MANAGE


@day_bp.route("/hearings/morning")
@permission_required(MANAGE)
def morning() -> ResponseReturnValue:
    """A day in figures, last night's receipts, and what is left to do."""
    form = WhichDayForm()
    found = queries.morning(current_user.actor, form.day.data if form.asked_well() else None)
    return render_template("courts/morning.html", form=form, morning=found)


@day_bp.route("/hearings/morning.svg")
@permission_required(MANAGE)
def morning_chart() -> ResponseReturnValue:
    """Where the hearings of a day stand, drawn."""
    day = WhichDayForm().chosen(clock.today() + timedelta(days=1))
    parts = queries.day_figures(current_user.actor, day).parts
    labels = [one.label for one, _ in parts]
    drawn = charts.bars(labels, [number for _, number in parts], write=str)
    return Response(drawn, mimetype="image/svg+xml")


@day_bp.route("/hearings/standing")
@permission_required(MANAGE)
def standing() -> ResponseReturnValue:
    """The hearings of a day that stand at one place, such as those that are not eligible."""
    actor, form = current_user.actor, WhichDayForm()
    audit.keep_pace(actor, Pace.CASES)
    word = request.args.get("where", "")
    where = Standing(word) if word in list(Standing) else Standing.NOT_ELIGIBLE
    day = form.chosen(clock.today() + timedelta(days=1))
    rows = queries.standing_at(actor, day, where)
    audit.shown(actor, "hearing", [row.hearing.id for row in rows], ("defendant name",))
    return render_template("courts/standing.html", rows=rows, where=where, day=day, places=Standing)
