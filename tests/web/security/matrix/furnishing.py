"""Cases with everything that hangs on them, and what belongs to no case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.accounts import commands as accounts
from beacon.accounts.models import AuthSession, DeclaredContact, Staff
from beacon.accounts.terms import ClientFeed, Relation
from beacon.calls.models import CallerCheck, CallMessage, PassPhrase
from beacon.calls.terms import CheckWay, Proof, RingBack
from beacon.caseloads import commands as caseloads
from beacon.caseloads.models import (
    CaseHandOver,
    ManagerChoice,
    SupervisionAction,
    SupervisionReview,
    SupervisionScore,
)
from beacon.caseloads.terms import ReviewQuestion, ReviewScore
from beacon.cases import commands as cases
from beacon.cases.commands.finding import move_findable
from beacon.cases.models import (
    AccessReview,
    BreakGlass,
    CaseFact,
    CaseFile,
    CaseGround,
    CaseName,
    CaseOrder,
    CaseTask,
    ContactLog,
    Crime,
    DutyReminder,
    InformationRequest,
    Need,
    NeedsAssessment,
    ProposedMilestone,
)
from beacon.cases.queries import Whose
from beacon.cases.terms import (
    CaseStatus,
    Consent,
    ContactOutcome,
    FactChoice,
    FactKind,
    FactStep,
    NeedAnswer,
    NeedCategory,
    OrderKind,
    ReminderKind,
    ReviewKind,
    Stage,
    SuspectStatus,
    TaskKind,
    UpdateEvery,
)
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.courts.commands.texts import KIND
from beacon.documents import commands as documents
from beacon.documents.models import CaseLetter, Document
from beacon.documents.terms import DocumentKind, LetterTemplate
from beacon.entitlements.terms import Body, Channel, EnhancedGround, Milestone
from beacon.feeds.models import ImportBatch, KeptReject
from beacon.feeds.terms import BatchState, Way
from beacon.fraud_hub import commands as hub
from beacon.fraud_hub.models import LedgerProposal, LetterLine, MonthClose
from beacon.fraud_hub.terms import Contribution, EntryKind, Route
from beacon.mine.models import SavedFilter
from beacon.notices.models import PrintRun, VictimNotice
from beacon.notices.terms import Age, HeldBecause, Matter, NoticeKind, NoticeState
from beacon.notify.models import InboundReply, NumberDecision, OutboundText, SuppressedNumber
from beacon.notify.terms import Audience, NumberFlag, NumberVerdict, ReplyKind, TextState
from beacon.partners import commands as partners
from beacon.partners.commands import ContactFacts
from beacon.partners.models import (
    PartnerReferral,
    PartnerService,
    PartnerStep,
)
from beacon.partners.terms import ReferralState as SharingState
from beacon.partners.terms import ServiceKind, StepKind
from beacon.people import commands as people
from beacon.people.models import ConsentGiven, ProposedChange, Victim
from beacon.people.rules import AroundFacts
from beacon.people.terms import Agreed, Around, Purpose, Safe, SaidHow
from beacon.plans import commands as plans
from beacon.plans.models import (
    Action,
    Closing,
    ClosingAnswer,
    ClosingGoal,
    Goal,
    HardeningItem,
    PlanSession,
    Promise,
)
from beacon.plans.terms import (
    Answer,
    ClosingReason,
    CopeAndRecover,
    GoalState,
    ItemKind,
    NotAssessed,
    SessionKind,
)
from beacon.referrals.models import (
    ContactTry,
    Referral,
    ReferralHold,
    TriageDecision,
    UrgentMark,
)
from beacon.referrals.terms import Place, ReferralState, TriageStage, Verdict
from beacon.risk.commands import ApplicationGiven, prepare_application
from beacon.risk.models import (
    AsbApplication,
    AsbIncident,
    AsbThreshold,
    MaracReferral,
    RiskAssessment,
    SafeguardingConcern,
    SlaveryReferral,
)
from beacon.risk.terms import Applicant, RiskTool
from beacon.self_referrals.models import SelfReferral
from beacon.self_referrals.terms import Danger, FilledBy, PoliceTold, Sharing
from beacon.surveys import queries as surveys
from beacon.surveys.models import SurveyConcern, SurveyInvitation, SurveyWords
from beacon.surveys.terms import InvitationState, Point, RefusedBecause
from beacon.surveys.terms import Way as AskedBy
from tests.factories import TEST, a_case, a_crime, a_victim, an_actor
from tests.hearings import a_hearing
from tests.web.security.matrix.furnishing_voice import called, offered
from tests.work.fraud_hub.builders import (
    a_bank,
    a_claim,
    a_fraud_case,
    a_letter,
    a_loss,
    decided,
    money_back,
)
from tests.work.fraud_hub.support import a_call, a_check, a_loan, an_event
from tests.work.risk.builders import (
    a_concern,
    a_marac,
    a_slavery_referral,
    an_assessment,
    an_incident,
)

AGENCY, OTHER_AGENCY = "Example Refuge", "Another Refuge"
SHARED = '{"facts": {"crime": "A burglary"}, "asks": "Please offer six sessions"}'
OF_RISK = {
    "assessment_id": RiskAssessment,
    "marac_id": MaracReferral,
    "concern_id": SafeguardingConcern,
    "slavery_id": SlaveryReferral,
    "incident_id": AsbIncident,
    "application_id": AsbApplication,
}
DAY = timedelta(days=1)
Args = dict[str, Any]
# A letter for each figure; none of those that no postcode ends with.
LETTERS = "abdefghjln"
_made = iter(range(1, 400))


def somebody() -> Victim:
    """Somebody with a number, an e-mail address and a home, all theirs alone."""
    number = next(_made)
    letters = "".join(LETTERS[int(figure)] for figure in f"{number:03}")
    return a_victim(
        first_name="Vica",
        last_name=f"Timmoor{letters}",
        mobile=f"07700 900{number:03}",
        email=f"vica.{letters}@example.org",
        address=f"{number} Secrecy Row, Hertford",
        postcode=f"SG14 {number % 10}{letters[-2:].upper()}",
        safe="yes",
    )


def crime_case(manager: Staff | None, *, crime: Crime | None = None) -> CaseFile:
    """A case of a crime, with everything that addresses name: a duty, a task and the rest."""
    case = a_case(crime=crime or a_crime(offence_on=None), victim=somebody())
    return furnished(case, manager)


def fraud_case(manager: Staff | None, *, crime: Crime | None = None) -> CaseFile:
    """A case of a fraud, with the same and with its money."""
    victim = somebody()
    case = a_case(crime=crime, victim=victim) if crime else a_fraud_case(victim=victim)
    decided(case)
    return furnished(case, manager)


def a_stop() -> Args:
    """A call of a branch that belongs to no case."""
    return {"call_id": a_call().id}


def furnished(case: CaseFile, manager: Staff | None) -> CaseFile:
    """The case in somebody's hands, whether or not their role may take it, and with work in it."""
    with transaction() as session:
        row = session.get_one(CaseFile, case.id)
        row.manager_id = manager.id if manager else None
        row.team_id = manager.team_id if manager else None
    at, crime = clock.now() - timedelta(minutes=30), case.crime
    cases.record_milestone(crime, kind=Milestone.ARRESTED, at=at, actor=TEST)
    for status in (SuspectStatus.ARRESTED, SuspectStatus.BAILED):
        facts = cases.CrimeFacts(
            kind=crime.kind,
            reference=crime.reference,
            recorded_at=crime.recorded_at,
            offence=crime.offence,
            suspect_status=status,
        )
        cases.record_crime(facts, actor=TEST)
    _worked_on(case)
    about = "Ask how they are"
    cases.add_task(case.id, kind=TaskKind.OTHER, about=about, due_on=clock.today(), actor=TEST)
    asked_for(case)
    at_risk(case)
    planned(case)
    sent_on(case)
    papered(case)
    asked_how_we_did(case)
    return case


