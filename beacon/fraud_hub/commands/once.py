"""What every order of the hub does beside its work: once for each form, nothing of tomorrow."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.fraud_hub.models import (
    TOKEN_CHARS,
    BankClaim,
    ClaimLetter,
    LedgerEntry,
    LedgerProposal,
    Loss,
    SupportItem,
)

Row = TypeVar("Row", Loss, BankClaim, LedgerEntry, LedgerProposal, ClaimLetter, SupportItem)


def new_token() -> str:
    """A token for one form: however often it is sent, it makes one row."""
    return secrets.token_urlsafe(24)


def held_case(case: CaseFile) -> CaseFile:
    """The case, held until we commit, so that its money changes one order at a time.

    Money comes back long after a case was closed, so a closed case takes entries too.
    """
    session = db.session()
    session.flush()
    row = session.get(CaseFile, case.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def held_loss(case: CaseFile, loss_id: int | None, *, field: str = "loss") -> Loss:
    """A loss of this case that stands; what comes back of it is counted under the case's lock."""
    loss = db.session.get(Loss, loss_id, populate_existing=True) if loss_id else None
    if loss is None or loss.case_id != case.id:
        raise RuleBroken("Choose the payment.", field=field)
    if not loss.stands:
        raise RuleBroken("This payment was taken back as a mistake. Choose another.", field=field)
    return loss


def made_before(model: type[Row], case: CaseFile, token: str) -> Row | None:
    """The row that this form has made already, where it was sent twice."""
    if not 1 <= len(token) <= TOKEN_CHARS:
        raise RuleBroken("Open this page again, and enter it once more.")
    row = db.session.scalar(sa.select(model).where(model.token == token))
    if row is not None and row.case_id != case.id:
        raise RuleBroken("Open this page again, and enter it once more.")
    return row


def not_yet(day: date, field: str) -> None:
    """Refuse a day that has not come."""
    if day > clock.today():
        raise RuleBroken("The date must be today or in the past.", field=field)


def something(amount_pence: int) -> None:
    """Refuse an amount of nothing."""
    if amount_pence <= 0:
        raise RuleBroken("Enter an amount above £0.00.", field="amount")
