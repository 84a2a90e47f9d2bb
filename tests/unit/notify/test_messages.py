"""What a text may say is settled when its class is defined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from beacon.core.errors import RuleBroken
from beacon.notify.messages import Defendant, Message, MessageUnfit
from tests.provider.kind import Reminder


def define(words: str, longest: dict[str, str]) -> type[Message[Any]]:
    """Define a class of texts."""
    return type("Draft", (Message,), {"who": Defendant, "words": words, "longest": longest})


@pytest.mark.parametrize(
    ("words", "longest"),
    [
        ("Come to {court}.", {"court": "x" * 300}),
        ("Come to {court}.", {"court": "St Albans Magistrates’ Court"}),
        ("Come to {court}.", {}),
        ("The victim of the offence", {}),
        ("Beacon reminds you", {}),
        ("See https://example.org", {}),
        ("Come about the {why}.", {"why": "assault"}),
    ],
)
def test_a_text_that_nobody_may_send_cannot_be_defined(words: str, longest: dict[str, str]):
    with pytest.raises(MessageUnfit):
        define(words, longest)


def test_a_text_without_an_audience_cannot_be_defined():
    with pytest.raises(MessageUnfit, match="who"):
        type("Draft", (Message,), {"words": "Come.", "longest": {}})


def test_curly_marks_in_a_fact_are_made_plain():
    assert Reminder(room="the King’s\n one").text.endswith(
        "court the King's one TOMORROW at 9.30am."
    )


def test_a_fact_that_makes_the_text_too_long_is_refused():
    with pytest.raises(RuleBroken, match="segments"):
        Reminder(room="x" * 400).check()


def test_a_fact_with_a_forbidden_word_is_refused():
    with pytest.raises(RuleBroken, match="victim"):
        Reminder(room="of the victim").check()


def test_words_that_only_begin_like_a_forbidden_one_are_allowed():
    @dataclass(frozen=True)
    class Allowed(Message[Defendant]):
        who: ClassVar = Defendant
        words: ClassVar = "Court reminder: Chargers Lane, Victimer Road, return by noon."
        longest: ClassVar = {}

    assert Allowed().check()
