"""The pages of the fraud hub: its totals, its cases, and the forms that log their money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import panels
from beacon.cases.models import CaseFile
from beacon.cases.queries import open_to
from beacon.cases.terms import CrimeKind
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.errors import RuleBroken
from beacon.core.money import Money
from beacon.core.together import Asking, asking
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.charts import short_pounds
from beacon.fraud_hub.forms import (
    CHOOSE,
    ClaimForm,
    LossForm,
    PeriodForm,
    PreventedForm,
    ReasonForm,
    RecoveredForm,
    ReplyForm,
)
from beacon.fraud_hub.queries import CaseMoney, FraudCase, FraudCases, LossRow
from beacon.fraud_hub.terms import FraudPermission, PaymentMethod, Waiting
from beacon.web import charts, cursors, navigation
from beacon.web.filters import day
from beacon.web.forms import BeaconForm
from beacon.web.guard import permission_required

bp = Blueprint("fraud_hub", __name__, url_prefix="/fraud", template_folder="templates")
READ, WORK = FraudPermission.READ, FraudPermission.WORK
SINCE = date(2019, 4, 1)  # the hub began (domain.md 4.1)
LIST_FIELDS = ("name", "fraud_type", "amount_lost", "vulnerable", "money")
CASE_FIELDS = ("name", "fraud_report", "vulnerability", "losses", "claims", "ledger")


@bp.route("/")
@permission_required(READ)
def hub() -> ResponseReturnValue:
    """The hub's totals for a period, what came back by month, and what waits."""
    actor, today = current_user.actor, clock.today()
    form = PeriodForm()
    first, last = form.period((year_began(today), today))
    audit.shown(actor, "period", [f"{first}/{last}"], ("money",), action="fraud.totals_shown")
    return render_template(
        "fraud_hub/hub.html",
        form=form,
        totals=queries.hub_totals(actor, first, last),
        ever=queries.hub_totals(actor, SINCE, today),
        months=queries.recovered_by_month(actor, today),
        waiting=queries.counts_waiting(actor),
    )


@bp.route("/recovered-by-month.svg")
@permission_required(READ)
def recovered_chart() -> ResponseReturnValue:
    """What came back in each of the last twelve months, drawn."""
    months = queries.recovered_by_month(current_user.actor, clock.today())
    drawn = charts.bars(
        [f"{one.month:%b %Y}" if one.month.month == 1 else f"{one.month:%b}" for one in months],
        [one.recovered_pence for one in months],
        write=short_pounds,
    )
    return Response(drawn, mimetype="image/svg+xml")


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
    money = queries.money_of(viewer, found.case, found.report)
    audit.shown(viewer, "case_file", [found.case.id], CASE_FIELDS, action="fraud.case_shown")
    known = _known(found) | {"may_work": current_user.may(WORK) and not viewer.is_reading}
    return render_template("fraud_hub/case.html", money=money, **known)


@bp.route("/cases/<string:reference>/loss", methods=["GET", "POST"])
@permission_required(WORK)
def log_loss(reference: str) -> ResponseReturnValue:
    """Log one payment that was lost."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = LossForm()
    if form.submitted_well():
        order = partial(
            commands.record_loss,
            found.case,
            form.loss(),
            token=form.token.data,
            actor=current_user.actor,
        )
        if _taken(form, order, "Loss logged."):
            return _back(reference)
    return _page("fraud_hub/loss.html", found, form=form)


@bp.route("/cases/<string:reference>/claim", methods=["GET", "POST"])
@permission_required(WORK)
def log_claim(reference: str) -> ResponseReturnValue:
    """Log a claim to a firm."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = ClaimForm()
    form.loss.choices = _payments(queries.money_of(current_user.actor, found.case))
    if form.submitted_well():
        order = partial(
            commands.record_claim,
            found.case,
            form.claim(),
            token=form.token.data,
            actor=current_user.actor,
        )
        if _taken(form, order, "Claim logged."):
            return _back(reference)
    return _page("fraud_hub/claim.html", found, form=form)


@bp.route("/cases/<string:reference>/claims/<int:claim_id>/reply", methods=["GET", "POST"])
@permission_required(WORK)
def log_reply(reference: str, claim_id: int) -> ResponseReturnValue:
    """Write down what a firm answered."""
    found = queries.get_fraud_case(current_user.actor, reference)
    claim = queries.get_claim(current_user.actor, found.case, claim_id)
    form = ReplyForm()
    if form.submitted_well():
        order = partial(commands.record_reply, claim, form.reply(), actor=current_user.actor)
        if _taken(form, order, "Answer written down."):
            return _back(reference)
    return _page("fraud_hub/reply.html", found, form=form, claim=claim)