def asked_how_we_did(case: CaseFile) -> None:
    """It was to be asked how we did, and was not."""
    with transaction() as session:
        groups = {one.value: name for one, name in surveys.groups_of(case).items()}
        row = SurveyInvitation(
            case_id=case.id,
            point=Point.CLOSING,
            state=InvitationState.REFUSED,
            because=RefusedBecause.NO_CONSENT,
            **groups,
        )
        session.add(row)


def a_question(case_id: int) -> Args:
    """A link that opens the questions."""
    token = "B" * 28
    with transaction() as session:
        query = sa.select(SurveyInvitation).where(SurveyInvitation.case_id == case_id)
        row = session.scalars(query).one()
        row.state, row.way, row.because = InvitationState.SENT, AskedBy.TEXT, ""
        row.token_hash = surveys.print_of(token)
        row.invited_at, row.expires_at = clock.now(), clock.now() + 21 * DAY
    return {"token": token}


def of_answers() -> dict[str, Args]:
    """Words that alarm, and words to be read; nobody can tell whose they are."""
    month = clock.today().replace(day=1)
    concern = SurveyConcern(raised_on=clock.today(), found="Fear", words="I am afraid", note="x")
    read = SurveyWords(month=month, words="You were kind", shown="x")
    with transaction() as session:
        session.add_all([concern, read])
        session.flush()
        return {"raised": {"raised_id": concern.id}, "words": {"words_id": read.id}}


