"""What was sent on to partners: of a case, of an agency, and what waits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from beacon.cases import queries as cases
from beacon.cases.ends import End
from beacon.cases.models import CaseFile
from beacon.core import scope, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.names import name_key
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.partners.models import PartnerReferral, PartnerService, PartnerStep
from beacon.partners.terms import ReferralState

LIVE = tuple(state for state in ReferralState if state.is_live)
UNANSWERED = tuple(state for state in ReferralState if state.is_unanswered)
AT_MOST = 200


@asking
def sharings_of(viewer: Viewer, case: CaseFile) -> Asking[list[PartnerReferral]]:
    """What was sent on of a case, the newest first, each with its service."""
    query = (
        sa.select(PartnerReferral, PartnerService)
        .outerjoin(PartnerService, PartnerService.id == PartnerReferral.service_id)
        .where(PartnerReferral.case_id == case.id, scope.condition(viewer, PartnerReferral))
        .order_by(PartnerReferral.id.desc())
    )
    found = yield from together.rows(query)
    for sharing, service in found:
        set_committed_value(sharing, "service", service)
    return [sharing for sharing, _ in found]


def get_sharing(viewer: Viewer, case: CaseFile, sharing_id: int) -> PartnerReferral:
    """One referral of this case."""
    return cases.row_of(viewer, case, PartnerReferral, sharing_id)


def steps_of(viewer: Viewer, sharing: PartnerReferral) -> list[PartnerStep]:
    """What happened to a referral, as far as the viewer may know it, the newest first."""
    query = scope.visible(viewer, PartnerStep).where(PartnerStep.sharing_id == sharing.id)
    return list(db.session.scalars(query.order_by(PartnerStep.id.desc())))


def own(viewer: Actor) -> list[PartnerReferral]:
    """What was sent to the viewer's own agency: what waits first, then the newest."""
    waits = sa.case((PartnerReferral.state.in_(UNANSWERED), 0), else_=1)
    query = scope.visible(viewer, PartnerReferral).options(joinedload(PartnerReferral.service))
    query = query.order_by(waits, PartnerReferral.id.desc()).limit(AT_MOST)
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Unanswered:
    """How many referrals wait for an agency's yes or no, and by when the first."""

    count: int = 0
    due_on: date | None = None

    def is_late(self, today: date) -> bool:
        """Whether the day of one of them has passed."""
        return self.due_on is not None and self.due_on < today


@asking
def unanswered_by(viewer: Viewer) -> Asking[Unanswered]:
    """What was sent to the viewer's own agency and has no answer yet."""
    query = sa.select(sa.func.count(), sa.func.min(PartnerReferral.reply_due_on)).where(
        scope.condition(viewer, PartnerReferral), PartnerReferral.state.in_(UNANSWERED)
    )
    counted = yield from together.one(query)
    return Unanswered(*counted)


def get_own(viewer: Viewer, sharing_id: int) -> PartnerReferral:
    """One referral that was sent to the viewer's own agency; anything else is not there."""
    query = scope.visible(viewer, PartnerReferral).where(PartnerReferral.id == sharing_id)
    sharing = db.session.scalars(query).first()
    if sharing is None:
        raise NotFound
    return sharing


def is_open_with(case_id: int, service_id: int) -> bool:
    """Whether this service already has the case before it."""
    query = sa.select(PartnerReferral.id).where(
        PartnerReferral.case_id == case_id,
        PartnerReferral.service_id == service_id,
        PartnerReferral.state.in_(LIVE),
    )
    return db.session.scalar(query.limit(1)) is not None


def live_of_victim(victim_ids: Collection[int], agency: str) -> list[PartnerReferral]:
    """What an agency holds of this person, under any of their records; for the work."""
    query = (
        sa.select(PartnerReferral)
        .join(CaseFile, CaseFile.id == PartnerReferral.case_id)
        .where(
            CaseFile.victim_id.in_(victim_ids),
            PartnerReferral.revoked_at.is_(None),
            PartnerReferral.state != ReferralState.EXPIRED,
        )
        .order_by(PartnerReferral.id)
    )
    return [one for one in db.session.scalars(query) if name_key(one.agency) == name_key(agency)]


def late_replies(today: date) -> list[int]:
    """The referrals that were to be answered before today, and were not."""
    query = sa.select(PartnerReferral.id).where(
        PartnerReferral.state.in_(UNANSWERED),
        PartnerReferral.reply_due_on < today,
        PartnerReferral.expires_on >= today,
    )
    return list(db.session.scalars(query.order_by(PartnerReferral.id)))


def run_out(today: date) -> list[int]:
    """The live referrals whose last day has passed."""
    query = sa.select(PartnerReferral.id).where(
        PartnerReferral.state.in_(LIVE), PartnerReferral.expires_on < today
    )
    return list(db.session.scalars(query.order_by(PartnerReferral.id)))


def ends_of(case: CaseFile) -> list[End]:
    """What a partner holds of a case that is to be closed.

    What nobody has answered, and what is a draft, is dealt with first. What an agency works on may
    go on after our own work ends, where somebody says so.
    """
    query = sa.select(PartnerReferral).where(
        PartnerReferral.case_id == case.id,
        PartnerReferral.state.in_((ReferralState.DRAFT, *LIVE)),
    )
    return [
        End(
            words=f"Sent on to {one.agency}: {one.state.label.lower()}",
            endpoint="sending.show",
            args={"reference": case.reference, "sharing_id": one.id},
            do="Take it back, or say what they answered",
            waits=one.state.is_unanswered or one.state is ReferralState.DRAFT,
        )
        for one in db.session.scalars(query.order_by(PartnerReferral.id))
    ]
