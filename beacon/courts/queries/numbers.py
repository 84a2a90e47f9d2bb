"""Numbers that do not serve: bad, missing and shared ones, by who supplied them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.core import scope
from beacon.core.db import db
from beacon.core.phone import Phone, PhoneKind
from beacon.core.scope import Viewer
from beacon.courts.columns import COURT_LIST
from beacon.courts.models import Court, Defendant, Hearing
from beacon.courts.terms import NumberFault, unit_of
from beacon.feeds.models import FeedRecord, ImportBatch
from beacon.notify.models import SuppressedNumber
from beacon.notify.terms import NumberFlag

F = NumberFault
OURSELVES = "Written down here"
FLAGS = {NumberFlag.BAD_NUMBER: F.BAD, NumberFlag.WRONG_PERSON: F.WRONG_PERSON}


@dataclass(frozen=True, kw_only=True)
class FaultyNumber:
    """One defendant whose number does not serve, and where it came from."""

    defendant_id: int
    hearing_id: int
    name: str
    urn: str
    reference: str
    held_on: date
    court: str
    mobile: str  # empty for those who may not know it
    faults: Sequence[NumberFault]
    supplier: str
    source: str  # the file, or that a person wrote it down


@dataclass(kw_only=True)
class Supplier:
    """What one supplier gave us."""

    name: str
    defendants: int = 0
    faulty: int = 0
    by_fault: Counter[NumberFault] = field(default_factory=Counter)


@dataclass(frozen=True, kw_only=True)
class NumbersTable:
    """The defendants of a period: what is wrong with their numbers, and who gave them."""

    first: date
    last: date
    suppliers: Sequence[Supplier]
    rows: Sequence[FaultyNumber]

    @property
    def defendants(self) -> int:
        """How many defendants were looked at."""
        return sum(one.defendants for one in self.suppliers)

    @property
    def by_fault(self) -> list[tuple[NumberFault, int]]:
        """How often each fault occurs, in the order of the words."""
        total = sum((one.by_fault for one in self.suppliers), Counter[NumberFault]())
        return [(fault, total[fault]) for fault in NumberFault]


def faulty_numbers(viewer: Viewer, first: date, last: date) -> NumbersTable:
    """The defendants with a hearing in the period whose number cannot be texted, or is shared."""
    may_know = scope.may_see(viewer, "courts.defendant_mobile")
    suppliers: dict[str, Supplier] = {}
    rows = []
    for person, hearing, court, file_name, flags, is_shared in _people(viewer, first, last):
        by_us = person.made_by_hand or person.mobile_given_at is not None
        name = OURSELVES if by_us else unit_of(person.urn)
        supplier = suppliers.setdefault(name, Supplier(name=name))
        faults = faults_of(person.mobile, flags, is_shared=bool(is_shared))
        supplier.defendants += 1
        if not faults:
            continue
        supplier.faulty += 1
        supplier.by_fault.update(faults)
        rows.append(
            FaultyNumber(
                defendant_id=person.id,
                hearing_id=hearing.id,
                name=person.full_name,
                urn=person.urn,
                reference=person.reference,
                held_on=hearing.held_on,
                court=court.name,
                mobile=person.mobile if may_know else "",
                faults=faults,
                supplier=name,
                source=OURSELVES if by_us else file_name or "A court list",
            )
        )
    return NumbersTable(
        first=first,
        last=last,
        suppliers=sorted(suppliers.values(), key=lambda one: (-one.faulty, one.name)),
        rows=sorted(rows, key=lambda row: (row.supplier, row.held_on, row.name, row.defendant_id)),
    )


def faults_of(
    number: str, flags: Sequence[NumberFlag], *, is_shared: bool
) -> tuple[NumberFault, ...]:
    """What is wrong with a number as it was supplied; nothing where it serves."""
    if not number.strip():
        return (F.MISSING,)
    found = [kind] if (kind := _of_kind(number)) else []
    found += [FLAGS[flag] for flag in flags if flag in FLAGS]
    return (*found, F.SHARED) if is_shared else tuple(found)


def _of_kind(number: str) -> NumberFault | None:
    try:
        phone = Phone.parse(number)
    except ValueError:
        return F.UNREADABLE
    if phone.is_uk_mobile:
        return None
    return F.LANDLINE if phone.kind is PhoneKind.LANDLINE else F.NOT_A_UK_MOBILE


_Row = tuple[Defendant, Hearing, Court, str | None, list[NumberFlag], bool]


def _people(viewer: Viewer, first: date, last: date) -> list[_Row]:
    """Each defendant once, with their last hearing of the period and the file that named it."""
    newest = (
        sa.select(Hearing.defendant_id, sa.func.max(Hearing.id).label("id"))
        .where(Hearing.held_on.between(first, last), scope.condition(viewer, Hearing))
        .group_by(Hearing.defendant_id)
        .subquery()
    )
    other = aliased(Defendant)
    shared = sa.exists().where(
        other.mobile_index == Defendant.mobile_index, other.name_key != Defendant.name_key
    )
    of_list = sa.and_(FeedRecord.feed == COURT_LIST.name, FeedRecord.subject_id == Hearing.id)
    query = (
        sa.select(Defendant, Hearing, Court, ImportBatch.file_name, shared)
        .join(newest, newest.c.defendant_id == Defendant.id)
        .join(Hearing, Hearing.id == newest.c.id)
        .join(Court, Court.id == Hearing.court_id)
        .outerjoin(FeedRecord, of_list)
        .outerjoin(ImportBatch, ImportBatch.id == FeedRecord.batch_id)
        .where(scope.condition(viewer, Defendant))
        .order_by(Defendant.id)
    )
    flags = _flags()
    return [
        (person, hearing, court, file, flags[person.mobile_index or ""], is_shared)
        for person, hearing, court, file, is_shared in db.session.execute(query)
    ]


def _flags() -> dict[str, list[NumberFlag]]:
    """What is known of each number that is not texted any more."""
    found: dict[str, list[NumberFlag]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(SuppressedNumber.phone_index, SuppressedNumber.flag)
        .where(SuppressedNumber.lifted_at.is_(None))
        .order_by(SuppressedNumber.id)
    )
    for index, flag in rows:
        found[index].append(flag)
    return found
