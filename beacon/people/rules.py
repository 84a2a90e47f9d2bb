"""Who may be one person, and what a referral's answer about safety opens (domain.md 7.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from beacon.core import phone
from beacon.core.names import name_key
from beacon.core.phone import Phone, PhoneKind
from beacon.people.terms import ContactKind, Fact, Preferred, Safe

CONFIRM_AGAIN_AFTER = timedelta(days=90)  # domain.md RULE 7.4


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What somebody says of a person. An empty fact is not known, and never erases."""

    title: str = ""
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    date_of_birth: date | None = None
    gender: str = ""
    ethnicity: str = ""
    language: str = ""
    interpreter: str = ""
    victim_reference: str = ""
    mobile: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    preferred: str = ""
    safe: str = ""
    safe_notes: str = ""

    @property
    def has_name(self) -> bool:
        """Whether it says who this is."""
        return bool((self.first_name and self.last_name) or self.organisation)

    @cached_property
    def name_key(self) -> str:
        """The name as it is compared; empty where none is given, which equals nobody's."""
        person = f"{self.first_name} {self.last_name}" if self.last_name else self.organisation
        return name_key(person)[:220]

    @property
    def surname_key(self) -> str:
        """The surname, or the organisation's name, as lists are ordered by it."""
        return name_key(self.last_name or self.organisation)[:220]

    @property
    def said(self) -> Safe:
        """What the person said about being contacted; not asked where nothing is known."""
        return Safe(self.safe) if self.safe else Safe.NOT_ASKED

    @property
    def wish(self) -> Preferred | None:
        """How the person would rather be reached."""
        return Preferred(self.preferred) if self.preferred else None

    @property
    def can_be_reached(self) -> bool:
        """Whether there is any contact point: a phone, an e-mail or a postal address."""
        return bool(self.mobile or self.phone or self.email or self.address or self.postcode)

    def points(self) -> list[Point]:
        """The numbers and the e-mail address, each once."""
        return list(self._points)

    @cached_property
    def _points(self) -> tuple[Point, ...]:
        found: dict[str, Point] = {}
        for number in (self.mobile, self.phone):
            if number:
                point = telephone(number)
                found.setdefault(point.normal, point)
        if self.email:
            found.setdefault(self.email.casefold(), mail(self.email))
        return tuple(found.values())


@dataclass(frozen=True)
class Point:
    """One number or e-mail address, in the form it is kept in and the form it is compared in."""

    kind: ContactKind
    value: str
    normal: str

    @property
    def index_kind(self) -> str:
        """The kind of blind index by which it is found."""
        return "email" if self.kind is ContactKind.EMAIL else "phone"

    @property
    def is_number(self) -> bool:
        """Whether it is a telephone number."""
        return self.kind is not ContactKind.EMAIL


def telephone(typed: str) -> Point:
    """A number as it is kept: what it is decides its kind, not the column it stood in."""
    try:
        number = Phone.parse(typed)
    except ValueError:
        return Point(ContactKind.PHONE, typed, phone.compared(typed))
    mobile = number.kind is PhoneKind.MOBILE
    return Point(ContactKind.MOBILE if mobile else ContactKind.PHONE, number.e164, number.e164)


def mail(typed: str) -> Point:
    """An e-mail address as it is kept and compared."""
    return Point(ContactKind.EMAIL, typed, typed.casefold())


@dataclass(frozen=True)
class Opened:
    """What an answer about safety opens for one contact point."""

    safe: Safe
    text_ok: Safe


def opened(said: Safe, wish: Preferred | None, kind: ContactKind) -> Opened:
    """What `safe_to_contact` opens: the points of that row, and texts only where preferred.

    Voicemail and letters stay not asked (contract 3, "Safe contact"; domain.md RULE 7.1).
    """
    texts = said is Safe.YES and wish is Preferred.SMS and kind is ContactKind.MOBILE
    return Opened(said, Safe.YES if texts else Safe.NOT_ASKED)


_CAUTION = (Safe.NO, Safe.ASK, Safe.NOT_ASKED, Safe.YES)


def strictest(answers: Iterable[Safe]) -> Safe:
    """The most careful of several answers; not asked where there is none."""
    return min(answers, key=_CAUTION.index, default=Safe.NOT_ASKED)


def needs_confirming(confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether the safe way to reach somebody must be asked again (domain.md RULE 7.4)."""
    return confirmed_at is None or now - confirmed_at > CONFIRM_AGAIN_AFTER


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """What one record can be compared by: keys and blind indexes, nothing readable but the name."""

    name: str
    born: date | None
    reference: str
    contacts: frozenset[str]
    address: str


def agreeing(one: Fingerprint, other: Fingerprint) -> tuple[Fact, ...]:
    """Which facts of two records agree."""
    pairs = (
        (Fact.REFERENCE, bool(one.reference) and one.reference == other.reference),
        (Fact.NAME, bool(one.name) and one.name == other.name),
        (Fact.BORN, one.born is not None and one.born == other.born),
        (Fact.CONTACT, bool(one.contacts & other.contacts)),
        (Fact.ADDRESS, bool(one.address) and one.address == other.address),
    )
    return tuple(fact for fact, agrees in pairs if agrees)


def is_certain(facts: Iterable[Fact]) -> bool:
    """The same victim reference, or the same name, date of birth and one contact (contract 3.5)."""
    agreed = set(facts)
    named = {Fact.NAME, Fact.BORN} <= agreed
    return Fact.REFERENCE in agreed or (named and not agreed.isdisjoint(REACHED_BY))


def is_likely(facts: Iterable[Fact]) -> bool:
    """Two or more agreeing facts, short of certain (contract 3.5)."""
    agreed = set(facts)
    return len(agreed) >= 2 and not is_certain(agreed)


REACHED_BY = frozenset({Fact.CONTACT, Fact.ADDRESS})
