"""The log with the words a person needs beside it: who, and the reference of a case. No content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.audit import words
from beacon.audit.queries import Line
from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.reference import CaseReference
from beacon.referrals.models import Referral

AT_ONCE = 500


class About(StrEnum):
    """What kind of record is looked for in the log."""

    CASE = "case"
    PERSON = "person"
    REFERRAL = "referral"
    HEARING = "hearing"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return {
            "case": "A case and its victim, by the case's reference",
            "person": "The victim alone, by the case's reference",
            "referral": "A referral, by its number",
            "hearing": "A hearing, by its number",
        }[self]


@dataclass(frozen=True)
class LogLine:
    """One row of the log as the page shows it."""

    line: Line
    action: str
    record: str
    fields: str


def records_of(about: About, text: str) -> list[tuple[str, str]]:
    """The records under which the log names this one; none where there is no such record."""
    if about in {About.REFERRAL, About.HEARING}:
        number = text.strip()
        return [(about.value, str(int(number)))] if _is_number(number) else []
    try:
        reference = str(CaseReference.parse(text))
    except ValueError:
        return []
    case = db.session.execute(
        sa.select(CaseFile.id, CaseFile.victim_id, CaseFile.crime_id).where(
            CaseFile.reference == reference
        )
    ).first()
    if case is None:
        return []
    person = [("victim", str(case.victim_id)), *_referrals(case.id, case.victim_id)]
    if about is About.PERSON:
        return person
    return [
        ("case_file", str(case.id)),
        ("case_reference", reference),
        ("crime", str(case.crime_id)),
        *person,
    ]


def lines_of(lines: Iterable[Line]) -> list[LogLine]:
    """The rows in plain words, each case under its reference."""
    rows = list(lines)
    references = _references({int(row.object_id) for row in rows if _names_one_case(row)})
    return [
        LogLine(
            row,
            words.said(row.action),
            _record(row, references),
            words.fields(row.fields),
        )
        for row in rows
    ]


def people_of_the_log() -> list[tuple[int, str]]:
    """Everybody who works or has worked here, by name."""
    query = sa.select(Staff.id, Staff.name).order_by(Staff.name, Staff.id)
    return [(row.id, row.name) for row in db.session.execute(query)]


def _referrals(case_id: int, victim_id: int) -> list[tuple[str, str]]:
    """What told us of the case or the victim: in the queue and on the desk it bears their name."""
    query = (
        sa.select(Referral.id)
        .where(sa.or_(Referral.case_id == case_id, Referral.victim_id == victim_id))
        .order_by(Referral.id)
    )
    return [("referral", str(one)) for one in db.session.scalars(query)]


def _record(row: Line, references: dict[int, str]) -> str:
    if row.object_type == "page":
        return row.object_id
    kind = words.kind(row.object_type)
    if _names_one_case(row):
        return f"{kind} {references.get(int(row.object_id), row.object_id)}"
    return f"{kind} {row.object_id}" if _is_number(row.object_id) else f"{kind}, {row.object_id}"


def _names_one_case(row: Line) -> bool:
    return row.object_type == "case_file" and _is_number(row.object_id)


def _references(case_ids: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    wanted = sorted(case_ids)
    for start in range(0, len(wanted), AT_ONCE):
        query = sa.select(CaseFile.id, CaseFile.reference).where(
            CaseFile.id.in_(wanted[start : start + AT_ONCE])
        )
        found |= {row.id: row.reference for row in db.session.execute(query)}
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
