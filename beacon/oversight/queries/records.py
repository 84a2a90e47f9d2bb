"""The records that rows of the log name, as the rules of unusual access need to know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CrimeKind
from beacon.core.db import db
from beacon.oversight.rules import Record
from beacon.people.models import Address, ContactPoint, Victim
from beacon.referrals.models import Referral

AT_ONCE = 500
CASES = frozenset({"case_file", "victim", "referral"})
DIGITS = 18
T = TypeVar("T")


@dataclass(frozen=True)
class Held:
    """What the rules need of a case."""

    id: int
    reference: str
    victim_id: int
    team_id: int | None
    manager_id: int | None
    is_fraud: bool


class Records:
    """Each record that was named, with its case and its victim, read once and in few queries."""

    def __init__(
        self,
        named: Iterable[tuple[str, str]],
        *,
        victims: set[int],
        cases: set[int],
        declared: set[str],
    ) -> None:
        ids: dict[str, set[int]] = {"case_file": set(cases), "victim": set(victims)}
        for kind, identity in named:
            ids.setdefault(kind, set()).add(int(identity))
        self._victim_of = _in_parts(_victims_of_referrals, ids.get("referral", set()))
        self._cases = _in_parts(_cases_by_id, ids["case_file"])
        whose = ids["victim"] | set(self._victim_of.values())
        self._case_of = _in_parts(_cases_by_victim, whose)
        whose |= {case.victim_id for case in self._cases.values()}
        self._surnames = _in_parts(_surnames, whose)
        self._indexes = _holders(declared)

    def of(self, kind: str, identity: str) -> Record:
        """The record that a row of the log names."""
        number = int(identity)
        victim_id = self._victim_of.get(number, 0) if kind == "referral" else number
        case = self._cases.get(number) if kind == "case_file" else self._case_of.get(victim_id)
        if case is None:
            return self._record(key_of(kind, identity), victim_id, None)
        return self._record(case.reference, case.victim_id, case)

    def _record(self, key: str, victim_id: int, case: Held | None) -> Record:
        return Record(
            key=key,
            surname_key=self._surnames.get(victim_id, ""),
            indexes=self._indexes.get(victim_id, frozenset()),
            case_id=case.id if case else None,
            team_id=case.team_id if case else None,
            manager_id=case.manager_id if case else None,
            is_fraud=bool(case and case.is_fraud),
        )


def is_of_a_case(kind: str, identity: str) -> bool:
    """Whether a record leads to a case, by a number that a database could hold."""
    return kind in CASES and identity.isascii() and identity.isdigit() and len(identity) <= DIGITS


def key_of(kind: str, identity: str) -> str:
    """How a line names a record: by a case's reference, else by its kind and number."""
    return identity if kind == "case_reference" else f"{kind} {identity}".replace("_", " ")


def _in_parts(read: Callable[[list[int]], dict[int, T]], ids: set[int]) -> dict[int, T]:
    """What is read by many numbers, some hundreds at a time."""
    wanted = sorted(ids)
    found: dict[int, T] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= read(wanted[start : start + AT_ONCE])
    return found


def _cases(where: sa.ColumnElement[bool]) -> list[Held]:
    query = (
        sa.select(
            CaseFile.id,
            CaseFile.reference,
            CaseFile.victim_id,
            CaseFile.team_id,
            CaseFile.manager_id,
            Crime.kind,
        )
        .join(Crime, Crime.id == CaseFile.crime_id)
        .where(where)
        .order_by(CaseFile.id)
    )
    return [
        Held(*row[:5], is_fraud=row.kind is CrimeKind.FRAUD) for row in db.session.execute(query)
    ]


def _cases_by_id(ids: list[int]) -> dict[int, Held]:
    return {case.id: case for case in _cases(CaseFile.id.in_(ids))}


def _cases_by_victim(ids: list[int]) -> dict[int, Held]:
    return {case.victim_id: case for case in _cases(CaseFile.victim_id.in_(ids))}


def _victims_of_referrals(ids: list[int]) -> dict[int, int]:
    query = sa.select(Referral.id, Referral.victim_id).where(Referral.id.in_(ids))
    return {row.id: row.victim_id for row in db.session.execute(query)}


def _surnames(ids: list[int]) -> dict[int, str]:
    query = sa.select(Victim.id, Victim.surname_key).where(Victim.id.in_(ids))
    return {row.id: row.surname_key for row in db.session.execute(query)}


def _holders(declared: set[str]) -> dict[int, frozenset[str]]:
    """Which of the declared indexes each victim has, by the index of numbers and of homes."""
    found: dict[int, set[str]] = {}
    wanted = sorted(declared)
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        for owner, column in (
            (ContactPoint.victim_id, ContactPoint.value_index),
            (Address.victim_id, Address.full_index),
            (Address.victim_id, Address.postcode_index),
        ):
            for victim_id, index in db.session.execute(
                sa.select(owner, column).where(column.in_(part))
            ):
                found.setdefault(victim_id, set()).add(str(index))
    return {victim_id: frozenset(indexes) for victim_id, indexes in found.items()}
