"""A contact round: twelve attempts logged on one page, each row by itself."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.calls import commands, queries
from beacon.calls.forms import RoundForm, ids_sent
from beacon.calls.queries import RoundRow
from beacon.calls.routes.ground import ROUND, bp
from beacon.cases import queries as cases
from beacon.cases.routes.ground import PERSON
from beacon.core import clock
from beacon.core.errors import NotFound, RuleBroken
from beacon.web.guard import permission_required

GONE = "You may not open this case any more. Nothing was logged."
ROWS_AT_MOST = 12


@bp.route("/round", methods=["GET", "POST"])
@permission_required(ROUND)
def contact_round() -> ResponseReturnValue:
    """Whom to ring from one's own list, with a row for what came of each call."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    if request.method == "POST":
        form = RoundForm.of(queries.rows_of(actor, ids_sent(request.form)[:ROWS_AT_MOST]))
        saved = _save(form)
        if saved:
            logged = "1 attempt is" if saved == 1 else f"{saved} attempts are"
            flash(f"{logged} logged.")
        if not any(True for _ in form.mistakes()):
            return redirect(url_for("calls.contact_round"))
        form.show(queries.rows_of(actor, [row.case_id for row in form.rows]))
    else:
        form = RoundForm.of(queries.round_rows(actor))
    ids = [row.case_id for row in form.rows]
    audit.shown(actor, "case_file", ids, PERSON, action="case.listed")
    return render_template("calls/round.html", form=form, today=clock.today())


def _save(form: RoundForm) -> int:
    """Log each row that can be, and say of the others why not; how many were logged."""
    form.submitted_well()  # each row is judged by its own boxes
    done: set[int] = set()
    for row, attempt, seen in list(form.to_save()):
        try:
            _log(row, attempt, seen)
        except RuleBroken as refusal:
            form.refuse_row(row, refusal)
        except NotFound:
            form.refuse_row(row, RuleBroken(GONE))
        else:
            done.add(row.case_id)
    form.rows = [row for row in form.rows if row.case_id not in done]
    form.drop(done)
    return len(done)


def _log(row: RoundRow, attempt: commands.Attempt, seen: int) -> None:
    actor = current_user.actor
    case = cases.get_case(actor, row.reference)
    commands.log_attempt(case, attempt, seen=seen, actor=actor)
