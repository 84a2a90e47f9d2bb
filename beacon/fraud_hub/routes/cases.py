"""The fraud cases, one of them, and its money on the page of the case."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases.models import CaseFile
from beacon.cases.queries import open_to
from beacon.cases.terms import CrimeKind
from beacon.core import together
from beacon.core.actor import Actor
from beacon.core.together import Asking, asking
from beacon.fraud_hub import queries
from beacon.fraud_hub.queries import FraudCases
from beacon.fraud_hub.routes.ground import CASE_FIELDS, CONTACT, READ, WORK, bp, known
from beacon.fraud_hub.terms import Waiting
from beacon.web import cursors
from beacon.web.guard import permission_required

LIST_FIELDS = ("name", "fraud_type", "amount_lost", "vulnerable", "money")


@bp.route("/cases/")
@permission_required(READ)
def cases() -> ResponseReturnValue:
    """The fraud cases the person may see, all or those that wait for one thing."""
    audit.keep_pace(current_user.actor, Pace.LISTS)
    word = request.args.get("waiting", "")
    waiting = Waiting(word) if word in list(Waiting) else None
    page = FraudCases(viewer=current_user.actor, waiting=waiting).page(cursors.asked_for())
    audit.shown(current_user.actor, "case_file", [row.case_id for row in page], LIST_FIELDS)
    return render_template("fraud_hub/cases.html", page=page, waiting=waiting, lists=Waiting)


@bp.route("/cases/<string:reference>")
@permission_required(READ)
def case(reference: str) -> ResponseReturnValue:
    """One fraud case: its report, and all its money."""
    audit.keep_pace(current_user.actor, Pace.CASES)
    viewer = open_to(current_user.actor, reference).viewer
    found = queries.get_fraud_case(viewer, reference)
    money, contact = together.ask(
        queries.money_of.ask(viewer, found.case, found.report),
        queries.contact_page.ask(viewer, found.case, found.report),
    )
    audit.shown(viewer, "case_file", [found.case.id], CASE_FIELDS, action="fraud.case_shown")
    shown = known(found) | {
        "may_work": current_user.may(WORK) and not viewer.is_reading,
        "may_contact": current_user.may(CONTACT) and not viewer.is_reading,
    }
    return render_template("fraud_hub/case.html", money=money, contact=contact, **shown)


@asking
def money_panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """The money of a fraud case, on the page of the case."""
    if case.crime.kind is not CrimeKind.FRAUD:
        return None
    money = yield from queries.money_in.ask(actor, case)
    return render_template("fraud_hub/panel.html", money=money, case=case)
