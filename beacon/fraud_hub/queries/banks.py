"""The directory of firms: all of them, one of them, and who had signed the CRM Code on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.core import clock, scope, settings
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import BankContact, key_of
from beacon.fraud_hub.standards import CHECK
from beacon.fraud_hub.terms import Known
from beacon.web.paging import Cursor, Key, Page, read_page


@dataclass(frozen=True)
class BankRow:
    """One firm of the directory, and whether it is long since anybody checked it."""

    bank: BankContact
    is_stale: bool


def banks_page(viewer: Viewer, cursor: Cursor | None = None) -> Page[BankRow]:
    """The firms by name, a page at a time."""
    days, today = settings.count(CHECK), clock.today()
    return read_page(
        db.session(),
        scope.visible(viewer, BankContact),
        [Key(BankContact.name_key), Key(BankContact.id)],
        cursor,
        shape=lambda row: BankRow(row[0], (today - row[0].checked_on).days > days),
    )


def active_banks(viewer: Viewer) -> Sequence[BankContact]:
    """The firms that a claim may name, by name."""
    query = scope.visible(viewer, BankContact).where(BankContact.is_active.is_(True))
    return db.session.scalars(query.order_by(BankContact.name_key, BankContact.id)).all()


def get_bank(viewer: Viewer, bank_id: int) -> BankContact:
    """One firm of the directory."""
    row = db.session.scalar(scope.visible(viewer, BankContact).where(BankContact.id == bank_id))
    if row is None:
        raise NotFound
    return row


def signed_by(firm: str, on: date) -> Known:
    """Whether the firm of this name or brand was a signatory of the CRM Code on a day.

    Not known where the directory has no such firm, or two that do not agree.
    """
    wanted = key_of(firm)
    if not wanted:
        return Known.NOT_KNOWN
    answers = {
        bank.had_signed(on)
        for bank in db.session.scalars(sa.select(BankContact))
        if wanted in bank.names
    }
    return answers.pop() if len(answers) == 1 else Known.NOT_KNOWN
