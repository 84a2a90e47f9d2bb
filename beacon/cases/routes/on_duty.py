"""Who is on duty on which day: set by team leaders; and what came to whoever is on duty."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import commands, queries
from beacon.cases.forms import OnDutyForm
from beacon.cases.routes.ground import carried_out_by
from beacon.cases.terms import CasePermission
from beacon.core import clock
from beacon.core.errors import NotFound
from beacon.web.guard import permission_required

bp = Blueprint("on_duty", __name__, url_prefix="/on-duty", template_folder="../templates")

DAYS = 28


@bp.route("/")
@permission_required(CasePermission.DUTY_LIST)
def index() -> ResponseReturnValue:
    """Who is on duty today and in the next four weeks."""
    today = clock.today()
    return render_template("cases/on_duty.html", days=queries.duty_days(today, DAYS), today=today)


@bp.route("/<string:day>", methods=["GET", "POST"])
@permission_required(CasePermission.DUTY_LIST)
def change_day(day: str) -> ResponseReturnValue:
    """Say who is on duty on one day."""
    when = _day(day)
    now = queries.on_duty(when)
    form = OnDutyForm(people=now, seen=",".join(map(str, now)))
    form.people.choices = [(one.id, one.name) for one in queries.may_be_on_duty()]
    if form.submitted_well() and carried_out_by(
        form,
        lambda: commands.set_on_duty(
            when, form.people.data or [], seen=form.seen_ids, actor=current_user.actor
        ),
    ):
        flash("Saved.")
        return redirect(url_for("on_duty.index"))
    form.seen.typed = ",".join(map(str, now))
    return render_template("cases/on_duty_day.html", form=form, day=when)


@bp.route("/tasks/<int:task_id>/done", methods=["POST"])
@permission_required(CasePermission.WORK)
def deal_with(task_id: int) -> ResponseReturnValue:
    """Record that a match of numbers was dealt with."""
    commands.deal_with(task_id, actor=current_user.actor)
    flash("Recorded as dealt with.")
    return redirect(url_for("desk.index"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise NotFound from wrong
