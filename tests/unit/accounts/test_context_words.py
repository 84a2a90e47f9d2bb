"""A password made of this place, or of its owner, is refused."""

from __future__ import annotations

import pytest

from beacon.accounts import passwords
from beacon.core.errors import RuleBroken


@pytest.mark.proves("A-07")
@pytest.mark.parametrize(
    "password",
    [
        "beacon hertfordshire 2026",
        "Hertfordshire Victim Beacon",
        "Priya Ramsbottom 1984",
        "ramsbottom.priya.ramsbottom",
        "priya.r@example.org",
        "PRIYA.R@EXAMPLE.ORG!!",
        "passwordpasswordpassword",
    ],
)
def test_words_of_this_place_and_of_its_owner_are_refused(app, password):
    with pytest.raises(RuleBroken, match="too easy to guess") as refused:
        passwords.check(password, name="Priya Ramsbottom", email="priya.r@example.org")
    assert refused.value.field == "password"


@pytest.mark.proves("A-07")
def test_the_same_password_may_do_for_somebody_else(app):
    words = "Priya Ramsbottom 1984 tide"
    assert passwords.check(words, name="Sam Lee", email="sam@example.org") is None
    with pytest.raises(RuleBroken):
        passwords.check(words, name="Priya Ramsbottom", email="priya.r@example.org")
