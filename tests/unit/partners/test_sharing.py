"""What goes to a partner: the chosen facts alone, and no word that says more."""

from __future__ import annotations

import json

import pytest

from beacon.partners.rules import names_what_is_kept_back, not_safe_alone, snapshot
from beacon.partners.terms import SharedFact

KNOWN = {
    SharedFact.NAME: "Vica Timmoor",
    SharedFact.PHONE: "07700 900101 (do not text, leave no voicemail)",
    SharedFact.SAFE_CONTACT: "Never after six",
    SharedFact.NEEDS: "",
}


@pytest.mark.parametrize("chosen", SharedFact)
def test_only_what_is_chosen_and_known_is_in_the_snapshot(chosen):
    held = json.loads(snapshot(KNOWN, [chosen], "Please ring"))
    expected = {chosen.value: KNOWN[chosen]} if KNOWN.get(chosen) else {}
    assert held == {"facts": expected, "asks": "Please ring"}


def test_the_same_choice_gives_the_same_snapshot_in_whatever_order_it_was_made():
    one = snapshot(KNOWN, [SharedFact.PHONE, SharedFact.NAME], "x")
    assert one == snapshot(dict(reversed(KNOWN.items())), {SharedFact.NAME, SharedFact.PHONE}, "x")


def test_a_number_does_not_go_without_the_words_on_how_to_use_it():
    assert not_safe_alone(KNOWN, {SharedFact.PHONE})
    assert not not_safe_alone(KNOWN, {SharedFact.PHONE, SharedFact.SAFE_CONTACT})
    assert not not_safe_alone(KNOWN, {SharedFact.NAME})
    assert not not_safe_alone(KNOWN | {SharedFact.SAFE_CONTACT: ""}, {SharedFact.PHONE})
    assert not not_safe_alone(KNOWN | {SharedFact.PHONE: ""}, {SharedFact.PHONE})


@pytest.mark.parametrize(
    ("words", "secret", "found"),
    [
        ("She lives at 12 Secrecy Row.", "12 Secrecy Row", True),
        ("she lives at 12, SECRECY  ROW", "12 Secrecy Row", True),
        ("Post to SG141AB", "SG14 1AB", True),
        ("Ring 07700-900 101 after six", "+447700900101", True),
        ("Ring +44 7700 900101", "07700 900101", True),
        ("Ring 0044 7700900101", "+447700900101", True),
        ("Write to vica.abc@example.org", "vica.abc@example.org", True),
        ("She lives in Hertford", "12 Secrecy Row", False),
        ("Ring 07700 900102", "+447700900101", False),
        ("A short word", "A", False),
        ("Anything", "", False),
    ],
)
def test_words_that_name_what_is_kept_back_are_found_however_they_are_spaced(words, secret, found):
    assert names_what_is_kept_back(words, [secret]) is found
