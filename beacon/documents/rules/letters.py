"""The words of a case manager's letter: what it begins with, and how it lies on the paper.

They name no offence and nobody else, because a letter may be opened by whoever lives there. What a
person has still to write stands in square brackets, and no letter goes while one is left.
"""

from __future__ import annotations

from beacon.core.letters import paragraphs_of
from beacon.documents.terms import LetterTemplate

T = LetterTemplate

BEGINNINGS: dict[LetterTemplate, tuple[str, ...]] = {
    T.INTRODUCTION: (
        "My name is {manager}. I am here to help you from now on, and you can always ask for me.",
        "I would like to hear how you are and what would help. You decide what we talk about.",
        "[when you will ring or meet, as you agreed with them]",
    ),
    T.APPOINTMENT: (
        "I look forward to meeting you on [day and time] at [place].",
        (
            "If that does not suit you, please ring, and we will find another time. You can bring "
            "somebody with you whom you trust."
        ),
    ),
    T.TRIED: (
        "I have tried to reach you and did not. I hope that you are well.",
        (
            "Please ring when it suits you. If I hear nothing by [day], I will leave it there for "
            "now, and you can still come back at any time."
        ),
    ),
    T.NEWS: (
        "You asked me to find something out for you. This is what I was told:",
        "[what you found out, without names and without what happened]",
        "If you would like to talk about it, please ring.",
    ),
    T.ENDING: (
        "As we agreed, our work together ends on [day].",
        "Thank you for your trust. You can come back to us at any time, and you need not say why.",
    ),
    T.EMPTY: ("[your words]",),
}


def words_to_begin(template: LetterTemplate, *, manager: str) -> str:
    """The words with which a letter begins, a blank line between its paragraphs."""
    return "\n\n".join(one.format(manager=manager) for one in BEGINNINGS[template])


def paragraphs(words: str, *, name: str, manager: str, reference: str, telephone: str) -> list[str]:
    """The letter from the greeting to the name at its end."""
    ring = f"Our telephone number is {telephone}. " if telephone else ""
    return [
        f"Dear {name},",
        *paragraphs_of(words),
        f"{ring}Our reference is {reference}.",
        "Yours sincerely,",
        manager,
    ]