def at_risk(case: CaseFile) -> None:
    """All that is recorded of a risk: assessed, referred, a concern, slavery and behaviour."""
    judged = {"judged_high": True, "judgement": "Fears him"}
    an_assessment(case, 14, **judged)
    a_marac(case)
    a_concern(case, made_at=clock.now(), next_check_on=clock.today())
    a_slavery_referral(case)
    for number in range(3):
        an_incident(case, clock.today() - number * DAY)
    given = ApplicationGiven(district="Stevenage", applicant=Applicant.VICTIM)
    prepare_application(case, given, actor=TEST)


def planned(case: CaseFile) -> None:
    """A plan with something of each kind in it, changed once, and the end of an earlier work."""
    today = clock.today()
    given = plans.GoalGiven(category=NeedCategory.HEALTH, words="To sleep through the night")
    goal = plans.add_goal(case, given, actor=TEST)
    act = plans.ActionGiven(words="Ask the surgery for a letter", due_on=today)
    plans.add_action(case, goal, act, actor=TEST)
    meeting = plans.SessionGiven(kind=SessionKind.PHONE, held_on=today)
    plans.add_session(case, meeting, actor=TEST)
    said = plans.PromiseGiven(words="To ring them after the hearing", due_on=today)
    plans.give_promise(case, said, actor=TEST)
    item = plans.ItemGiven(kind=ItemKind.LOCKS, asked_on=today)
    plans.add_item(case, item, actor=TEST)
    safety = plans.SafetyGiven(steps="Go to the neighbour")
    plans.save_safety_plan(case, safety, reason="", version=0, actor=TEST)
    moved = plans.SafetyGiven(steps="Go to the sister")
    plans.save_safety_plan(case, moved, reason="The neighbour moved", version=1, actor=TEST)
    closing = Closing(
        case_id=case.id,
        closed_at=clock.now(),
        reason=ClosingReason.DONE,
        summary="All was done",
        not_assessed=NotAssessed.DECLINED,
        by_name="A colleague",
    )
    closing.answers = [ClosingAnswer(outcome=CopeAndRecover.SAFETY, answer=Answer.YES)]
    closing.goals = [ClosingGoal(goal_id=goal.id, state=GoalState.REACHED)]
    with transaction() as session:
        session.add(closing)


def sent_on(case: CaseFile) -> None:
    """A draft to a service of an agency that no viewer is of."""
    with transaction() as session:
        row = PartnerReferral(
            case_id=case.id,
            agency=OTHER_AGENCY,
            service_id=a_service()["service_id"],
            expires_on=clock.today() + 30 * DAY,
            facts="crime",
            asks="Please ring",
            ground_words="Nothing to say",
        )
        session.add(row)
        session.flush()
        session.add(a_step(row.id, is_theirs=False))


def a_service() -> Args:
    """The one service of the directory."""
    with transaction() as session:
        found = session.scalars(sa.select(PartnerService)).first()
        if found is None:
            agency = partners.add_agency(OTHER_AGENCY, actor=TEST)
            given = partners.ServiceGiven(
                name="Talking it through",
                kind=ServiceKind.COUNSELLING,
                needs=frozenset({NeedCategory.HEALTH}),
                active_from=clock.today(),
                what="They listen",
                how="Ring the desk",
                opening="Nine to five",
            )
            found = partners.add_service(agency.id, given, actor=TEST)
        return {"service_id": found.id}


def a_step(sharing_id: int, *, is_theirs: bool) -> PartnerStep:
    """One line of the history of a referral."""
    return PartnerStep(
        sharing_id=sharing_id,
        kind=StepKind.MESSAGE if is_theirs else StepKind.DRAFTED,
        happened_at=clock.now(),
        is_theirs=is_theirs,
        words="We will ring on Monday",
        by_name="A colleague",
    )


def papered(case: CaseFile) -> None:
    """A document for everybody who works on the case, and a letter that is not finished."""
    given = documents.Given(kind=DocumentKind.HOUSING, title="Letter of the housing officer")
    file = documents.FileGiven("letter.txt", f"Of the case {case.reference}".encode())
    documents.add(case, given, file, actor=TEST)
    documents.begin(case, LetterTemplate.APPOINTMENT, actor=TEST)


