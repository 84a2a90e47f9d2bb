"""One box that understands what was typed, and the words that are kept to be found by."""

from __future__ import annotations

from datetime import date

import pytest

from beacon.people.rules import name_keys, reference_keys, sought
from beacon.people.rules.finding import reference_parts
from beacon.people.terms import KeyKind

TODAY = date(2026, 11, 23)


def meant(words: str) -> dict[str, object]:
    """What was understood, the rest left out."""
    found = sought(words, today=TODAY)
    return {name: value for name, value in vars(found).items() if value}


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("", {}),
        ("%", {}),
        ("Jo.Clarke@Example.org", {"email": "jo.clarke@example.org"}),
        ("al1 3lb", {"postcode": "AL13LB"}),
        ("w22nh", {"postcode": "W22NH", "reference": "W22NH"}),
        ("Mrs  Zoë O'Hara", {"name": "zoe ohara"}),
        ("Miss", {"name": "miss"}),
        ("12/03/1984", {"born": date(1984, 3, 12)}),
        ("12.3.84", {"born": date(1984, 3, 12)}),
        ("1984-03-12", {"born": date(1984, 3, 12)}),
        ("12/03/20", {"born": date(2020, 3, 12), "reference": "12/3/20"}),
        ("Hartwell 12/03/1984", {"born": date(1984, 3, 12), "name": "hartwell"}),
        ("Hartwell, born 1st March 1984", {"born": date(1984, 3, 1), "name": "hartwell born"}),
        ("BCN-7K2M4", {"reference": "7K2M4"}),
        ("bcn 7k2", {"reference": "7K2"}),
        ("41/00555/2026", {"reference": "41/555/26"}),
        ("41/555", {"reference": "41/555"}),
        ("7K2M", {"name": "7k2m", "reference": "7K2M"}),
        ("smith", {"name": "smith"}),
    ],
)
def test_the_box_understands(words: str, known: dict[str, object]):
    assert meant(words) == known


def test_six_digits_may_be_the_end_of_a_number_or_of_a_reference():
    found = sought("900 321", today=TODAY)
    assert (found.last_six, found.reference) == ("900321", "900321")
    assert found.telephone


@pytest.mark.parametrize("words", ["31/02/1984", "12/03/2084", "41/12/2020"])
def test_no_day_that_never_was_and_none_to_come_is_a_date_of_birth(words: str):
    assert sought(words, today=TODAY).born is None


def test_a_double_surname_is_found_by_each_of_its_parts():
    keys = name_keys("amelia lee abbey", "lee abbey")
    assert [key for kind, key in keys if kind is KeyKind.SURNAME] == [
        "lee abbey amelia",
        "abbey amelia",
    ]
    assert (KeyKind.NAME, "amelia lee abbey") in keys


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("BCN-7K2M4", ["7K2M4"]),
        ("41/555/26", ["41/555/26", "555/26"]),
        ("NFRC000012345678", ["NFRC000012345678", "12345678", "345678"]),
        ("Safe Haven/SH-204", ["SAFE HAVEN/SH-204", "HAVEN/SH-204", "SH-204", "204"]),
        ("P1", []),
        ("", []),
    ],
)
def test_a_reference_is_found_by_its_parts(reference: str, parts: list[str]):
    assert reference_parts(reference) == parts


def test_the_same_part_is_kept_once():
    assert len(reference_keys("41/555/26", "41/555/26")) == 2


def test_the_words_on_the_page_repeat_nothing_that_was_typed():
    said = " ".join(sought("Hartwell 12/03/1984", today=TODAY).meanings)
    assert said == "a name with a date of birth"
