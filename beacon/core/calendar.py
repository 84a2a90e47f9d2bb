"""Bank holidays that were proclaimed, moved or loaded here, beside those that come packaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from flask import has_app_context
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from beacon.core import bank_holidays
from beacon.core.bank_holidays import AS_PACKAGED, FEWEST_IN_A_YEAR, Overrides
from beacon.core.db import Base, Kept, db, transaction
from beacon.core.errors import RuleBroken


class BankHolidayOverride(Kept, Base):
    """One day that is a bank holiday here, or is none, whatever the packaged data say."""

    __tablename__ = "bank_holiday_override"
    day: Mapped[date] = mapped_column(unique=True)
    is_holiday: Mapped[bool]
    name: Mapped[str] = mapped_column(sa.String(60), default="")


_COLUMNS = sa.select(BankHolidayOverride.day, BankHolidayOverride.is_holiday).order_by(
    BankHolidayOverride.day
)


def overrides() -> Overrides:
    """What is held here, read once in a transaction; nothing where there is no database yet."""
    if not has_app_context():
        return AS_PACKAGED
    info = db.session().info
    held: Overrides | None = info.get("bank_holidays")
    if held is None:
        held = info["bank_holidays"] = _read()
    return held


def overrides_without_tables() -> Overrides:
    """The same for a command that works before the tables are made, or without the database."""
    try:
        is_there = sa.inspect(db.engine).has_table(BankHolidayOverride.__tablename__)
    except sa.exc.OperationalError:
        return AS_PACKAGED
    return overrides() if is_there else AS_PACKAGED


def change(day: date, *, is_holiday: bool, name: str = "") -> None:
    """Say that a day is a bank holiday in England and Wales, or is none."""
    change_all({day: name}, is_holiday=is_holiday)


def change_all(days: Mapping[date, str], *, is_holiday: bool = True) -> None:
    """The same of several days, by name."""
    with transaction() as session:
        known = {
            row.day: row
            for row in session.scalars(
                sa.select(BankHolidayOverride).where(BankHolidayOverride.day.in_(days))
            )
        }
        for day, name in days.items():
            if not is_holiday and day not in known and not bank_holidays.is_bank_holiday(day):
                raise RuleBroken(f"{day} is no bank holiday: there is nothing to take away.")
            row = known.get(day)
            if row is None:
                row = BankHolidayOverride(day=day)
                session.add(row)
            row.is_holiday, row.name = is_holiday, name[:60]
        session.flush()
        session.info.pop("bank_holidays", None)


def listed() -> list[BankHolidayOverride]:
    """Every day that was changed here."""
    query = sa.select(BankHolidayOverride).order_by(BankHolidayOverride.day)
    return list(db.session.scalars(query))


def _read() -> Overrides:
    with db.session.no_autoflush:
        rows = db.session.execute(_COLUMNS).all()
    added = frozenset(row.day for row in rows if row.is_holiday)
    in_year = Counter(day.year for day in added)
    return Overrides(
        added=added,
        removed=frozenset(row.day for row in rows if not row.is_holiday),
        years=frozenset(year for year, days in in_year.items() if days >= FEWEST_IN_A_YEAR),
    )


@sa.event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, ended: SessionTransaction) -> None:
    """What was read holds for one transaction; a flush within it ends a part of it alone."""
    if ended.parent is None:
        session.info.pop("bank_holidays", None)
