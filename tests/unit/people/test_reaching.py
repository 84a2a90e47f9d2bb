"""What stands before a number: nothing in one's own caseload where all is safe."""

from __future__ import annotations

from dataclasses import replace

import pytest

from beacon.people import rules
from beacon.people.rules import Guard, Standing
from beacon.people.terms import ContactKind, Safe

SAFE = Standing(
    safe=Safe.YES,
    overall=Safe.YES,
    is_retired=False,
    is_warned_of=False,
    has_rule=False,
    in_hand=True,
    restricted=False,
)


@pytest.mark.proves("P-04")
@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, Guard(heed=False, reason=False, proof=False)),
        ({"safe": Safe.ASK}, Guard(heed=True, reason=False, proof=False)),
        ({"safe": Safe.NOT_ASKED}, Guard(heed=True, reason=False, proof=False)),
        ({"safe": Safe.NO}, Guard(heed=True, reason=True, proof=False)),
        ({"overall": Safe.ASK}, Guard(heed=True, reason=False, proof=False)),
        ({"overall": Safe.NO}, Guard(heed=True, reason=True, proof=False)),
        ({"is_retired": True}, Guard(heed=True, reason=False, proof=False)),
        ({"is_warned_of": True}, Guard(heed=True, reason=False, proof=False)),
        ({"has_rule": True}, Guard(heed=True, reason=False, proof=False)),
        ({"in_hand": False}, Guard(heed=False, reason=True, proof=False)),
        ({"restricted": True}, Guard(heed=False, reason=True, proof=True)),
    ],
)
def test_more_is_asked_where_the_danger_is(known, asked):
    standing = replace(SAFE, **known)
    assert rules.guard(standing) == asked
    assert bool(rules.why(standing)) is asked.reason
    assert asked.is_open is (known == {})


@pytest.mark.proves("P-04")
@pytest.mark.parametrize(
    "words",
    [
        "Do not call after 17:00",
        "never text",
        "Ring after six.",
        "Mornings only",
        "between 9am and 3 pm",
        "Don’t ring the landline",
        "Not on Saturdays",
        "when he is out at work",
        "12.30 is best",
        "6 p.m. or later",
        "No voicemail",
    ],
)
def test_words_that_forbid_or_name_an_hour_are_a_rule(words):
    assert rules.carries_a_rule(words)


@pytest.mark.parametrize(
    "words",
    ["", "Say you are from the library.", "Ask for Amelia.", "Her sister Nora may answer: fine"],
)
def test_other_words_are_no_rule(words):
    assert not rules.carries_a_rule(words)


@pytest.mark.proves("P-01")
@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        (ContactKind.MOBILE, "+447700900123", "+44 77•• •••123"),
        (ContactKind.PHONE, "+442079460780", "+44 20•• •••780"),
        (ContactKind.PHONE, "ask Jo on 077009001234567", "•••••567"),
        (ContactKind.PHONE, "ext 123", "•••••"),
        (ContactKind.EMAIL, "robin@example.org", "r•••••@•••••"),
    ],
)
def test_enough_is_seen_to_tell_two_apart_and_too_little_to_use(kind, value, seen):
    assert rules.masked(kind, value) == seen


@pytest.mark.parametrize(("text", "is_one"), [("a" * 10, True), ("a   " * 3, False), ("", False)])
def test_a_reason_is_ten_characters_or_more(text, is_one):
    assert rules.is_reason(text) is is_one
