"""The support plan of a fraud case, what is lent, and the checks months later."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases.queries import row_of
from beacon.core import clock
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import CheckForm, LoanEndForm, SupportForm
from beacon.fraud_hub.models import RepeatCheck, SupportItem
from beacon.fraud_hub.routes.ground import READ, WORK, bp, form_page, taken
from beacon.fraud_hub.terms import SupportKind
from beacon.web import cursors
from beacon.web.guard import permission_required

LIST_FIELDS = ("name", "support")


@bp.route("/cases/<string:reference>/support")
@permission_required(READ)
def support(reference: str) -> ResponseReturnValue:
    """What one victim was given, and whether fraud came again."""
    found = queries.get_fraud_case(current_user.actor, reference)
    plan = queries.support_of(current_user.actor, found.case)
    return form_page("fraud_hub/support.html", found, plan=plan, kinds=SupportKind)


@bp.route("/cases/<string:reference>/support/new", methods=["GET", "POST"])
@permission_required(WORK)
def add_support(reference: str) -> ResponseReturnValue:
    """Write down what was advised, given, fitted or lent."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = SupportForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.add_support(
            found.case, form.support(), token=form.token.data, actor=current_user.actor
        ),
        "It is in the plan.",
    ):
        return _to_plan(reference)
    return form_page("fraud_hub/add_support.html", found, form=form)


@bp.route("/cases/<string:reference>/support/<int:support_id>/back", methods=["GET", "POST"])
@permission_required(WORK)
def end_loan(reference: str, support_id: int) -> ResponseReturnValue:
    """Say whether what was lent is back."""
    found = queries.get_fraud_case(current_user.actor, reference)
    item = row_of(current_user.actor, found.case, SupportItem, support_id)
    form = LoanEndForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.end_loan(
            item,
            form.ending,
            on=form.day,
            words=form.words.data or "",
            actor=current_user.actor,
        ),
        "It is written down.",
    ):
        return _to_plan(reference)
    return form_page("fraud_hub/end_loan.html", found, form=form, item=item)


@bp.route("/cases/<string:reference>/checks/<int:check_id>", methods=["GET", "POST"])
@permission_required(WORK)
def record_check(reference: str, check_id: int) -> ResponseReturnValue:
    """Write down whether fraud has come again."""
    found = queries.get_fraud_case(current_user.actor, reference)
    check = row_of(current_user.actor, found.case, RepeatCheck, check_id)
    form = CheckForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.record_check(check, form.found(), actor=current_user.actor),
        "The check is written down.",
    ):
        return _to_plan(reference)
    return form_page("fraud_hub/check.html", found, form=form, check=check)


@bp.route("/equipment/")
@permission_required(READ)
def equipment() -> ResponseReturnValue:
    """What is lent and not back, what is due back first in front."""
    audit.keep_pace(current_user.actor, Pace.LISTS)
    page = queries.Loans(current_user.actor).page(cursors.asked_for())
    audit.shown(current_user.actor, "case_file", [row.item.case_id for row in page], LIST_FIELDS)
    return render_template("fraud_hub/equipment.html", page=page, today=clock.today())


@bp.route("/checks/")
@permission_required(READ)
def checks() -> ResponseReturnValue:
    """Whom to ask again, the longest due first."""
    audit.keep_pace(current_user.actor, Pace.LISTS)
    page = queries.Checks(current_user.actor).page(cursors.asked_for())
    audit.shown(current_user.actor, "case_file", [row.case_id for row in page], LIST_FIELDS)
    return render_template("fraud_hub/checks.html", page=page, today=clock.today())


def _to_plan(reference: str) -> ResponseReturnValue:
    return redirect(url_for("fraud_hub.support", reference=reference))
