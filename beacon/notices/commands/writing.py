"""Writing to a victim by the way that is safe now, or holding it and saying why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db, insert_once, transaction
from beacon.core.errors import RuleBroken
from beacon.core.sealed import new_seal_key
from beacon.mail import commands as mail
from beacon.mail.register import register_recheck as register_mail
from beacon.notices import queries
from beacon.notices.messages import Acknowledged, AcknowledgedWithNumber
from beacon.notices.models import VictimNotice
from beacon.notices.rules import SUBJECT
from beacon.notices.terms import Age, HeldBecause, Matter, NoticeKind, NoticeState, Way
from beacon.notify import outbox
from beacon.notify.messages import Recipient
from beacon.notify.messages import Victim as ForVictim
from beacon.notify.register import Recheck, each, register_recheck
from beacon.notify.terms import TextState
from beacon.people.models import Victim

TEXT_KIND = "victim_notice"
DAYS_FOR_A_TEXT = 2
S = NoticeState


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a feature asks to be written, to whom, and about what of its own."""

    kind: NoticeKind
    about_id: int
    victim: Victim
    matter: Matter
    age: Age
    reference: str
    due_on: date | None = None
    passed_to: str = ""
    is_careful: bool = False
    letter: str = ""  # the words of a person, a blank line between paragraphs


def write(asked: Asked, *, actor: Actor) -> VictimNotice | None:
    """Write to a victim, once for its kind and what it is about; None where that was done.

    It goes by the safe way; where there is none it is held, with the reason (domain.md RULE 7.1).
    """
    with transaction() as session:
        session.flush()
        is_new = insert_once(
            session,
            VictimNotice.__table__,  # type: ignore[arg-type]
            kind=asked.kind,
            about_id=asked.about_id,
            victim_id=asked.victim.id,
            matter=asked.matter,
            age=asked.age,
            reference=asked.reference,
            due_on=asked.due_on,
            passed_to=asked.passed_to,
            is_careful=asked.is_careful,
            state=S.HELD,
            held_because=HeldBecause.NOT_ASKED,
            checked_at=clock.now(),
            checked_version=asked.victim.version,
            seal_key=new_seal_key(),
            settled_by="",
            version=1,
            created_at=clock.now(),
        )
        if not is_new:
            return None
        notice = session.scalars(
            sa.select(VictimNotice).where(
                VictimNotice.kind == asked.kind, VictimNotice.about_id == asked.about_id
            )
        ).one()
        notice.letter = asked.letter
        audit.record("notice.asked", notice, actor, victim_id=notice.victim_id)
        choose_way(notice, actor)
    return notice


def held(session: Session, notice_id: int) -> VictimNotice:
    """The notice as it is now, held until we commit."""
    return session.get_one(VictimNotice, notice_id, with_for_update=True, populate_existing=True)


def choose_way(notice: VictimNotice, actor: Actor) -> None:
    """Let it go by the way that is safe now, or hold it; in the transaction of the caller."""
    was = (notice.state, notice.held_because)
    notice.checked_at, notice.checked_version = clock.now(), notice.victim.version
    way = queries.way_now(notice)
    if isinstance(way, HeldBecause):
        hold(notice, way)
    else:
        WAYS[way](notice, actor)
    notice.version += 1
    db.session().flush()
    if was != (notice.state, notice.held_because):
        audit.record(
            f"notice.{notice.state.value}",
            notice,
            actor,
            victim_id=notice.victim_id,
            because=notice.held_because,
        )


def _goes(notice: VictimNotice, way: Way, state: NoticeState) -> None:
    """It is on its way; said in one breath, because what is held says why and nothing else does."""
    notice.way, notice.state, notice.held_because = way, state, None


def _stays(notice: VictimNotice, way: Way, because: HeldBecause) -> None:
    notice.way, notice.state, notice.held_because = way, S.HELD, because


def hold(notice: VictimNotice, because: HeldBecause) -> None:
    """Keep it back: a person looks at why."""
    notice.state, notice.held_because = S.HELD, because
    if because.may_pass:
        notice.way = None


def _by_text(notice: VictimNotice, actor: Actor) -> None:
    mobile, now = queries.mobile_for(notice), clock.now()
    assert mobile is not None  # way_now found it
    notice.on_day = clock.today()
    try:
        text = outbox.plan(
            kind=TEXT_KIND,
            about_id=notice.id,
            on=notice.on_day,
            recipient=Recipient(ForVictim, mobile),
            body=text_of(notice),
            send_after=now,
            expires_at=_last_moment(now),
            actor=actor,
        )
    except RuleBroken:
        _stays(notice, Way.TEXT, HeldBecause.WORDS)
        return
    if text is None or text.state is TextState.SUPPRESSED:
        _stays(notice, Way.TEXT, HeldBecause.TEXT_STOPPED)
    else:
        _goes(notice, Way.TEXT, S.PLANNED)


def _by_email(notice: VictimNotice, actor: Actor) -> None:
    letter = mail.write(
        to=queries.email_for(notice),
        subject=SUBJECT.format(reference=notice.reference),
        body="\n\n".join(queries.words_of(notice)),
        kind=TEXT_KIND,
        about_id=notice.id,
        actor=actor,
    )
    db.session().flush()
    notice.mail_id = letter.id
    _goes(notice, Way.EMAIL, S.PLANNED)


def _by_letter(notice: VictimNotice, actor: Actor) -> None:
    address = queries.address_for(notice)
    assert address is not None  # way_now found it
    notice.address_id = address.id
    _goes(notice, Way.LETTER, S.FOR_PRINT)


WAYS = {Way.TEXT: _by_text, Way.EMAIL: _by_email, Way.LETTER: _by_letter}


def text_of(notice: VictimNotice) -> Acknowledged | AcknowledgedWithNumber:
    """The text, with what is true now."""
    on = notice.due_on
    when = f"by {on:%A} {on.day} {on:%B}" if on and on >= clock.today() else "soon"
    telephone = settings.value("notices.telephone")
    if telephone:
        return AcknowledgedWithNumber(reference=notice.reference, when=when, telephone=telephone)
    return Acknowledged(reference=notice.reference, when=when)


def _last_moment(now: datetime) -> datetime:
    closes = time.fromisoformat(settings.value("notices.text_to"))
    return clock.from_london(clock.london_day(now) + timedelta(days=DAYS_FOR_A_TEXT), closes)


def recheck(session: Session, about_id: int, on: date) -> Recheck:
    """Ask again, inside the claim: is a text still their safe way, and on which number."""
    notice = session.get(VictimNotice, about_id)
    if notice is None or notice.state is not S.PLANNED or notice.way is not Way.TEXT:
        return Recheck.cancel("no_longer")
    way = queries.way_now(notice)
    if way is not Way.TEXT:
        return Recheck.suppress(way if isinstance(way, HeldBecause) else "other_way")
    return Recheck.send(text_of(notice), queries.mobile_for(notice))


def may_still_mail(about_id: int) -> bool:
    """Ask again before a mail leaves: is email still their safe way, at this address."""
    notice = db.session.get(VictimNotice, about_id)
    if notice is None or notice.state is not S.PLANNED or notice.way is not Way.EMAIL:
        return False
    return queries.way_now(notice) is Way.EMAIL


register_recheck(
    TEXT_KIND,
    each(recheck),
    reasons=HeldBecause,
    window=("notices.text_from", "notices.text_to"),
)
register_mail(TEXT_KIND, may_still_mail)
