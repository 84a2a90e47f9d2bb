"""The same tables asked of the data themselves: every model x role x state, looking and working."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.calls.models import PassPhrase
from beacon.cases.models import (
    AccessReview,
    CaseFact,
    CaseFile,
    Crime,
    CrimeMilestone,
    DutyReminder,
    FactStepTaken,
    FraudReport,
    Need,
    NeedsAssessment,
    OnDuty,
    ProposedMilestone,
)
from beacon.core import scope
from beacon.core.actor import Actor, reader
from beacon.core.db import Base, db
from beacon.core.roles import Role
from beacon.courts.models import (
    CourtWitness,
    Defendant,
    Hearing,
    SpecialMeasure,
    SpecialMeasureStep,
    WitnessCame,
)
from beacon.documents.models import Document, DocumentFile
from beacon.entitlements.models import Duty
from beacon.fraud_hub.models import (
    BankClaim,
    BankContact,
    BankLetter,
    ClaimEvent,
    ClaimLetter,
    FraudDecision,
    FraudTriage,
    LedgerEntry,
    LedgerProposal,
    LetterLine,
    Loss,
    MonthClose,
    OpeningBalance,
    OutreachCase,
    ProtocolCall,
    RepeatCheck,
    SupportItem,
)
from beacon.mine.models import CalendarLink, ListChoice, SavedFilter
from beacon.notices.models import Printing, PrintRun, VictimNotice
from beacon.notify.models import InboundReply, OutboundText, SuppressedNumber
from beacon.partners.models import (
    Agency,
    AgencyContact,
    ChampionTraining,
    PartnerReferral,
    PartnerService,
    PartnerStep,
)
from beacon.people.models import ConsentGiven, PersonAround, Victim
from beacon.plans.models import Closing, ClosingAnswer, ClosingGoal
from beacon.referrals.models import (
    ContactTry,
    Referral,
    ReferralHold,
    TriageDecision,
    UrgentMark,
)
from beacon.self_referrals.models import SelfReferral
from beacon.surveys.models import SurveyConcern, SurveyCount, SurveyWords
from tests.factories import an_actor
from tests.web.security.matrix.table import records
from tests.web.security.matrix.world import World

CASES = ("case", "fraud-case")
# Counts of a whole month name nobody.
# A run of letters names nobody: its letters are seen one by one.
# What somebody keeps for their own work is nobody else's, whatever their role.
NAMES_NOBODY = {PrintRun, Printing, SurveyCount, CalendarLink, ListChoice, SavedFilter}
# A crime is one for all its cases: who works on one of them sees it.
CRIMES = ("crime", "fraud-crime")
KINDS: dict[type[Base], tuple[str, ...]] = (
    {
        Crime: CRIMES,
        CrimeMilestone: CRIMES,
        ProposedMilestone: CRIMES,
        Hearing: ("hearing",),
        **dict.fromkeys((CourtWitness, WitnessCame, SpecialMeasure), ("witness",)),
        SpecialMeasureStep: ("witness",),
        Defendant: ("hearing",),
        OutboundText: ("text",),
        InboundReply: ("reply",),
        SuppressedNumber: ("number",),
        Referral: ("referral",),
        ContactTry: ("referral",),
        ReferralHold: ("referral",),
        TriageDecision: ("referral",),
        UrgentMark: ("referral",),
        VictimNotice: ("notice",),
        SelfReferral: ("referral",),
        PartnerReferral: ("sharing",),
        PartnerService: ("service",),
        PartnerStep: ("sharing",),
        AccessReview: ("review",),
        FraudReport: ("fraud-crime",),
        Agency: ("agency",),
        AgencyContact: ("agency",),
        ChampionTraining: ("agency",),
        OnDuty: ("day",),
        BankContact: ("firm",),
        BankLetter: ("bank-letter",),
        MonthClose: ("month",),
        OpeningBalance: ("published",),
        SurveyConcern: ("raised",),
        SurveyWords: ("words",),
    }
    | dict.fromkeys((Loss, BankClaim, LedgerEntry, LedgerProposal, LetterLine), ("fraud-case",))
    | dict.fromkeys((FraudTriage, FraudDecision, ClaimEvent, ClaimLetter), ("fraud-case",))
    | dict.fromkeys((OutreachCase, ProtocolCall, RepeatCheck, SupportItem), ("fraud-case",))
)


def of(model: Any, args: dict[str, Any]) -> sa.ColumnElement[bool]:
    """Which rows of a model belong to the record that these numbers name."""
    by_name = {
        CaseFile: lambda: CaseFile.id == args["case_id"],
        Crime: lambda: Crime.id == args["crime_id"],
        Victim: lambda: Victim.id == args["victim_id"],
        Hearing: lambda: Hearing.id == args["hearing_id"],
        CourtWitness: lambda: CourtWitness.id == args["witness_id"],
        WitnessCame: lambda: WitnessCame.witness_id == args["witness_id"],
        SpecialMeasure: lambda: SpecialMeasure.id == args["measure_id"],
        SpecialMeasureStep: lambda: SpecialMeasureStep.measure_id == args["measure_id"],
        Defendant: lambda: Defendant.hearings.any(Hearing.id == args["hearing_id"]),
        OutboundText: lambda: OutboundText.id == args["text_id"],
        InboundReply: lambda: InboundReply.id == args["reply_id"],
        SuppressedNumber: lambda: SuppressedNumber.id == args["number_id"],
        Referral: lambda: Referral.id == args["referral_id"],
        **{
            one: lambda one=one: one.referral_id == args["referral_id"]
            for one in (ContactTry, ReferralHold, TriageDecision, UrgentMark)
        },
        SelfReferral: lambda: SelfReferral.referral_id == args["referral_id"],
        PartnerReferral: lambda: PartnerReferral.id == args["sharing_id"],
        PartnerService: lambda: PartnerService.id == args["service_id"],
        PartnerStep: lambda: PartnerStep.sharing_id == args["sharing_id"],
        ChampionTraining: lambda: ChampionTraining.contact_id == args["contact_id"],
        AccessReview: lambda: AccessReview.id == args["review_id"],
        PassPhrase: lambda: PassPhrase.victim_id == args["victim_id"],
        PersonAround: lambda: PersonAround.victim_id == args["victim_id"],
        ConsentGiven: lambda: ConsentGiven.victim_id == args["victim_id"],
        VictimNotice: lambda: VictimNotice.id == args["notice_id"],
        Agency: lambda: Agency.id == args["agency_id"],
        BankContact: lambda: BankContact.id == args["bank_id"],
        BankLetter: lambda: BankLetter.id == args["bank_letter_id"],
        MonthClose: lambda: MonthClose.id == args["close_id"],
        OpeningBalance: lambda: OpeningBalance.id == args["opening_id"],
        AgencyContact: lambda: AgencyContact.agency_id == args["agency_id"],
        SurveyConcern: lambda: SurveyConcern.id == args["raised_id"],
        SurveyWords: lambda: SurveyWords.id == args["words_id"],
        OnDuty: lambda: OnDuty.day == date.fromisoformat(args["day"]),
        DutyReminder: lambda: DutyReminder.duty_id.in_(
            sa.select(Duty.id).where(Duty.case_id == args["case_id"])
        ),
        DocumentFile: lambda: DocumentFile.document_id.in_(
            sa.select(Document.id).where(Document.case_id == args["case_id"])
        ),
        FactStepTaken: lambda: FactStepTaken.fact_id.in_(
            sa.select(CaseFact.id).where(CaseFact.case_id == args["case_id"])
        ),
        ClosingAnswer: lambda: ClosingAnswer.closing_id.in_(
            sa.select(Closing.id).where(Closing.case_id == args["case_id"])
        ),
        ClosingGoal: lambda: ClosingGoal.closing_id.in_(
            sa.select(Closing.id).where(Closing.case_id == args["case_id"])
        ),
        Need: lambda: Need.assessment_id.in_(
            sa.select(NeedsAssessment.id).where(NeedsAssessment.case_id == args["case_id"])
        ),
    }
    if model in by_name:
        return by_name[model]()
    if hasattr(model, "case_id"):
        return sa.true() & (model.case_id == args["case_id"])
    return sa.true() & (model.crime_id == args["crime_id"])


def seen_by(viewer: Actor, model: Any) -> set[int]:
    """Every row of a model that is in scope, asked once for all records."""
    return set(db.session.scalars(sa.select(model.id).where(scope.condition(viewer, model))))


def differences(world: World, role: Role, person: Staff) -> Iterator[str | None]:
    """One for each model, kind, state, and way of looking: nothing, or what is not as it should."""
    working = an_actor(person)
    for model in sorted(set(scope.registered()) - NAMES_NOBODY, key=lambda one: one.__name__):
        may_see = {one: seen_by(one, model) for one in (working, reader(working))}
        for kind in KINDS.get(model, CASES):
            for state in world.states(kind):
                rows = sa.select(model.id).where(of(model, world.args(kind, state, role)))
                there = set(db.session.scalars(rows))
                for viewer, of_model in may_see.items():
                    seen = there & of_model
                    wanted = records()[kind, state][role.value]
                    open_to = wanted == "open" or (wanted == "read" and viewer.is_reading)
                    name = (
                        f"{model.__name__} of {kind} {state} | {role} looking={viewer.is_reading}"
                    )
                    if not there:
                        yield f"{name}: there is none"
                    elif seen != (there if open_to else set()):
                        yield f"{name}: {len(seen)} of {len(there)} seen, and not {wanted}"
                    else:
                        yield None


@pytest.mark.proves("Z-02", "Z-03", "Z-15", "Z-16", "Z-19")
@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_of_every_model_what_the_table_of_records_says(
    role: Role, app: Flask, world: World
):
    found = list(differences(world, role, db.session.get_one(Staff, world.people[role])))
    faults = [fault for fault in found if fault]
    print(f"{role}: {len(found)} cells, {len(faults)} differences")
    assert not faults, "\n".join(faults)
    assert len(found) > 400
