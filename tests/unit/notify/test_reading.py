"""What a reply says, as far as a machine may judge it."""

from __future__ import annotations

import pytest

from beacon.notify.reading import folded, read
from beacon.notify.rules import START_WORDS, STOP_WORDS, WRONG_PERSON_WORDS
from beacon.notify.terms import NumberVerdict, ReplyKind

K = ReplyKind


@pytest.mark.proves("W-09")
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        *((word.upper(), K.STOP) for word in sorted(STOP_WORDS)),
        *((word.title(), K.START) for word in sorted(START_WORDS)),
        *((word, K.WRONG_PERSON) for word in sorted(WRONG_PERSON_WORDS)),
        (" Stop. ", K.STOP),
        ('"STOP"', K.STOP),
        ("S\u200bTOP", K.STOP),
        ("\uff33\uff34\uff2f\uff30", K.STOP),
        ("Sorry, wrong number!", K.WRONG_PERSON),
        ("You've got the wrong number", K.WRONG_PERSON),
        ("You\u2019ve got the wrong person", K.WRONG_PERSON),
    ],
)
def test_exact_words_act(words: str, kind: ReplyKind):
    assert read(words).kind is kind


@pytest.mark.proves("W-09")
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("stop please", K.OTHER),
        ("please STOP", K.OTHER),
        ("STOP?", K.OTHER),
        ("Stop it", K.OTHER),
        ("don't stop", K.OTHER),
        ("yes I will be there", K.OTHER),
        ("توقف", K.OTHER),
        ("停止", K.OTHER),
        ("", K.OTHER),
        ("   ", K.OTHER),
        ("wrong number?", K.SEEMS_WRONG),
        ("I think this is a wrong number mate he moved", K.SEEMS_WRONG),
        ("Who is this", K.SEEMS_WRONG),
        ("I'm ill", K.CANNOT_COME),
        ("in hospital", K.CANNOT_COME),
        ("I can\u2019t make it tomorrow", K.CANNOT_COME),
        ("wont be able to get there", K.CANNOT_COME),
        ("unable to attend", K.CANNOT_COME),
        ("I will come", K.OTHER),
        ("i'll be there", K.OTHER),
        ("ill be there", K.OTHER),
        ("ill", K.CANNOT_COME),
        ("im really ill", K.CANNOT_COME),
        ("still coming", K.OTHER),
    ],
)
def test_any_other_words_are_for_a_person(words: str, kind: ReplyKind):
    reading = read(words)
    assert reading.kind is kind
    assert not reading.acts


@pytest.mark.parametrize(
    "words",
    [
        "i'll KILL you",
        "I want to die",
        "gonna end it all",
        "thinking of suicide",
        "I can't go on",
        "she's dead if i come",
        "i know where she lives",
        "got a knife",
        "self-harm",
        "you'll regret this",
        "watch your back",
        "stop or I'll burn it down",
    ],
)
def test_words_of_harm_are_urgent(words: str):
    assert read(words).is_urgent


@pytest.mark.parametrize("words", ["ok thanks", "what time", "STOP", "I am ill", "court at 10?"])
def test_ordinary_words_are_not(words: str):
    assert not read(words).is_urgent


def test_words_are_compared_without_marks_and_hidden_signs():
    assert folded("  I\u2019LL\u202e be\r\nthere!  ") == "i ll be there"


def test_every_kind_says_what_to_do_about_it():
    assert all(kind.label and kind.advice for kind in ReplyKind)
    assert all(verdict.label for verdict in NumberVerdict)
