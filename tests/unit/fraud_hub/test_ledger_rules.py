"""Who is one person, when an entry counts, which references are one, and what may be published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.fraud_hub.rules import (
    Person,
    counted_on,
    evidence_key,
    month_after,
    month_of,
    needs_second_person,
    paper_key,
    same_person,
    why_no_opening,
    why_not_closed,
)
from beacon.fraud_hub.rules.bank_letters import Known, state_of
from beacon.fraud_hub.terms.bank_letters import LineState

ADA = Person(1, "Ada Quill", "ada@example.org", "+447700900321")
NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (Person(1, "Another"), True),
        (Person(2, "ada  QUILL"), True),
        (Person(2, "Quill Ada"), True),
        (Person(2, "Adá Quill"), True),
        (Person(2, "Ada Quill 2"), False),
        (Person(2, "Ben Rook", "ADA+x@example.org"), True),
        (Person(2, "Ben Rook", "a.da@example.org"), True),
        (Person(2, "Ben Rook", "ada@example.net"), False),
        (Person(2, "Ben Rook", "ada"), False),
        (Person(2, "Ben Rook", "", "07700 900321"), True),
        (Person(2, "Ben Rook", "ben@example.org", "07700 900322"), False),
        (Person(None, "Ada Quill"), True),
        (Person(2, ""), False),
    ],
)
def test_one_person_under_two_accounts_is_known_again(other: Person, is_same: bool):
    assert same_person(ADA, other) is is_same
    assert same_person(other, ADA) is is_same


def test_who_is_known_by_nothing_is_nobody_s_other_account():
    assert not same_person(Person(None, ""), Person(None, ""))
    assert same_person(Person(3, ""), Person(3, ""))


@pytest.mark.parametrize(
    ("text", "key", "paper"),
    [
        ("FPR 77/2", "FPR77/2", "FPR77"),
        ("fpr-77 / 12", "FPR77/12", "FPR77"),
        ("ＦＰＲ－７７", "FPR77", "FPR77"),
        ("LET/2611/0001", "LET/2611/0001", "LET/2611/0001"),
        ("77/123", "77/123", "77/123"),
        ("/2", "/2", "/2"),
        ("A//2", "A//2", "A//2"),
        (" .-", "", ""),
    ],
)
def test_a_reference_is_compared_without_its_spelling_and_a_letter_without_its_part(
    text: str, key: str, paper: str
):
    assert evidence_key(text) == key
    assert paper_key(key) == paper


def test_the_limit_itself_needs_nobody():
    assert not needs_second_person(5_000_00, 5_000_00)
    assert needs_second_person(5_000_01, 5_000_00)


@given(st.dates(), st.none() | st.dates())
def test_an_entry_never_counts_before_it_happened_or_in_a_closed_month(happened, opened):
    day = counted_on(happened, opened)
    assert day >= happened
    assert opened is None or day >= opened
    assert day in {happened, opened}


def test_a_month_is_its_first_day_and_ends_before_the_next():
    assert month_of(date(2026, 12, 31)) == date(2026, 12, 1)
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("month", "today", "words"),
    [
        (date(2026, 10, 1), date(2026, 12, 1), "This month is closed already."),
        (
            date(2026, 12, 1),
            date(2027, 3, 1),
            "Close November 2026 first: months are closed in their order.",
        ),
        (
            NOVEMBER,
            date(2026, 11, 30),
            "November 2026 is not over yet. Close it from 1 December 2026.",
        ),
        (NOVEMBER, date(2026, 12, 1), None),
    ],
)
def test_why_a_month_is_not_closed(month: date, today: date, words: str | None):
    assert why_not_closed(month, next_month=NOVEMBER, today=today) == words


@pytest.mark.parametrize(
    ("known", "box"),
    [
        ({"year": 2018}, "year"),
        ({"year": 2019}, None),
        ({"year": 2025}, None),
        ({"year": 2026}, "year"),
        ({"amount_pence": 0}, "amount"),
        ({"amount_pence": 1}, None),
        ({"source": " "}, "source"),
    ],
)
def test_what_may_be_said_to_have_been_published(known: dict[str, object], box: str | None):
    usual = {"year": 2020, "amount_pence": 1_00, "source": "Report", "today": date(2026, 3, 31)}
    refusal = why_no_opening(**usual | known)
    assert (refusal[1] if refusal else None) == box
    assert why_no_opening(**usual | {"year": 2026, "today": date(2026, 4, 1)}) is None


def test_the_sentences_say_what_to_do():
    usual = {"year": 2020, "amount_pence": 1_00, "source": "Report", "today": date(2026, 3, 31)}
    assert why_no_opening(**usual | {"year": 1})[0] == "Choose a financial year from 2019 to 2025."
    assert why_no_opening(**usual | {"amount_pence": 0})[0] == "Enter an amount above £0.00."
    assert why_no_opening(**usual | {"source": ""})[0] == "Enter where the figure was published."


@pytest.mark.parametrize(
    ("known", "case_id", "expected"),
    [
        (None, None, (LineState.NO_CASE, ())),
        (None, 1, (LineState.NOT_LOGGED, ())),
        ({}, 1, (LineState.LOGGED, ())),
        ({}, None, (LineState.LOGGED, ())),
        ({"waits": True}, 1, (LineState.WAITING, ())),
        ({"waits": True, "amount_pence": 2}, 1, (LineState.DIFFERENT, ("amount",))),
        ({"happened_on": date(2026, 11, 2)}, 1, (LineState.DIFFERENT, ("date",))),
        ({"case_id": 2}, 1, (LineState.DIFFERENT, ("case",))),
        ({"case_id": 2}, None, (LineState.LOGGED, ())),
    ],
)
def test_how_a_line_stands(known, case_id, expected):
    usual = {"entry_id": 1, "case_id": 1, "amount_pence": 1, "happened_on": NOVEMBER}
    found = None if known is None else Known(**usual | known)
    assert state_of(amount_pence=1, paid_on=NOVEMBER, case_id=case_id, known=found) == expected
