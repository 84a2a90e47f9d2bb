"""What waits for a second person, the longest waiting first, and what stands beside one of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import LedgerEntry, LedgerProposal
from beacon.fraud_hub.queries.book import A_DAY
from beacon.fraud_hub.rules import Person, same_person
from beacon.fraud_hub.terms import ProposalState
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

BESIDE_AT_MOST = 20


@dataclass(frozen=True)
class ProposalRow:
    """One proposal, with the reference of its case where it is of one."""

    proposal: LedgerProposal
    reference: str | None
    beside: Sequence[LedgerEntry] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """The proposals that the viewer may see in one state, of cases and of published figures."""

    viewer: Viewer
    state: ProposalState = ProposalState.WAITING

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[ProposalRow]:
        """One page: what waits longest first; of what is decided, the newest first."""
        newest = self.state is not ProposalState.WAITING
        keys = [
            Key(LedgerProposal.created_at, descending=newest),
            Key(LedgerProposal.id, descending=newest),
        ]
        query = _query(self.viewer).where(LedgerProposal.state == self.state)
        return read_page(db.session(), query, keys, cursor, size=size, shape=_row)


def count_to_approve(viewer: Viewer) -> int:
    """How many proposals that the viewer may see wait for a second person."""
    query = _query(viewer).where(LedgerProposal.state == ProposalState.WAITING)
    found = query.with_only_columns(sa.func.count(LedgerProposal.id))
    return db.session.scalar(found) or 0


def get_proposal(viewer: Viewer, proposal_id: int) -> ProposalRow:
    """One proposal, with the newest entries of its case that were logged within a day of it."""
    row = db.session.execute(_query(viewer).where(LedgerProposal.id == proposal_id)).first()
    if row is None:
        raise NotFound
    proposal: LedgerProposal = row[0]
    if proposal.case_id is None:
        return _row(row)
    beside = db.session.scalars(
        scope.visible(viewer, LedgerEntry)
        .where(
            LedgerEntry.case_id == proposal.case_id,
            sa.or_(
                sa.and_(
                    LedgerEntry.created_at > proposal.created_at - A_DAY,
                    LedgerEntry.created_at <= proposal.created_at,
                ),
                LedgerEntry.happened_on == proposal.happened_on,
            ),
        )
        .order_by(LedgerEntry.id.desc())
        .limit(BESIDE_AT_MOST)
    )
    return ProposalRow(proposal, row[1], list(beside))


def may_decide(proposal: LedgerProposal, actor: Actor) -> bool:
    """Whether this person is a second person for it, as far as the house knows."""
    if actor.is_machine or actor.id is None:
        return False
    return not same_person(
        _person(proposal.proposed_by_id, proposal.proposed_by_name),
        _person(actor.id, actor.name),
    )


def _query(viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(LedgerProposal, CaseFile.reference)
        .outerjoin(CaseFile, CaseFile.id == LedgerProposal.case_id)
        .where(scope.condition(viewer, LedgerProposal))
    )


def _row(row: Any) -> ProposalRow:
    return ProposalRow(row[0], row[1])


def _person(staff_id: int | None, name: str) -> Person:
    staff = db.session.get(Staff, staff_id) if staff_id is not None else None
    if staff is None:
        return Person(None, name)
    return Person(staff.id, staff.name, staff.email or "", staff.phone or "")
