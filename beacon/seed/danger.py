"""Risk in the made-up county: assessed cases, concerns, modern slavery, and noisy neighbours."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, CaseTask, Crime
from beacon.cases.terms import CaseStatus, CrimeKind, TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.risk import commands, queries, rules
from beacon.risk.commands import (
    ApplicationGiven,
    AssessmentGiven,
    CheckGiven,
    ConcernGiven,
    IncidentGiven,
    MaracGiven,
    ReportGiven,
    SlaveryGiven,
    SlaveryStepGiven,
)
from beacon.risk.models import SafeguardingConcern
from beacon.risk.terms import (
    Answer,
    Applicant,
    AsbBody,
    ConcernConsent,
    ConcernKind,
    ConcernOutcome,
    FirstResponder,
    MaracConsent,
    OverrideGround,
    RiskGround,
    RiskLevel,
    RiskTool,
    SlaveryStage,
)
from beacon.seed.diary import at, working_days_back
from beacon.seed.scene import Scene
from beacon.seed.staff import Colleague

CASES_OF_EACH = 6
DAY = timedelta(days=1)
SCORES = (16, 3, 11, 7)  # by place: high, high by judgement, medium, standard
JUDGED = "Fears for her life, and speaks of it calmly."
# Days before, what, to whom.
NOISE = (
    (34, "Bottles thrown over the fence, shouting until two.", AsbBody.COUNCIL),
    (19, "Music from eleven until four.", AsbBody.POLICE),
    (6, "Fireworks through the letter box of the block.", AsbBody.LANDLORD),
)


class Danger:
    """Puts in the diary what managers know of risk, a few cases for every desk."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def write(self) -> None:
        """Assessed three working days ago, and looked at again on the last."""
        diary = self.scene.diary
        diary.put(at(working_days_back(diary.today, 3), "14:10"), self.assess)
        diary.put(at(diary.last_working, "14:40"), self.look_again)

    def assess(self) -> None:
        """For every manager: risks, a referral to MARAC, concerns, slavery and behaviour."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            found = self._cases_of(manager)
            for case, yes in zip(found, SCORES, strict=False):
                self._dash(case, manager, yes)
            parts = (self._refer, self._concern, self._stalking, self._adult, self._slavery)
            for case, of_case in zip(found, parts, strict=False):
                of_case(case, manager)
            for case in found[-1:]:
                self._noise(case, manager)

    def look_again(self) -> None:
        """The concerns for adults have gone on; those for children wait for an answer."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            for case in self._cases_of(manager):
                for concern in queries.concerns_of(manager.actor, case):
                    if concern.kind is ConcernKind.ADULT_42:
                        self._goes_on(case, concern, manager)

    def _goes_on(self, case: CaseFile, concern: SafeguardingConcern, manager: Colleague) -> None:
        given = CheckGiven(
            outcome=ConcernOutcome.ENQUIRY,
            on=clock.today(),
            words="A social worker visits on Thursday.",
            next_check_on=self.scene.diary.today + 5 * DAY,
        )
        commands.check_concern(case, concern, given, actor=manager.actor)

    def _dash(self, case: CaseFile, manager: Colleague, yes: int) -> None:
        judged = yes == SCORES[1]
        given = AssessmentGiven(
            answers={
                number: Answer.YES if number % 24 < yes else Answer.NO for number in range(1, 25)
            },
            judged_high=judged,
            judgement=JUDGED if judged else "",
            call_outs=yes // 4,
        )
        commands.assess_risk(case, given, at=clock.now(), actor=manager.actor)
        if judged:
            self._finish(case, manager)

    def _finish(self, case: CaseFile, manager: Colleague) -> None:
        """The adviser and the children were seen to at once; MARAC and the contact are left."""
        seen_to = (TaskKind.REFER_TO_IDVA, TaskKind.CHECK_CHILDREN)
        query = sa.select(CaseTask).where(
            CaseTask.case_id == case.id, CaseTask.kind.in_(seen_to), CaseTask.done_at.is_(None)
        )
        for task in db.session.scalars(query.order_by(CaseTask.id)).all():
            cases.finish_task(task, actor=manager.actor)

    def _refer(self, case: CaseFile, manager: Colleague) -> None:
        given = MaracGiven(
            grounds=[RiskGround.VISIBLE_HIGH],
            consent=MaracConsent.GIVEN,
            referred_on=clock.today(),
            reason="Strangled twice this year; he has her keys.",
            meeting_on=self.scene.diary.today + 8 * DAY,
        )
        commands.refer_to_marac(case, given, actor=manager.actor)

    def _concern(self, case: CaseFile, manager: Colleague) -> None:
        given = ConcernGiven(
            kind=ConcernKind.CHILD_47,
            about="her son, 6",
            reason="He was in the room, and has stopped speaking at school.",
            consent=ConcernConsent.NOT_ASKED,
            override=OverrideGround.GREATER_RISK,
            override_reason="The father reads her messages.",
            made_to="Hertfordshire Children's Services, the front door",
            made_at=clock.now() - timedelta(minutes=25),
            reference="CS-40871",
            next_check_on=self.scene.diary.today + DAY,
        )
        commands.raise_concern(case, given, actor=manager.actor)

    def _adult(self, case: CaseFile, manager: Colleague) -> None:
        given = ConcernGiven(
            kind=ConcernKind.ADULT_42,
            reason="Cannot leave the flat without the carer who took the money.",
            consent=ConcernConsent.GIVEN,
            made_to="Hertfordshire Adult Care Services",
            made_at=clock.now() - timedelta(minutes=40),
            next_check_on=self.scene.diary.today + 4 * DAY,
        )
        commands.raise_concern(case, given, actor=manager.actor)

    def _stalking(self, case: CaseFile, manager: Colleague) -> None:
        given = AssessmentGiven(
            tool=RiskTool.VS_DASH,
            answers=dict.fromkeys(range(1, 12), Answer.NO) | dict.fromkeys((1, 5, 6), Answer.YES),
            level=RiskLevel.MEDIUM,
            notes="Comes to the shop on each of her shifts.",
        )
        commands.assess_risk(case, given, at=clock.now(), actor=manager.actor)

    def _slavery(self, case: CaseFile, manager: Colleague) -> None:
        born = case.victim.date_of_birth
        is_child = rules.born_under_18(born, clock.today())
        given = SlaveryGiven(
            indicators="Works for no wage; somebody else holds the passport.",
            through=FirstResponder.POLICE,
            agrees=None if is_child else True,
            responder="Modern slavery desk",
        )
        row = commands.record_slavery(case, given, actor=manager.actor)
        stages = [SlaveryStage.AUTHORITY_TOLD] * is_child + [SlaveryStage.SENT]
        for stage in stages:
            step = SlaveryStepGiven(stage=stage, on=clock.today(), reference="NRM-2026-118")
            commands.take_slavery_step(case, row, step, actor=manager.actor)

    def _noise(self, case: CaseFile, manager: Colleague) -> None:
        for days, what, body in NOISE:
            on = clock.today() - days * DAY
            given = IncidentGiven(on=on, what=what, report=ReportGiven(body=body, on=on))
            commands.record_incident(case, given, actor=manager.actor)
        asked = ApplicationGiven(
            district=queries.known_district(case.crime.district),
            applicant=Applicant.VICTIM,
            effect="Has not slept through a night since the summer.",
            asked="One person at the council to speak to.",
        )
        commands.prepare_application(case, asked, actor=manager.actor)

    def _cases_of(self, manager: Colleague) -> list[CaseFile]:
        """Those of domestic abuse first, then the newest."""
        query = (
            sa.select(CaseFile)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .where(
                CaseFile.manager_id == manager.id,
                CaseFile.status == CaseStatus.OPEN,
                Crime.kind == CrimeKind.CRIME,
            )
            .order_by(CaseFile.domestic_abuse.desc(), CaseFile.id)
            .limit(CASES_OF_EACH)
        )
        return list(db.session.scalars(query))
