"""When a hearing's day is asked about: two on one day, two firsts, and one out of its order."""

from datetime import date, timedelta

import pytest

from beacon.courts.rules import Listed, hearing_doubts

DAY = date(2026, 12, 8)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def first(on, *, live=True):
    return Listed("First hearing", on, True, live)


def trial(on, *, live=True):
    return Listed("Trial", on, False, live)


@pytest.mark.parametrize(
    ("is_first", "other", "said"),
    [
        (True, trial(DAY), "“Trial” of this defendant is already listed for 8 December 2026."),
        (False, first(DAY), "“First hearing” of this defendant is already listed for"),
        (True, first(AFTER), "“First hearing” of this defendant is already listed for 9"),
        (True, trial(BEFORE), "“Trial” usually comes later, but is listed for 7 December 2026."),
        (True, trial(BEFORE, live=False), "“Trial” usually comes later, but is listed for 7"),
        (False, first(AFTER), "“First hearing” usually comes first, and is listed for 9"),
    ],
)
def test_what_seems_wrong_is_said_in_one_sentence(is_first, other, said):
    (doubt,) = hearing_doubts(DAY, is_first=is_first, others=[other])
    assert doubt.startswith(said)


@pytest.mark.parametrize(
    ("is_first", "other"),
    [
        (True, trial(AFTER)),
        (False, first(BEFORE)),
        (False, trial(BEFORE)),
        (True, first(BEFORE, live=False)),
        (True, trial(DAY, live=False)),
        (False, first(AFTER, live=False)),
    ],
)
def test_what_is_in_its_order_is_not_asked_about(is_first, other):
    assert hearing_doubts(DAY, is_first=is_first, others=[other]) == []
