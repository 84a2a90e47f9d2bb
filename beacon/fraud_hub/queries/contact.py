"""One fraud case on the list: its tick list, what was tried, and what was decided of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from beacon.cases import queries as cases
from beacon.cases.ends import End
from beacon.cases.models import CaseFile, ContactLog, FraudReport
from beacon.cases.terms import ContactOutcome, CrimeKind
from beacon.core import clock, scope, settings, together
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import rules
from beacon.fraud_hub.models import FraudDecision, FraudTriage
from beacon.fraud_hub.queries.month import MonthRow, row_of
from beacon.fraud_hub.queries.repeats import Alerts, alerts_of
from beacon.fraud_hub.rules import IntakeFacts, Judged, Tried
from beacon.fraud_hub.standards import LARGE, TRIES
from beacon.fraud_hub.terms import Factor
from beacon.people import queries as people
from beacon.people.models import PersonAround, Victim
from beacon.people.queries import ContactCard
from beacon.people.terms import Around

ATTEMPTS_AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class ContactPage:
    """What the pages of first contact show of one case."""

    row: MonthRow
    alerts: Alerts
    triages: Sequence[FraudTriage]  # the newest first
    decisions: Sequence[FraudDecision]  # the newest first
    attempts: Sequence[ContactLog]  # the newest first
    speakers: Sequence[PersonAround]  # who speaks for a business
    proposed: tuple[Factor, ...]
    judged: Judged
    lost_pence: int | None
    tries_at_most: int

    @property
    def triage(self) -> FraudTriage | None:
        """The tick list that stands."""
        return next((one for one in self.triages if one.replaced_at is None), None)

    @property
    def decision(self) -> FraudDecision | None:
        """The decision that stands."""
        return next((one for one in self.decisions if one.replaced_at is None), None)

    @property
    def ticked(self) -> tuple[Factor, ...]:
        """What counts now: what a person confirmed, else what the report proposes."""
        return self.triage.factors if self.triage else self.proposed

    @property
    def seen(self) -> int:
        """The newest contact by its number; nought where there is none."""
        return max((one.id for one in self.attempts), default=0)


@asking
def contact_page(viewer: Viewer, case: CaseFile, report: FraudReport | None) -> Asking[ContactPage]:
    """The first contact of one fraud case, in one statement however much there is."""
    row, alerts, triages, decisions, attempts, speakers = yield from together.at_once(
        row_of.ask(viewer, case.id),
        alerts_of.ask(viewer, [case.id]),
        together.scalars(
            scope.visible(viewer, FraudTriage)
            .where(FraudTriage.case_id == case.id)
            .order_by(FraudTriage.id.desc())
        ),
        together.scalars(
            scope.visible(viewer, FraudDecision)
            .where(FraudDecision.case_id == case.id)
            .order_by(FraudDecision.id.desc())
        ),
        together.scalars(
            sa.select(ContactLog)
            .where(ContactLog.case_id == case.id)
            .order_by(ContactLog.id.desc())
            .limit(ATTEMPTS_AT_MOST)
        ),
        together.scalars(
            scope.visible(viewer, PersonAround)
            .where(
                PersonAround.victim_id == case.victim_id,
                PersonAround.kind == Around.SPEAKS_FOR,
                PersonAround.retired_at.is_(None),
            )
            .order_by(PersonAround.id)
        ),
    )
    found = alerts.get(case.id, Alerts())
    facts = intake_facts(case, case.victim, report, found)
    proposed = rules.proposed(facts, clock.today())
    standing = next((one for one in triages if one.replaced_at is None), None)
    return ContactPage(
        row=row,
        alerts=found,
        triages=triages,
        decisions=decisions,
        attempts=attempts,
        speakers=speakers,
        proposed=proposed,
        judged=judged(standing.factors if standing else proposed, facts.lost_pence),
        lost_pence=facts.lost_pence,
        tries_at_most=settings.count(TRIES),
    )


@asking
def contact_in(viewer: Viewer, case: CaseFile) -> Asking[ContactPage]:
    """The same with the report of the case, for the page of the case."""
    report = yield from together.first(
        scope.visible(viewer, FraudReport).where(FraudReport.crime_id == case.crime_id)
    )
    return (yield from contact_page.ask(viewer, case, report))


def intake_facts(
    case: CaseFile, victim: Victim, report: FraudReport | None, alerts: Alerts
) -> IntakeFacts:
    """What the report and the record say before anybody has asked."""
    return IntakeFacts(
        still_paying=report.still_paying if report else None,
        remote_access=report.remote_access if report else None,
        vulnerable=report.vulnerable if report else None,
        fraud_code=report.fraud_code if report else "",
        lost_pence=report.amount_lost_pence if report else None,
        born=victim.date_of_birth,
        language=victim.language or "",
        domestic_abuse=case.domestic_abuse,
        repeats=alerts.is_repeat or alerts.is_recovery,
    )


def judged(factors: Sequence[Factor], lost_pence: int | None) -> Judged:
    """The level and urgency of these factors and this loss, by the settings of today."""
    return rules.judge(factors, lost_pence, large_pence=settings.count(LARGE) * 100)


def card_of(viewer: Viewer, case: CaseFile) -> ContactCard:
    """How the victim may be reached, as the page of the case says it."""
    return people.contact_card(viewer, case.victim)


def tried_of(case: CaseFile, card: ContactCard) -> Tried:
    """What came of trying to reach the victim so far, and whether a letter is safe."""
    contacts = list(
        db.session.scalars(
            sa.select(ContactLog)
            .where(ContactLog.case_id == case.id)
            .order_by(ContactLog.happened_at, ContactLog.id)
        )
    )
    talked = [at for at, one in enumerate(contacts) if one.outcome is ContactOutcome.SPOKE]
    return Tried(
        tries=len(contacts),
        unanswered=len(contacts) - (talked[-1] + 1 if talked else 0),
        spoken=bool(talked),
        written=any(_is_letter(one) for one in contacts),
        letter_is_safe=cases.ways_to(card).post,
        triaged=standing_triage(case.id) is not None,
    )


def standing_triage(case_id: int) -> FraudTriage | None:
    """The tick list of a case that stands."""
    return db.session.scalar(
        sa.select(FraudTriage).where(
            FraudTriage.case_id == case_id, FraudTriage.replaced_at.is_(None)
        )
    )


def standing_decision(case_id: int) -> FraudDecision | None:
    """The decision about a case that stands."""
    return db.session.scalar(
        sa.select(FraudDecision).where(
            FraudDecision.case_id == case_id, FraudDecision.replaced_at.is_(None)
        )
    )


def newest_contact(case_id: int) -> int:
    """The newest contact of a case by its number; nought where there is none."""
    query = sa.select(sa.func.max(ContactLog.id)).where(ContactLog.case_id == case_id)
    return db.session.scalar(query) or 0


def ends_of(case: CaseFile) -> list[End]:
    """What is open in a fraud case that is to be closed: its decision, where there is none.

    There is none without an attempt to reach the victim, so this keeps both ways closed.
    """
    if case.crime.kind is not CrimeKind.FRAUD or standing_decision(case.id) is not None:
        return []
    return [
        End(
            words="The fraud hub has not decided: somebody must be tried, and a decision made",
            endpoint="fraud_hub.decide",
            args={"reference": case.reference},
            do="Record the attempt and the decision",
        )
    ]


def _is_letter(contact: ContactLog) -> bool:
    return contact.channel is Channel.LETTER and contact.outcome is ContactOutcome.SENT
