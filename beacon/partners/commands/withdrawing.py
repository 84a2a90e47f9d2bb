"""What somebody says of consent is heeded at once by what was shared on it."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.partners import queries, rules
from beacon.partners.commands.steps import take, waits_no_more
from beacon.partners.models import PartnerReferral
from beacon.partners.terms import Basis, ReferralState, Side
from beacon.people import queries as people
from beacon.people.models import Victim
from beacon.people.terms import Purpose

TAKEN_BACK = "They do not agree any more"


def heed_consent(victim: Victim, agency: str, actor: Actor) -> None:
    """Take back what was shared on a consent that stands no more; end it where that now ends.

    What was shared on a lawful ground stays (domain.md 7.2).
    """
    with transaction():
        standing = people.consent_to(victim, Purpose.REFER_ON, agency)
        ids = [victim.id, *people.linked_ids(victim.id)]
        for found in queries.live_of_victim(ids, agency):
            row = db.session.get(
                PartnerReferral, found.id, with_for_update=True, populate_existing=True
            )
            if row is None or row.basis is not Basis.CONSENT:
                continue
            if not standing.holds:
                _take_back(row, actor)
            elif standing.last is not None and standing.last.expires_on is not None:
                row.expires_on = min(row.expires_on, standing.last.expires_on)


def _take_back(row: PartnerReferral, actor: Actor) -> None:
    """Nobody at the agency sees it from now on, not even where the agency has ended it."""
    if rules.may_step(row.state, ReferralState.REVOKED, Side.CLOCK):
        take(row, ReferralState.REVOKED, Side.CLOCK, actor, words=TAKEN_BACK)
    row.revoked_at = clock.now()
    waits_no_more(row, actor)
    audit.record("partner_referral.revoked", row, actor, case_id=row.case_id)
