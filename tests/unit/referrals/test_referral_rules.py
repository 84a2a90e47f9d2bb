"""What speaks for Enhanced Rights, and what a referral waits for."""

from __future__ import annotations

from datetime import date

import pytest

from beacon.cases.terms import Consent
from beacon.entitlements.terms import EnhancedGround
from beacon.referrals import rules
from beacon.referrals.terms import Waits

GROUND = EnhancedGround


def grounds(offence: str = "Burglary in a dwelling", *, under_18: bool = False, **flags):
    found = rules.proposed_grounds(flags, offence=offence, under_18=under_18)
    return {ground for ground, _ in found}


@pytest.mark.parametrize(
    ("offence", "ground"),
    [
        ("Attempted murder", GROUND.ATTEMPTED_MURDER),
        ("Murder", GROUND.BEREAVED),
        ("Causing death by dangerous driving", GROUND.BEREAVED),
        ("Kidnapping", GROUND.KIDNAP),
        ("False imprisonment", GROUND.FALSE_IMPRISONMENT),
        ("Arson with intent to endanger life", GROUND.ARSON_ENDANGERING_LIFE),
        ("Grievous bodily harm with intent", GROUND.WOUNDING_WITH_INTENT),
        ("Rape of a female aged 16 or over", GROUND.SEXUAL_OFFENCE),
        ("Modern slavery", GROUND.TRAFFICKING),
        ("Racially aggravated public fear, alarm or distress", GROUND.HATE_CRIME),
        ("Controlling or coercive behaviour", GROUND.DOMESTIC_ABUSE),
        ("Stalking involving fear of violence", GROUND.PERSISTENTLY_TARGETED),
    ],
)
def test_the_most_serious_crimes_are_known_by_their_words(offence, ground):
    assert grounds(offence) == {ground}


@pytest.mark.parametrize(
    "offence", ["Common assault", "Theft from the person", "Making threats to kill", "Shoplifting"]
)
def test_other_offences_propose_nothing(offence):
    assert grounds(offence) == set()


def test_a_flag_proposes_its_ground_and_no_flag_does_not():
    assert grounds(domestic_abuse=True, vulnerable=False, bereaved=None) == {GROUND.DOMESTIC_ABUSE}


@pytest.mark.parametrize("strand", ["", "None", "no", "0"])
def test_a_hate_strand_that_says_none_is_none(strand):
    assert grounds(hate_strand=strand) == set()


def test_each_ground_carries_the_fact_that_proposed_it():
    found = rules.proposed_grounds({"hate_strand": "race"}, offence="", under_18=True)
    assert dict(found) == {
        GROUND.UNDER_18: "age at the offence",
        GROUND.HATE_CRIME: "marked with a hate strand",
    }


@pytest.mark.parametrize(
    ("born", "on", "under"),
    [
        (date(2008, 11, 21), date(2026, 11, 20), True),
        (date(2008, 11, 20), date(2026, 11, 20), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
        (None, date(2026, 3, 1), False),
    ],
)
def test_eighteen_begins_on_the_birthday(born, on, under):
    assert rules.is_under_18(born, on) is under


def waits(**known):
    usual = {
        "named": True,
        "namesake": False,
        "likely": False,
        "consent": Consent.NOT_ASKED,
        "can_be_reached": True,
    }
    return rules.waits(**usual | known)


def test_a_referral_waits_for_nothing_where_all_is_known_and_consent_is_not_no():
    assert waits() is None


def test_who_it_is_comes_before_every_other_reason():
    said = {"consent": Consent.NO, "can_be_reached": False}
    assert waits(**said) is Waits.NO_CONSENT
    assert waits(**said, likely=True) is Waits.POSSIBLE_MATCH
    assert waits(**said, likely=True, namesake=True) is Waits.BIRTH_DATE_DIFFERS
    assert waits(**said, named=False, namesake=True) is Waits.ANONYMOUS
    assert waits(can_be_reached=False) is Waits.NO_CONTACT_POINT
