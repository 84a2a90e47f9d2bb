"""Having the person of a referral written to: what about, and in which words."""

from __future__ import annotations

from beacon.cases.terms import CrimeKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.entitlements.terms import EnhancedGround
from beacon.notices import commands as notices
from beacon.notices.commands import Asked
from beacon.notices.models import VictimNotice
from beacon.notices.rules import age_of
from beacon.notices.terms import Matter, NoticeKind
from beacon.referrals.models import Referral
from beacon.referrals.queries.deciding import promised_by
from beacon.referrals.queries.showing import triage_asked

MATTERS = {
    CrimeKind.CRIME: Matter.CRIME,
    CrimeKind.FRAUD: Matter.FRAUD,
    CrimeKind.ASB: Matter.ASB,
}


def write_about(
    referral: Referral, kind: NoticeKind, *, passed_to: str = "", actor: Actor
) -> VictimNotice | None:
    """Write to the person of a referral by their safe way, or hold it and say why; once."""
    with transaction():
        return notices.write(
            Asked(
                kind=kind,
                about_id=referral.id,
                victim=referral.victim,
                matter=MATTERS[referral.crime.kind],
                age=age_of(referral.victim.date_of_birth, clock.today()),
                reference=referral.case.reference if referral.case else f"R{referral.id}",
                due_on=promised_by(referral),
                passed_to=passed_to,
                is_careful=EnhancedGround.DOMESTIC_ABUSE in triage_asked(referral).ticked,
            ),
            actor=actor,
        )
