"""A person says that they told somebody, or that nothing need be written."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.notices.commands.writing import TEXT_KIND, held
from beacon.notices.models import VictimNotice
from beacon.notices.terms import HeldBecause, NoticeKind, NoticePermission, NoticeState, Way
from beacon.notify import commands as texts
from beacon.notify import outbox
from beacon.notify.queries import texts_about
from beacon.notify.terms import TextState

S = NoticeState
REASON_AT_MOST = 500
# What has left, or is about to, is not taken back by hand.
OPEN_TO_A_PERSON = frozenset({S.HELD, S.FOR_PRINT})


def told(notice: VictimNotice, *, words: str, version: int, actor: Actor) -> None:
    """Record that a person told them, and how."""
    _settle(notice, S.TOLD, words, version, actor)


def not_needed(notice: VictimNotice, *, words: str, version: int, actor: Actor) -> None:
    """Record why nothing need be written."""
    _settle(notice, S.NOT_NEEDED, words, version, actor)


def no_longer(about_id: int, kinds: Iterable[NoticeKind], *, because: str, actor: Actor) -> None:
    """What has not left by now is no longer true, so it does not leave."""
    with transaction() as session:
        asked = sa.select(VictimNotice.id).where(
            VictimNotice.kind.in_(list(kinds)),
            VictimNotice.about_id == about_id,
            VictimNotice.settled_at.is_(None),
            VictimNotice.state != S.IN_RUN,
        )
        for notice_id in session.scalars(asked).all():
            notice = held(session, notice_id)
            if notice.state is S.PLANNED and not _taken_out(notice, actor):
                continue
            _write(notice, S.NOT_NEEDED, because, actor)


def _taken_out(notice: VictimNotice, actor: Actor) -> bool:
    """Whether it can still be stopped; a mail asks again by itself before it leaves."""
    if notice.way is not Way.TEXT or notice.on_day is None:
        return True
    text = outbox.cancel(
        kind=TEXT_KIND, about_id=notice.id, on=notice.on_day, reason="no_longer", actor=actor
    )
    return text is not None


def _settle(
    notice: VictimNotice, state: NoticeState, words: str, version: int, actor: Actor
) -> None:
    with transaction() as session:
        now = still_may(actor, NoticePermission.SETTLE)
        row = held(session, notice.id)
        seen = sa.select(VictimNotice.id).where(
            VictimNotice.id == row.id, scope.condition(now, VictimNotice)
        )
        if session.scalar(seen) is None:
            raise NotFound
        if row.version != version or row.state not in OPEN_TO_A_PERSON:
            raise RuleBroken("This has changed meanwhile. Look at it again.")
        said = words.strip()
        if not said:
            raise RuleBroken("Say how they were told, or why it is not needed.", field="words")
        if len(said) > REASON_AT_MOST:
            raise RuleBroken(
                f"The words must be {REASON_AT_MOST} characters or fewer.", field="words"
            )
        _leave_text(row, said, actor)
        _write(row, state, said, actor)


def _leave_text(notice: VictimNotice, words: str, actor: Actor) -> None:
    """A text in doubt is left as it is: whoever told them knows."""
    if notice.held_because is not HeldBecause.TEXT_IN_DOUBT:
        return
    row = texts_about(TEXT_KIND, [notice.id]).get(notice.id)
    if row is not None and row.state is TextState.NEEDS_A_PERSON:
        texts.leave(row.id, reason=words, actor=actor)


def _write(notice: VictimNotice, state: NoticeState, words: str, actor: Actor) -> None:
    notice.state, notice.held_because = state, None
    notice.because = words
    notice.settled_at, notice.settled_by = clock.now(), actor.name
    notice.version += 1
    audit.record(
        f"notice.{state.value}", notice, actor, fields=("because",), victim_id=notice.victim_id
    )
