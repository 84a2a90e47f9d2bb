"""To what somebody agrees: how each purpose and agency stands, and everything that was said."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.names import name_key
from beacon.people import rules
from beacon.people.models import ConsentGiven, Victim
from beacon.people.queries.links import linked_ids
from beacon.people.terms import Agreed, Purpose


@dataclass(frozen=True, kw_only=True)
class Stands:
    """How one purpose, for one agency where it has one, stands today."""

    purpose: Purpose
    agency: str
    last: ConsentGiven | None
    holds: bool
    has_run_out: bool

    @property
    def answer(self) -> Agreed:
        """What they last said."""
        return self.last.answer if self.last else Agreed.NOT_ASKED


def consents(victim: Victim) -> list[Stands]:
    """How everything stands that somebody was, or is to be, asked to agree to."""
    last: dict[tuple[Purpose, str], ConsentGiven] = {}
    for one in said_of_consent(victim):
        last[one.purpose, one.agency_key] = one
    for purpose in Purpose:
        if not purpose.names_an_agency and (purpose, "") not in last:
            last[purpose, ""] = None  # type: ignore[assignment]
    order = list(Purpose)
    keys = sorted(last, key=lambda key: (order.index(key[0]), key[1]))
    return [_stands(purpose, last[purpose, agency]) for purpose, agency in keys]


def said_of_consent(victim: Victim) -> list[ConsentGiven]:
    """Everything that was said, under every record held to be this person's, in its order."""
    ids = [victim.id, *linked_ids(victim.id)]
    query = sa.select(ConsentGiven).where(ConsentGiven.victim_id.in_(ids))
    return list(db.session.scalars(query.order_by(ConsentGiven.said_at, ConsentGiven.id)))


def consent_to(victim: Victim, purpose: Purpose, agency: str = "") -> Stands:
    """How one purpose stands, for one agency."""
    key = name_key(agency)
    said = [
        one for one in said_of_consent(victim) if one.purpose is purpose and one.agency_key == key
    ]
    return _stands(purpose, said[-1] if said else None, agency=agency)


def _stands(purpose: Purpose, last: ConsentGiven | None, *, agency: str = "") -> Stands:
    today = clock.today()
    facts = (last.answer, last.expires_on, today) if last else (Agreed.NOT_ASKED, None, today)
    return Stands(
        purpose=purpose,
        agency=last.agency if last else agency,
        last=last,
        holds=rules.stands(*facts),
        has_run_out=rules.has_run_out(*facts),
    )
