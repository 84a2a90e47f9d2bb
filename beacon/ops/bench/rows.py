"""The made-up rows of the county, counted out, not drawn by chance: a size gives the same rows.

Nobody in them exists: the numbers are those kept for made-up people, mail goes to example.org.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple  # the values of any column

from beacon.cases.terms import CaseStatus, Consent
from beacon.core import clock
from beacon.core.names import name_key, phonetic
from beacon.core.postcode import address_key, postcode_key
from beacon.core.reference import ALPHABET, LENGTH, PREFIX
from beacon.core.sealed import blind_index, new_seal_key, seal
from beacon.courts.terms import Initiation, Remand
from beacon.entitlements.terms import VictimCategory
from beacon.numbers.rules import of_case
from beacon.numbers.terms import Owner
from beacon.people.queries import KEYS_MADE
from beacon.people.terms import ContactKind, Safe

Row = dict[str, Any]
NUMBERS = 500  # kept for made-up victims, and as many for made-up defendants
FIRST = (
    "Aisha", "Alan", "Amina", "Anna", "Ben", "Carla", "Chloe", "Dan", "Deepa", "Ed", "Ella",
    "Femi", "Gwen", "Hana", "Ian", "Ines", "Jack", "Jo", "Kay", "Kofi", "Leah", "Liam", "Mei",
    "Mina", "Nia", "Noor", "Omar", "Owen", "Pia", "Raj", "Rosa", "Ruth", "Sam", "Sara", "Tariq",
    "Tom", "Uma", "Vera", "Will", "Zoe",
)  # fmt: skip
LAST = (
    "Abbey", "Barrow", "Birch", "Brook", "Carter", "Clay", "Cole", "Dale", "Dean", "Elms",
    "Farrow", "Field", "Flint", "Ford", "Gale", "Glen", "Green", "Grove", "Hale", "Hart",
    "Heath", "Hill", "Holt", "Ivory", "Jarrow", "Kerr", "Lake", "Lane", "Lark", "Marsh", "Mead",
    "Mill", "Moor", "Nash", "North", "Oakes", "Orchard", "Park", "Peel", "Pike", "Quill",
    "Reed", "Ridge", "Rowe", "Shaw", "Stone", "Thorn", "Vale", "Wells", "Yew",
)  # fmt: skip
# How a surname of a police file ends: with the beginnings above, a thousand surnames.
ENDINGS = (
    "ard", "bert", "bury", "combe", "don", "ell", "erby", "field", "gate", "ham", "ingdale",
    "kin", "ley", "mond", "nall", "over", "ridge", "sworth", "ton", "well",
)  # fmt: skip
OFFENCES = (
    "Burglary in a dwelling", "Robbery of personal property", "Assault with injury",
    "Criminal damage to a vehicle", "Theft from the person", "Stalking", "Harassment",
)  # fmt: skip
GENDERS = ("Female", "Male", "Female", "Male", "Female", "Male", "")
ETHNICITIES = ("W1", "W1", "W1", "W9", "A1", "W1", "B1", "W1", "M1", "", "W1", "NS", "O9")
_UNITS = "ABDEFGHJLNPQRSTUWXYZ"  # the letters that end a postcode
DISTRICTS = ("Dacorum", "St Albans", "Stevenage", "Watford", "Broxbourne", "East Herts")
STAYS_OPEN = 120  # days
# The evening of the texts: the county's courts count as verified then, whenever this is run.
EVENING = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
TOMORROW = date(2026, 11, 24)


class Manager(NamedTuple):
    """A case manager and their team, by their ids."""

    id: int
    team_id: int


def name(n: int) -> tuple[str, str]:
    """A first name and a surname."""
    return FIRST[n % len(FIRST)], LAST[n // len(FIRST) % len(LAST)]


def victim(n: int) -> Row:
    """The n-th victim."""
    first, last = name(n)
    return {
        "id": n,
        "first_name": first,
        "last_name": last,
        "name_key": name_key(f"{first} {last}"),
        "surname_key": name_key(last),
        "surname_sound": phonetic(last),
        "date_of_birth": date(1940, 1, 1) + timedelta(days=(n * 31) % 24_989),
        "gender": GENDERS[n % len(GENDERS)],
        "ethnicity": ETHNICITIES[n % len(ETHNICITIES)],
        "victim_reference": f"P{n}",
        "keys_made": KEYS_MADE,
    }


def sealed(table: str, **values: str) -> Row:
    """A row's own seal key, and its values sealed to their places."""
    key = new_seal_key()
    sealed = {
        f"{column}_sealed": seal(value, table=table, column=f"{column}_sealed", row=key)
        for column, value in values.items()
    }
    return {"seal_key": key, **sealed}


