"""By which way something goes to a victim, why it is held, and what the words may not say."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from beacon.notices.messages import Acknowledged, AcknowledgedWithNumber
from beacon.notices.rules import Facts, Known, age_of, chosen, paragraphs
from beacon.notices.terms import Age, HeldBecause, Matter, NoticeKind, Way
from beacon.people.terms import Preferred, Safe

SAFE = Known(
    overall=Safe.YES,
    preferred=Preferred.SMS,
    change_waits=False,
    warned=False,
    has_rule=False,
    is_confirmed=True,
    confirmed_long_ago=False,
    is_restricted=False,
    is_careful=False,
    needs_language=False,
    age=Age.ADULT,
    may_be_text=True,
    texts_are_on=True,
    can_text=True,
    can_email=True,
    can_letter=True,
)
# Nothing that a letter on a doormat, or a phone on a table, must not say (domain.md RULE 7.3).
BETRAYING = ("victim", "crime", "abuse", "assault", "police", "suspect", "offence", "beacon")


@pytest.mark.parametrize(
    ("known", "way"),
    [
        ({}, Way.TEXT),
        ({"preferred": Preferred.EMAIL}, Way.EMAIL),
        ({"preferred": Preferred.POST}, Way.LETTER),
        ({"preferred": None}, Way.LETTER),
        ({"preferred": Preferred.PHONE}, Way.LETTER),
        ({"preferred": Preferred.PHONE, "can_letter": False}, HeldBecause.RING_THEM),
        ({"texts_are_on": False}, Way.LETTER),
        ({"texts_are_on": False, "can_letter": False}, HeldBecause.TEXTS_OFF),
        ({"can_text": False}, Way.LETTER),
        ({"may_be_text": False}, Way.LETTER),
        ({"can_text": False, "can_letter": False}, HeldBecause.NO_SAFE_WAY),
        ({"preferred": Preferred.EMAIL, "can_email": False, "can_letter": False},
         HeldBecause.NO_SAFE_WAY),
        ({"preferred": None, "can_letter": False}, HeldBecause.NO_SAFE_WAY),
    ],
)  # fmt: skip
def test_it_goes_the_way_they_would_rather_have_else_by_letter_else_it_is_held(known, way):
    assert chosen(replace(SAFE, **known)) is way


@pytest.mark.parametrize(
    ("known", "because"),
    [
        ({"overall": Safe.NO}, HeldBecause.NOT_SAFE),
        ({"overall": Safe.ASK}, HeldBecause.ASK_FIRST),
        ({"overall": Safe.NOT_ASKED}, HeldBecause.NOT_ASKED),
        ({"preferred": Preferred.NONE}, HeldBecause.NO_CONTACT),
        ({"change_waits": True}, HeldBecause.CHANGE_WAITS),
        ({"warned": True}, HeldBecause.WARNED),
        ({"has_rule": True}, HeldBecause.RULE),
        ({"is_restricted": True}, HeldBecause.RESTRICTED),
        ({"confirmed_long_ago": True}, HeldBecause.CONFIRM_AGAIN),
        ({"is_careful": True, "is_confirmed": False}, HeldBecause.CAREFUL),
        ({"age": Age.CHILD}, HeldBecause.CHILD),
        ({"needs_language": True}, HeldBecause.LANGUAGE),
    ],
)
@pytest.mark.parametrize("preferred", [Preferred.SMS, Preferred.EMAIL, Preferred.POST, None])
def test_what_is_not_known_to_be_safe_is_held_whatever_the_way(known, because, preferred):
    asked = replace(SAFE, **{"preferred": preferred, **known})
    assert chosen(asked) is because


def test_a_feed_that_said_safe_is_enough_where_no_domestic_abuse_is_marked():
    assert chosen(replace(SAFE, is_confirmed=False, confirmed_long_ago=True)) is Way.TEXT


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (None, Age.ADULT),
        (date(2010, 11, 24), Age.CHILD),
        (date(2010, 11, 23), Age.YOUNG),
        (date(2008, 11, 24), Age.YOUNG),
        (date(2008, 11, 23), Age.ADULT),
    ],
)
def test_how_old_somebody_is_for_the_words(born, age):
    assert age_of(born, date(2026, 11, 23)) is age


# A case manager's own letter has the words that they wrote.
WITH_SET_WORDS = [kind for kind in NoticeKind if kind is not NoticeKind.CASE_LETTER]


@pytest.mark.parametrize(
    ("kind", "matter", "age"), [*itertools.product(WITH_SET_WORDS, Matter, Age)]
)
def test_no_letter_says_what_happened(kind, matter, age):
    words = paragraphs(
        Facts(
            kind=kind,
            matter=matter,
            age=age,
            name="Robin Marsh",
            reference="BCN-7K2M4",
            due_on=date(2026, 11, 30),
            passed_to="Example Constabulary",
            telephone="01632 960123",
        )
    )
    text = " ".join(words)
    assert [word for word in BETRAYING if word in text.casefold()] == []
    assert "{" not in text
    assert (words[0], "BCN-7K2M4" in text) == ("Dear Robin Marsh,", True)


def test_the_next_steps_are_told_by_matter_and_by_age():
    told = {
        (matter, age): paragraphs(
            Facts(
                kind=NoticeKind.ACKNOWLEDGED,
                matter=matter,
                age=age,
                name="Robin",
                reference="BCN-7K2M4",
                due_on=date(2026, 11, 30),
            )
        )
        for matter, age in itertools.product(Matter, (Age.YOUNG, Age.ADULT))
    }
    assert len({tuple(words) for words in told.values()}) == 6
    assert all("by Monday 30 November" in " ".join(words) for words in told.values())


def test_a_name_with_braces_is_written_as_it_is():
    facts = Facts(
        kind=NoticeKind.DECLINED,
        matter=Matter.CRIME,
        age=Age.ADULT,
        name="{reference}",
        reference="BCN-7K2M4",
    )
    assert paragraphs(facts)[0] == "Dear {reference},"


def test_a_text_says_the_reference_and_when_and_nothing_else():
    text = Acknowledged(reference="BCN-7K2M4", when="by Monday 30 November").check()
    assert "BCN-7K2M4" in text
    with_number = AcknowledgedWithNumber(
        reference="BCN-7K2M4", when="soon", telephone="01632 960123"
    ).check()
    assert "01632 960123" in with_number
    for word in BETRAYING:
        assert word not in (text + with_number).casefold()
