"""Partners of the county: the directory, champions, and referrals in every state."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.terms import CaseStatus
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.partners import commands, queries
from beacon.partners.commands import Answer, Choice, Sending, ServiceGiven, TrainingGiven
from beacon.partners.jobs import CHASER
from beacon.partners.models import Agency, AgencyContact, PartnerReferral, PartnerService
from beacon.partners.terms import Outcome, ReferralState, ServiceKind, SharedFact
from beacon.people import commands as people
from beacon.people.commands import ConsentAnswer
from beacon.people.terms import Agreed, Purpose, SaidHow
from beacon.seed.diary import at, working_days_back
from beacon.seed.directory import SERVICES, Listed
from beacon.seed.scene import Scene
from beacon.seed.staff import Colleague

SENT_BACK = 8  # working days ago
ASKS = "Please get in touch, and tell us whether you can help with what they need most."
ALWAYS = frozenset({SharedFact.NAME, SharedFact.AGE, SharedFact.NEEDS, SharedFact.MANAGER})
REACHED = frozenset({SharedFact.PHONE, SharedFact.SAFE_CONTACT})
LONG_AGO = timedelta(days=240)  # when some services were last checked
COURSES = (("Hearing what is not said", 400, 30), ("Safe contact", 90, None))
# What becomes of the three cases of each manager that are sent on, in turn.
FATES = ("in_progress", "no_reply", "declined", "finished", "withdrawn", "sent")


class Partnering:
    """Writes the directory, and sends some cases of every desk on."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def write(self) -> None:
        """The directory first; then what was sent, and what the agencies said."""
        diary = self.scene.diary
        begun = working_days_back(diary.today, SENT_BACK)
        old = at(begun, "09:00") - LONG_AGO
        diary.put(old, partial(self.list_services, SERVICES[:3]))
        diary.put(at(begun, "09:00"), partial(self.list_services, SERVICES[3:]))
        diary.put(at(begun, "14:40"), self.send_on)
        diary.put(at(diary.last_working, "09:15"), self.name_champions)
        diary.put(at(diary.last_working, "16:50"), self.draft)

    def list_services(self, services: tuple[Listed, ...]) -> None:
        """Put services into the directory, under their agencies."""
        leader = self.scene.office.all(Role.TEAM_LEADER)[0]
        for one in services:
            given = ServiceGiven(
                name=one.name,
                kind=one.kind,
                needs=frozenset(one.needs),
                crimes=frozenset(one.crimes),
                districts=frozenset(one.districts),
                age_from=one.ages[0],
                age_to=one.ages[1],
                how=one.how,
                opening="Monday to Friday, 9 to 5",
                waiting_weeks=one.weeks,
                waiting_told_on=None if one.weeks is None else clock.today(),
                active_from=clock.today(),
            )
            agency = agency_named(one.agency, leader.actor)
            commands.add_service(agency.id, given, actor=leader.actor)

    def name_champions(self) -> None:
        """The first contact of each agency speaks for victims there, with training."""
        leader = self.scene.office.all(Role.TEAM_LEADER)[0]
        firsts = sa.select(sa.func.min(AgencyContact.id)).group_by(AgencyContact.agency_id)
        query = sa.select(AgencyContact).where(AgencyContact.id.in_(firsts))
        for contact in db.session.scalars(query.order_by(AgencyContact.id)).all():
            today = clock.today()
            commands.make_champion(
                contact, since=today, version=contact.version, actor=leader.actor
            )
            for course, ago, left in COURSES:
                given = TrainingGiven(
                    course=course,
                    done_on=today - timedelta(days=ago),
                    expires_on=None if left is None else today - timedelta(days=left),
                )
                commands.add_training(contact, given, version=contact.version, actor=leader.actor)

    def send_on(self) -> None:
        """Three cases of each desk go to a service that fits; each has its own fate."""
        turn = 0
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            for case in self._cases_of(manager, 3):
                service = self._fitting(case, turn)
                if service is not None:
                    sharing = self._send(case, service, manager)
                    self._later(case.id, sharing.id, manager, FATES[turn % len(FATES)])
                    turn += 1

    def draft(self) -> None:
        """One more case of each desk is to go on, and is not sent yet."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            for case in self._cases_of(manager, 4)[3:]:
                service = self._fitting(case, case.id)
                if service is not None:
                    self._choose(case, service, manager)

    def _send(self, case: CaseFile, service: PartnerService, manager: Colleague) -> PartnerReferral:
        self._say(case.id, service.agency.name, Agreed.GIVEN, manager)
        sharing = self._choose(case, service, manager)
        mark = queries.preview(manager.actor, case, sharing).mark
        commands.send(
            case, sharing, Sending(mark=mark), version=sharing.version, actor=manager.actor
        )
        return sharing

    def _choose(
        self, case: CaseFile, service: PartnerService, manager: Colleague
    ) -> PartnerReferral:
        known = queries.known_facts(case)
        facts = {one for one in ALWAYS | REACHED if known[one]}
        choice = Choice(facts=frozenset(facts), asks=ASKS)
        return commands.draft_referral(case, service, choice, actor=manager.actor)

    def _later(self, case_id: int, sharing_id: int, manager: Colleague, fate: str) -> None:
        put, day = self.scene.diary.put, clock.today()
        answers = {
            "in_progress": (ReferralState.ACCEPTED, ReferralState.IN_PROGRESS),
            "declined": (ReferralState.DECLINED,),
            "finished": (ReferralState.ACCEPTED, ReferralState.FINISHED),
        }
        for number, state in enumerate(answers.get(fate, ())):
            moment = at(day, "15:20") + timedelta(days=1 + number)
            put(moment, partial(self._answer, case_id, sharing_id, state, manager))
        if fate == "no_reply":
            put(
                at(self.scene.diary.last_working, "08:10"),
                partial(commands.chase, sharing_id, actor=CHASER),
            )
        if fate == "withdrawn":
            agency = db.session.get_one(PartnerReferral, sharing_id).agency
            moment = at(day, "11:30") + timedelta(days=2)
            put(moment, partial(self._say, case_id, agency, Agreed.WITHDRAWN, manager))

    def _answer(
        self, case_id: int, sharing_id: int, state: ReferralState, manager: Colleague
    ) -> None:
        """By the agency's own user where it has one, else by telephone; nothing once it is over."""
        case, row = self.scene.case(case_id), db.session.get_one(PartnerReferral, sharing_id)
        if not case.is_open or not row.state.is_live:
            return
        words = "We have no room before the spring." if state is ReferralState.DECLINED else ""
        outcome = Outcome.HELPED if state is ReferralState.FINISHED else None
        answer = Answer(state=state, words=words, outcome=outcome)
        users = [
            one for one in self.scene.office.all(Role.PARTNER) if one.actor.agency == row.agency
        ]
        if users:
            commands.answer_as_agency(row.id, answer, version=row.version, actor=users[0].actor)
        else:
            commands.record_answer(case, row, answer, version=row.version, actor=manager.actor)

    def _say(self, case_id: int, agency: str, answer: Agreed, manager: Colleague) -> None:
        case = self.scene.case(case_id)
        said = ConsentAnswer(
            purpose=Purpose.REFER_ON,
            agency=agency,
            answer=answer,
            how=SaidHow.PHONE,
            said_at=clock.now(),
        )
        people.record_consent(case.victim, said, actor=manager.actor)

    def _fitting(self, case: CaseFile, turn: int) -> PartnerService | None:
        """A service that suits, in turn, those of an agency that signs in here before others."""
        rows = queries.directory(CHASER, queries.wanted_for(CHASER, case))
        rows = [one for one in rows if one.service.kind is not ServiceKind.RESTORATIVE]
        ours = [one.service for one in rows if queries.signs_in(one.service.agency.name)]
        found = ours if ours and turn % 2 == 0 else [one.service for one in rows]
        return found[turn % len(found)] if found else None

    def _cases_of(self, manager: Colleague, at_most: int) -> list[CaseFile]:
        query = sa.select(CaseFile).where(
            CaseFile.manager_id == manager.id,
            CaseFile.status == CaseStatus.OPEN,
            CaseFile.restricted.is_(False),
        )
        return list(db.session.scalars(query.order_by(CaseFile.id.desc()).limit(at_most)))


def agency_named(name: str, actor: Actor) -> Agency:
    """The agency of that name, written down where it is not yet."""
    found = db.session.scalars(sa.select(Agency).where(Agency.name == name)).first()
    return found or commands.add_agency(name, actor=actor)


def taken_back(case: CaseFile, actor: Actor) -> None:
    """Take back what nobody has answered, as its case ends."""
    waiting = sa.select(PartnerReferral).where(PartnerReferral.case_id == case.id)
    for row in db.session.scalars(waiting.order_by(PartnerReferral.id)).all():
        if row.state.is_unanswered or row.state is ReferralState.DRAFT:
            commands.take_back(
                case, row, reason="Our work with them ends.", version=row.version, actor=actor
            )
