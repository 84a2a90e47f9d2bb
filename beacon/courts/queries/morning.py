"""What a court officer sees first: tomorrow in figures, last night's receipts, what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.courts.queries.calls import CallList, call_list
from beacon.courts.queries.hearings import days_with_hearings
from beacon.courts.queries.outcomes import unrecorded
from beacon.courts.queries.standing import DayFigures, day_figures
from beacon.courts.terms import KIND
from beacon.notify.models import OutboundText
from beacon.notify.rules import CODE_MEANINGS
from beacon.notify.terms import TextState

S = TextState
DELIVERED = frozenset({S.DELIVERED})
NOT_DELIVERED = frozenset({S.UNDELIVERED, S.FAILED, S.REJECTED})
NO_RECEIPT = frozenset({S.ACCEPTED, S.QUEUED, S.SENT})
IN_DOUBT = frozenset({S.CLAIMED, S.UNKNOWN, S.NEEDS_A_PERSON})


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """What became of the texts that were sent on one day: the four parts make the whole."""

    day: date
    delivered: int = 0
    not_delivered: int = 0
    no_receipt: int = 0
    in_doubt: int = 0
    why: Sequence[tuple[str, int]] = ()  # of those that were not delivered

    @property
    def sent(self) -> int:
        """How many were handed to the provider, or may have been."""
        return self.delivered + self.not_delivered + self.no_receipt + self.in_doubt


@dataclass(frozen=True, kw_only=True)
class Morning:
    """The day of a court officer on one page."""

    today: date
    figures: DayFigures
    calls: CallList
    calls_today: CallList
    receipts: Receipts
    needs_a_person: int
    unrecorded: Sequence[tuple[date, int]] = ()  # days whose outcomes are not all written down

    @property
    def is_tomorrow(self) -> bool:
        """Whether the figures are tomorrow's, or those of the next day with hearings."""
        return self.figures.day == self.today + timedelta(days=1)

    @property
    def unrecorded_hearings(self) -> int:
        """How many hearings are over with nothing written down of what came of them."""
        return sum(number for _, number in self.unrecorded)


def morning(viewer: Viewer, day: date | None = None) -> Morning:
    """The figures of a day, tomorrow's where none is named, with what is left of the days before.

    Where tomorrow has no hearings they are those of the next day that has any.
    """
    today = clock.today()
    tomorrow = today + timedelta(days=1)
    if day is None:
        _, day = days_with_hearings(viewer, today)
    of = day or tomorrow
    calls_today = call_list(viewer, today)
    return Morning(
        today=today,
        figures=day_figures(viewer, of),
        calls=calls_today if of == today else call_list(viewer, of),
        calls_today=calls_today,
        receipts=receipts(viewer, today - timedelta(days=1)),
        needs_a_person=needs_a_person(viewer),
        unrecorded=unrecorded(viewer, today),
    )


def receipts(viewer: Viewer, sent_on: date) -> Receipts:
    """What became of the reminders that were sent on one London day."""
    query = (
        sa.select(OutboundText.state, OutboundText.error_code, sa.func.count())
        .where(
            OutboundText.kind == KIND,
            OutboundText.claimed_at >= clock.start_of_day(sent_on),
            OutboundText.claimed_at < clock.start_of_day(sent_on + timedelta(days=1)),
            OutboundText.state.in_(DELIVERED | NOT_DELIVERED | NO_RECEIPT | IN_DOUBT),
            scope.condition(viewer, OutboundText),
        )
        .group_by(OutboundText.state, OutboundText.error_code)
    )
    states, why = Counter[TextState](), Counter[str]()
    for state, code, number in db.session.execute(query):
        states[state] += number
        if state in NOT_DELIVERED:
            why[CODE_MEANINGS.get(code or 0, "The provider gave no reason we know.")] += number
    return Receipts(
        day=sent_on,
        delivered=sum(states[one] for one in DELIVERED),
        not_delivered=sum(states[one] for one in NOT_DELIVERED),
        no_receipt=sum(states[one] for one in NO_RECEIPT),
        in_doubt=sum(states[one] for one in IN_DOUBT),
        why=sorted(why.items(), key=lambda pair: (-pair[1], pair[0])),
    )


def needs_a_person(viewer: Viewer) -> int:
    """How many texts wait for a person's decision, or have reports that contradict each other."""
    waits = sa.or_(OutboundText.state == S.NEEDS_A_PERSON, OutboundText.is_disputed)
    query = sa.select(sa.func.count(OutboundText.id)).where(
        waits, scope.condition(viewer, OutboundText)
    )
    return db.session.scalar(query) or 0
