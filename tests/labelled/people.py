"""Making people up: names of many homes, dates of birth, numbers that nobody has, addresses."""

from __future__ import annotations

import random
from datetime import date, timedelta

from faker import Faker

from tests.labelled.terms import Facts

# Where the names come from, and how many of a hundred.
HOMES = {
    "en_GB": 76,
    "en_IN": 7,
    "pl_PL": 5,
    "ro_RO": 3,
    "es_ES": 2,
    "de_DE": 2,
    "tr_TR": 2,
    "fr_FR": 2,
    "no_NO": 1,
}
# A fifth have a name that many have.
COMMON_SHARE = 0.2
COMMON_FIRST = (
    "David", "John", "Michael", "James", "Robert", "Mohammed", "Muhammad", "Ali", "Ahmed", "Daniel",
    "Sarah", "Emma", "Susan", "Margaret", "Patricia", "Fatima", "Maria", "Elizabeth", "Karen",
    "Jessica",
)  # fmt: skip
COMMON_LAST = (
    "Smith", "Jones", "Taylor", "Brown", "Williams", "Khan", "Patel", "Singh", "Ahmed", "Ali",
    "Hussain", "Evans", "Davies", "Wilson", "Johnson", "Begum", "Silva", "Kaur", "Murphy", "Clarke",
)  # fmt: skip
OUTWARD = tuple(
    [f"AL{n}" for n in range(1, 11)]
    + [f"SG{n}" for n in range(1, 15)]
    + [f"WD{n}" for n in (3, 4, 5, 6, 7, 17, 18, 19, 23, 24, 25)]
    + [f"EN{n}" for n in range(6, 12)]
    + [f"HP{n}" for n in range(1, 6)]
    + [f"CM{n}" for n in (21, 22, 23)]
)
POSTCODES = 1500
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
# Ofcom's numbers for drama: the victims' half of the mobiles, and every landline.
LANDLINES = (
    *(f"01{area} 496 0" for area in ("13", "14", "15", "16", "17", "18", "21", "31", "41", "51")),
    *("0161 496 0", "0191 498 0", "020 7946 0", "028 9649 6", "029 2018 0", "01632 960"),
)
MOBILES = 500
OLDEST, YOUNGEST = date(1936, 1, 1), date(2010, 12, 31)
NEW_YEAR_SHARE = 0.02  # a date of birth that nobody knew is written as the first of January


class Town:
    """Where the made-up people live: gives names, numbers, addresses, always in the same order."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.fakers = {home: Faker(home) for home in HOMES}
        for number, faker in enumerate(self.fakers.values()):
            faker.seed_instance(seed + number)
        self.mobiles = [f"07700 900{n:03}" for n in range(MOBILES)]
        self.landlines = [f"{area}{n:03}" for area in LANDLINES for n in range(1000)]
        self.chance.shuffle(self.mobiles)
        self.chance.shuffle(self.landlines)
        self.postcodes = [
            f"{self.chance.choice(OUTWARD)} {self.chance.randrange(10)}"
            f"{self.chance.choice(INWARD)}{self.chance.choice(INWARD)}"
            for _ in range(POSTCODES)
        ]
        self.mails = 0
        self.references = 0

    def happens(self, share: float) -> bool:
        """Whether something does that happens to this share."""
        return self.chance.random() < share

    def somebody(self) -> Facts:
        """A person, with as many facts as a police form usually has."""
        first, last = self.name()
        return Facts(
            first_name=first,
            last_name=last,
            born=self.birth() if self.happens(0.94) else None,
            mobile=self.number() if self.happens(0.8) else "",
            phone=self.landlines.pop() if self.happens(0.2) else "",
            email=self.mail(first, last) if self.happens(0.55) else "",
            **self.home(),
            reference=self.reference() if self.happens(0.3) else "",
        )

    def name(self) -> tuple[str, str]:
        """A first and a last name; some last names are double, some carry an apostrophe."""
        if self.happens(COMMON_SHARE):
            return self.chance.choice(COMMON_FIRST), self.chance.choice(COMMON_LAST)
        home = self.chance.choices(list(HOMES), list(HOMES.values()))[0]
        faker = self.fakers[home]
        first, last = faker.first_name(), faker.last_name()
        if home == "en_GB" and self.happens(0.06):
            last = f"{last}-{faker.last_name()}"
        elif home == "en_GB" and self.happens(0.03):
            last = self.chance.choice(("O'Brien", "O'Neill", "O'Connor", "D'Souza", "O'Sullivan"))
        return first, last

    def first_name(self, like: str) -> str:
        """Another first name; one in four begins with the same letter, as parents like it."""
        names = [name for name in (self.name()[0] for _ in range(60)) if name != like]
        alike = [name for name in names if name[:1] == like[:1]]
        return self.chance.choice(alike) if alike and self.happens(0.25) else names[0]

    def birth(self, oldest: date = OLDEST, youngest: date = YOUNGEST) -> date:
        """A date of birth."""
        day = oldest + timedelta(days=self.chance.randrange((youngest - oldest).days))
        return day.replace(month=1, day=1) if self.happens(NEW_YEAR_SHARE) else day

    def number(self) -> str:
        """A telephone number that nobody else here has: a mobile, while there are any."""
        share = len(self.mobiles) / MOBILES
        if self.mobiles and self.happens(max(share, 0.2)):
            return self.mobiles.pop()
        return self.landlines.pop()

    def mail(self, first: str, last: str) -> str:
        """An e-mail address that nobody else here has."""
        self.mails += 1
        word = "".join(mark for mark in f"{first}.{last}".lower() if mark.isascii() and mark != " ")
        return f"{word}{self.mails}@example.org"

    def home(self) -> dict[str, str]:
        """An address and its postcode, one of them, or none."""
        street = self.fakers["en_GB"].street_address().replace("\n", ", ")
        return {
            "address": street if self.happens(0.88) else "",
            "postcode": self.chance.choice(self.postcodes) if self.happens(0.9) else "",
        }

    def reference(self) -> str:
        """The force's own number of a person."""
        self.references += 1
        return f"N/{700000 + self.references * 7}"
