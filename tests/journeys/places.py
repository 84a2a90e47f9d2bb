"""Every page of the URL map that somebody may open, its address filled in from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from beacon.accounts import commands as accounts
from beacon.accounts.models import ApiClient, DeclaredContact, Staff, StaffRole
from beacon.calls.access import for_desk
from beacon.calls.models import CallMessage
from beacon.cases.models import (
    AccessReview,
    CaseFact,
    CaseFile,
    CaseOrder,
    Crime,
    CrimeMilestone,
    FactStepTaken,
    InformationRequest,
    ProposedMilestone,
    TimelineEntry,
)
from beacon.cases.terms import CrimeKind, FactKind, FactStep
from beacon.core import scope, settings
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role, granted
from beacon.courts.models import CourtWitness, Hearing, SpecialMeasure
from beacon.documents.models import CaseLetter, Document
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from beacon.feeds.models import ImportBatch
from beacon.fraud_hub.models import (
    BankClaim,
    BankContact,
    BankLetter,
    ClaimLetter,
    LedgerEntry,
    LedgerProposal,
    LetterLine,
    Loss,
    MonthClose,
    OpeningBalance,
    OutreachEvent,
    ProtocolCall,
    RepeatCheck,
    SupportItem,
)
from beacon.fraud_hub.terms import SupportState
from beacon.notices.models import PrintRun, VictimNotice
from beacon.notify.models import InboundReply, OutboundText, SuppressedNumber
from beacon.partners.models import Agency, AgencyContact, PartnerReferral, PartnerService
from beacon.partners.terms import ReferralState
from beacon.people.models import Address, ContactPoint, PersonAround, Victim
from beacon.plans.models import Action, Goal, HardeningItem, PlanSession, Promise
from beacon.referrals.models import Referral
from beacon.reports.models import ReturnColumn
from beacon.reports.terms.quality import Check
from beacon.reports.terms.returning import Fact
from beacon.restorative.models import (
    DisposalStep,
    DisposalView,
    RestorativeOffer,
    RestorativeStep,
)
from beacon.restorative.terms import StepKind, ViewStep
from beacon.risk.models import (
    AsbApplication,
    AsbIncident,
    AsbThreshold,
    MaracReferral,
    RiskAssessment,
    SafeguardingConcern,
    SlaveryReferral,
)
from beacon.surveys.models import SurveyConcern, SurveyWords
from tests.factories import TEST

# What answers a GET and is no page: files, a drawing, and what machines ask.
NO_PAGES = frozenset(
    {
        "static",
        "api.description",
        "courts.preview_file",
        "calendar_feed.read",
        "cases.needs_chart",
        "court_day.attendance_chart",
        "court_day.morning_chart",
        "court_day.numbers_file",
        "documents.file",
        "fraud_hub.ledger_as_csv",
        "fraud_hub.ledger_as_xlsx",
        "fraud_hub.board_csv",
        "fraud_hub.board_xlsx",
        "fraud_hub.figures_xlsx",
        "fraud_hub.recovered_chart",
        "mine.file",
        "ops.healthz",
        "ops.metrics",
        "ops.readyz",
        "outcomes.exact_xlsx",
        "outcomes.fixed",  # test_the_commissioners_page looks at it
        "outcomes.fixed_json",
        "outcomes.fixed_xlsx",
        "ministry.exact_xlsx",
        "ministry.published_xlsx",
        "promises.chart",
        "promises.file",
        "reports.compliance_chart",
        "reports.compliance_csv",
        "reports.compliance_xlsx",
        "reports.fixed_json",
        "reports.pack",
        "surveys.chart",
        # Opened only by who has begun to write: test_coming_by_oneself_in_a_browser looks at them.
        "questions.check",
        "questions.leave",
        "questions.page",
        "questions.start",
        "questions.thanks",
        "self_referrals.check",
        "self_referrals.danger",
        "self_referrals.delete",
        "self_referrals.leave",
        "self_referrals.save",
        "self_referrals.sent",
        "self_referrals.step",
        "workload.board_chart",
        "workload.board_file",
    }
)
# Lists that are of one figure: which, as the link to them says it.
OF_A_FIGURE = {
    "ministry.missing": {"fact": Fact.ETHNICITY.value},
    "outcomes.rows": {"grid": "cases.source"},
    "quality.cases": {"check": Check.NO_NEEDS.value},
}
TRIED_AT_MOST = 25
Rows = Callable[[Actor], sa.Select[tuple[object, ...]]]


def rules_of_pages(app: Flask) -> list[Rule]:
    """The rules under which a page is opened."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted(
        (rule for rule in rules if rule.endpoint not in NO_PAGES), key=lambda one: one.rule
    )


