"""RULE 3.3, read row by row: incidents against reports, hate, people, and the window's edges."""

from dataclasses import replace
from datetime import date

import pytest

from beacon.risk import rules
from beacon.risk.reference import THRESHOLDS
from beacon.risk.rules import CEILING, Incident, Report, Threshold
from beacon.risk.terms import DISTRICTS, CountedBy

TODAY = date(2026, 11, 24)
EAST_HERTS, THREE_RIVERS = (
    THRESHOLDS["East Hertfordshire"].threshold,
    THRESHOLDS["Three Rivers"].threshold,
)
ONE_HATE = Threshold(hate_count=1)  # as some councils elsewhere do [S:HART]


def day(text: str) -> date:
    return date.fromisoformat(text)


def incidents(*given) -> list[Incident]:
    """Each as (the day it happened, who reported it on which day, ...), and whether it is hate."""
    made = []
    for number, (happened, reports, *hate) in enumerate(given, start=1):
        told = tuple(Report(day(on), by) for by, on in reports)
        made.append(Incident(number, day(happened), bool(hate), told))
    return made


VICTIM = "the victim"
A = ("2026-10-01", [(VICTIM, "2026-10-02")])
B = ("2026-10-15", [(VICTIM, "2026-10-15")])
C = ("2026-11-01", [(VICTIM, "2026-11-03")])
B_TWICE = ("2026-10-15", [(VICTIM, "2026-10-15"), (VICTIM, "2026-10-16")])
BY_ANN = ("2026-10-05", [("ann", "2026-10-05")])
BY_BEN = ("2026-10-06", [("ben", "2026-10-06")])
BY_ALL = ("2026-10-07", [(VICTIM, "2026-10-07"), ("ann", "2026-10-07"), ("ben", "2026-10-08")])
UNTOLD = ("2026-10-20", [])
NAMELESS = ("2026-10-21", [(None, "2026-10-21")])
HATE = ("2026-10-22", [(VICTIM, "2026-10-22")], True)

# threshold, incidents -> incidents that are held against it, people, reached
COUNTS = [
    # East Herts: three separate incidents, by whoever reported them.
    ("three incidents", EAST_HERTS, [A, B, C], 3, None, True),
    ("two incidents", EAST_HERTS, [A, B], 2, None, False),
    ("two incidents, one reported to two agencies", EAST_HERTS, [A, B_TWICE], 2, None, False),
    ("three reports of one incident", EAST_HERTS, [BY_ALL], 1, None, False),
    ("three, by different people", EAST_HERTS, [A, BY_ANN, BY_BEN], 3, None, True),
    ("three, one of them never reported", EAST_HERTS, [A, B, UNTOLD], 2, None, False),
    ("three, one of them anonymous", EAST_HERTS, [A, B, NAMELESS], 2, None, False),
    ("one hate incident is not enough there", EAST_HERTS, [HATE], 1, None, False),
    # Three Rivers: three by one person, or three different people about separate incidents.
    ("three by one person", THREE_RIVERS, [A, B, C], 3, 1, True),
    ("two by one person", THREE_RIVERS, [A, B], 2, 1, False),
    ("two agencies are no third report", THREE_RIVERS, [A, B_TWICE], 2, 1, False),
    ("three people, an incident each", THREE_RIVERS, [A, BY_ANN, BY_BEN], 1, 3, True),
    ("three people, all about one incident", THREE_RIVERS, [BY_ALL], 1, 1, False),
    ("three people, only two incidents", THREE_RIVERS, [BY_ALL, BY_ANN], 2, 2, False),
    ("three people, shared among three", THREE_RIVERS, [BY_ALL, BY_ANN, BY_BEN], 2, 3, True),
    ("two by one and one by another", THREE_RIVERS, [A, B, BY_ANN], 2, 2, False),
    # Hate, where a council says so.
    ("one hate incident", ONE_HATE, [HATE], 1, None, True),
    ("one incident that is not hate", ONE_HATE, [A], 1, None, False),
    ("a hate incident nobody reported", ONE_HATE, [("2026-10-22", [], True)], 0, None, False),
    # What the Act lets a council ask for at the most.
    ("the Act: three by different people", CEILING, [A, B, BY_ANN], 3, None, True),
]


@pytest.mark.parametrize(
    ("threshold", "given", "figure", "people", "reached"),
    [row[1:] for row in COUNTS],
    ids=[row[0] for row in COUNTS],
)
def test_incidents_are_counted_and_not_reports(threshold, given, figure, people, reached):
    found = rules.count(threshold, incidents(*given), TODAY)
    assert (found.incidents, found.people, found.is_reached) == (figure, people, reached)


