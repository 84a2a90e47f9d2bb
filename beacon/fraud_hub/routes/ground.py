"""What every page of the hub stands on."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock, scope
from beacon.core.errors import RuleBroken
from beacon.core.money import Money
from beacon.fraud_hub.forms import CHOOSE
from beacon.fraud_hub.queries import CaseMoney, FraudCase, LossRow
from beacon.fraud_hub.rules import TERMS, TO_VERIFY
from beacon.fraud_hub.terms import FraudPermission, PaymentMethod, Scheme
from beacon.web.filters import day
from beacon.web.forms import BeaconForm

bp = Blueprint("fraud_hub", __name__, url_prefix="/fraud", template_folder="../templates")
# The lists have a place of their own in the navigation.
lists_bp = Blueprint("fraud_lists", __name__, url_prefix="/fraud", template_folder="../templates")
READ, WORK = FraudPermission.READ, FraudPermission.WORK
CONTACT = FraudPermission.CONTACT
TOTALS = FraudPermission.TOTALS
CASE_FIELDS = ("name", "fraud_report", "vulnerability", "losses", "claims", "ledger")


def form_page(template: str, found: FraudCase, **more: object) -> str:
    """A form of a case, under what the case shows; that it was seen is written down."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)  # what was typed well is taken before this
    audit.shown(actor, "case_file", [found.case.id], CASE_FIELDS, action="fraud.case_shown")
    return render_template(template, **known(found), **more)


def known(found: FraudCase) -> dict[str, object]:
    """What every page of a case shows of it; the bank's facts only to those who may see them."""
    report = found.report
    method = report.payment_method if report else ""
    return {
        "case": found.case,
        "report": report,
        "today": clock.today(),
        "reported_method": PaymentMethod(method).label if method in list(PaymentMethod) else method,
        "may_see_bank": scope.may_see(current_user.actor, "fraud.bank"),
        "may_work": current_user.may(WORK),
        "caps": {"psr": TERMS[Scheme.PSR].most_pence},
        "to_verify": TO_VERIFY,
    }


def payments(money: CaseMoney) -> list[tuple[str, str]]:
    """The payments that stand, as choices of a form."""
    listed = [(str(row.loss.id), _in_words(row)) for row in money.standing]
    return [CHOOSE, *listed]


def _in_words(row: LossRow) -> str:
    paid = f"{Money(row.loss.amount_pence)} on {day(row.loss.paid_on)}"
    return f"{paid}, {row.loss.method.label} ({Money(row.out_pence)} still out)"


def taken(
    form: BeaconForm, order: Callable[[], object], words: str | Callable[[object], str]
) -> bool:
    """Give the order; say it was done, or put the refusal by its box.

    `words` may be a function of what came of it.
    """
    try:
        made = order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    flash(words if isinstance(words, str) else words(made))
    return True


def back(reference: str) -> ResponseReturnValue:
    return redirect(url_for("fraud_hub.case", reference=reference))
