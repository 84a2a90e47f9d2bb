"""What is known of a crime and its people when a referral comes in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.core.db import db
from beacon.people.models import Victim
from beacon.people.queries import (
    linked_ids,
)
from beacon.referrals import rules
from beacon.referrals.models import Referral
from beacon.referrals.terms import Repeats

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class History:
    """What the person of a referral, under every linked record, came with before."""

    crimes: int = 1  # in the year up to this one, this one counted
    earlier_cases: tuple[int, ...] = ()

    @property
    def repeats(self) -> Repeats | None:
        """The rule by which this is a repeat victim (domain.md RULE 1.3), if it is one."""
        if self.crimes >= rules.CRIMES_IN_A_YEAR:
            return Repeats.MANY_CRIMES
        return Repeats.EARLIER_CASE if self.earlier_cases else None


def case_of_referral(referral_id: int) -> sa.ColumnElement[bool]:
    """The case that a referral became, among cases."""
    return CaseFile.id.in_(sa.select(Referral.case_id).where(Referral.id == referral_id))


def crimes_in_a_year(referral: Referral) -> int:
    """How many crimes the person, under every linked record, suffered in the year up to this."""
    ids = {referral.victim_id, *linked_ids(referral.victim_id)}
    others = db.session.scalar(
        sa.select(sa.func.count(sa.distinct(Referral.crime_id))).where(
            Referral.victim_id.in_(ids),
            Referral.crime_id != referral.crime_id,
            Referral.recorded_at > referral.recorded_at - YEAR,
            Referral.recorded_at <= referral.recorded_at,
        )
    )
    return 1 + (others or 0)


def history_of(referral: Referral) -> History:
    """The crimes of the year and the earlier cases of a referral's person."""
    ids = {referral.victim_id, *linked_ids(referral.victim_id)}
    cases = db.session.scalars(
        sa.select(CaseFile.id)
        .where(
            CaseFile.victim_id.in_(ids),
            CaseFile.crime_id != referral.crime_id,
            CaseFile.opened_at <= referral.received_at,
            CaseFile.erased_at.is_(None),
        )
        .order_by(CaseFile.id)
    )
    return History(crimes_in_a_year(referral), tuple(cases))


def crimes_held(crime_keys: Iterable[str]) -> set[str]:
    """Which of these crimes we hold."""
    sought = Crime.reference_key.in_(set(crime_keys))
    return set(db.session.scalars(sa.select(Crime.reference_key).where(sought)))


def namesake_of(crime_key: str, name_key: str, born: date | None) -> bool:
    """Whether the crime has a victim of this name with another date of birth (contract 3.1)."""
    births = db.session.scalars(
        sa.select(Victim.date_of_birth)
        .join(Referral, Referral.victim_id == Victim.id)
        .join(Crime, Crime.id == Referral.crime_id)
        .where(Crime.reference_key == crime_key, Victim.name_key == name_key)
    )
    return any(other != born for other in births)


def is_victim_of(crime_key: str, victim_ids: Iterable[int]) -> bool:
    """Whether one of these records is already a victim of the crime."""
    found = db.session.scalar(
        sa.select(Referral.id)
        .join(Crime, Crime.id == Referral.crime_id)
        .where(Crime.reference_key == crime_key, Referral.victim_id.in_(list(victim_ids)))
        .limit(1)
    )
    return found is not None
