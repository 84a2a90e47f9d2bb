"""A kind of text for tests: what it says, and what is answered when it is asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import ClassVar

from flask import Flask
from sqlalchemy.orm import Session

from beacon.core.actor import machine
from beacon.core.phone import UkMobile
from beacon.notify import outbox
from beacon.notify.messages import Defendant, Message, Recipient
from beacon.notify.models import OutboundText
from beacon.notify.outbox import Recheck
from beacon.notify.post import Post
from beacon.notify.register import each
from tests.provider.process import Provider

KIND = "test-reminder"
TEST = machine("a test")
TOMORROW = date(2026, 11, 24)
OPENS = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
CLOSES = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
ANSWERS: dict[int, Recheck] = {}


@dataclass(frozen=True)
class Reminder(Message[Defendant]):
    """A court reminder with a place for what tells two apart."""

    who: ClassVar = Defendant
    words: ClassVar = "Court reminder: you must be in court {room} TOMORROW at {time}."
    longest: ClassVar = {"room": "1000000", "time": "12.30pm"}
    room: str
    time: str = "9.30am"


def ask(session: Session, about_id: int, on: date) -> Recheck:
    """What the owner of the kind says: to send, unless a test gave another answer."""
    return ANSWERS.get(about_id, Recheck.send())


def number(n: int) -> UkMobile:
    """A number kept for made-up people."""
    return UkMobile.parse(f"07700 900{n % 1000:03}")


def a_text(n: int = 500, **known: object) -> OutboundText | None:
    """Plan one text; say only what the test is about."""
    usual: dict[str, object] = {
        "kind": KIND,
        "about_id": n,
        "on": TOMORROW,
        "recipient": Recipient(Defendant, number(n)),
        "body": Reminder(room=str(n)),
        "send_after": OPENS,
        "expires_at": CLOSES,
        "actor": TEST,
    }
    return outbox.plan(**usual | known)  # type: ignore[arg-type]


def register() -> None:
    """Answer for the kind, and forget what an earlier test answered."""
    ANSWERS.clear()
    outbox.register_recheck(KIND, each(ask))


def send_through(app: Flask, provider: Provider, **known: object) -> Post:
    """Point the app at the stand-in."""
    asked = provider.settings
    config = replace(
        app.config["BEACON"],
        texts="twilio",
        public_url=asked["BEACON_PUBLIC_URL"],
        twilio_account_sid=asked["TWILIO_ACCOUNT_SID"],
        twilio_auth_token=asked["TWILIO_AUTH_TOKEN"],
        twilio_from=asked["TWILIO_FROM"],
        twilio_api_base_url=provider.url,
        **known,
    )
    app.extensions["beacon_post"] = Post.of(config)
    found: Post = app.extensions["beacon_post"]
    return found
