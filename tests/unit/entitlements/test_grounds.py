"""Which facts propose Enhanced Rights, and which do not."""

from datetime import date

import pytest

from beacon.entitlements.rules import (
    ProposedGround,
    VictimFacts,
    age_on,
    is_enhanced,
    proposed_grounds,
)
from beacon.entitlements.terms import EnhancedGround

G = EnhancedGround
OFFENCE_ON = date(2026, 11, 1)


def grounds(facts: VictimFacts) -> list[EnhancedGround]:
    """The proposed grounds alone."""
    return [one.ground for one in proposed_grounds(facts)]


def test_one_ground_is_enough():
    assert is_enhanced([G.DISCRETION])


def test_no_ground_is_not_enough():
    assert not is_enhanced([])


def test_nothing_known_proposes_nothing():
    assert proposed_grounds(VictimFacts()) == []


@pytest.mark.parametrize(
    ("flags", "ground", "fact"),
    [
        ({"domestic_abuse": True}, G.DOMESTIC_ABUSE, "domestic abuse flag"),
        ({"hate_strand": "race"}, G.HATE_CRIME, "hate crime strand"),
        ({"sexual_offence": True}, G.SEXUAL_OFFENCE, "sexual offence flag"),
        ({"most_serious": True}, G.MOST_SERIOUS, "most serious crime flag"),
        ({"vulnerable": True}, G.VULNERABLE, "vulnerable flag"),
        ({"intimidated": True}, G.INTIMIDATED, "intimidated flag"),
        ({"repeat_victim": True}, G.PERSISTENTLY_TARGETED, "repeat victim flag"),
        ({"crimes_in_a_year": 3}, G.PERSISTENTLY_TARGETED, "3 crimes in 12 months"),
        ({"bereaved": True}, G.BEREAVED, "bereaved flag"),
        ({"offence": "Kidnapping"}, G.KIDNAP, "the offence"),
    ],
)
def test_a_fact_proposes_its_ground_by_name_and_a_person_confirms(
    flags: dict[str, object], ground: EnhancedGround, fact: str
):
    (proposed,) = proposed_grounds(VictimFacts(**flags))  # type: ignore[arg-type]
    assert (proposed.ground, proposed.fact, proposed.sets_itself) == (ground, fact, False)


@pytest.mark.parametrize("strand", ["", " ", "N", "no", "None", "0", "FALSE"])
def test_no_strand_of_hate_proposes_nothing(strand: str):
    assert grounds(VictimFacts(hate_strand=strand)) == []


def test_two_crimes_in_a_year_propose_nothing():
    assert grounds(VictimFacts(crimes_in_a_year=2)) == []


@pytest.mark.parametrize(
    ("offence", "ground"),
    [
        ("Murder", G.BEREAVED),
        ("Causing death by dangerous driving", G.BEREAVED),
        ("Attempted murder", G.ATTEMPTED_MURDER),
        ("Attempt to murder", G.ATTEMPTED_MURDER),
        ("Controlling or coercive behaviour", G.DOMESTIC_ABUSE),
        ("Racially aggravated public fear, alarm or distress", G.HATE_CRIME),
        ("Rape of a female aged 16 or over", G.SEXUAL_OFFENCE),
        ("SEXUAL  ASSAULT on a male", G.SEXUAL_OFFENCE),
        ("Modern slavery", G.TRAFFICKING),
        ("Kidnapping", G.KIDNAP),
        ("False imprisonment", G.FALSE_IMPRISONMENT),
        ("Arson with intent to endanger life", G.ARSON_ENDANGERING_LIFE),
        ("Grievous bodily harm with intent", G.WOUNDING_WITH_INTENT),
        ("Wounding with intent to do GBH", G.WOUNDING_WITH_INTENT),
        ("Harassment", G.PERSISTENTLY_TARGETED),
        ("Stalking involving fear of violence", G.PERSISTENTLY_TARGETED),
        ("Preparation of terrorist acts", G.TERRORISM),
    ],
)
def test_the_words_of_an_offence_propose_its_ground(offence: str, ground: EnhancedGround):
    assert grounds(VictimFacts(offence=offence)) == [ground]


@pytest.mark.parametrize(
    "offence",
    [
        "Common assault", "Burglary in a dwelling", "Criminal damage to a vehicle", "Shoplifting",
        "Theft from the person", "Robbery of personal property", "Making threats to kill",
        "Assault occasioning actual bodily harm", "Grievous bodily harm without intent",
        "Arson", "Drug trafficking", "Grape theft", "Theft of scrap metal",
        "Causing intentional harassment, alarm or distress", "Threats to murder",
    ],
)  # fmt: skip
def test_the_words_of_an_ordinary_offence_propose_nothing(offence: str):
    assert grounds(VictimFacts(offence=offence)) == []


def test_a_flag_and_an_offence_that_agree_propose_one_ground_once():
    facts = VictimFacts(offence="Rape of a female aged 16 or over", sexual_offence=True)
    assert [one.fact for one in proposed_grounds(facts)] == ["sexual offence flag"]


def test_a_victim_may_stand_under_several_grounds():
    facts = VictimFacts(
        offence="Stalking", born_on=date(2010, 1, 1), offence_on=OFFENCE_ON, domestic_abuse=True
    )
    assert grounds(facts) == [G.UNDER_18, G.DOMESTIC_ABUSE, G.PERSISTENTLY_TARGETED]


@pytest.mark.parametrize(
    ("born_on", "child"),
    [
        (date(2008, 11, 1), False),
        (date(2008, 11, 2), True),
        (date(2026, 11, 1), True),
        (date(2026, 11, 2), False),
        (None, False),
    ],
)
def test_a_child_at_the_offence_is_enhanced_without_being_asked(born_on: date | None, child: bool):
    proposed = proposed_grounds(VictimFacts(born_on=born_on, offence_on=OFFENCE_ON))
    expected = [ProposedGround(G.UNDER_18, "under 18 at the offence", sets_itself=True)] * child
    assert proposed == expected


def test_without_the_day_of_the_offence_age_proposes_nothing():
    assert grounds(VictimFacts(born_on=date(2015, 1, 1))) == []


@pytest.mark.parametrize(("day", "age"), [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18)])
def test_a_child_of_leap_day_grows_older_in_march(day: date, age: int):
    assert age_on(day, date(2008, 2, 29)) == age


def test_only_the_beginning_of_a_very_long_offence_is_read():
    assert grounds(VictimFacts(offence="x" * 292 + " kidnap")) == [G.KIDNAP]
    assert grounds(VictimFacts(offence="x" * 300 + " kidnap")) == []