PARTS_OF_PLAN = {
    "goal_id": Goal,
    "action_id": Action,
    "meeting_id": PlanSession,
    "promise_id": Promise,
    "item_id": HardeningItem,
    "document_id": Document,
    "letter_id": CaseLetter,
}


def asked_for(case: CaseFile) -> None:
    """What its victim asked for, and an order that protects them."""
    today = clock.today()
    wish = cases.Wish(every=UpdateEvery.WEEK, channel=Channel.PHONE, asked_on=today, words="At six")
    step = cases.StepGiven(
        step=FactStep.RECEIVED, on=today, choice=FactChoice.CPS, words="Nobody rang"
    )
    order = cases.OrderFacts(
        kind=OrderKind.RESTRAINING, starts_on=today, conditions="Not to come near the school"
    )
    cases.record_wish(case, wish, actor=TEST)
    cases.start_fact(case, FactKind.COMPLAINT, step, actor=TEST)
    cases.record_order(case, order, actor=TEST)


def _worked_on(case: CaseFile) -> None:
    """A contact, an assessment with a need, a ground and a reminder, as commands leave them."""
    by = {"by_name": "A colleague"}
    with transaction() as session:
        assessment = NeedsAssessment(
            case_id=case.id, stage=Stage.START, assessed_at=clock.now(), **by
        )
        duty = session.get_one(CaseFile, case.id).duties[-1]
        contact = ContactLog(
            case_id=case.id,
            happened_at=clock.now(),
            channel=Channel.PHONE,
            outcome=ContactOutcome.SPOKE,
            notes="Spoke at length",
            **by,
        )
        need = Need(
            category=NeedCategory.HEALTH, answer=NeedAnswer.SCORED, score=4, notes="Sleeps badly"
        )
        assessment.needs.append(need)
        ground = CaseGround(case_id=case.id, ground=EnhancedGround.VULNERABLE, reason="Said so")
        reminder = DutyReminder(duty_id=duty.id, kind=ReminderKind.DAY_BEFORE, due_on=clock.today())
        asked = InformationRequest(
            case_id=case.id,
            asked_of=Body.POLICE,
            milestone=Milestone.BAILED,
            words="Is anybody on bail?",
            asked_at=clock.now(),
            chase_on=clock.today(),
        )
        session.add_all([assessment, contact, ground, reminder, asked])


def put(case: CaseFile, state: str, people: list[Staff], spare: Staff) -> None:
    """Make the case stand as the state says, to all these people.

    What comes later has no command yet, and what takes a person's proof is not asked for here: it
    is written down as the command leaves it.
    """
    with transaction() as session:
        row = session.get_one(CaseFile, case.id)
        row.restricted = state in {"restricted", "named"}
        session.add(CaseName(case_id=row.id, staff_id=spare.id))
        if state == "erased":
            row.erased_at = clock.now()
        if state == "referred":
            session.add(
                PartnerReferral(
                    case_id=row.id,
                    agency=AGENCY,
                    state=SharingState.SENT,
                    sent_at=clock.now(),
                    expires_on=clock.today(),
                )
            )
        if state == "closed":
            row.status, row.closed_at = CaseStatus.CLOSED, clock.now()
            row.closing_note = "All is done"
        if state in TO_EACH:
            session.add_all(TO_EACH[state](row, one) for one in people)
        move_findable(row)


def _glass(case: CaseFile, person: Staff, minutes: int) -> BreakGlass:
    until = clock.now() + timedelta(minutes=minutes)
    return BreakGlass(case_id=case.id, staff_id=person.id, until=until, reason="They rang for us")


def _kin(case: CaseFile, person: Staff) -> DeclaredContact:
    index = case.victim.contact_points[0].value_index
    return DeclaredContact(
        staff_id=person.id, relation=Relation.FAMILY, facts="{}", point_index=index
    )


# What makes a case stand so to one person.
TO_EACH: dict[str, Any] = {
    "named": lambda case, person: CaseName(case_id=case.id, staff_id=person.id),
    "broken": lambda case, person: _glass(case, person, 60),
    "glass-over": lambda case, person: _glass(case, person, -1),
    "kin": _kin,
}


