"""Sending a case on: what is shared is chosen, looked at, agreed to, and put by as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import stops
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.working_days import add_working_days
from beacon.partners import queries, rules
from beacon.partners.commands.steps import held_sharing, take, waits_no_more, write
from beacon.partners.models import PartnerReferral, PartnerService
from beacon.partners.models.directory import in_one
from beacon.partners.standards import CHASE, EXPIRY
from beacon.partners.terms import (
    Basis,
    LawfulGround,
    PartnerPermission,
    ReferralState,
    SharedFact,
    Side,
    StepKind,
)
from beacon.people import commands as people
from beacon.people.rules import is_reason
from beacon.people.terms import Purpose

ASKS_AT_MOST = 2_000
REASON_AT_MOST = 500
NO_GROUND_WORDS = "Say in your own words why it is shared without their consent."
CHANGED_MEANWHILE = (
    "What would be shared has changed since you looked at it. Look at it again, then send it."
)
SAYS_TOO_MUCH = (
    "These words name an address, a number or a way to reach them that is not to be shared. "
    "Take it out."
)
NEEDS_THE_RULE = (
    "There are words on how they may be reached safely. Share them with the number, or do not "
    "share the number."
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which facts are shared, and what the agency is asked to do."""

    facts: frozenset[SharedFact]
    asks: str


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What was looked at, and the ground where they do not agree."""

    mark: str
    ground: LawfulGround | None = None
    ground_words: str = ""


def draft_referral(
    case: CaseFile, service: PartnerService, choice: Choice, *, actor: Actor
) -> PartnerReferral:
    """Write a referral that is not sent yet. A form that was sent twice writes one."""
    with transaction() as session:
        row = held_for(case, actor, PartnerPermission.SEND)
        offered = _offered(service.id)
        _check(row, choice)
        drafts = sa.select(PartnerReferral).filter_by(
            case_id=row.id, service_id=offered.id, state=ReferralState.DRAFT
        )
        if (before := session.scalars(drafts).first()) is not None:
            _choose(before, choice)
            return before
        made = PartnerReferral(
            case_id=row.id,
            agency=offered.agency.name,
            service_id=offered.id,
            state=ReferralState.DRAFT,
            expires_on=clock.today() + timedelta(days=settings.count(EXPIRY)),
        )
        _choose(made, choice)
        session.add(made)
        session.flush()
        audit.record(
            "partner_referral.drafted",
            made,
            actor,
            operation=Operation.COLLECTION,
            case_id=row.id,
            service_id=offered.id,
        )
        write(made, StepKind.DRAFTED, Side.OURS, actor)
        return made


def change_draft(
    case: CaseFile, sharing: PartnerReferral, choice: Choice, *, version: int, actor: Actor
) -> None:
    """Choose anew what is to be shared, while it is not sent."""
    with transaction():
        row = held_sharing(case, sharing, actor, version=version)
        if row.state is not ReferralState.DRAFT:
            raise RuleBroken("This has been sent. What was shared stays as it was.")
        _check(case, choice)
        _choose(row, choice)
        row.version += 1
        audit.record("partner_referral.changed", row, actor, fields=("facts", "asks"))


def send(
    case: CaseFile, sharing: PartnerReferral, sending: Sending, *, version: int, actor: Actor
) -> None:
    """Let the agency see it: with the consent that stands for it, or on a lawful ground.

    What is put by is what was looked at; where a fact has changed since, nothing is sent
    (domain.md 7.2).
    """
    with transaction():
        row = held_sharing(case, sharing, actor, version=version)
        offered = _offered(row.service_id)
        if queries.is_open_with(row.case_id, offered.id):
            raise RuleBroken("This service has the case before it already. Take that back first.")
        choice = Choice(facts=row.chosen, asks=row.asks)
        _check(case, choice)
        content = rules.snapshot(queries.known_facts(case), choice.facts, choice.asks)
        if sending.mark != queries.mark_of(content):
            raise RuleBroken(CHANGED_MEANWHILE)
        row.expires_on = clock.today() + timedelta(days=settings.count(EXPIRY))
        _set_basis(case, row, sending)
        row.shared = content
        row.sent_at, row.sent_by_id = clock.now(), actor.id
        row.reply_due_on = add_working_days(clock.today(), settings.count(CHASE))
        take(row, ReferralState.SENT, Side.OURS, actor)
        stops.sent(offered.kind.value, case, row.agency, actor=actor)
        audit.record(
            "partner_referral.sent",
            row,
            actor,
            operation=Operation.DISCLOSURE,
            fields=tuple(fact.value for fact in SharedFact if fact in choice.facts),
            case_id=row.case_id,
            service_id=offered.id,
            basis=row.basis.value if row.basis else None,
            ground=row.ground.value if row.ground else None,
        )


def take_back(
    case: CaseFile, sharing: PartnerReferral, *, reason: str, version: int, actor: Actor
) -> None:
    """Take a referral back, or throw a draft away: the agency sees it no more, from now on."""
    with transaction():
        row = held_sharing(case, sharing, actor, version=version)
        if not reason.strip():
            raise RuleBroken("Enter why it is taken back.", field="reason")
        take(row, ReferralState.REVOKED, Side.OURS, actor, words=reason)
        waits_no_more(row, actor)
        audit.record("partner_referral.revoked", row, actor, case_id=row.case_id)


def _set_basis(case: CaseFile, row: PartnerReferral, sending: Sending) -> None:
    """The consent that stands for this agency; else a ground, with words for it."""
    standing = queries.standing_with(case, row.agency)
    if standing.holds and standing.last is not None:
        row.basis, row.consent_id, row.ground = Basis.CONSENT, standing.last.id, None
        row.ground_words = ""
        if standing.last.expires_on is not None:
            row.expires_on = min(row.expires_on, standing.last.expires_on)
        return
    if sending.ground is None:
        people.ask_consent(case.victim, Purpose.REFER_ON, row.agency, field="ground")
    if not is_reason(sending.ground_words):
        raise RuleBroken(NO_GROUND_WORDS, field="ground_words")
    row.basis, row.consent_id, row.ground = Basis.OVERRIDE, None, sending.ground
    row.ground_words = sending.ground_words.strip()


def _offered(service_id: int | None) -> PartnerService:
    row = db.session.get(PartnerService, service_id) if service_id is not None else None
    if row is None:
        raise NotFound
    if not row.is_active(clock.today()):
        raise RuleBroken("This service takes nobody now. Choose another one.")
    return row


def _check(case: CaseFile, choice: Choice) -> None:
    """Refuse words that say more than was chosen, and a number without how to use it safely."""
    if not choice.asks.strip():
        raise RuleBroken("Enter what you ask them to do.", field="asks")
    if len(choice.asks) > ASKS_AT_MOST:
        raise RuleBroken(f"The words must be {ASKS_AT_MOST:,} characters or fewer.", field="asks")
    if not choice.facts:
        raise RuleBroken("Choose at least one fact to share.", field="facts")
    if rules.not_safe_alone(queries.known_facts(case), choice.facts):
        raise RuleBroken(NEEDS_THE_RULE, field="facts")
    if rules.names_what_is_kept_back(choice.asks, queries.kept_back(case, choice.facts)):
        raise RuleBroken(SAYS_TOO_MUCH, field="asks")


def _choose(row: PartnerReferral, choice: Choice) -> None:
    row.facts, row.asks = in_one(choice.facts), choice.asks.strip()
