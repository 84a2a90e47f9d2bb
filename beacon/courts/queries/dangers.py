"""Whether the other side has a number of a victim's own case: said to whoever is about to call."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.core.db import db
from beacon.courts.models import Defendant
from beacon.numbers import queries as numbers
from beacon.numbers.terms import Held
from beacon.people.access import warned_of
from beacon.people.models import Victim

SHARED = (
    "A number in this case is also one that the court list gives for the other side. "
    "Make sure who answers before you say anything."
)


@warned_of
def shares_a_number(victim: Victim) -> str:
    """The warning, where a defendant's number is held in one of the victim's cases (RULE 7.5).

    Asked through the window in the wall: which number it is, and whose, is not said.
    """
    of_victim = sa.select(CaseFile.id, Crime.reference_key).join(CaseFile.crime)
    held = db.session.execute(of_victim.where(CaseFile.victim_id == victim.id)).all()
    if not held:
        return ""
    cases, crimes = zip(*held, strict=True)
    charged = db.session.scalars(
        sa.select(Defendant)
        .where(Defendant.crime_key.in_(crimes), Defendant.mobile_index.is_not(None))
        .order_by(Defendant.id)
    )
    shared = any(numbers.holder(one.mobile, cases) is Held.SAME_CASE for one in charged)
    return SHARED if shared else ""
