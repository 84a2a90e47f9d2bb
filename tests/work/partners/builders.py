"""Builders for partners: an agency with a service, a consent, a draft, what was sent."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.terms import NeedCategory
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.partners import commands, queries
from beacon.partners.commands import Choice, Sending, ServiceGiven
from beacon.partners.models import Agency, PartnerReferral, PartnerService
from beacon.partners.terms import ServiceKind, SharedFact
from beacon.people import commands as people
from beacon.people.commands import ConsentAnswer
from beacon.people.terms import Agreed, Purpose, SaidHow
from tests.factories import TEST

REFUGE, TRUST = "Example Refuge", "Example Trust"
ASKS = "Please offer six sessions, from January on."
NAMED = frozenset({SharedFact.NAME, SharedFact.MANAGER})


def an_agency(name: str = REFUGE) -> Agency:
    """The agency of that name, made where there is none."""
    found = db.session.scalars(sa.select(Agency).where(Agency.name == name)).first()
    return found or commands.add_agency(name, actor=TEST)


def an_offer(**known: Any) -> ServiceGiven:
    """What a service offers; say only what your test is about."""
    usual = {
        "name": "Talking it through",
        "kind": ServiceKind.COUNSELLING,
        "needs": frozenset({NeedCategory.HEALTH}),
        "active_from": date(2026, 1, 1),
    }
    return ServiceGiven(**usual | known)


def a_service(agency: str = REFUGE, **known: Any) -> PartnerService:
    """A service of an agency."""
    return commands.add_service(an_agency(agency).id, an_offer(**known), actor=TEST)


def agree(
    case: CaseFile,
    agency: str = REFUGE,
    *,
    answer: Agreed = Agreed.GIVEN,
    expires_on: date | None = None,
    actor: Actor = TEST,
) -> None:
    """What the victim says of being referred on to this agency."""
    said = ConsentAnswer(
        purpose=Purpose.REFER_ON,
        agency=agency,
        answer=answer,
        how=SaidHow.PHONE,
        said_at=clock.now(),
        expires_on=expires_on,
    )
    people.record_consent(case.victim, said, actor=actor)


def a_draft(
    case: CaseFile,
    service: PartnerService | None = None,
    *,
    facts: frozenset[SharedFact] = NAMED,
    asks: str = ASKS,
    actor: Actor = TEST,
) -> PartnerReferral:
    """A referral that is not sent."""
    choice = Choice(facts=facts, asks=asks)
    return commands.draft_referral(case, service or a_service(), choice, actor=actor)


def send(case: CaseFile, sharing: PartnerReferral, *, actor: Actor = TEST, **known: Any) -> None:
    """Look at it and send it."""
    sending = Sending(**{"mark": queries.preview(actor, case, sharing).mark} | known)
    commands.send(case, sharing, sending, version=sharing.version, actor=actor)


def a_sent_one(
    case: CaseFile, service: PartnerService | None = None, *, actor: Actor = TEST, **known: Any
) -> PartnerReferral:
    """A referral that was sent with consent."""
    sharing = a_draft(case, service, actor=actor, **known)
    if not queries.standing_with(case, sharing.agency).holds:
        agree(case, sharing.agency)
    send(case, sharing, actor=actor)
    return sharing