def of_case(case: CaseFile, spare: Staff) -> Args:
    """The numbers of all that hangs on a case."""
    beside = people.add_around(case.victim, somebody_around(case.victim_id), actor=TEST)
    with transaction() as session:
        row = session.get_one(CaseFile, case.id)
        review = AccessReview(
            about=f"case:{row.id}",
            kind=ReviewKind.BREAK_GLASS,
            staff_id=spare.id,
            case_id=row.id,
            due_on=clock.today(),
        )
        proposal = (
            session.query(ProposedMilestone)
            .filter_by(crime_id=row.crime_id, decided_at=None)
            .order_by(ProposedMilestone.id.desc())
            .first()
        )
        change = ProposedChange(
            victim_id=row.victim_id, field="email", value="new@example.org", source="police"
        )
        referral = a_referral(row.crime_id, row.victim_id, row.id)
        session.add_all([change, referral, review])
        session.flush()
        notice = a_notice(referral)
        session.add_all([notice, *of_triage(referral, spare)])
        looked_at = of_caseloads(session, row, spare)
        session.flush()
        args = {
            "reference": row.reference,
            "case_id": row.id,
            "crime_id": row.crime_id,
            "victim_id": row.victim_id,
            "duty_id": row.duties[-1].id,
            "task_id": _task_of(session, row.id),
            "request_id": session.query(InformationRequest).filter_by(case_id=row.id).first().id,
            "milestone_id": row.crime.milestones[0].id,
            "proposal_id": proposal.id if proposal else 0,
            "kind": FactKind.COMPLAINT.value,
            "step": FactStep.RECEIVED.value,
            "fact_id": session.query(CaseFact).filter_by(case_id=row.id).one().id,
            "tool": RiskTool.DASH.value,
            **{
                name: session.query(model).filter_by(case_id=row.id).order_by(model.id).first().id
                for name, model in OF_RISK.items()
            },
            "order_id": session.query(CaseOrder).filter_by(case_id=row.id).one().id,
            **{
                name: session.query(model).filter_by(case_id=row.id).one().id
                for name, model in PARTS_OF_PLAN.items()
            },
            "sharing_id": session.query(PartnerReferral)
            .filter_by(case_id=row.id)
            .order_by(PartnerReferral.id)
            .first()
            .id,
            **a_service(),
            "around_id": beside.id,
            "which": "phone",
            "address_id": row.victim.addresses[0].id,
            "point_id": row.victim.contact_points[0].id,
            "change_id": change.id,
            "review_id": review.id,
            "supervision_id": looked_at.id,
            "message_id": of_calls(session, row, spare).id,
            "agreed_id": looked_at.actions[0].id,
            "referral_id": referral.id,
            "notice_id": notice.id,
            "name_id": session.query(CaseName).filter_by(case_id=row.id).first().id,
            **offered(session, row),
        }
        hearing = a_hearing(crime_key=row.crime.reference_key)
        hearing.defendant.last_name = f"Accused{hearing.id}"
        text = _a_text(hearing.id, hearing.held_on)
        session.add(text)
        session.flush()
        args |= {"hearing_id": hearing.id, "text_id": text.id} | _what_came_back(session, text)
        args |= called(session, row, hearing)
    return args


def of_caseloads(session: Session, row: CaseFile, spare: Staff) -> SupervisionReview:
    """A hand-over that waits, whom the rule proposed, and a review with what was agreed."""
    manager_id = row.manager_id or spare.id
    review = SupervisionReview(
        case_id=row.id,
        manager_id=manager_id,
        reviewer_id=spare.id,
        reviewed_on=clock.today(),
        words="Ring them sooner",
    )
    review.scores = [
        SupervisionScore(question=one, score=ReviewScore.MOSTLY) for one in ReviewQuestion
    ]
    review.actions = [SupervisionAction(words="Ring them", due_on=clock.today())]
    handed = CaseHandOver(case_id=row.id, from_id=spare.id, to_id=manager_id)
    choice = ManagerChoice(
        case_id=row.id, chosen_id=manager_id, was_proposed=True, words="In today"
    )
    session.add_all([review, handed, choice])
    return review


def of_calls(session: Session, row: CaseFile, spare: Staff) -> CallMessage:
    """A pass-phrase, a caller who was not known, and what the caller asked to be told."""
    phrase = PassPhrase(victim_id=row.victim_id, set_at=clock.now(), words="Brown owls", hint="Owl")
    check = CallerCheck(
        case_id=row.id,
        victim_id=row.victim_id,
        way=CheckWay.PHRASE,
        was_right=False,
        on_day=clock.today(),
        happened_at=clock.now(),
        by_id=spare.id,
        by_name=spare.name,
    )
    message = CallMessage(
        case_id=row.id,
        words="When is it?",
        hours="After two",
        caller="Somebody",
        reference="A number",
        number="07700 900321",
        ring_on=clock.today(),
        way=RingBack.THEY_RING,
        proof=Proof.NONE,
        left_at=clock.now(),
        by_name=spare.name,
    )
    session.add_all([phrase, check, message])
    session.flush()
    return message


