"""What the book says of itself: which day is open, which month is closed next, who paid."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.sealed import blind_index
from beacon.fraud_hub.models import LedgerEntry, MonthClose
from beacon.fraud_hub.rules import evidence_key, month_of

A_DAY = timedelta(hours=24)  # within which parts of one recovery count together


def open_from() -> date | None:
    """The first day that is not closed; None where no month has been closed."""
    return db.session.scalar(sa.select(sa.func.max(MonthClose.open_from)))


def next_to_close() -> date:
    """The month that is closed next: after the last closed one, or that of the first entry."""
    opened = open_from()
    if opened is not None:
        return opened
    first = db.session.scalar(sa.select(sa.func.min(LedgerEntry.counted_on)))
    return month_of(first or clock.today())


def bank_index(bank: str) -> str | None:
    """By which the entries of one firm are found, however its name is written."""
    key = evidence_key(bank)
    return blind_index("bank", key) if key else None