def mail(n: int) -> Row:
    """Every victim's e-mail address."""
    address = f"person{n}@example.org"
    return {
        "victim_id": n,
        "kind": ContactKind.EMAIL,
        "value_index": blind_index("email", address),
        "last_six_index": None,
        "safe": Safe.YES,
        **sealed("contact_point", value=address),
    }


def mobile(n: int) -> Row:
    """A mobile number: the first five hundred have one each."""
    number = f"+447700900{n - 1:03}"
    return {
        "victim_id": n,
        "kind": ContactKind.MOBILE,
        "value_index": blind_index("phone", number),
        "last_six_index": blind_index("phone6", number[-6:]),
        "safe": Safe.YES,
        **sealed("contact_point", value=number),
    }


def held(n: int) -> Row:
    """The same number at the wall between victims and defendants."""
    number = f"+447700900{n - 1:03}"
    index = blind_index("phone", number)
    return {"phone_index": index, "owner": Owner.VICTIM, "owner_id": n}


def place(n: int) -> Row:
    """The case to which the number belongs."""
    return {"owner": Owner.VICTIM, "owner_id": n, "place": of_case(n)}


def home(n: int) -> str:
    """A postcode: as many as a county has, about thirty people to each in a million."""
    district, n = n % 9 + 1, n // 9
    sector, n = n % 9 + 1, n // 9
    unit = _UNITS[n % len(_UNITS)] + _UNITS[n // len(_UNITS) % len(_UNITS)]
    return f"AL{district} {sector}{unit}"


def lines(n: int) -> str:
    """Where in their street the n-th victim lives."""
    return f"{n} {LAST[n % len(LAST)]} Street"


def address(n: int) -> Row:
    """Every victim's address."""
    postcode = home(n)
    return {
        "victim_id": n,
        "street_index": blind_index("street", name_key(lines(n))),
        "postcode_index": blind_index("postcode", postcode_key(postcode)),
        "full_index": blind_index("address", address_key(lines(n), postcode)),
        **sealed("address", lines=lines(n), postcode=postcode),
    }


def _day(n: int, today: date) -> date:
    """The day on which the n-th case came: within the last two years."""
    return today - timedelta(days=(n * 37) % 700 + 1)


def crime_reference(n: int) -> str:
    """The reference of the n-th crime: six digits and a year."""
    return f"41/{n % 1_000_000}/{26 - n // 1_000_000}"


def crime(n: int, today: date) -> Row:
    """The n-th crime."""
    day = _day(n, today)
    return {
        "id": n,
        "reference": crime_reference(n),
        "reference_key": crime_reference(n),
        "recorded_at": clock.from_london(day, time(8)),
        "offence": OFFENCES[n % len(OFFENCES)],
        "offence_on": day,
        "district": DISTRICTS[n % len(DISTRICTS)],
        "officer_name": f"PC {LAST[n * 7 % len(LAST)]}",
        **sealed("crime", place=f"{n % 200} High Street", officer_email=f"pc{n}@example.org"),
    }


def case_reference(n: int) -> str:
    """The n-th reference that a case can have."""
    letters = ""
    for _ in range(LENGTH):
        n, place = divmod(n, len(ALPHABET))
        letters = ALPHABET[place] + letters
    return f"{PREFIX}-{letters}"


def case(n: int, today: date, managers: Sequence[Manager]) -> Row:
    """The n-th case. What came more than four months ago is closed, but for one in thirteen; three
    tenths are enhanced; of what is open one in ninety-seven is nobody's."""
    place, turn = divmod(n, len(managers))
    day = _day(n, today)
    is_closed = (today - day).days > STAYS_OPEN and place % 13 != 0
    is_nobodys = not is_closed and n % 97 == 0
    enhanced, opened = place % 10 < 3, clock.from_london(day, time(9))
    closed = opened + timedelta(days=STAYS_OPEN) if is_closed else None
    return {
        "id": n,
        "reference": case_reference(n),
        "crime_id": n,
        "victim_id": n,
        "status": CaseStatus.CLOSED if is_closed else CaseStatus.OPEN,
        "category": VictimCategory.ENHANCED if enhanced else VictimCategory.STANDARD,
        "category_decided_at": None if place % 12 == 0 else opened,
        "enhanced": enhanced,
        "consent": Consent.YES,
        "team_id": None if is_nobodys else managers[turn].team_id,
        "manager_id": None if is_nobodys else managers[turn].id,
        "restricted": place % 200 == 0,
        "opened_at": opened,
        "first_contact_at": opened,
        "closed_at": closed,
        "closing_note_sealed": None,
        **sealed("case_file", **({"closing_note": "Support has ended."} if is_closed else {})),
        "next_due_on": None,  # found from the duties
    }


def defendant(n: int) -> Row:
    """Somebody charged with the n-th crime, with a number of their own."""
    number = f"+447700900{n + NUMBERS - 1:03}"
    first, last = name(n * 3)
    return {
        "id": n,
        "crime_key": crime_reference(n),
        "urn": f"41E1{n:07}",
        "reference": f"D{n}",
        "first_name": first,
        "last_name": last,
        "name_key": name_key(f"{first} {last}"),
        "surname_key": name_key(last),
        "date_of_birth": date(1985, 1, 1) + timedelta(days=n),
        "mobile_index": blind_index("phone", number),
        **sealed("defendant", mobile=number),
    }


def hearing(n: int, court_id: int) -> Row:
    """Their first hearing, tomorrow."""
    return {
        "id": n,
        "defendant_id": n,
        "court_id": court_id,
        "held_on": TOMORROW,
        "starts_at": time(9 + n % 6, 30),
        "type_code": "FH",
        "room": f"{n % 8 + 1}",
        "remand": Remand.UNCONDITIONAL,
        "initiation": Initiation.CHARGE,
    }


POLICE = (
    "crime_reference", "recorded_at", "offence", "offence_code", "offence_date", "offence_place",
    "district", "officer_name", "officer_email", "officer_collar", "victim_reference", "title",
    "first_name", "last_name", "date_of_birth", "gender", "ethnicity", "language", "mobile",
    "email", "address", "postcode", "preferred_contact", "safe_to_contact", "consent_to_referral",
    "vulnerable", "suspect_status",
)  # fmt: skip


def police(n: int, today: date) -> tuple[str, ...]:
    """One row of a police file: a new crime, a new victim, a case that opens by itself.

    One in three has a mobile number, which some others share: five hundred are all there are.
    """
    first, beginning = name(n)
    last = beginning + ENDINGS[n // (len(FIRST) * len(LAST)) % len(ENDINGS)]
    day = today - timedelta(days=n % 20 + 1)
    number = f"07700 900{n % NUMBERS:03}" if n % 3 == 0 else ""
    return (
        f"41/{n}/20", f"{day}T10:15", OFFENCES[n % len(OFFENCES)], "28A", str(day),
        f"{n % 90} Market Place", DISTRICTS[n % len(DISTRICTS)], f"PC {LAST[n % len(LAST)]}",
        f"officer{n % 300}@example.org", f"{1000 + n % 300}", f"NEW{n}", "", first, last,
        str(date(1936, 1, 1) + timedelta(days=n * 7_919 % 25_999)),
        "Female", "W1", "English", number, f"new{n}@example.net", f"{n} Station Road",
        home(n * 11), "email", "yes", "yes", "yes" if n % 4 == 0 else "no", "none",
    )  # fmt: skip
