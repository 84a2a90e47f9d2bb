"""Whether somebody is asked, by which way, and into which groups they fall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.cases.terms import CrimeKind
from beacon.notices import terms as notices
from beacon.notices.terms import HeldBecause
from beacon.surveys.terms import RefusedBecause, Way

NOT_RECORDED = "Not recorded"
STARTS = (18, 25, 35, 45, 55, 65, 75)  # the first age of each band but the first
DISTRICT_AT_MOST = 40


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is known of asking one person at this moment."""

    is_erased: bool
    agrees: bool  # to be asked how we did: a consent of its own (domain.md 7.2)
    said_no: bool
    high_risk: bool
    safe_way: notices.Way | HeldBecause  # what the rules of safe contact say
    by_number: bool
    has_address: bool


def chosen(known: Asked) -> Way | RefusedBecause | HeldBecause:
    """The way they are asked, or why they are not: the first that applies is said.

    A link goes only where a text or an email is safe; what is not known to be safe is not.
    """
    if known.is_erased:
        return RefusedBecause.CLOSED_TO_US
    if not known.agrees:
        return RefusedBecause.SAID_NO if known.said_no else RefusedBecause.NO_CONSENT
    if known.high_risk:
        return RefusedBecause.RISK
    if isinstance(known.safe_way, HeldBecause):
        return known.safe_way
    if known.safe_way is notices.Way.EMAIL:
        return Way.EMAIL
    if known.safe_way is notices.Way.LETTER:
        return RefusedBecause.LETTER_ONLY
    if known.by_number:
        return Way.NUMBER
    return Way.TEXT if known.has_address else RefusedBecause.NO_ADDRESS


def group_of_crime(kind: CrimeKind, *, domestic_abuse: bool) -> str:
    """The coarse group of a crime: no offence is named."""
    if domestic_abuse:
        return "Domestic abuse"
    return {CrimeKind.FRAUD: "Fraud", CrimeKind.ASB: "Anti-social behaviour"}.get(
        kind, "Other crime"
    )


def group_of_age(born: date | None, on: date) -> str:
    """The band of somebody's age on a day."""
    if born is None:
        return NOT_RECORDED
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    number = sum(years >= start for start in STARTS)
    if number == 0:
        return f"0 to {STARTS[0] - 1}"
    if number == len(STARTS):
        return f"{STARTS[-1]} and over"
    return f"{STARTS[number - 1]} to {STARTS[number] - 1}"


def is_fit(address: str) -> bool:
    """Whether an address may stand in a text: a host and a path, without a scheme."""
    host, _, path = address.partition("/")
    return "." in host and path != "" and not any(one in address for one in (" ", "@", ":"))