def days_away(person: Staff) -> int:
    """A week away that is to come, by its number."""
    first = clock.today() + timedelta(days=30)
    return caseloads.add_leave(person, first, first + timedelta(days=7), actor=TEST).id


def away_and_covered(person: Staff, by: Staff) -> Args:
    """Somebody's leave and their cover, both to come."""
    first = clock.today() + timedelta(days=30)
    cover = caseloads.start_cover(person, by, first, first, actor=TEST)
    return {"leave_id": days_away(person), "cover_id": cover.id}


def _what_came_back(session: Session, text: OutboundText) -> Args:
    """A reply to a text that a person must read, and the mark that somebody put on its number."""
    mark = {"flag": NumberFlag.OPTED_OUT, "source": "person"}
    number = SuppressedNumber(phone_index=text.to_index, **mark)
    reply = InboundReply(
        provider_sid=f"SM{text.id}",
        sender=text.to,
        from_index=text.to_index,
        words="Can I come later?",
        kind=ReplyKind.OTHER,
        received_at=clock.now(),
        text_id=text.id,
    )
    session.add_all((number, reply))
    session.flush()
    session.add(
        NumberDecision(
            number_id=number.id, verdict=NumberVerdict.MARKED, because="Rang us", by_name="A test"
        )
    )
    return {"reply_id": reply.id, "number_id": number.id}


def somebody_around(victim_id: int) -> AroundFacts:
    """Somebody beside a victim, whom no other victim has."""
    return AroundFacts(
        kind=Around.WITNESS,
        name=f"Wanda Besider{victim_id}",
        phone=f"01632 960{victim_id:03}",
        speak=Safe.YES,
    )


def an_agency() -> Args:
    """An agency, and whom to ring there."""
    agency = partners.add_agency("Example Refuge", actor=TEST)
    facts = ContactFacts(name="Agatha Encyrill", mobile="07700 900499")
    contact = partners.add_contact(agency, facts, actor=TEST)
    partners.make_champion(contact, since=clock.today(), version=1, actor=TEST)
    course = partners.TrainingGiven(course="Hearing and heeding", done_on=clock.today())
    partners.add_training(contact, course, version=contact.version, actor=TEST)
    return {"agency_id": agency.id, "contact_id": contact.id}


def a_match(case_id: int) -> Args:
    """A number that a defendant has and a case holds."""
    kind, today = TaskKind.SAFEGUARDING_NUMBER, clock.today()
    return {
        "task_id": cases.add_task(
            case_id, kind=kind, about="defendant:0", due_on=today, actor=TEST
        ).id
    }


def _task_of(session: Session, case_id: int) -> int:
    return session.query(CaseTask).filter_by(case_id=case_id, kind=TaskKind.OTHER).one().id


def a_referral(crime_id: int, victim_id: int, case_id: int | None) -> Referral:
    """A referral as it stands once its case is open; or as it waits, where none is."""
    return Referral(
        feed="police",
        source="Police",
        crime_id=crime_id,
        victim_id=victim_id,
        case_id=case_id,
        state=ReferralState.ACCEPTED if case_id else ReferralState.WAITING,
        place=Place.NEW_CASE if case_id else Place.WAITING,
        recorded_at=clock.now(),
        received_at=clock.now(),
        consent=Consent.YES,
    )


def told_by_themselves() -> None:
    """Beside every referral what somebody told us: it is seen by who may see the referral."""
    with transaction() as session:
        for number in session.scalars(sa.select(Referral.id)).all():
            session.add(
                SelfReferral(
                    referral_id=number,
                    reference=f"SR-{number:06}",
                    filled_by=FilledBy.SELF,
                    anonymous=False,
                    police_told=PoliceTold.NO,
                    danger=Danger.NO,
                    sharing=Sharing.ASK,
                )
            )


