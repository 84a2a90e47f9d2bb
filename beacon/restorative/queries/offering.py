"""What was offered in one case, and the list of cases in which it has still to be explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime, CrimeMilestone
from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import with_case
from beacon.core import clock, scope, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.together import Asking, asking
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, Milestone
from beacon.restorative import rules
from beacon.restorative.models import RestorativeOffer, RestorativeStep
from beacon.restorative.queries.blocks import Block, blocks, only
from beacon.restorative.terms import Waiting, Whose
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

RULE = "R3_RJ"  # told about Restorative Justice, by the police or the youth offending team
M = Milestone
FOUND = (M.CHARGED, M.OUT_OF_COURT_DISPOSAL, M.PLEADED_GUILTY, M.SENTENCED)


@dataclass(frozen=True)
class OfferPart:
    """One offender of a case with the steps that count and those that were taken back."""

    offer: RestorativeOffer
    steps: Sequence[RestorativeStep]  # the newest first
    standing_ids: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class CaseOffers:
    """All that a case's page says of restorative justice."""

    parts: Sequence[OfferPart]
    block: Block
    is_known: bool
    informed_on: date | None  # by the duty of the Code, where no step says it

    @property
    def is_waiting(self) -> bool:
        """Whether somebody is known and it has not been explained for each offender."""
        live = [part.offer for part in self.parts if not part.offer.dropped]
        if self.parts and not live:
            return False
        return self.is_known and (not live or any(one.explained_on is None for one in live))


@dataclass(frozen=True, kw_only=True)
class WaitingRow:
    """One case of the list."""

    case_id: int
    reference: str
    victim_name: str
    manager_name: str
    offence: str
    since: datetime
    ask_on: date | None


def known(at: datetime | None = None) -> sa.ColumnElement[bool]:
    """Whether the offender of a crime is known: by a moment, where one is given.

    Somebody was named by the feed or by what has happened, and it did not end with the decision
    not to charge anybody.
    """
    moment = at or clock.now()
    return sa.and_(
        Crime.suspect_known_at <= moment,
        sa.or_(~_happened(moment, M.NOT_CHARGED), _happened(moment, *FOUND)),
    )


def _happened(moment: datetime, *kinds: Milestone) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        CrimeMilestone.crime_id == Crime.id,
        CrimeMilestone.kind.in_(kinds),
        CrimeMilestone.created_at <= moment,
        sa.or_(CrimeMilestone.withdrawn_at.is_(None), CrimeMilestone.withdrawn_at > moment),
    )


def not_explained() -> sa.ColumnElement[bool]:
    """Whether a case has no offer yet, or one that nobody has explained."""
    of_case = sa.exists().where(RestorativeOffer.case_id == CaseFile.id)
    open_one = of_case.where(
        RestorativeOffer.explained_on.is_(None), RestorativeOffer.dropped.is_(False)
    )
    return sa.or_(~of_case, open_one)


@dataclass(frozen=True, kw_only=True)
class WaitingList:
    """Open cases with a known offender: in the order in which we came to know of them."""

    viewer: Actor
    waiting: Waiting = Waiting.EXPLAIN
    whose: Whose = Whose.ALL

    def query(self) -> sa.Select[*tuple[Any, ...]]:
        """The cases, with what a line shows."""
        asked = (
            sa.select(sa.func.min(RestorativeOffer.ask_on))
            .where(
                RestorativeOffer.case_id == CaseFile.id,
                RestorativeOffer.ask_on <= clock.today(),
            )
            .correlate(CaseFile)
            .scalar_subquery()
        )
        query = (
            with_case(Crime.offence, Crime.suspect_known_at, asked.label("ask_on"))
            .join(Crime, Crime.id == CaseFile.crime_id)
            .where(CaseFile.closed_at.is_(None), scope.condition(self.viewer, CaseFile), known())
        )
        if self.whose is Whose.MINE:
            query = query.where(CaseFile.manager_id == self.viewer.id)
        elif self.whose is Whose.TEAM:
            query = query.where(CaseFile.team_id == self.viewer.team_id)
        if self.waiting is Waiting.EXPLAIN:
            return query.where(not_explained())
        return query.where(asked.is_not(None))

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[WaitingRow]:
        """One page of it."""
        return read_page(db.session(), self.query(), KEYS, cursor, size=size, shape=_row)


KEYS = (Key(Crime.suspect_known_at), Key(CaseFile.id))


def _row(row: Any) -> WaitingRow:
    return WaitingRow(
        case_id=row.case_id,
        reference=row.reference,
        victim_name=name_of(row),
        manager_name=row.manager_name or "",
        offence=row.offence,
        since=row.suspect_known_at,
        ask_on=row.ask_on,
    )


@asking
def offers_of(viewer: Actor, case: CaseFile) -> Asking[CaseOffers]:
    """What was offered in a case, to each offender, and what stands against it."""
    offers, steps, found, is_known, told = yield from together.at_once(
        together.scalars(
            scope.visible(viewer, RestorativeOffer)
            .where(RestorativeOffer.case_id == case.id)
            .order_by(RestorativeOffer.number)
        ),
        together.scalars(
            scope.visible(viewer, RestorativeStep)
            .where(RestorativeStep.case_id == case.id)
            .order_by(RestorativeStep.id.desc())
        ),
        blocks.ask(only(case.id)),
        together.rows(sa.select(Crime.id).where(Crime.id == case.crime_id, known())),
        together.rows(
            sa.select(Duty.told_at)
            .where(Duty.case_id == case.id, Duty.rule == RULE, Duty.told_at.is_not(None))
            .order_by(Duty.id)
            .limit(1)
        ),
    )
    told_at = told[0].told_at if told else None
    return CaseOffers(
        parts=[
            _part(offer, [one for one in steps if one.offer_id == offer.id]) for offer in offers
        ],
        block=found.get(case.id, Block()),
        is_known=bool(is_known) or bool(offers),
        informed_on=clock.london_day(told_at) if told_at else None,
    )


def _part(offer: RestorativeOffer, steps: list[RestorativeStep]) -> OfferPart:
    return OfferPart(offer, steps, frozenset(step.id for step in rules.that_stand(steps)))


def offers_held(case_id: int) -> list[RestorativeOffer]:
    """The offers of a case, for the work, the first one first."""
    query = sa.select(RestorativeOffer).where(RestorativeOffer.case_id == case_id)
    return list(db.session.scalars(query.order_by(RestorativeOffer.number)))


def steps_held(offer_id: int) -> list[RestorativeStep]:
    """The steps of an offer, for the work."""
    query = sa.select(RestorativeStep).where(RestorativeStep.offer_id == offer_id)
    return list(db.session.scalars(query.order_by(RestorativeStep.id)))


def has_known_offender(crime_id: int) -> bool:
    """Whether anybody is known to have done it, for the work."""
    found = sa.select(Crime.id).where(Crime.id == crime_id, known())
    return db.session.scalar(found) is not None


def information_owed(case_id: int) -> list[Duty]:
    """The open duties to tell the victim about Restorative Justice (R3_RJ)."""
    query = sa.select(Duty).where(
        Duty.case_id == case_id, Duty.rule == RULE, Duty.state == DutyState.OPEN
    )
    return list(db.session.scalars(query.order_by(Duty.id)))
