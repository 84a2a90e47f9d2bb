"""Which way is safe for one person at this moment, and the number or address that it leads to."""

from __future__ import annotations

from beacon.core import clock, settings
from beacon.core.actor import machine
from beacon.core.phone import Phone
from beacon.notices.models import VictimNotice
from beacon.notices.rules import Known, age_of, chosen
from beacon.notices.terms import HeldBecause, NoticeKind, Way
from beacon.people import queries as people
from beacon.people.models import Address, Victim
from beacon.people.queries import ContactCard
from beacon.people.queries.facts import SAFETY
from beacon.people.terms import ContactKind, Preferred, Safe

ASKS = machine("victim-notices")
OURS = frozenset({"", "english", "en", "eng", "none", "no"})


def way_now(notice: VictimNotice) -> Way | HeldBecause:
    """The way by which this may go now, or why it may not; asked of the person's record."""
    return way_for(notice.victim, notice.kind, is_careful=notice.is_careful)


def way_for(victim: Victim, kind: NoticeKind, *, is_careful: bool) -> Way | HeldBecause:
    """The same before anything of this kind is written to them."""
    card = people.contact_card(ASKS, victim)
    return chosen(
        Known(
            overall=card.overall,
            preferred=card.preferred,
            change_waits=any(one.field in SAFETY for one in card.proposed),
            warned=bool(card.warnings),
            has_rule=card.has_rule,
            is_confirmed=card.confirmed_at is not None,
            confirmed_long_ago=card.needs_confirming,
            is_restricted=people.is_restricted(victim),
            is_careful=is_careful,
            needs_language=_needs_language(victim),
            age=age_of(victim.date_of_birth, clock.today()),
            may_be_text=kind.may_be_text,
            texts_are_on=settings.is_on("notices.by_text"),
            can_text=card.may_be_messaged(Preferred.SMS) and _texted(card, victim) is not None,
            can_email=not kind.is_letter_only and card.may_be_messaged(Preferred.EMAIL),
            can_letter=_agreed(card) is not None,
        )
    )


def mobile_for(notice: VictimNotice) -> Phone | None:
    """The number that is texted; none where no safe one of this country is theirs."""
    return safe_mobile(notice.victim)


def safe_mobile(victim: Victim) -> Phone | None:
    """The same of somebody to whom a feature writes by itself."""
    return _texted(people.contact_card(ASKS, victim), victim)


def email_for(notice: VictimNotice) -> str:
    """The e-mail address that is written to; empty where none is safe."""
    return safe_email(notice.victim)


def safe_email(victim: Victim) -> str:
    """The same of somebody to whom a feature writes by itself."""
    card = people.contact_card(ASKS, victim)
    found = (one for one in card.current if one.is_open and one.kind is ContactKind.EMAIL)
    point = next(found, None)
    return people.get_point(victim, point.id).value if point else ""


def address_for(notice: VictimNotice) -> Address | None:
    """Where a letter goes: where they live now, and agreed to letters."""
    return _agreed_address(notice.victim)


def _agreed(card: ContactCard) -> int | None:
    live = [one for one in card.addresses if not one.retired]
    # The last one is where they live; an older one that still stands there is not written to.
    return live[-1].id if live and live[-1].letter_ok is Safe.YES else None


def _agreed_address(victim: Victim) -> Address | None:
    number = _agreed(people.contact_card(ASKS, victim))
    return people.get_address(victim, number) if number is not None else None


def _texted(card: ContactCard, victim: Victim) -> Phone | None:
    for point in card.current:
        if point.is_open and point.text_ok is Safe.YES and point.kind is ContactKind.MOBILE:
            try:
                number = Phone.parse(people.get_point(victim, point.id).value)
            except ValueError:
                continue
            if number.is_uk_mobile:
                return number
    return None


def _needs_language(victim: Victim) -> bool:
    said = (victim.language.strip().casefold(), victim.interpreter.strip().casefold())
    return any(words not in OURS for words in said)
