"""By which way something may go to somebody by itself; where none is safe, why it is held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from beacon.notices.terms import Age, HeldBecause, Way
from beacon.people.terms import Preferred, Safe

SIXTEEN, EIGHTEEN = 16, 18


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of reaching one person at this moment."""

    overall: Safe
    preferred: Preferred | None
    change_waits: bool  # a feed says something else of their safety
    warned: bool
    has_rule: bool  # their words forbid something, or name an hour: no machine reads them
    is_confirmed: bool  # one of us has asked
    confirmed_long_ago: bool
    is_restricted: bool
    is_careful: bool  # only where one of us has asked
    needs_language: bool
    age: Age
    may_be_text: bool
    texts_are_on: bool  # a setting: nobody is texted until the service says so
    can_text: bool
    can_email: bool
    can_letter: bool


When = Callable[[Known], bool]
# The first that applies is said. Nothing is safe that nobody has said is (domain.md RULE 7.1 to
# 7.5); a letter is one that a person agreed to at that address.
GUARDS: tuple[tuple[HeldBecause, When], ...] = (
    (HeldBecause.NOT_SAFE, lambda known: known.overall is Safe.NO),
    (HeldBecause.NO_CONTACT, lambda known: known.preferred is Preferred.NONE),
    (HeldBecause.ASK_FIRST, lambda known: known.overall is Safe.ASK),
    (HeldBecause.NOT_ASKED, lambda known: known.overall is Safe.NOT_ASKED),
    (HeldBecause.CHANGE_WAITS, lambda known: known.change_waits),
    (HeldBecause.WARNED, lambda known: known.warned),
    (HeldBecause.RESTRICTED, lambda known: known.is_restricted),
    (HeldBecause.RULE, lambda known: known.has_rule),
    (HeldBecause.CONFIRM_AGAIN, lambda known: known.is_confirmed and known.confirmed_long_ago),
    (HeldBecause.CAREFUL, lambda known: known.is_careful and not known.is_confirmed),
    (HeldBecause.CHILD, lambda known: known.age is Age.CHILD),
    (HeldBecause.LANGUAGE, lambda known: known.needs_language),
)


def chosen(known: Known) -> Way | HeldBecause:
    """The way it goes, or why it is held: the way that they would rather have, else a letter."""
    for reason, applies in GUARDS:
        if applies(known):
            return reason
    is_for_text = known.preferred is Preferred.SMS and known.may_be_text and known.can_text
    if is_for_text and known.texts_are_on:
        return Way.TEXT
    if known.preferred is Preferred.EMAIL and known.can_email:
        return Way.EMAIL
    if known.can_letter:
        return Way.LETTER
    if known.preferred is Preferred.PHONE:
        return HeldBecause.RING_THEM
    return HeldBecause.TEXTS_OFF if is_for_text else HeldBecause.NO_SAFE_WAY


def age_of(born: date | None, on: date) -> Age:
    """How old somebody is on a day, as far as the words depend on it."""
    if born is None:
        return Age.ADULT
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if years < SIXTEEN:
        return Age.CHILD
    return Age.YOUNG if years < EIGHTEEN else Age.ADULT
