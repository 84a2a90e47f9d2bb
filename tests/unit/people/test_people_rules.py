"""Which facts make two records one person, and what an answer about safety opens."""

from __future__ import annotations

import pytest

from beacon.core.postcode import address_key
from beacon.people import rules
from beacon.people.rules import PersonFacts
from beacon.people.terms import ContactKind, Fact, Preferred, Safe


@pytest.mark.parametrize(
    ("facts", "certain", "likely"),
    [
        ({Fact.REFERENCE}, True, False),
        ({Fact.NAME, Fact.BORN, Fact.CONTACT}, True, False),
        ({Fact.NAME, Fact.BORN, Fact.ADDRESS}, True, False),
        ({Fact.NAME, Fact.BORN}, False, True),
        ({Fact.NAME, Fact.CONTACT}, False, True),
        ({Fact.BORN, Fact.ADDRESS}, False, True),
        ({Fact.CONTACT}, False, False),
        ({Fact.ADDRESS}, False, False),
        ({Fact.NAME}, False, False),
        (set(), False, False),
    ],
)
def test_one_fact_is_shown_two_are_likely_and_three_or_the_reference_are_certain(
    facts, certain, likely
):
    assert (rules.is_certain(facts), rules.is_likely(facts)) == (certain, likely)


@pytest.mark.parametrize(
    ("said", "wish", "kind", "safe", "text"),
    [
        (Safe.YES, Preferred.SMS, ContactKind.MOBILE, Safe.YES, Safe.YES),
        (Safe.YES, Preferred.EMAIL, ContactKind.MOBILE, Safe.YES, Safe.NOT_ASKED),
        (Safe.YES, Preferred.SMS, ContactKind.PHONE, Safe.YES, Safe.NOT_ASKED),
        (Safe.YES, None, ContactKind.MOBILE, Safe.YES, Safe.NOT_ASKED),
        (Safe.NO, Preferred.SMS, ContactKind.MOBILE, Safe.NO, Safe.NOT_ASKED),
        (Safe.ASK, Preferred.SMS, ContactKind.MOBILE, Safe.ASK, Safe.NOT_ASKED),
        (Safe.NOT_ASKED, Preferred.SMS, ContactKind.MOBILE, Safe.NOT_ASKED, Safe.NOT_ASKED),
    ],
)
def test_safe_opens_the_preferred_way_alone(said, wish, kind, safe, text):
    answer = rules.opened(said, wish, kind)
    assert (answer.safe, answer.text_ok) == (safe, text)


def test_the_most_careful_answer_is_heeded():
    assert rules.strictest([Safe.YES, Safe.ASK, Safe.NOT_ASKED]) is Safe.ASK
    assert rules.strictest([Safe.YES, Safe.NO]) is Safe.NO
    assert rules.strictest([]) is Safe.NOT_ASKED


def test_a_number_written_twice_is_one_point():
    facts = PersonFacts(mobile="07700 900123", phone="+44 7700 900123")
    assert [point.value for point in facts.points()] == ["+447700900123"]


def test_an_address_is_the_same_however_it_is_spelt():
    one = address_key("4 Example Road,\nSt Albans", "al1 3lb")
    assert one == address_key("4 EXAMPLE ROAD St Albans", "AL13LB")
    assert address_key("", "AL1 3LB") == ""


def test_an_organisation_is_a_name():
    facts = PersonFacts(organisation="Example Stores Ltd")
    assert facts.has_name
    assert facts.name_key == "example stores ltd"
    assert not PersonFacts(first_name="Robin").has_name
