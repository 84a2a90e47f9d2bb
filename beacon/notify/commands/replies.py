"""What people text to our sender: the few words that act by themselves act, the rest is kept for
a person. Nothing is ever answered by machine but one fixed line (domain.md 5.6).
"""

from __future__ import annotations

import hashlib
import logging

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, phone
from beacon.core.actor import Actor, machine
from beacon.core.db import insert_once, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.sealed import blind_index
from beacon.notify import answers
from beacon.notify.commands.answering import answer_by_line
from beacon.notify.commands.numbers import lift_opt_out, mark_number
from beacon.notify.commands.sender import flag_number
from beacon.notify.models import InboundDay, InboundReply, OutboundText
from beacon.notify.reading import Reading, read
from beacon.notify.rules import REPLIES_A_DAY, REPLY_CHARACTERS
from beacon.notify.terms import Audience, NumberFlag, ReplyKind
from beacon.numbers.queries import holder
from beacon.numbers.terms import Held

log = logging.getLogger(__name__)
PROVIDER = machine("text provider")
BY_ITSELF = "By itself"
FLAGS = {
    ReplyKind.STOP: NumberFlag.OPTED_OUT,
    ReplyKind.WRONG_PERSON: NumberFlag.WRONG_PERSON,
}


def take_reply(sender: str, words: str, *, sid: str = "", media: int = 0) -> ReplyKind:
    """Take one text from outside, once. Opting out does not change the duty to attend.

    STOP, START and "wrong number" act by themselves; a number's first twenty of a London day are
    kept and the rest are counted (security.md W-07 to W-09). Pictures are not fetched (W-13).
    """
    number, reading = phone.normal(sender), read(words)
    index = blind_index("phone", number)
    name = sid or _named(index, words)
    with transaction() as session:
        day = _day(session, index)
        if _is_known(session, name):
            return reading.kind
        if answers.is_taken(session, index, words):  # and is kept nowhere beside the number
            day.count += 1
            return reading.kind
        changed = _act(session, reading, index)
        day.count += 1
        if day.count > REPLIES_A_DAY and not changed:
            log.warning("a number sends more than is kept")
            return reading.kind
        reply = InboundReply(
            provider_sid=name,
            from_index=index,
            media=media,
            kind=reading.kind,
            is_urgent=reading.is_urgent,
            is_protected=holder(number) is not Held.NONE,
            received_at=clock.now(),
            text_id=_last_text(session, index),
        )
        reply.sender, reply.words = number, words[:REPLY_CHARACTERS]
        _keep(session, reply, reading)
    return reading.kind


def _keep(session: Session, reply: InboundReply, reading: Reading) -> None:
    """Store a reply; what has acted, and nobody needs to read, is handled."""
    session.add(reply)
    if reading.acts and not reply.is_urgent and not reply.is_protected:
        reply.handled_at, reply.handled_by = reply.received_at, BY_ITSELF
    audit.record(
        "reply.received",
        reply,
        PROVIDER,
        operation=Operation.COLLECTION,
        reason=reply.kind.value,
        text_id=reply.text_id,
    )
    if reply.is_urgent or reply.is_protected:
        log.warning("a reply must be read at once", extra={"reply_id": reply.id})
    else:
        answer_by_line(reply, actor=PROVIDER)


def handle_reply(reply_id: int, *, note: str, flag: NumberFlag | None = None, actor: Actor) -> None:
    """A person has dealt with a reply: what they did and, if they say so, what the number is."""
    with transaction() as session:
        reply = session.get(InboundReply, reply_id, with_for_update=True, populate_existing=True)
        if reply is None:
            raise NotFound
        if reply.handled_at is not None:
            raise RuleBroken(f"{reply.handled_by} has dealt with this reply meanwhile.")
        if flag is not None:
            mark_number(session, reply.from_index, flag, because=note, actor=actor)
        reply.handled_at, reply.note = clock.now(), note
        reply.handled_by, reply.handled_by_id = actor.name, actor.id
        audit.record("reply.handled", reply, actor, fields=("note",))


def _act(session: Session, reading: Reading, index: str) -> bool:
    """Do what the words ask for, where they are words that act; whether that changed anything."""
    if reading.kind in FLAGS:
        flag = FLAGS[reading.kind]
        return flag_number(session, index, flag, source="reply", actor=PROVIDER) is not None
    if reading.kind is ReplyKind.START:
        return lift_opt_out(session, index, actor=PROVIDER)
    return False


def _day(session: Session, index: str) -> InboundDay:
    """The number's row for today, locked, so that its replies are taken one after another."""
    key = {"phone_index": index, "on_day": clock.today()}
    table: sa.Table = InboundDay.__table__  # type: ignore[assignment]
    insert_once(session, table, **key, count=0, created_at=clock.now())
    query = sa.select(InboundDay).filter_by(**key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _is_known(session: Session, name: str) -> bool:
    known = sa.select(InboundReply.id).where(InboundReply.provider_sid == name)
    return session.scalar(known) is not None


def _last_text(session: Session, index: str) -> int | None:
    """The last text to a defendant that went to this number, or may have."""
    return session.scalar(
        sa.select(OutboundText.id)
        .where(
            OutboundText.to_index == index,
            OutboundText.audience == Audience.DEFENDANT,
            OutboundText.may_have_left,
        )
        .order_by(OutboundText.claimed_at.desc(), OutboundText.id.desc())
        .limit(1)
    )


def _named(index: str, words: str) -> str:
    """A name for a text to which the provider gave none: the same words on one day are one."""
    facts = f"{index}|{clock.today().isoformat()}|{words}"
    return f"NO{hashlib.sha256(facts.encode('utf-8', 'replace')).hexdigest()[:32]}"