# East Herts counts by the day it happened, the Act and Three Rivers by the day it was reported.
BY_INCIDENT, BY_REPORT = (
    replace(CEILING, counted_by=CountedBy.INCIDENT),
    replace(CEILING, counted_by=CountedBy.REPORT),
)
# threshold, happened, reported, the day of counting -> whether it counts
EDGES = [
    # The window: the same date six months before, and that day with it.
    (BY_INCIDENT, "2026-05-24", "2026-05-30", "2026-11-24", True),
    (BY_INCIDENT, "2026-05-23", "2026-05-30", "2026-11-24", False),
    (BY_REPORT, "2026-05-23", "2026-05-24", "2026-11-24", True),
    (BY_REPORT, "2026-05-20", "2026-05-23", "2026-11-24", False),
    # The last day of the window is the day of counting itself.
    (BY_INCIDENT, "2026-11-24", "2026-11-24", "2026-11-24", True),
    (BY_INCIDENT, "2026-11-25", "2026-11-25", "2026-11-24", False),
    (BY_REPORT, "2026-11-24", "2026-11-25", "2026-11-24", False),
    # Six months before the last of August is the last of February.
    (BY_INCIDENT, "2026-02-28", "2026-03-01", "2026-08-31", True),
    (BY_INCIDENT, "2026-02-27", "2026-03-01", "2026-08-31", False),
    # Within a month of the behaviour, its last day with it.
    (BY_REPORT, "2026-10-01", "2026-11-01", "2026-11-24", True),
    (BY_REPORT, "2026-10-01", "2026-11-02", "2026-11-24", False),
    (BY_REPORT, "2026-08-31", "2026-09-30", "2026-11-24", True),
    (BY_REPORT, "2026-08-31", "2026-10-01", "2026-11-24", False),
    # Where a council does not mind how late.
    (replace(CEILING, report_within_months=None), "2026-06-01", "2026-11-01", "2026-11-24", True),
]


@pytest.mark.parametrize(("threshold", "happened", "reported", "on", "counts"), EDGES)
def test_the_edges_of_the_window(threshold, happened, reported, on, counts):
    given = incidents((happened, [(VICTIM, reported)]))
    found = rules.count(threshold, given, day(on))
    assert bool(found.counted) is counts
    assert bool(found.not_counted) is not counts


def test_what_does_not_count_says_why():
    late = ("2026-08-01", [(VICTIM, "2026-10-01")])
    old = ("2026-03-01", [(VICTIM, "2026-03-02")])
    found = rules.count(EAST_HERTS, incidents(UNTOLD, NAMELESS, late, old), TODAY)
    assert found.not_counted == {
        1: "It has not been reported to the council, the police or a landlord.",
        2: "It was reported anonymously or after this day.",
        3: "It was reported later than a month after it happened: ask the council.",
        4: "It lies outside the 6 months.",
    }


def test_what_reached_it_is_told_in_words():
    three = rules.count(EAST_HERTS, incidents(A, B, C), TODAY)
    assert three.reached_by == ("3 separate incidents reported",)
    people = rules.count(THREE_RIVERS, incidents(A, BY_ANN, BY_BEN), TODAY)
    assert people.reached_by == ("3 different people, each about a separate incident",)


# district -> what its own page says, and whether anybody has read it
@pytest.mark.parametrize(
    ("district", "verified", "or_people", "counted_by"),
    [
        ("Broxbourne", False, None, CountedBy.REPORT),
        ("Dacorum", False, None, CountedBy.REPORT),
        ("East Hertfordshire", True, None, CountedBy.INCIDENT),
        ("Hertsmere", False, None, CountedBy.REPORT),
        ("North Hertfordshire", False, None, CountedBy.REPORT),
        ("St Albans", False, None, CountedBy.REPORT),
        ("Stevenage", False, None, CountedBy.REPORT),
        ("Three Rivers", True, 3, CountedBy.REPORT),
        ("Watford", False, None, CountedBy.REPORT),
        ("Welwyn Hatfield", False, None, CountedBy.REPORT),
    ],
)
def test_each_district_has_its_threshold_and_eight_are_to_be_verified(
    district, verified, or_people, counted_by
):
    row = THRESHOLDS[district]
    assert (row.verified_on is not None) is verified
    assert (row.threshold.count, row.threshold.window_months) == (3, 6)
    assert (row.threshold.or_people, row.threshold.counted_by) == (or_people, counted_by)
    assert verified or row.threshold == CEILING


def test_there_is_a_threshold_for_each_of_the_ten_districts():
    assert tuple(THRESHOLDS) == DISTRICTS
