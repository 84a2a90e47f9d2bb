"""Which services suit somebody: by need, district, crime and age, on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from beacon.cases.terms import CrimeKind, NeedCategory
from beacon.entitlements.terms import EnhancedGround
from beacon.partners.terms import CrimeType, District


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a service offers, and to whom. No district, or no crime, named: it takes them all."""

    needs: frozenset[NeedCategory]
    districts: frozenset[District] = frozenset()
    crimes: frozenset[CrimeType] = frozenset()
    age_from: int | None = None
    age_to: int | None = None  # the last age that it takes
    active_from: date
    active_to: date | None = None  # the last day on which it takes somebody


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """For whom a service is looked for. What is not known, or not asked, leaves nothing out."""

    on: date
    needs: frozenset[NeedCategory] = frozenset()
    district: District | None = None
    crimes: frozenset[CrimeType] = frozenset()
    age: int | None = None


def suits(offer: Offer, wanted: Wanted) -> bool:
    """Whether a service takes somebody like this, for one of these needs, on this day."""
    return (
        offer.active_from <= wanted.on <= (offer.active_to or date.max)
        and (not wanted.needs or bool(offer.needs & wanted.needs))
        and (wanted.district is None or not offer.districts or wanted.district in offer.districts)
        and (not wanted.crimes or not offer.crimes or bool(offer.crimes & wanted.crimes))
        and _takes_age(offer, wanted.age)
    )


def matching_needs(offer: Offer, wanted: Wanted) -> int:
    """How many of the needs asked for it meets: the more, the higher it stands in the list."""
    return len(offer.needs & wanted.needs)


def age_on(born: date | None, day: date) -> int | None:
    """How old somebody is on a day; nothing where the birthday is not known."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_stale(checked_on: date, on: date, days: int) -> bool:
    """Whether a service was last checked longer ago than the setting allows."""
    return on - checked_on > timedelta(days=days)


OF_GROUND: dict[EnhancedGround, CrimeType] = {
    EnhancedGround.BEREAVED: CrimeType.BEREAVED,
    EnhancedGround.DOMESTIC_ABUSE: CrimeType.DOMESTIC_ABUSE,
    EnhancedGround.HATE_CRIME: CrimeType.HATE,
    EnhancedGround.SEXUAL_OFFENCE: CrimeType.SEXUAL,
    EnhancedGround.TRAFFICKING: CrimeType.SLAVERY,
    EnhancedGround.ATTEMPTED_MURDER: CrimeType.VIOLENCE,
    EnhancedGround.KIDNAP: CrimeType.VIOLENCE,
    EnhancedGround.FALSE_IMPRISONMENT: CrimeType.VIOLENCE,
    EnhancedGround.WOUNDING_WITH_INTENT: CrimeType.VIOLENCE,
}
OF_KIND: dict[CrimeKind, CrimeType] = {
    CrimeKind.FRAUD: CrimeType.FRAUD,
    CrimeKind.ASB: CrimeType.ASB,
}
# The words by which the police name an offence, where no ground says more.
OF_OFFENCE: tuple[tuple[str, CrimeType], ...] = (
    ("stalking", CrimeType.STALKING),
    ("harassment", CrimeType.STALKING),
    ("sexual", CrimeType.SEXUAL),
    ("rape", CrimeType.SEXUAL),
    ("slavery", CrimeType.SLAVERY),
    ("assault", CrimeType.VIOLENCE),
    ("bodily harm", CrimeType.VIOLENCE),
    ("threats", CrimeType.VIOLENCE),
    ("burglary", CrimeType.THEFT),
    ("robbery", CrimeType.THEFT),
    ("theft", CrimeType.THEFT),
)


def crimes_of(
    kind: CrimeKind, grounds: Collection[EnhancedGround], *, domestic_abuse: bool, offence: str
) -> frozenset[CrimeType]:
    """The sorts of crime that a case is of, as far as its facts say; none where they do not."""
    found = {OF_GROUND[one] for one in grounds if one in OF_GROUND}
    if domestic_abuse:
        found.add(CrimeType.DOMESTIC_ABUSE)
    if kind in OF_KIND:
        found.add(OF_KIND[kind])
    words = offence.lower()
    found |= {crime for word, crime in OF_OFFENCE if word in words}
    return frozenset(found)


def _takes_age(offer: Offer, age: int | None) -> bool:
    if age is None:
        return True
    return (offer.age_from or 0) <= age <= (offer.age_to if offer.age_to is not None else age)
