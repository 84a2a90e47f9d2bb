"""How far an administrator may turn a setting: none is turned off by a great number."""

from __future__ import annotations

import pytest
from flask import Flask

from beacon.accounts import commands
from beacon.core import settings
from beacon.core.errors import RuleBroken
from tests.factories import TEST

MOST = {
    "access.break_glass_minutes": 60,
    "access.cases_in_ten_minutes": 500,
    "access.lists_in_ten_minutes": 500,
    "access.searches_in_ten_minutes": 500,
    "access.review_days": 10,
    "access.outside_in_a_week": 500,
    "accounts.idle_minutes": 60,
    "accounts.absolute_hours": 24,
    "accounts.lock_after": 20,
    "accounts.sessions_at_most": 10,
    "accounts.step_up_minutes": 60,
    "accounts.reset_minutes": 60,
    "accounts.draft_hours": 336,
}


@pytest.mark.proves("I-07", "Z-09", "Z-10", "Z-18")
def test_a_guard_can_be_made_tighter_and_not_looser_than_this(app: Flask):
    for name, most in MOST.items():
        for text in (str(most + 1), "99999", "9" * 5_000, "0", "-1", "", "1e1", "٣", "²"):
            with pytest.raises(RuleBroken, match=f"Enter a whole number from 1 to {most}\\."):
                commands.change_setting(name, text, actor=TEST)
            assert settings.value(name) == settings.KNOWN[name].default
        for text in (str(most), "1"):
            commands.change_setting(name, text, actor=TEST)
            assert settings.count(name) == int(text)


def test_every_default_is_one_that_an_administrator_may_choose():
    assert {
        name: settings.check(name, known.default) for name, known in settings.KNOWN.items()
    } == {name: known.default for name, known in settings.KNOWN.items()}


def test_every_count_of_access_and_accounts_has_its_limit_here():
    counted = {
        name
        for name, known in settings.KNOWN.items()
        if known.kind == "count" and name.startswith(("access.", "accounts."))
    }
    assert counted - set(MOST) == {"accounts.lock_minutes"}  # the longer, the tighter
