"""What an outage of the scheduler did to the texts: asked of the data, once it runs again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.timetable import JobRun
from beacon.courts.models import Hearing, HearingText
from beacon.courts.terms import KIND, ON_THE_LIST
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.rules import WAITING
from beacon.notify.terms import TextState

# The job that runs each minute of every hour, so that a gap between its runs is an outage.
BEATS = "send-texts"
SILENCE = timedelta(minutes=10)
STALE = frozenset({TextState.EXPIRED})
STOPPED = frozenset({TextState.CANCELLED, TextState.SUPPRESSED, TextState.REJECTED})


@dataclass(frozen=True)
class Outage:
    """A time without the scheduler, and what became of the texts that were due in it."""

    began: datetime
    ended: datetime
    is_over: bool
    due: int  # would have gone, or still have gone, while it stood
    late: int  # went once it ran again
    stale: int  # given up: the time in which they could be sent had passed
    stopped: int  # cancelled or held back meanwhile
    waiting: int
    never_planned: int  # hearings of days that passed whole, of which no text was even planned

    @property
    def minutes(self) -> int:
        """How long it lasted."""
        return int((self.ended - self.began).total_seconds() // 60)


def outages(since: datetime) -> list[Outage]:
    """Every silence of more than ten minutes since a moment, the newest first (security.md K-07).

    The one that may last still is among them, up to now.
    """
    beats = list(
        db.session.scalars(
            sa.select(JobRun.finished_at)
            .where(
                JobRun.name == BEATS,
                JobRun.started_at >= since,
                JobRun.finished_at.is_not(None),
            )
            .order_by(JobRun.started_at, JobRun.id)
        )
    )
    moments = [moment for moment in beats if moment is not None]
    if not moments:
        return []
    gaps = [
        (began, ended, True)
        for began, ended in zip(moments, moments[1:], strict=False)
        if ended - began > SILENCE
    ]
    if clock.now() - moments[-1] > SILENCE:
        gaps.append((moments[-1], clock.now(), False))
    return [_outage(*gap) for gap in reversed(gaps)]


def _outage(began: datetime, ended: datetime, is_over: bool) -> Outage:
    claimed_before = sa.exists().where(
        TextAttempt.text_id == OutboundText.id, TextAttempt.claimed_at < began
    )
    rows = db.session.execute(
        sa.select(OutboundText.state, sa.func.count())
        .where(
            OutboundText.send_after < ended,
            OutboundText.expires_at > began,
            sa.or_(OutboundText.settled_at.is_(None), OutboundText.settled_at >= began),
            ~claimed_before,
        )
        .group_by(OutboundText.state)
    )
    states = Counter({row[0]: row[1] for row in rows})
    stale, stopped, waiting = (
        sum(states[state] for state in kinds) for kinds in (STALE, STOPPED, WAITING)
    )
    return Outage(
        began=began,
        ended=ended,
        is_over=is_over,
        due=states.total(),
        late=states.total() - stale - stopped - waiting,
        stale=stale,
        stopped=stopped,
        waiting=waiting,
        never_planned=_never_planned(began, ended),
    )


def _never_planned(began: datetime, ended: datetime) -> int:
    """Hearings of the days that lie whole within the outage, with no row in the outbox."""
    has_text = sa.exists().where(
        OutboundText.kind == KIND,
        OutboundText.about_id == Hearing.id,
        OutboundText.on_day == Hearing.held_on,
    )
    is_spoken_for = sa.exists().where(
        HearingText.hearing_id == Hearing.id, HearingText.held_on == Hearing.held_on
    )
    found = sa.select(sa.func.count(Hearing.id)).where(
        Hearing.held_on > clock.london_day(began),
        Hearing.held_on < clock.london_day(ended),
        Hearing.status.in_(ON_THE_LIST),
        ~has_text,
        ~is_spoken_for,
    )
    return db.session.scalar(found) or 0