@bp.route("/cases/<string:reference>/money-back", methods=["GET", "POST"])
@permission_required(WORK)
def log_recovered(reference: str) -> ResponseReturnValue:
    """Log money that has been received."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = RecoveredForm()
    form.loss.choices = _payments(queries.money_of(current_user.actor, found.case))
    if form.submitted_well():
        order = partial(
            commands.record_recovered,
            found.case,
            form.recovered(),
            token=form.token.data,
            actor=current_user.actor,
        )
        if _taken(form, order, "Money back logged."):
            return _back(reference)
    return _page("fraud_hub/recovered.html", found, form=form)


@bp.route("/cases/<string:reference>/prevented", methods=["GET", "POST"])
@permission_required(WORK)
def log_prevented(reference: str) -> ResponseReturnValue:
    """Log a loss that did not happen."""
    found = queries.get_fraud_case(current_user.actor, reference)
    form = PreventedForm()
    if form.submitted_well():
        order = partial(
            commands.record_prevented,
            found.case,
            form.prevented(),
            token=form.token.data,
            actor=current_user.actor,
        )
        if _taken(form, order, "Loss prevented logged."):
            return _back(reference)
    return _page("fraud_hub/prevented.html", found, form=form)


@bp.route("/cases/<string:reference>/entries/<int:entry_id>/reverse", methods=["GET", "POST"])
@permission_required(WORK)
def reverse(reference: str, entry_id: int) -> ResponseReturnValue:
    """Take an entry of the ledger back by a new one."""
    found = queries.get_fraud_case(current_user.actor, reference)
    entry = queries.get_entry(current_user.actor, found.case, entry_id)
    form = ReasonForm()
    if form.submitted_well():
        order = partial(
            commands.reverse,
            entry,
            reason=form.reason.data,
            token=form.token.data,
            actor=current_user.actor,
        )
        if _taken(form, order, "Entry reversed."):
            return _back(reference)
    return _page("fraud_hub/reverse.html", found, form=form, entry=entry)


@bp.route("/cases/<string:reference>/losses/<int:loss_id>/withdraw", methods=["GET", "POST"])
@permission_required(WORK)
def withdraw_loss(reference: str, loss_id: int) -> ResponseReturnValue:
    """Take back a loss that was logged by mistake."""
    found = queries.get_fraud_case(current_user.actor, reference)
    loss = queries.get_loss(current_user.actor, found.case, loss_id)
    form = ReasonForm()
    if form.submitted_well():
        order = partial(
            commands.withdraw_loss, loss, reason=form.reason.data, actor=current_user.actor
        )
        if _taken(form, order, "Loss taken back."):
            return _back(reference)
    return _page("fraud_hub/withdraw.html", found, form=form, loss=loss)


def year_began(today: date) -> date:
    """The first day of the financial year, 1 April."""
    return date(today.year if today.month >= 4 else today.year - 1, 4, 1)


@asking
def money_panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """The money of a fraud case, on the page of the case."""
    if case.crime.kind is not CrimeKind.FRAUD:
        return None
    money = yield from queries.money_in.ask(actor, case)
    return render_template("fraud_hub/panel.html", money=money, case=case)


def _page(template: str, found: FraudCase, **known: object) -> str:
    """A form of a case, under what the case shows; that it was seen is written down."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)  # what was typed well is taken before this
    audit.shown(actor, "case_file", [found.case.id], CASE_FIELDS, action="fraud.case_shown")
    return render_template(template, **_known(found), **known)


def _known(found: FraudCase) -> dict[str, object]:
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
    }


def _payments(money: CaseMoney) -> list[tuple[str, str]]:
    """The payments that stand, as choices of a form."""
    listed = [(str(row.loss.id), _in_words(row)) for row in money.standing]
    return [CHOOSE, *listed]


def _in_words(row: LossRow) -> str:
    paid = f"{Money(row.loss.amount_pence)} on {day(row.loss.paid_on)}"
    return f"{paid}, {row.loss.method.label} ({Money(row.out_pence)} still out)"


def _taken(form: BeaconForm, order: Callable[[], object], words: str) -> bool:
    """Give the order; say it was done, or put the refusal by its box."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    flash(words)
    return True


def _back(reference: str) -> ResponseReturnValue:
    return redirect(url_for("fraud_hub.case", reference=reference))


def init_app(app: Flask) -> None:
    """Register the hub's pages, its place in the menu, and its part of a case's page."""
    app.register_blueprint(bp)
    navigation.register(app, [navigation.Item("Fraud hub", "fraud_hub.hub", READ, 50)])
    panels.add("Money lost and recovered", 30, READ, money_panel, fields=("losses", "ledger"))
