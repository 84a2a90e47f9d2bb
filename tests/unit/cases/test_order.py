"""What is asked when things seem to have happened out of order, or twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from beacon.cases.rules import Happened, doubts
from beacon.cases.rules.order import AFTER, earlier_than
from beacon.entitlements.terms import Milestone

M = Milestone
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def asked(kind: Milestone, at: datetime, *recorded: tuple[Milestone, datetime]) -> list[str]:
    return doubts(kind, at, [Happened(*one) for one in recorded])


def test_the_first_milestone_is_never_doubted():
    assert [kind for kind in Milestone if asked(kind, NOON)] == []


@pytest.mark.parametrize(
    ("kind", "at", "recorded"),
    [
        (M.BAILED, NOON + HOUR, (M.ARRESTED, NOON)),
        (M.BAILED, NOON, (M.ARRESTED, NOON)),
        (M.ARRESTED, NOON + DAY + HOUR, (M.ARRESTED, NOON)),
        (M.SENTENCED, NOON + DAY, (M.CHARGED, NOON)),
        (M.PROPERTY_NO_LONGER_NEEDED, NOON - DAY, (M.SENTENCED, NOON)),
    ],
)
def test_what_comes_in_its_order_is_not_doubted(kind, at, recorded):
    assert asked(kind, at, recorded) == []


@pytest.mark.parametrize(
    ("kind", "before"),
    [
        (M.BAILED, M.ARRESTED),
        (M.BAIL_CHANGED, M.ARRESTED),
        (M.CHARGED, M.INTERVIEWED_UNDER_CAUTION),
        (M.PLEADED_GUILTY, M.ARRESTED),
        (M.SENTENCED, M.CHARGED),
        (M.APPEAL, M.TRIAL_OUTCOME),
        (M.RELEASE_PLANNED, M.CHARGED),
    ],
)
def test_what_comes_before_its_turn_is_doubted_from_either_side(kind, before):
    assert asked(kind, NOON - HOUR, (before, NOON)) == [
        f"“{before.label}” usually comes first, and is recorded for 23 November 2026 at 12:00."
    ]
    assert asked(before, NOON + HOUR, (kind, NOON)) == [
        f"“{kind.label}” usually comes later, but is recorded for 23 November 2026 at 12:00."
    ]


def test_only_the_first_of_several_arrests_must_come_before_bail():
    arrests = ((M.ARRESTED, NOON), (M.ARRESTED, NOON + 9 * DAY))
    assert asked(M.BAILED, NOON + DAY, *arrests) == []


def test_a_second_suspect_may_be_arrested_after_the_first_is_charged():
    assert asked(M.ARRESTED, NOON + 9 * DAY, (M.ARRESTED, NOON), (M.CHARGED, NOON + DAY)) == []


@pytest.mark.parametrize("by", [timedelta(minutes=1), DAY, -DAY])
def test_the_same_for_another_moment_within_a_day_is_doubted(by):
    (said,) = asked(M.BAILED, NOON + by, (M.BAILED, NOON))
    assert said.startswith("“Suspect released on police bail” is already recorded for 23 November")
    assert said.endswith("at 12:00, within a day of this.")


@pytest.mark.parametrize("by", [timedelta(0), DAY + timedelta(minutes=1)])
def test_the_same_at_the_same_moment_or_on_another_day_is_not_doubted(by):
    assert asked(M.BAILED, NOON + by, (M.BAILED, NOON)) == []


def test_moments_are_said_as_londons_clocks_show_them():
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    (said,) = asked(M.BAILED, summer - HOUR, (M.ARRESTED, summer))
    assert said.endswith("recorded for 2 July 2026 at 00:30.")


def test_nothing_comes_before_itself():
    assert [kind for kind in AFTER if kind in earlier_than(kind)] == []