def _a_text(hearing_id: int, on: date) -> OutboundText:
    """A text of which nobody knows whether it was sent: a person must say."""
    return OutboundText(
        kind=KIND,
        about_id=hearing_id,
        on_day=on,
        audience=Audience.DEFENDANT,
        to=f"+447700900{500 + hearing_id % 400}",
        to_index=f"index-{hearing_id}",
        body="You must be at court.",
        template="DayBefore",
        segments=1,
        state=TextState.NEEDS_A_PERSON,
        attempts=1,
        may_have_left=True,
        claimed_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=5),
    )


def of_money(case: CaseFile) -> Args:
    """A loss, a claim with a letter, and a sum that came back."""
    loss = a_loss(case)
    claim, entry = a_claim(case, loss), money_back(case, loss)
    spare = a_loss(case, amount_pence=50_00)
    waiting = what_waits(case)
    letter = a_letter(claim)
    return {
        "loss_id": spare.id,
        "claim_id": claim.id,
        "entry_id": entry.id,
        "waiting_id": waiting.id,
        "paper_id": letter.id,
        **_followed_up(case),
    } | a_line_of_a_letter(case)


def what_waits(case: CaseFile) -> LedgerProposal:
    """A loss prevented above the limit: it waits for a second person."""
    facts = hub.PreventedFacts(
        route=Route.BANK_BLOCKED,
        contribution=Contribution.ADVISED,
        amount_pence=6_000_00,
        on=clock.today(),
    )
    waiting = hub.record_prevented(case, facts, token=hub.new_token(), actor=TEST)
    assert isinstance(waiting, LedgerProposal)
    return waiting


def a_line_of_a_letter(case: CaseFile) -> Args:
    """A line of a bank's letter that names the case."""
    line = f"reference,date,amount,our_reference\nSB-{case.id},2026-01-05,1.00,{case.reference}\n"
    letter, _ = hub.keep_letter(hub.read_letter(line.encode()), actor=TEST)
    found = db.session.scalar(sa.select(LetterLine.id).where(LetterLine.letter_id == letter.id))
    return {"bank_letter_id": letter.id, "line_id": found}


def of_the_ledger(second: Staff) -> dict[str, Args]:
    """A month that was closed long ago, and a figure that was published before the ledger."""
    facts = hub.OpeningFacts(
        year=2020, kind=EntryKind.RECOVERED, amount_pence=1_00, source="Annual report"
    )
    waiting = hub.propose_opening(facts, token=hub.new_token(), actor=TEST)
    opening = hub.approve(waiting, actor=an_actor(second))
    with transaction() as session:
        close = MonthClose(
            month=date(2019, 4, 1), open_from=date(2019, 5, 1), entries=0, closed_by_name="A test"
        )
        session.add(close)
        session.flush()
        return {"month": {"close_id": close.id}, "published": {"opening_id": opening.id}}


def a_firm() -> Args:
    """A firm of the directory: whoever reads of frauds may look at it."""
    return {"bank_id": a_bank().id}


def _followed_up(case: CaseFile) -> Args:
    """What was lent, a check, a call of a branch, and the event that the case came of."""
    hub.link_case(an_event(), case, actor=TEST)
    return {
        "support_id": a_loan(case).id,
        "check_id": a_check(case).id,
        "call_id": a_call(case).id,
    }


def waiting_referral() -> Args:
    """A referral of which no case came yet."""
    victim, crime = somebody(), a_crime()
    with transaction() as session:
        referral = a_referral(crime.id, victim.id, None)
        session.add(referral)
        session.flush()
        session.add_all(of_triage(referral, session.scalars(sa.select(Staff)).first()))
        return {"referral_id": referral.id, "victim_id": victim.id}


def a_batch() -> Args:
    """A file that came in, with a row that was sent back."""
    with transaction() as session:
        batch = ImportBatch(
            feed="police",
            file_name="police.csv",
            sha256="0" * 64,
            state=BatchState.FINISHED,
            started_at=clock.now(),
            beat_at=clock.now(),
            finished_at=clock.now(),
            by_name="A test",
            way=Way.PAGE,
        )
        session.add(batch)
        session.flush()
        reject = KeptReject(batch_id=batch.id, row_no=2, reason="No name")
        reject.raw = '{"first_name": "Rejecta"}'
        session.add(reject)
        return {"batch_id": batch.id}


def a_checked_batch(person: Staff) -> Args:
    """A file that somebody sent in and that waits for them alone."""
    with transaction() as session:
        batch = ImportBatch(
            feed="police",
            file_name="police.csv",
            sha256="1" * 64,
            state=BatchState.CHECKED,
            started_at=clock.now(),
            beat_at=clock.now(),
            by_id=person.id,
            by_name=person.name,
            way=Way.PAGE,
        )
        session.add(batch)
        session.flush()
        return {"batch_id": batch.id}


