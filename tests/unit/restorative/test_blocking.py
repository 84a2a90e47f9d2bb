"""Whether an offer may be made, over every mix of what stands against it and what was decided."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from beacon.restorative.rules import Standing, Weighed, standing
from beacon.restorative.terms import Ruling

TODAY = date(2026, 11, 23)
KEYS = st.frozensets(st.sampled_from(["order:1", "order:2", "risk:3", "marac:4"]))
DAYS = st.integers(-3, 3).map(lambda n: TODAY + timedelta(days=n))


def allowed(stops: frozenset[str], *, used: bool = False) -> Weighed:
    return Weighed(ruling=Ruling.ALLOW, stops=stops, used=used)


@given(KEYS)
def test_without_a_ruling_anything_blocks_and_nothing_frees(stops):
    found = standing(stops, None, TODAY)
    assert found is (Standing.BLOCKED if stops else Standing.FREE)


@given(KEYS, KEYS)
def test_a_ruling_allows_what_it_weighed_and_no_more(weighed, stops):
    found = standing(stops, allowed(weighed), TODAY)
    if not stops:
        assert found is Standing.FREE
    elif stops <= weighed:
        assert found is Standing.ALLOWED
    else:
        assert found is Standing.BLOCKED


@given(KEYS.filter(bool))
def test_it_allows_once(stops):
    assert standing(stops, allowed(stops, used=True), TODAY) is Standing.BLOCKED


@given(KEYS, DAYS)
def test_a_kept_block_lasts_through_its_last_day_and_never_opens_anything(stops, until):
    kept = Weighed(ruling=Ruling.KEEP, stops=stops, until=until)
    found = standing(stops, kept, TODAY)
    if until >= TODAY:
        assert found is Standing.KEPT
    else:
        assert found is (Standing.BLOCKED if stops else Standing.FREE)
    assert found is not Standing.ALLOWED
