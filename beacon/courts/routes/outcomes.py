"""What came of a whole day's hearings, written down on one page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.errors import RuleBroken
from beacon.courts import commands, queries
from beacon.courts.forms import DayForm, OutcomesForm
from beacon.courts.models import Hearing
from beacon.courts.routes.blueprint import day_bp
from beacon.courts.routes.looking import court_choices
from beacon.courts.terms import CourtPermission
from beacon.web.guard import permission_required

ROW = re.compile(r"version_([0-9]{1,18})")
ROWS_AT_MOST = 200


@day_bp.route("/hearings/outcomes", methods=["GET", "POST"])
@permission_required(CourtPermission.MANAGE)
def day_outcomes() -> ResponseReturnValue:
    """Record what came of each hearing of a day: each row is in or out by itself."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    asked = DayForm()
    asked.court.choices = [("", "Every court"), *court_choices()]
    asked_well = asked.asked_well()
    day = (asked.day.data if asked_well else None) or queries.day_to_record(actor)
    court = (asked.court.data or "") if asked_well else ""
    form = OutcomesForm.of(_hearings_sent())()
    refused: dict[int, RuleBroken] = {}
    if form.submitted_well() or form.sent_in_part:
        came = commands.record_outcomes(form.rows(), actor=actor)
        refused = _refused(form, came)
        _say(saved=sum(refusal is None for refusal in came.values()), refused=len(refused))
        if not refused:
            return redirect(
                url_for("court_day.day_outcomes", day=day.isoformat(), court=court or None)
            )
    rows = queries.without_outcome(actor, day, court=court, but_also=refused)
    audit.shown(actor, "hearing", [row.id for row in rows], ("defendant name",))
    return render_template(
        "courts/outcomes.html",
        asked=asked,
        form=_form_again(rows, refused),
        rows=rows,
        day=day,
        court=court,
    )


def _hearings_sent() -> list[Hearing]:
    """The hearings whose rows were sent, as far as the person at the page may see them."""
    named = (ROW.fullmatch(name) for name in request.form)
    ids = [int(match[1]) for match in named if match][:ROWS_AT_MOST]
    return queries.hearings_by_id(current_user.actor, ids) if ids else []


def _refused(form: OutcomesForm, came: Mapping[int, RuleBroken | None]) -> dict[int, RuleBroken]:
    unread = RuleBroken("Choose one of the answers in the list.", field="outcome")
    refused = dict.fromkeys(form.unreadable(), unread)
    return refused | {one: refusal for one, refusal in came.items() if refusal is not None}


def _say(*, saved: int, refused: int) -> None:
    """How many rows are in, and how many are not."""
    if saved:
        flash(f"{saved} {'outcome' if saved == 1 else 'outcomes'} recorded.")
    elif not refused:
        flash("Nothing was filled in, so nothing is recorded.", "error")


def _form_again(rows: list[Hearing], refused: Mapping[int, RuleBroken]) -> OutcomesForm:
    """The rows that are left; those that were refused hold what was typed, and why it was."""
    typed = MultiDict(request.form) if refused else None
    if typed is not None:
        for row in rows:
            typed[f"version_{row.id}"] = str(row.version)
    form = OutcomesForm.of(rows)(formdata=typed) if typed is not None else OutcomesForm.of(rows)()
    for row in rows:
        if refusal := refused.get(row.id):
            where = refusal.field if refusal.field in {"outcome", "attendance"} else "outcome"
            words = f"{row.defendant.full_name}: {refusal.message}"
            form.refuse(RuleBroken(words, field=f"{where}_{row.id}"))
    return form