def a_client() -> Args:
    """A program that may send us referrals."""
    terms = accounts.Terms(feeds=[ClientFeed.POLICE])
    client, _ = accounts.make_client("Example program", terms, actor=TEST)
    return {"client_id": client.id}


def of_account(person: Staff) -> dict[str, Args]:
    """What belongs to a person's own account: another browser of theirs, and whom they declared."""
    with transaction() as session:
        browser = AuthSession(
            id_hash=f"{person.id:064}", staff_id=person.id, last_seen_at=clock.now()
        )
        declared = DeclaredContact(staff_id=person.id, relation=Relation.FRIEND, facts="{}")
        kept = SavedFilter(staff_id=person.id, name="Mine", whose=Whose.MINE)
        session.add_all([browser, declared, kept])
        session.flush()
        return {
            "session": {"session_id": browser.id},
            "declared": {"declared_id": declared.id},
            "filter": {"filter_id": kept.id},
        }


def shared(case_id: int) -> dict[str, Args]:
    """What was shared of one case: with the partner's agency and another, now and before."""
    soon, before = clock.today() + 30 * DAY, clock.today() - DAY
    rows = {
        "live": PartnerReferral(agency=AGENCY, expires_on=soon),
        "ended": PartnerReferral(agency=AGENCY, expires_on=soon, state=SharingState.DECLINED),
        "other-agency": PartnerReferral(agency=OTHER_AGENCY, expires_on=soon),
        "draft": PartnerReferral(agency=AGENCY, expires_on=soon, state=SharingState.DRAFT),
        "revoked": PartnerReferral(
            agency=AGENCY, expires_on=soon, state=SharingState.REVOKED, revoked_at=clock.now()
        ),
        "run-out": PartnerReferral(agency=AGENCY, expires_on=before),
        "expired": PartnerReferral(agency=AGENCY, expires_on=before, state=SharingState.EXPIRED),
    }
    with transaction() as session:
        for row in rows.values():
            row.case_id = case_id
            row.state = row.state or SharingState.SENT
            row.sent_at = clock.now()
            row.shared = SHARED
            session.add(row)
        session.flush()
        session.add_all(a_step(row.id, is_theirs=True) for row in rows.values())
        return {state: {"sharing_id": row.id} for state, row in rows.items()}


def a_notice(referral: Referral) -> VictimNotice:
    """What was to be written to the person of a referral, held because nobody has asked."""
    return VictimNotice(
        kind=NoticeKind.ACKNOWLEDGED,
        about_id=referral.id,
        victim_id=referral.victim_id,
        matter=Matter.CRIME,
        age=Age.ADULT,
        reference=f"R{referral.id}",
        state=NoticeState.HELD,
        held_because=HeldBecause.NOT_ASKED,
        checked_at=clock.now(),
        checked_version=1,
    )


def of_triage(referral: Referral, person: Staff) -> list[object]:
    """What triage keeps of a referral and its person; whoever had it in hand has it no longer."""
    mine = {"by_id": person.id, "by_name": person.name, "referral_id": referral.id}
    now = clock.now()
    return [
        TriageDecision(
            **mine, stage=TriageStage.INITIAL, verdict=Verdict.GO_ON, decided_at=now, reason="x"
        ),
        UrgentMark(**mine, is_urgent=False, reason="x"),
        ContactTry(
            **mine,
            happened_at=now,
            channel=Channel.PHONE,
            outcome=ContactOutcome.NO_ANSWER,
            notes="x",
        ),
        ReferralHold(referral_id=referral.id, staff_id=person.id, until=now - timedelta(minutes=1)),
        ConsentGiven(
            victim_id=referral.victim_id,
            purpose=Purpose.REFER_ON,
            agency="Example Refuge",
            agency_key="example refuge",
            answer=Agreed.GIVEN,
            how=SaidHow.PHONE,
            said_at=now,
            words="x",
            by_id=person.id,
            by_name=person.name,
        ),
    ]


def a_run() -> Args:
    """A print run of which no letter is left."""
    with transaction() as session:
        run = PrintRun(made_at=clock.now(), by_name="A test")
        session.add(run)
        session.flush()
        return {"run_id": run.id}


def a_district() -> Args:
    """What one of the ten districts asks for before it must hold a review."""
    return {"district_id": db.session.scalars(sa.select(AsbThreshold.id)).first()}
