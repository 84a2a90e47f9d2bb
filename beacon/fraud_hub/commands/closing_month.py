"""Closing a month of the ledger: its figures are frozen, and nothing counts in it any more."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.fraud_hub.commands.book import hold_book
from beacon.fraud_hub.models import LedgerEntry, MonthClose, MonthFigure
from beacon.fraud_hub.queries.book import next_to_close
from beacon.fraud_hub.rules import month_after, month_of, why_not_closed


def close_month(month: date, *, actor: Actor) -> MonthClose:
    """Close a month (any day of it names it): in their order, once it is over, and for good.

    The figures are of the whole county. What comes to light later counts in the month that is open,
    and a mistake is put right there by a reversal.
    """
    with transaction() as session:
        hold_book(session)
        month = month_of(month)
        refusal = why_not_closed(month, next_month=next_to_close(), today=clock.today())
        if refusal is not None:
            raise RuleBroken(refusal, field="month")
        figures = _figures(session, month)
        close = MonthClose(
            month=month,
            open_from=month_after(month),
            entries=sum(one.entries for one in figures),
            closed_by_id=actor.id,
            closed_by_name=actor.name,
            figures=figures,
        )
        session.add(close)
        audit.record("fraud.month_closed", close, actor)
        return close


def _figures(session: Session, month: date) -> list[MonthFigure]:
    by = (LedgerEntry.kind, LedgerEntry.route, LedgerEntry.contribution)
    rows = session.execute(
        sa.select(*by, sa.func.sum(LedgerEntry.amount_pence), sa.func.count())
        .where(LedgerEntry.counted_on >= month, LedgerEntry.counted_on < month_after(month))
        .group_by(*by)
        .order_by(*by)
    )
    return [
        MonthFigure(
            kind=kind,
            route=route,
            contribution=contribution,
            amount_pence=int(pence),
            entries=entries,
        )
        for kind, route, contribution, pence, entries in rows
    ]
