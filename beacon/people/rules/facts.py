"""What somebody says of a person, and the form in which numbers are kept and compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from beacon.core import phone
from beacon.core.names import name_key
from beacon.core.phone import Phone, PhoneKind
from beacon.people.rules.naming import Named
from beacon.people.terms import ContactKind, Preferred, Safe


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

    @cached_property
    def named(self) -> Named:
        """The name in the parts in which it is compared; nobody's where none is given."""
        if not self.has_name:
            return Named("")
        parts = (name_key(self.first_name), name_key(self.last_name))
        return Named(self.name_key, *parts) if self.last_name else Named(self.name_key)

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
