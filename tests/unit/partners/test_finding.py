"""Which service suits whom: need, district, crime and age, each at its edges, and on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from beacon.cases.terms import CrimeKind, NeedCategory
from beacon.entitlements.terms import EnhancedGround
from beacon.partners.rules import (
    Offer,
    Wanted,
    age_on,
    crimes_of,
    is_stale,
    matching_needs,
    suits,
)
from beacon.partners.terms import CrimeType, District

TODAY = date(2026, 11, 23)
HEALTH, MONEY = NeedCategory.HEALTH, NeedCategory.FINANCE


def an_offer(**known: Any) -> Offer:
    usual = {"needs": frozenset({HEALTH}), "active_from": date(2026, 1, 1)}
    return Offer(**usual | known)


def wanted(**known: Any) -> Wanted:
    return Wanted(**{"on": TODAY} | known)


@pytest.mark.parametrize(
    ("offer", "sought", "fits"),
    [
        ({}, {}, True),
        ({}, {"needs": frozenset({HEALTH, MONEY})}, True),
        ({}, {"needs": frozenset({MONEY})}, False),
        ({}, {"district": District.WATFORD}, True),
        ({"districts": frozenset({District.WATFORD})}, {"district": District.WATFORD}, True),
        ({"districts": frozenset({District.WATFORD})}, {"district": District.DACORUM}, False),
        ({"districts": frozenset({District.WATFORD})}, {}, True),
        ({}, {"crimes": frozenset({CrimeType.FRAUD})}, True),
        ({"crimes": frozenset({CrimeType.HATE})}, {"crimes": frozenset({CrimeType.HATE})}, True),
        ({"crimes": frozenset({CrimeType.HATE})}, {"crimes": frozenset({CrimeType.ASB})}, False),
        ({"crimes": frozenset({CrimeType.HATE})}, {}, True),
        ({"age_from": 18}, {"age": 18}, True),
        ({"age_from": 18}, {"age": 17}, False),
        ({"age_from": 18}, {}, True),
        ({"age_to": 17}, {"age": 17}, True),
        ({"age_to": 17}, {"age": 18}, False),
        ({"age_from": 0, "age_to": 0}, {"age": 0}, True),
        ({"age_from": 0, "age_to": 0}, {"age": 1}, False),
        ({"active_from": TODAY}, {}, True),
        ({"active_from": date(2026, 11, 24)}, {}, False),
        ({"active_to": TODAY}, {}, True),
        ({"active_to": date(2026, 11, 22)}, {}, False),
    ],
)
def test_a_service_suits_whom_it_says_it_takes(offer, sought, fits):
    assert suits(an_offer(**offer), wanted(**sought)) is fits


def test_what_meets_more_needs_stands_higher():
    both = an_offer(needs=frozenset({HEALTH, MONEY}))
    assert matching_needs(both, wanted(needs=frozenset({HEALTH, MONEY}))) == 2
    assert matching_needs(both, wanted(needs=frozenset({HEALTH}))) == 1
    assert matching_needs(both, wanted()) == 0


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2008, 11, 23), 18),
        (date(2008, 11, 24), 17),
        (date(2008, 2, 29), 18),
        (None, None),
    ],
)
def test_age_turns_on_the_birthday(born, age):
    assert age_on(born, TODAY) == age


def test_a_service_is_stale_the_day_after_the_last_that_the_setting_allows():
    assert not is_stale(date(2026, 5, 27), TODAY, 180)
    assert is_stale(date(2026, 5, 26), TODAY, 180)


@pytest.mark.parametrize(
    ("kind", "grounds", "domestic", "offence", "crimes"),
    [
        (CrimeKind.CRIME, [], False, "", set()),
        (CrimeKind.CRIME, [], True, "", {CrimeType.DOMESTIC_ABUSE}),
        (CrimeKind.FRAUD, [], False, "", {CrimeType.FRAUD}),
        (CrimeKind.ASB, [EnhancedGround.HATE_CRIME], False, "", {CrimeType.ASB, CrimeType.HATE}),
        (CrimeKind.CRIME, [EnhancedGround.UNDER_18], False, "", set()),
        (CrimeKind.CRIME, [], False, "Burglary in a dwelling", {CrimeType.THEFT}),
        (CrimeKind.CRIME, [], False, "STALKING involving fear", {CrimeType.STALKING}),
    ],
)
def test_the_crimes_of_a_case_follow_from_its_facts(kind, grounds, domestic, offence, crimes):
    found = crimes_of(kind, grounds, domestic_abuse=domestic, offence=offence)
    assert found == crimes


@pytest.mark.parametrize(
    ("words", "district"),
    [
        ("East Hertfordshire", District.EAST_HERTS),
        ("east herts", District.EAST_HERTS),
        ("Welwyn  Hatfield", District.WELWYN_HATFIELD),
        ("St Albans", District.ST_ALBANS),
        ("Luton", None),
        ("", None),
    ],
)
def test_a_district_is_known_as_the_lists_write_it(words, district):
    assert District.of(words) is district
