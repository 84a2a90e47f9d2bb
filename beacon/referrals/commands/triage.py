"""What a person decides of a referral: who it is, which rights, and whether we take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from beacon.audit import commands as audit
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import Consent, ContactOutcome, TaskKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Channel, EnhancedGround, VictimCategory
from beacon.referrals.commands.holding import let_go
from beacon.referrals.commands.identity import undecided_links
from beacon.referrals.commands.receiving import open_case_of
from beacon.referrals.commands.stages import decide_finally, held
from beacon.referrals.models import Referral
from beacon.referrals.queries.deciding import proposed_route
from beacon.referrals.terms import Place, ReferralState, Route, Verdict, Waits

SAFEGUARD = "Safeguarding: decide today who must hear of this"


@dataclass(frozen=True, kw_only=True)
class FirstContact:
    """The first time that somebody reached the victim, or tried to."""

    channel: Channel
    outcome: ContactOutcome
    at: datetime
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class Triage:
    """What the officer decides on one page."""

    category: VictimCategory
    grounds: Mapping[EnhancedGround, bool] = field(default_factory=dict)
    reason: str = ""
    consent: Consent
    contact: FirstContact | None = None
    route: Route | None = None  # the proposed one, where nobody says another


def confirm(referral: Referral, triage: Triage, *, version: int, actor: Actor) -> CaseFile:
    """Confirm what the victim is owed and record the first contact; a referral that waited opens
    its case here (contract 3.5).
    """
    with transaction() as session:
        row = held(referral, version, actor)
        if row.state is ReferralState.DECLINED:
            raise RuleBroken("This referral was declined.")
        row.consent = triage.consent
        proposed = proposed_route(row).route
        row.route = triage.route or proposed
        if row.route is not proposed and not triage.reason.strip():
            raise RuleBroken(
                f"Say why it does not go the proposed way ({proposed.label}).", field="reason"
            )
        case = row.case or _accept(row, actor)
        cases.decide_category(
            case,
            category=triage.category,
            grounds=triage.grounds,
            reason=triage.reason,
            version=case.version,
            actor=actor,
        )
        if triage.contact is not None:
            cases.log_contact(
                case,
                channel=triage.contact.channel,
                outcome=triage.contact.outcome,
                notes=triage.contact.notes,
                at=triage.contact.at,
                actor=actor,
            )
        row.waits = None
        decide_finally(
            row,
            Verdict.TAKEN,
            route=row.route,
            proposed=proposed,
            reason=triage.reason,
            actor=actor,
        )
        if row.route is Route.SAFEGUARDING:
            cases.add_task(
                case.id, kind=TaskKind.OTHER, about=SAFEGUARD, due_on=clock.today(), actor=actor
            )
        settle(row, actor)
        session.flush()
        audit.record("referral.confirmed", row, actor, case_id=case.id, route=row.route.value)
    return case


def _accept(referral: Referral, actor: Actor) -> CaseFile:
    if referral.consent is Consent.NO:
        raise RuleBroken(
            "They did not agree to be referred. Decline the referral, or ask them again and "
            "record that they agreed.",
            field="consent",
        )
    if referral.waits is Waits.POSSIBLE_MATCH and undecided_links(referral):
        raise RuleBroken("Say first whether this is one of the people shown as possible matches.")
    return open_case_of(referral, referral.crime, referral.victim, None, actor=actor)


def settle(row: Referral, actor: Actor) -> None:
    """It leaves the queue, and the hands of whoever had it. In the transaction of the decision."""
    row.place, row.next_try_at, row.contact_by = Place.DONE, None, None
    row.decided_at, row.decided_by_id = clock.now(), actor.id
    row.version += 1
    let_go(row)
