"""The queue of accesses that must be looked at, and what was found of each."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.cases import commands
from beacon.cases import queries as cases
from beacon.cases.terms import CasePermission
from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.core.together import Asking, asking
from beacon.oversight import queries
from beacon.oversight.forms.reviews import ReviewForm
from beacon.oversight.queries import ReviewRow
from beacon.oversight.routes.ground import bp
from beacon.oversight.terms import OversightPermission
from beacon.web import cursors
from beacon.web.filters import counted
from beacon.web.guard import permission_required

FIELDS = ("access.who", "access.reason", "access.note")


@bp.route("/reviews")
@permission_required(OversightPermission.REVIEW)
def reviews() -> ResponseReturnValue:
    """What waits to be looked at, overdue first, and what has been."""
    actor = current_user.actor
    waiting = queries.reviews_waiting(actor)
    done = queries.reviews_done(actor, cursors.asked_for())
    _shown([*waiting, *done])
    return render_template(
        "oversight/reviews.html",
        waiting=waiting,
        done=done,
        today=clock.today(),
        may_assign=current_user.may(CasePermission.ASSIGN),
    )


@bp.route("/reviews/<int:review_id>", methods=["GET", "POST"])
@permission_required(OversightPermission.REVIEW)
def review(review_id: int) -> ResponseReturnValue:
    """One access, and whether it was justified."""
    actor = current_user.actor
    found = cases.get_review(actor, review_id)
    form = ReviewForm()
    if form.submitted_well():
        try:
            commands.clear_review(
                found, outcome=form.outcome.data, note=form.note.data, actor=actor
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("What you found is recorded.")
            return redirect(url_for("oversight.reviews"))
    row = queries.one_review(actor, review_id)
    _shown([row])
    return render_template(
        "oversight/review.html",
        form=form,
        row=row,
        today=clock.today(),
        may_assign=current_user.may(CasePermission.ASSIGN),
    )


@asking
def overdue() -> Asking[str | None]:
    """What leaders and auditors are told on every page until it is cleared."""
    if not current_user.is_authenticated or not current_user.may(OversightPermission.REVIEW):
        return None
    late = (yield from cases.review_counts.ask(current_user.actor)).overdue
    if not late:
        return None
    number = counted(late, "access", "accesses")
    return f"{number} should have been looked at by now. Open Access reviews."


def _shown(rows: list[ReviewRow]) -> None:
    """Reading why somebody looked is itself written down."""
    ids = [row.id for row in rows]
    audit.shown(current_user.actor, "access_review", ids, FIELDS, action="access_review.shown")