def roles_that_may(app: Flask, rule: Rule) -> frozenset[Role]:
    """Who may open a page: its permission's roles, or everybody who works here."""
    permission = getattr(app.view_functions[rule.endpoint], "permission", None)
    known = granted()
    value = getattr(permission, "value", permission)
    return known.get(value, frozenset(Role)) if value else frozenset(Role)


def addresses(app: Flask, rule: Rule, person: Staff, actor: Actor) -> Iterator[str]:
    """The addresses of a page, the fullest record first; the next where one does not open."""
    with app.test_request_context():
        if not rule.arguments:
            yield build(app, rule, **OF_A_FIGURE.get(rule.endpoint, {}))
        elif rule.endpoint == "accounts.set_password":
            yield build(app, rule, token=accounts.issue_setup_link(person, actor=TEST))
        elif rule.endpoint == "accounts.setting":
            yield from (build(app, rule, name=name) for name in sorted(settings.KNOWN)[:1])
        else:
            rows = RECORDS.get(rule.endpoint) or RECORDS[",".join(sorted(rule.arguments))]
            db.session.rollback()
            found = db.session.execute(rows(actor).limit(TRIED_AT_MOST)).mappings().all()
            yield from (build(app, rule, **row) for row in found)


def build(app: Flask, rule: Rule, **known: object) -> str:
    """The address of a page for one record."""
    return app.url_map.bind("localhost").build(rule.endpoint, known)


def _cases(actor: Actor) -> sa.Select[tuple[object, ...]]:
    history = (
        sa.select(sa.func.count())
        .where(TimelineEntry.case_id == CaseFile.id)
        .correlate(CaseFile)
        .scalar_subquery()
    )
    query = sa.select(CaseFile.reference).join(CaseFile.crime)
    return query.where(scope.condition(actor, CaseFile)).order_by(history.desc())


def _with(column: sa.ColumnElement[object], name: str, *where: sa.ColumnElement[bool]) -> Rows:
    """The cases that have something of a kind, with its number."""
    return lambda actor: _cases(actor).add_columns(column.label(name)).where(*where)


def _duties(actor: Actor) -> sa.Select[tuple[object, ...]]:
    told = (Duty.case_id == CaseFile.id, Duty.state == DutyState.OPEN, Duty.code != "standard")
    return _with(Duty.id, "duty_id", *told)(actor)


def _frauds(actor: Actor) -> sa.Select[tuple[object, ...]]:
    money = (
        sa.select(sa.func.count()).where(LedgerEntry.case_id == CaseFile.id).correlate(CaseFile)
    ).scalar_subquery()
    return _cases(actor).where(Crime.kind == CrimeKind.FRAUD).order_by(None).order_by(money.desc())


def _visible(column: sa.ColumnElement[object], name: str, model: type) -> Rows:
    return lambda actor: sa.select(column.label(name)).where(scope.condition(actor, model))


