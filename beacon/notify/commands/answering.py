"""The one line that a machine may answer: to somebody who is ill or cannot come (domain.md 5.6).

Off by default, and never where the sender is one-way. It goes through the outbox like any text,
so it leaves at most once, in the hours, under the caps, and never to a number we protect.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.phone import Phone
from beacon.notify import outbox
from beacon.notify.messages import Defendant, Message, Recipient
from beacon.notify.models import InboundReply, OutboundText
from beacon.notify.readiness import answers_who_cannot_come
from beacon.notify.register import WINDOW, Recheck, each, register_recheck
from beacon.notify.rules import Window
from beacon.notify.terms import REPLY_LINE, ReplyKind


@dataclass(frozen=True)
class CannotBeChanged(Message[Defendant]):
    """What is said to somebody who says that they cannot come. No fact of any case is in it."""

    who: ClassVar = Defendant
    words: ClassVar = "This number cannot change your hearing. Call your solicitor or the court."
    longest: ClassVar[dict[str, str]] = {}


def answer_by_line(reply: InboundReply, *, actor: Actor) -> OutboundText | None:
    """Plan the line, once a day for one number and only to somebody whom we had texted."""
    at = clock.now()
    window = Window(*(time.fromisoformat(settings.value(name)) for name in WINDOW))
    wanted = (
        reply.kind is ReplyKind.CANNOT_COME
        and reply.text_id is not None
        and answers_who_cannot_come()
    )
    if not wanted or not window.is_open(at) or _has_had_it(reply):
        return None
    return outbox.plan(
        kind=REPLY_LINE,
        about_id=reply.id,
        on=clock.today(),
        recipient=Recipient(Defendant, Phone.parse(reply.sender)),
        body=CannotBeChanged(),
        send_after=at,
        expires_at=clock.from_london(clock.today(), window.closes),
        actor=actor,
    )


def _has_had_it(reply: InboundReply) -> bool:
    session = sa.orm.object_session(reply)
    assert session is not None
    had = sa.select(OutboundText.id).where(
        OutboundText.kind == REPLY_LINE,
        OutboundText.to_index == reply.from_index,
        OutboundText.on_day == clock.today(),
    )
    return session.scalar(had.limit(1)) is not None


def recheck(session: Session, about_id: int, on: date) -> Recheck:
    """Ask again before it leaves: is the line still switched on, and has nobody dealt with it?"""
    reply = session.get(InboundReply, about_id)
    if reply is None or reply.handled_at is not None or not answers_who_cannot_come():
        return Recheck.cancel("not_needed")
    return Recheck.send()


register_recheck(REPLY_LINE, each(recheck))
