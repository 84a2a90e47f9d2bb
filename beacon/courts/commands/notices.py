"""What a hearing means for the victims: the Code's Right 8, on every case of the crime."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.models import Crime, CrimeMilestone
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.courts.models import Defendant, Hearing, HearingType
from beacon.entitlements.terms import Milestone


def tell_of_listing(
    hearing: Hearing,
    *,
    listed_at: datetime | None = None,
    received_at: datetime | None = None,
    actor: Actor,
) -> None:
    """Open the duty to tell each victim where and when the hearing is (Code R8_HEARING).

    Its clock starts when Witness Care hears of it. A hearing that is listed anew is a new thing to
    tell, and what was still to be told of it before falls away.
    """
    with transaction() as session:
        kind = session.scalar(sa.select(HearingType).where(HearingType.code == hearing.type_code))
        if hearing.held_on < clock.today() or (kind is not None and not kind.victim_notice):
            return
        crime = session.scalar(
            sa.select(Crime).where(Crime.reference_key == hearing.defendant.crime_key)
        )
        if crime is None:
            return
        if _was_taken_back(hearing):
            hearing.listing_no += 1
        withdraw_notice(hearing, but_not=name_of(hearing), actor=actor)
        cases.record_milestone(
            crime,
            kind=Milestone.HEARING_LISTED,
            # A list says no more than the day on which we read it.
            at=listed_at or clock.start_of_day(clock.today()),
            about=name_of(hearing),
            received_at=received_at,
            actor=actor,
        )


def tell_of_hearing(hearing_id: int, *, actor: Actor) -> None:
    """Open what is owed of a hearing whose crime we have only now heard of."""
    with transaction() as session:
        hearing = session.get_one(Hearing, hearing_id, populate_existing=True)
        if hearing.is_live:
            tell_of_listing(hearing, actor=actor)


def withdraw_notice(hearing: Hearing, *, but_not: str = "", actor: Actor) -> None:
    """End what was still to be told of a hearing that is no longer held as it was listed."""
    with transaction() as session:
        first = f"hearing:{hearing.id}"
        listed = session.scalars(
            sa.select(CrimeMilestone)
            .where(
                CrimeMilestone.kind == Milestone.HEARING_LISTED,
                CrimeMilestone.withdrawn_at.is_(None),
                CrimeMilestone.about != but_not,
                sa.or_(CrimeMilestone.about == first, CrimeMilestone.about.startswith(f"{first}:")),
            )
            .order_by(CrimeMilestone.id)
        ).all()
        for milestone in listed:
            cases.withdraw_milestone(
                milestone, reason="The hearing was moved or taken off the list.", actor=actor
            )


def name_of(hearing: Hearing) -> str:
    """What a duty about this hearing is filed under; each listing of it is told on its own."""
    first = f"hearing:{hearing.id}"
    return first if hearing.listing_no == 1 else f"{first}:{hearing.listing_no}"


def name_of_charge(defendant: Defendant) -> str:
    """What the duties of a charge are filed under: a charge that was taken back had its own."""
    first = f"defendant:{defendant.id}"
    taken_back = db.session.scalar(
        sa.select(sa.func.count()).where(
            CrimeMilestone.kind == Milestone.CHARGED,
            CrimeMilestone.withdrawn_at.is_not(None),
            sa.or_(CrimeMilestone.about == first, CrimeMilestone.about.startswith(f"{first}:")),
        )
    )
    return f"{first}:{taken_back + 1}" if taken_back else first


def _was_taken_back(hearing: Hearing) -> bool:
    """Whether a person has taken back that it was listed as it now is."""
    found = db.session.scalar(
        sa.select(sa.func.count()).where(
            CrimeMilestone.kind == Milestone.HEARING_LISTED,
            CrimeMilestone.withdrawn_at.is_not(None),
            CrimeMilestone.about == name_of(hearing),
        )
    )
    return bool(found)
