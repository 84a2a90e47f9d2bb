"""The words of letters and emails: by kind, by matter and by age. None says what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.notices.terms import Age, Matter, NoticeKind

K = NoticeKind
SUBJECT = "Your reference {reference}"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the words are filled with."""

    kind: NoticeKind
    matter: Matter
    age: Age
    name: str
    reference: str
    due_on: date | None = None
    passed_to: str = ""
    telephone: str = ""


REFERENCE = "Your reference is {reference}. Please have it ready when you ring."
NO_REPLY_NEEDED = "You do not need to answer this."
IN_DANGER = "If you are ever in danger, ring 999."

# What comes next, by matter and by age; under 16 a person speaks with them first.
NEXT_STEPS: dict[tuple[Matter, Age], tuple[str, ...]] = {
    (Matter.CRIME, Age.ADULT): (
        (
            "Thank you for letting us be in touch. {in_touch} They will ask how you are and "
            "what would help. You decide what you would like, and you can say no to any of it."
        ),
        "Our help costs nothing. It does not depend on what anybody else decides.",
    ),
    (Matter.CRIME, Age.YOUNG): (
        (
            "Thank you for letting us be in touch. {in_touch} You can talk with them by "
            "yourself, or have somebody with you whom you trust. You decide what would help."
        ),
        "It costs nothing, and you can change your mind at any time.",
    ),
    (Matter.FRAUD, Age.ADULT): (
        (
            "Thank you for letting us be in touch. {in_touch} They will help you to make your "
            "money and your accounts safe, and to speak with your bank."
        ),
        (
            "If money may still be leaving your account, ring your bank now: the number 159 "
            "leads to most banks. If anybody offers to get your money back for a fee, it is a "
            "trick: do not pay. We never ask for your passwords, codes or bank details."
        ),
    ),
    (Matter.FRAUD, Age.YOUNG): (
        (
            "Thank you for letting us be in touch. {in_touch} You can have somebody with you "
            "whom you trust. They will help you to make your money and your accounts safe."
        ),
        (
            "If money may still be leaving your account, ring your bank now: the number 159 "
            "leads to most banks. We never ask for your passwords, codes or bank details."
        ),
    ),
    (Matter.ASB, Age.ADULT): (
        (
            "Thank you for letting us be in touch. {in_touch} They will ask what is going on "
            "now and what would help."
        ),
        (
            "It helps to write down each time that something happens, with the day and the "
            "hour. Where you have told somebody several times and nothing changed, you can ask "
            "for a review: we will tell you how."
        ),
    ),
    (Matter.ASB, Age.YOUNG): (
        (
            "Thank you for letting us be in touch. {in_touch} You can have somebody with you "
            "whom you trust. They will ask what is going on now and what would help."
        ),
        ("It helps to write down each time that something happens, with the day and the hour."),
    ),
}

OTHERS: dict[NoticeKind, tuple[str, ...]] = {
    K.TRIED_TO_REACH: (
        (
            "We have tried to ring you and did not reach you. We would like to ask whether "
            "there is anything that would help you."
        ),
        (
            "If you would like to talk, please ring us. If we hear nothing, we will leave it "
            "there for now, and you can still come back to us at any time."
        ),
    ),
    K.DECLINED: (
        ("We have looked at what we were asked to do for you, and we are not taking it further."),
        (
            "This does not mean that what you told anybody was not believed. If things change, "
            "or you think that we have this wrong, please ring us."
        ),
    ),
    K.WITHDRAWN: (
        (
            "You told us that you do not want our help at the moment, so we have ended what we "
            "had begun."
        ),
        "You can change your mind at any time, and you need not say why.",
    ),
    K.OUT_OF_AREA: (
        (
            "You live in a place for which another service answers. We have asked {passed_to} "
            "to be in touch with you."
        ),
        (
            "You need not do anything. If nobody is in touch within two weeks, please ring us "
            "and we will ask again."
        ),
    ),
    K.NO_CONSENT: (
        (
            "You told us that you do not want to be in touch with us, so we have ended what we "
            "had begun and will not be in touch again about it."
        ),
        "You can change your mind at any time, and you need not say why.",
    ),
    K.NO_REPLY: (
        (
            "We have tried to reach you several times and could not, so we have ended what we "
            "had begun."
        ),
        "You can come back to us at any time. Nothing is lost by waiting.",
    ),
}


def paragraphs(facts: Facts) -> list[str]:
    """The words of a letter or an email, from the greeting to the last line."""
    if facts.kind is K.ACKNOWLEDGED:
        body = NEXT_STEPS[facts.matter, _age(facts)]
    else:
        body = OTHERS[facts.kind]
    filled = {
        "reference": facts.reference,
        "in_touch": _in_touch(facts.due_on),
        "passed_to": facts.passed_to,
    }
    ring = [f"Our telephone number is {facts.telephone}."] if facts.telephone else []
    said = [words.format(**filled) for words in (*body, REFERENCE)]
    return [f"Dear {facts.name},", *said, *ring, IN_DANGER, NO_REPLY_NEEDED]


def _age(facts: Facts) -> Age:
    """A letter to somebody under 16 that a person asked for has the plainer words."""
    return Age.ADULT if facts.age is Age.ADULT else Age.YOUNG


def _in_touch(due_on: date | None) -> str:
    by = f" by {due_on:%A} {due_on.day} {due_on:%B}" if due_on else " soon"
    return f"Somebody will be in touch with you{by}."
