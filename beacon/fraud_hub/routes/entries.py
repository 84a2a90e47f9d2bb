"""The entries of the ledger: what every total of the hub is the sum of, and the same as a file."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Pace
from beacon.core import clock, scope
from beacon.core.errors import RuleBroken
from beacon.fraud_hub.forms import THROUGH, LedgerForm
from beacon.fraud_hub.queries import LedgerEntries, LedgerRow
from beacon.fraud_hub.routes.ground import READ, bp
from beacon.fraud_hub.sheets import ledger_csv, ledger_workbook
from beacon.fraud_hub.terms import Booked, Contribution, EntryKind, FraudPermission, Route
from beacon.web import cursors
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required

FILE = FraudPermission.LEDGER_FILE
FIELDS = ("ledger",)


@bp.route("/ledger/")
@permission_required(READ)
def ledger() -> ResponseReturnValue:
    """Entries of the ledger and what they come to; every total of the hub leads here."""
    actor, form = current_user.actor, LedgerForm()
    audit.keep_pace(actor, Pace.LISTS)
    narrowed = _narrowed(form)
    page = narrowed.page(cursors.asked_for())
    audit.shown(actor, "ledger_entry", [row.entry.id for row in page], FIELDS)
    return render_template(
        "fraud_hub/ledger.html",
        form=form,
        page=page,
        sum=narrowed.sum(),
        may_save=current_user.may(FILE),
        may_approve=current_user.may(FraudPermission.APPROVE),
        may_close=current_user.may(FraudPermission.CLOSE),
        may_work=current_user.may(FraudPermission.WORK),
        may_see_bank=scope.may_see(actor, "fraud.bank"),
        asked=_asked(form),
    )


@bp.route("/ledger.csv")
@permission_required(FILE)
def ledger_as_csv() -> ResponseReturnValue:
    """The same entries as one CSV."""
    rows, with_bank = _for_file()
    return attachment(ledger_csv(rows, with_bank=with_bank), f"fraud-ledger-{clock.today()}.csv")


@bp.route("/ledger.xlsx")
@permission_required(FILE)
def ledger_as_xlsx() -> ResponseReturnValue:
    """The same entries as a workbook."""
    rows, with_bank = _for_file()
    content = ledger_workbook(rows, with_bank=with_bank)
    return attachment(content, f"fraud-ledger-{clock.today()}.xlsx")


def _asked(form: LedgerForm) -> dict[str, list[str]]:
    """What the address asks for, to ask the same of a file."""
    return {name: request.args.getlist(name) for name in request.args if name in form}


def _for_file() -> tuple[list[LedgerRow], bool]:
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    rows = list(_narrowed(LedgerForm()).all())
    audit.shown(
        actor,
        "ledger_entry",
        [row.entry.id for row in rows],
        FIELDS,
        action="fraud.ledger_saved",
        operation=Operation.DISCLOSURE,
        although_none=True,
    )
    return rows, scope.may_see(actor, "fraud.bank")


def _narrowed(form: LedgerForm) -> LedgerEntries:
    """What the address asks for; an answer that cannot be used narrows nothing."""
    viewer = current_user.actor
    if not form.asked_well():
        return LedgerEntries(viewer=viewer)
    given = form.answers()
    first, last = given["first"], given["last"]
    if first and last and first > last:
        form.refuse(RuleBroken("The last day must not be before the first.", field="last"))
        first = last = None
    did = given["contribution"] or ""
    return LedgerEntries(
        viewer=viewer,
        first=first,
        last=last,
        kind=EntryKind(given["kind"]) if given["kind"] else None,
        route=Route(given["route"]) if given["route"] else None,
        contribution=Contribution(did) if did in list(Contribution) else None,
        through_beacon=did == THROUGH[0],
        standing=Booked(given["standing"]) if given["standing"] else None,
        bank=(given["bank"] or "") if scope.may_see(viewer, "fraud.bank") else "",
    )
