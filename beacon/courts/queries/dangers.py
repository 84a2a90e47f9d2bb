"""Whether the other side has a number of a victim's own case: said to whoever is about to call."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.core import together
from beacon.core.together import Asking, asking
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
@asking
def shares_a_number(victim: Victim) -> Asking[str]:
    """The warning, where a defendant's number is held in one of the victim's cases (RULE 7.5).

    Asked through the window in the wall: which number it is, and whose, is not said.
    """
    crimes = sa.select(Crime.reference_key).join(CaseFile, CaseFile.crime_id == Crime.id)
    cases, charged = yield from together.at_once(
        together.scalars(sa.select(CaseFile.id).where(CaseFile.victim_id == victim.id)),
        together.scalars(
            sa.select(Defendant)
            .where(
                Defendant.crime_key.in_(crimes.where(CaseFile.victim_id == victim.id)),
                Defendant.mobile_index.is_not(None),
            )
            .order_by(Defendant.id)
        ),
    )
    held = yield from together.at_once(*(numbers.holder.ask(one.mobile, cases) for one in charged))
    return SHARED if Held.SAME_CASE in held else ""
