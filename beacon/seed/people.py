"""Made-up people. Victims have the numbers 07700 900000 to 900499, defendants the next 500."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta

from beacon.seed.chance import Chance
from beacon.seed.words import BACKGROUNDS, CAREFUL, DISTRICTS, POSTCODE_LETTERS, STREETS

NUMBERS = 500
FIRST_VICTIM, FIRST_DEFENDANT = 900_000, 900_500
A_YEAR = 365.25

HERS = ("", "", "Mrs", "Mrs", "Ms", "Ms", "Miss", "Dr")
HIS = ("", "", "Mr", "Mr", "Mr", "Mr", "Mr", "Dr")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who does not exist, as the columns of the feeds describe them."""

    title: str
    first_name: str
    last_name: str
    date_of_birth: date
    gender: str
    ethnicity: str
    language: str
    interpreter: str
    victim_reference: str
    mobile: str
    email: str
    address: str
    postcode: str
    district: str
    preferred_contact: str
    safe_to_contact: str
    safe_contact_notes: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """The person as one row of a feed."""
        return {
            "title": self.title,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "date_of_birth": self.date_of_birth.isoformat(),
            "gender": self.gender,
            "ethnicity": self.ethnicity,
            "language": self.language,
            "interpreter": self.interpreter,
            "victim_reference": self.victim_reference,
            "mobile": self.mobile,
            "email": self.email,
            "address": self.address,
            "postcode": self.postcode,
            "district": self.district,
            "preferred_contact": self.preferred_contact,
            "safe_to_contact": self.safe_to_contact,
            "safe_contact_notes": self.safe_contact_notes,
        }

    def careful(self, words: str) -> Person:
        """The same, where reaching them in the wrong way would be dangerous."""
        return replace(
            self, safe_to_contact="ask", preferred_contact="phone", safe_contact_notes=words
        )

    def out_of_reach(self) -> Person:
        """The same, with no way to reach them."""
        return replace(self, mobile="", email="", address="", postcode="", preferred_contact="")


@dataclass(frozen=True)
class Name:
    """A name, with what goes with it."""

    first: str
    last: str
    gender: str
    ethnicity: str
    language: str


class People:
    """The makers of people: each of whom is another."""

    def __init__(self, chance: Chance, today: date) -> None:
        self.chance = chance
        self.today = today
        self._victims = 0
        self._defendants = 0
        self._names: set[tuple[str, str]] = set()
        self._held: list[str] = []

    def name(self) -> Name:
        """A name that nobody else here has."""
        while True:
            background = self.chance.weighted(BACKGROUNDS)
            woman = self.chance.happens(0.54)
            first = self.chance.pick(background.women if woman else background.men)
            last = self.chance.pick(background.surnames)
            if (first, last) in self._names and len(self._names) < NUMBERS * 2:
                continue
            self._names.add((first, last))
            return Name(
                first,
                last,
                "Female" if woman else "Male",
                self.chance.pick(background.codes),
                background.language if self.chance.happens(0.3) else "English",
            )

    def victim(self, *, under_18: bool = False, older: bool = False) -> Person:
        """Somebody to whom something was done."""
        number, name, chance = self._victims, self.name(), self.chance
        self._victims += 1
        district = chance.pick(list(DISTRICTS))
        has_mobile = chance.happens(0.9)
        years = (11, 16) if under_18 else (58, 88) if older else (19, 79)
        speaks = name.language == "English"
        return Person(
            title=chance.pick(HERS if name.gender == "Female" else HIS) if not under_18 else "",
            first_name=name.first,
            last_name=name.last,
            date_of_birth=self._born(*years),
            gender=name.gender,
            ethnicity=name.ethnicity,
            language=name.language,
            interpreter="" if speaks or chance.happens(0.6) else name.language,
            victim_reference=f"P{4_100_000 + number * 37}" if chance.happens(0.6) else "",
            mobile=mobile(FIRST_VICTIM, number) if has_mobile else "",
            email=f"{_plain(name.first)}.{_plain(name.last)}{number}@example.com"
            if not has_mobile or chance.happens(0.7)
            else "",
            address=f"{chance.whole(1, 180)} {chance.pick(STREETS)}",
            postcode=self._postcode(district),
            district=district,
            preferred_contact=chance.pick(("sms", "phone", "email", "post", ""))
            if has_mobile
            else "email",
            safe_to_contact=chance.pick(("yes", "yes", "yes", "ask", "")),
        )

    def careful_words(self) -> str:
        """What somebody says who is in danger of a wrong call."""
        return self.chance.pick(CAREFUL)

    def defendant_number(self) -> str:
        """A mobile number of a defendant that no other has."""
        self._defendants += 1
        return mobile(FIRST_DEFENDANT, self._defendants)

    def has_come(self, person: Person) -> None:
        """Somebody's number is held from now on."""
        if person.mobile:
            self._held.append(person.mobile)

    def a_victims_number(self) -> str:
        """A number that stands in some victim's record already."""
        return self.chance.pick(self._held)

    def adult_born(self) -> date:
        """A date of birth of somebody between 19 and 60."""
        return self._born(19, 60)

    def _born(self, youngest: int, oldest: int) -> date:
        days = self.chance.whole(int(youngest * A_YEAR) + 30, int(oldest * A_YEAR))
        return self.today - timedelta(days=days)

    def _postcode(self, district: str) -> str:
        area = self.chance.pick(DISTRICTS[district][1])
        letters = "".join(self.chance.pick(POSTCODE_LETTERS) for _ in range(2))
        return f"{area} {self.chance.whole(1, 9)}{letters}"


def mobile(first: int, place: int) -> str:
    """A number that Ofcom keeps for made-up people."""
    return f"07700 {first + place % NUMBERS}"


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    return "".join(mark for mark in folded if mark.isascii() and mark.isalpha()).casefold()
