"""What became of what is on its way, and what was held and may now go. Asked often, acts once."""

from __future__ import annotations

from datetime import timedelta

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.mail import queries as mails
from beacon.mail.terms import MailState
from beacon.notices import queries
from beacon.notices.commands.writing import TEXT_KIND, choose_way, held, hold
from beacon.notices.models import VictimNotice
from beacon.notices.terms import HeldBecause, NoticeState, Way
from beacon.notify import queries as texts
from beacon.notify.queries import TextRow
from beacon.notify.rules import AT_PROVIDER
from beacon.notify.terms import TextState

S, T = NoticeState, TextState
FAILED = frozenset({T.UNDELIVERED, T.FAILED, T.REJECTED, T.EXPIRED})
STOPPED = frozenset({T.SUPPRESSED, T.CANCELLED})
# The provider took it, and no receipt came for so long: it counts as sent, as with any text.
WITHOUT_RECEIPT = timedelta(days=2)


def follow_notices(*, actor: Actor) -> int:
    """See what became of what is on its way; how many have got further."""
    return sum(_followed(notice_id, actor) for notice_id in queries.on_their_way())


def ask_again(*, actor: Actor) -> int:
    """Let go what was held, where that is safe now; hold what no longer is. How many changed."""
    return sum(_asked_again(notice_id, actor) for notice_id in queries.to_ask_again())


def _followed(notice_id: int, actor: Actor) -> bool:
    with transaction() as session:
        notice = held(session, notice_id)
        if notice.is_settled:
            return False
        was = (notice.state, notice.held_because)
        if notice.way is Way.TEXT:
            _follow_text(notice, actor)
        elif notice.way is Way.EMAIL:
            _follow_mail(notice)
        if was == (notice.state, notice.held_because):
            return False
        notice.version += 1
        audit.record(f"notice.{notice.state.value}", notice, actor, victim_id=notice.victim_id)
        return True


def _follow_text(notice: VictimNotice, actor: Actor) -> None:
    row = texts.texts_about(TEXT_KIND, [notice.id]).get(notice.id)
    if row is None:
        hold(notice, HeldBecause.TEXT_STOPPED)
    elif row.state is T.DELIVERED or _is_quiet(row):
        _sent(notice)
    elif row.state in FAILED:
        hold(notice, HeldBecause.TEXT_FAILED)
    elif row.state in STOPPED:
        _stopped(notice, actor)
    elif row.state is T.NEEDS_A_PERSON:
        hold(notice, HeldBecause.TEXT_IN_DOUBT)


def _stopped(notice: VictimNotice, actor: Actor) -> None:
    """Nothing left: where a text is no longer their safe way it goes the other, or is held."""
    if notice.held_because is HeldBecause.TEXT_IN_DOUBT:
        return
    if queries.way_now(notice) is Way.TEXT:
        hold(notice, HeldBecause.TEXT_STOPPED)
    else:
        choose_way(notice, actor)


def _is_quiet(row: TextRow) -> bool:
    is_long_ago = row.claimed_at is not None and clock.now() - row.claimed_at > WITHOUT_RECEIPT
    return row.state in AT_PROVIDER and is_long_ago


def _follow_mail(notice: VictimNotice) -> None:
    state = mails.state_of(notice.mail_id) if notice.mail_id else None
    if state is MailState.SENT:
        _sent(notice)
    elif state is not MailState.PLANNED:
        hold(notice, HeldBecause.EMAIL_FAILED)


def _sent(notice: VictimNotice) -> None:
    notice.state, notice.held_because, notice.settled_at = S.SENT, None, clock.now()


def _asked_again(notice_id: int, actor: Actor) -> bool:
    """Ask anew of one that is held or waits for the printer; whether that changed anything."""
    with transaction() as session:
        notice = held(session, notice_id)
        if notice.state not in {S.HELD, S.FOR_PRINT}:
            return False
        was = (notice.state, notice.held_because)
        choose_way(notice, actor)
        return was != (notice.state, notice.held_because)