_FACT_OF_CASE = (CaseFact.case_id == CaseFile.id, CaseFact.withdrawn_at.is_(None))
RECORDS: dict[str, Rows] = {
    "reference": _cases,
    "raised_id": _visible(SurveyConcern.id, "raised_id", SurveyConcern),
    "words_id": _visible(SurveyWords.id, "words_id", SurveyWords),
    "cases.reopen": lambda actor: _cases(actor).order_by(None).order_by(CaseFile.closed_at.desc()),
    "duty_id,reference": _duties,
    "cases.receipt": lambda actor: _duties(actor).where(Duty.clock_started_at.is_(None)),
    "milestone_id,reference": _with(
        CrimeMilestone.id,
        "milestone_id",
        CrimeMilestone.crime_id == CaseFile.crime_id,
        CrimeMilestone.withdrawn_at.is_(None),
    ),
    "reference,request_id": _with(
        InformationRequest.id,
        "request_id",
        InformationRequest.case_id == CaseFile.id,
        InformationRequest.ended_at.is_(None),
    ),
    "proposal_id,reference": _with(
        ProposedMilestone.id,
        "proposal_id",
        ProposedMilestone.crime_id == CaseFile.crime_id,
        ProposedMilestone.decided_at.is_(None),
    ),
    "kind,reference,step": lambda actor: _cases(actor).add_columns(
        sa.literal(FactKind.COMPLAINT.value).label("kind"),
        sa.literal(FactStep.RECEIVED.value).label("step"),
    ),
    "fact_id,reference": _with(CaseFact.id, "fact_id", *_FACT_OF_CASE),
    "fact_id,reference,step": lambda actor: (
        _with(CaseFact.id, "fact_id", *_FACT_OF_CASE)(actor)
        .add_columns(FactStepTaken.step.label("step"))
        .where(FactStepTaken.fact_id == CaseFact.id)
    ),
    "order_id,reference": _with(
        CaseOrder.id,
        "order_id",
        CaseOrder.case_id == CaseFile.id,
        CaseOrder.replaced_at.is_(None),
        CaseOrder.ended_on.is_(None),
    ),
    "assessment_id,reference": _with(
        RiskAssessment.id, "assessment_id", RiskAssessment.case_id == CaseFile.id
    ),
    "marac_id,reference": _with(MaracReferral.id, "marac_id", MaracReferral.case_id == CaseFile.id),
    "concern_id,reference": _with(
        SafeguardingConcern.id, "concern_id", SafeguardingConcern.case_id == CaseFile.id
    ),
    "reference,slavery_id": _with(
        SlaveryReferral.id, "slavery_id", SlaveryReferral.case_id == CaseFile.id
    ),
    "incident_id,reference": _with(
        AsbIncident.id, "incident_id", AsbIncident.case_id == CaseFile.id
    ),
    "application_id,reference": _with(
        AsbApplication.id, "application_id", AsbApplication.case_id == CaseFile.id
    ),
    "deed,reference": lambda actor: _cases(actor).add_columns(
        sa.literal(StepKind.REQUESTED.value).label("deed")
    ),
    "deed,offer_id,reference": lambda actor: _with(
        RestorativeOffer.id, "offer_id", RestorativeOffer.case_id == CaseFile.id
    )(actor).add_columns(sa.literal(StepKind.EXPLAINED.value).label("deed")),
    "reference,step_id": _with(
        RestorativeStep.id,
        "step_id",
        RestorativeStep.case_id == CaseFile.id,
        RestorativeStep.kind != StepKind.TAKEN_BACK,
    ),
    "disposal_id,reference,turn": lambda actor: _with(
        DisposalView.id, "disposal_id", DisposalView.case_id == CaseFile.id
    )(actor).add_columns(sa.literal(ViewStep.VIEW.value).label("turn")),
    "reference,turn_id": _with(
        DisposalStep.id,
        "turn_id",
        DisposalStep.case_id == CaseFile.id,
        DisposalStep.kind != ViewStep.TAKEN_BACK,
    ),
    "restorative.show": lambda actor: (
        _cases(actor)
        .join(RestorativeOffer, RestorativeOffer.case_id == CaseFile.id)
        .order_by(None)
        .order_by(RestorativeOffer.id)
    ),
    "hearing_id,witness_id": lambda actor: sa.select(
        CourtWitness.hearing_id.label("hearing_id"), CourtWitness.id.label("witness_id")
    ).where(scope.condition(actor, CourtWitness)),
    "hearing_id,measure_id,witness_id": lambda actor: (
        sa.select(
            CourtWitness.hearing_id.label("hearing_id"),
            CourtWitness.id.label("witness_id"),
            SpecialMeasure.id.label("measure_id"),
        )
        .join(SpecialMeasure, SpecialMeasure.witness_id == CourtWitness.id)
        .where(scope.condition(actor, CourtWitness))
    ),
    "reference,tool": lambda actor: _cases(actor).add_columns(sa.literal("dash").label("tool")),
    "district_id": lambda actor: sa.select(AsbThreshold.id.label("district_id")),
    "column_id": lambda actor: sa.select(ReturnColumn.id.label("column_id")),
    "plans.show": lambda actor: (
        _cases(actor).join(Goal, Goal.case_id == CaseFile.id).order_by(None).order_by(Goal.id)
    ),
    "goal_id,reference": _with(Goal.id, "goal_id", Goal.case_id == CaseFile.id),
    "action_id,reference": _with(Action.id, "action_id", Action.case_id == CaseFile.id),
    "meeting_id,reference": _with(PlanSession.id, "meeting_id", PlanSession.case_id == CaseFile.id),
    "promise_id,reference": _with(Promise.id, "promise_id", Promise.case_id == CaseFile.id),
    "item_id,reference": _with(HardeningItem.id, "item_id", HardeningItem.case_id == CaseFile.id),
    "document_id,reference": lambda actor: _with(
        Document.id,
        "document_id",
        Document.case_id == CaseFile.id,
        Document.gone_at.is_(None),
        scope.condition(actor, Document),
    )(actor),
    "letter_id,reference": _with(
        CaseLetter.id,
        "letter_id",
        CaseLetter.case_id == CaseFile.id,
        CaseLetter.notice_id.is_(None),
        CaseLetter.dropped_at.is_(None),
    ),
    "fraud_hub.case": _frauds,
    "fraud_hub.log_loss": _frauds,
    "fraud_hub.record_attempt": _frauds,
    "fraud_hub.triage": _frauds,
    "fraud_hub.decide": _frauds,
    "fraud_hub.log_claim": _frauds,
    "fraud_hub.log_recovered": _frauds,
    "fraud_hub.log_prevented": _frauds,
    "fraud_hub.support": lambda actor: _cases(actor).where(
        sa.exists().where(SupportItem.case_id == CaseFile.id)
    ),
    "fraud_hub.add_support": _frauds,
    "reference,support_id": _with(
        SupportItem.id,
        "support_id",
        SupportItem.case_id == CaseFile.id,
        SupportItem.state == SupportState.LENT,
    ),
    "check_id,reference": _with(
        RepeatCheck.id,
        "check_id",
        RepeatCheck.case_id == CaseFile.id,
        RepeatCheck.done_on.is_(None),
    ),
    "call_id": _visible(ProtocolCall.id, "call_id", ProtocolCall),
    "event_id": lambda actor: sa.select(OutreachEvent.id.label("event_id")),
    "claim_id,reference": _with(BankClaim.id, "claim_id", BankClaim.case_id == CaseFile.id),
    "paper_id,reference": _with(
        ClaimLetter.id,
        "paper_id",
        ClaimLetter.case_id == CaseFile.id,
        ClaimLetter.sent_on.is_(None),
        ClaimLetter.dropped_at.is_(None),
    ),
    "bank_id": _visible(BankContact.id, "bank_id", BankContact),
    "entry_id,reference": _with(LedgerEntry.id, "entry_id", LedgerEntry.case_id == CaseFile.id),
    "waiting_id": _visible(LedgerProposal.id, "waiting_id", LedgerProposal),
    "bank_letter_id": _visible(BankLetter.id, "bank_letter_id", BankLetter),
    "bank_letter_id,line_id": lambda actor: (
        _visible(LetterLine.id, "line_id", LetterLine)(actor)
        .add_columns(LetterLine.letter_id.label("bank_letter_id"))
        .where(LetterLine.case_id.is_not(None))
    ),
    "close_id": _visible(MonthClose.id, "close_id", MonthClose),
    "opening_id": _visible(OpeningBalance.id, "opening_id", OpeningBalance),
    "loss_id,reference": _with(Loss.id, "loss_id", Loss.case_id == CaseFile.id),
    "message_id": lambda actor: sa.select(CallMessage.id.label("message_id")).where(
        scope.condition(actor, CallMessage), for_desk(actor)
    ),
    "referral_id": lambda actor: _visible(Referral.id, "referral_id", Referral)(actor).order_by(
        Referral.place, Referral.waits.desc()
    ),
    "notice_id": _visible(VictimNotice.id, "notice_id", VictimNotice),
    "run_id": _visible(PrintRun.id, "run_id", PrintRun),
    "batch_id": lambda actor: sa.select(ImportBatch.id.label("batch_id")).order_by(
        ImportBatch.id.desc()
    ),
    "client_id": lambda actor: sa.select(ApiClient.id.label("client_id")),
    "victim_id": _visible(Victim.id, "victim_id", Victim),
    "address_id,victim_id": lambda actor: (
        _visible(Victim.id, "victim_id", Victim)(actor)
        .add_columns(Address.id.label("address_id"))
        .where(Address.victim_id == Victim.id, Address.retired_at.is_(None))
    ),
    "around_id,victim_id": lambda actor: sa.select(
        PersonAround.id.label("around_id"), PersonAround.victim_id
    ).where(scope.condition(actor, PersonAround), PersonAround.retired_at.is_(None)),
    "around_id,victim_id,which": lambda actor: sa.select(
        PersonAround.id.label("around_id"),
        PersonAround.victim_id,
        sa.literal("phone").label("which"),
    ).where(scope.condition(actor, PersonAround), PersonAround.phone_sealed.is_not(None)),
    "service_id": _visible(PartnerService.id, "service_id", PartnerService),
    "reference,service_id": lambda actor: _cases(actor).add_columns(
        sa.select(sa.func.min(PartnerService.id)).scalar_subquery().label("service_id")
    ),
    "reference,sharing_id": _with(
        PartnerReferral.id, "sharing_id", PartnerReferral.case_id == CaseFile.id
    ),
    **dict.fromkeys(
        ("sending.change", "sending.send"),
        _with(
            PartnerReferral.id,
            "sharing_id",
            PartnerReferral.case_id == CaseFile.id,
            PartnerReferral.state == ReferralState.DRAFT,
        ),
    ),
    "sharing_id": _visible(PartnerReferral.id, "sharing_id", PartnerReferral),
    "agency_id": _visible(Agency.id, "agency_id", Agency),
    "agency_id,contact_id": lambda actor: sa.select(
        AgencyContact.id.label("contact_id"), AgencyContact.agency_id
    ).where(scope.condition(actor, AgencyContact)),
    "code": lambda actor: sa.select(sa.literal("B2C3D4F5G6H7J8K9").label("code")),
    "day": lambda actor: sa.select(sa.literal("2026-11-26").label("day")),
    "point_id,victim_id": lambda actor: (
        _visible(Victim.id, "victim_id", Victim)(actor)
        .add_columns(ContactPoint.id.label("point_id"))
        .where(ContactPoint.victim_id == Victim.id)
        .order_by(ContactPoint.safe)
    ),
    "declared_id": lambda actor: sa.select(DeclaredContact.id.label("declared_id")).where(
        DeclaredContact.staff_id == actor.id, DeclaredContact.withdrawn_at.is_(None)
    ),
    "hearing_id": _visible(Hearing.id, "hearing_id", Hearing),
    "court_day.call": lambda actor: (
        _visible(Hearing.id, "hearing_id", Hearing)(actor)
        .join(OutboundText, OutboundText.about_id == Hearing.id)
        .where(OutboundText.reason == "landline", OutboundText.on_day == Hearing.held_on)
        .order_by(Hearing.held_on.desc())
    ),
    "review_id": _visible(AccessReview.id, "review_id", AccessReview),
    "text_id": lambda actor: _visible(OutboundText.id, "text_id", OutboundText)(actor).order_by(
        OutboundText.attempts.desc()
    ),
    "reply_id": _visible(InboundReply.id, "reply_id", InboundReply),
    "number_id": _visible(SuppressedNumber.id, "number_id", SuppressedNumber),
    "staff_id": lambda actor: (
        sa.select(Staff.id.label("staff_id")).where(Staff.id != actor.id).order_by(Staff.id)
    ),
    "hand_over.from_manager": lambda actor: (
        sa.select(CaseFile.manager_id.label("staff_id"))
        .where(
            scope.condition(actor, CaseFile),
            CaseFile.manager_id.is_not(None),
            CaseFile.closed_at.is_(None),
        )
        .distinct()
        .order_by(CaseFile.manager_id)
    ),
    **dict.fromkeys(
        ("workload.person", "workload.pattern", "workload.add_leave", "workload.add_cover"),
        lambda actor: (
            sa.select(Staff.id.label("staff_id"))
            .join(Staff.role_rows)
            .where(Staff.team_id == actor.team_id, StaffRole.role == Role.CASE_MANAGER)
            .order_by(Staff.id)
        ),
    ),
    "notify.decide": lambda actor: _visible(OutboundText.id, "text_id", OutboundText)(actor).where(
        OutboundText.state == "needs_a_person"
    ),
}
