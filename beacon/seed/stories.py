"""What becomes of one referral: triage, a manager, contacts, needs, milestones, the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, CaseTask, ProposedMilestone
from beacon.cases.terms import ContactOutcome, CrimeKind, SuspectStatus, TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import EnhancedGround, Milestone, VictimCategory
from beacon.plans import commands as plans
from beacon.plans.terms import Answer, ClosingReason, CopeAndRecover, NotAssessed
from beacon.referrals import commands as referrals
from beacon.referrals.models import Referral
from beacon.referrals.terms import ReferralState
from beacon.seed.arrivals import Row
from beacon.seed.caring import CHANNELS, Caring
from beacon.seed.partnering import taken_back
from beacon.seed.planning import finished
from beacon.seed.reaching import Reaching
from beacon.seed.scene import Scene
from beacon.seed.telling import Telling
from beacon.seed.words import CLOSING, DISTRICTS, NOTES

Charge = Callable[[CaseFile, Row], None]
M = Milestone
# What follows on what the feed says of the suspect, each with working days to wait.
TRACKS: dict[SuspectStatus, Sequence[tuple[Milestone, int, int]]] = {
    SuspectStatus.NONE: ((M.NOT_INVESTIGATED, 2, 8),),
    SuspectStatus.IDENTIFIED: ((M.INTERVIEWED_UNDER_CAUTION, 6, 15), (M.NOT_CHARGED, 20, 45)),
    SuspectStatus.ARRESTED: ((M.ARRESTED, 0, 2), (M.BAILED, 0, 1), (M.CHARGED, 15, 40)),
    SuspectStatus.INTERVIEWED: ((M.INTERVIEWED_UNDER_CAUTION, 0, 2), (M.NOT_CHARGED, 10, 30)),
    SuspectStatus.BAILED: ((M.BAILED, 0, 2), (M.BAIL_CHANGED, 10, 20), (M.CHARGED, 10, 30)),
    SuspectStatus.RUI: ((M.RELEASED_UNDER_INVESTIGATION, 0, 2), (M.NOT_CHARGED, 25, 60)),
    SuspectStatus.CHARGED: ((M.CHARGED, 0, 3),),
    SuspectStatus.NFA: ((M.NOT_CHARGED, 0, 3),),
}
LEFT_ALONE_DAYS = 2
# What is said of health, coping, safety and being informed when a case ends.
SAID_AT_THE_END = (
    (Answer.YES, Answer.YES, Answer.YES, Answer.YES),
    (Answer.PARTLY, Answer.YES, Answer.YES, Answer.YES),
    (Answer.PARTLY, Answer.PARTLY, Answer.NO, Answer.YES),
    (Answer.NOT_ASKED, Answer.YES, Answer.DECLINED, Answer.YES),
)


class Stories:
    """The stories of all referrals."""

    def __init__(
        self,
        scene: Scene,
        charge: Charge,
        defraud: Callable[[int, Row], None],
        rows: dict[int, Row],
    ) -> None:
        self.scene = scene
        self.rows = rows  # the row from which each case came
        self.telling = Telling(scene)
        self.caring = Caring(scene)
        self.reaching = Reaching(scene)
        self.charge = charge
        self.defraud = defraud

    def begin(self, referral_id: int, row: Row) -> None:
        """A referral has come in: it is looked at by the next day, but for the newest."""
        age = (self.scene.diary.today - row.day).days
        newest = age < LEFT_ALONE_DAYS
        if age and not (newest and self.scene.chance.happens(0.7)):
            self.scene.diary.put(self.scene.soon(0, 1), partial(self.triage, referral_id, row))

    def triage(self, referral_id: int, row: Row) -> None:
        """An intake officer decides."""
        referral = db.session.get_one(Referral, referral_id)
        officer = self.scene.office.one(Role.INTAKE_OFFICER)
        if referral.state is ReferralState.WAITING:
            referrals.decline(
                referral,
                reason="Asked again: does not wish to be in touch with us.",
                version=referral.version,
                actor=officer.actor,
            )
            return
        case = referrals.confirm(
            referral, self._decision(referral), version=referral.version, actor=officer.actor
        )
        self.rows[case.id] = row
        waits = (self.scene.diary.today - clock.today()).days < 4
        if not (waits and self.scene.chance.happens(0.35)):
            self.scene.diary.put(self.scene.soon(0, 1), partial(self.assign, case.id, row))

    def assign(self, case_id: int, row: Row) -> None:
        """A team leader gives the case to somebody, and the work begins."""
        case = self.scene.case(case_id)
        team = DISTRICTS[row.person.district][0]
        is_fraud = case.crime.kind is CrimeKind.FRAUD
        role = Role.FRAUD_OFFICER if is_fraud else Role.CASE_MANAGER
        chosen = self.scene.office.one(role, team=None if is_fraud else team)
        cases.assign_manager(
            case,
            db.session.get_one(Staff, chosen.id),
            version=case.version,
            actor=self.scene.leader(team).actor,
        )
        self.caring.begin(case)
        if is_fraud:
            self.defraud(case_id, row)
        elif row.leads and row.status:
            self._follow(case_id, row, TRACKS[SuspectStatus(row.status)])
        if self.scene.chance.happens(0.85):
            self.scene.diary.put(self.scene.soon(55, 140), partial(self.close, case_id))

    def milestone(
        self, case_id: int, row: Row, track: Sequence[tuple[Milestone, int, int]]
    ) -> None:
        """Something has happened to the crime; it is told, and something else follows."""
        case, kind = self.scene.case(case_id), track[0][0]
        if not case.is_open:
            return
        if kind is M.CHARGED:
            self.charge(case, row)
        else:
            cases.record_milestone(
                case.crime,
                kind=kind,
                at=clock.now() - timedelta(minutes=self.scene.chance.whole(5, 50)),
                actor=self.scene.manager_of(case).actor,
            )
        self.telling.plan_for(case.crime)
        self._follow(case_id, row, track[1:])

    def close(self, case_id: int) -> None:
        """The end: nothing is owed any more, and a note says how it went."""
        case = self.scene.case(case_id)
        if not case.is_open or case_id in self.scene.for_the_desk:
            return
        actor = self.scene.manager_of(case).actor
        if case.first_contact_at is None:
            cases.log_contact(
                case,
                channel=self.scene.chance.pick(CHANNELS),
                outcome=ContactOutcome.SENT,
                notes=NOTES[0],
                at=clock.now(),
                actor=actor,
            )
        if case.crime.kind is CrimeKind.FRAUD:
            self.reaching.settle(case)
        self.telling.settle(case)
        taken_back(case, actor)
        self._finish_tasks(case)
        note = self.scene.chance.pick(CLOSING)
        why_not = NotAssessed.DECLINED if case_id % 5 else NotAssessed.NOT_REACHED
        assessed = self.caring.assess_at_the_end(case_id)
        answers = dict(
            zip(CopeAndRecover, SAID_AT_THE_END[case_id % len(SAID_AT_THE_END)], strict=True)
        )
        ending = plans.ClosingGiven(
            reason=ClosingReason.DONE if case_id % 5 else ClosingReason.NOT_REACHED,
            summary=note,
            answers=answers if case_id % 5 else {},
            goals=finished(case, actor),
            not_assessed=None if assessed else why_not,
        )
        plans.close(case, ending, version=case.version, actor=actor)

    def _follow(self, case_id: int, row: Row, track: Sequence[tuple[Milestone, int, int]]) -> None:
        if track:
            _, least, most = track[0]
            self.scene.diary.put(
                self.scene.soon(least, most), partial(self.milestone, case_id, row, track)
            )

    def _decision(self, referral: Referral) -> referrals.Triage:
        """Which rights: most of what is proposed holds; some need a reason why not."""
        chance, case = self.scene.chance, referral.case
        assert case is not None
        by_age = {one.ground for one in case.grounds if one.holds}
        proposed = {one.ground for one in case.grounds}
        certain = by_age or EnhancedGround.DOMESTIC_ABUSE in proposed
        holds = proposed if certain or chance.happens(0.8) else set()
        turned_down = proposed and not holds
        contact = referrals.FirstContact(
            channel=chance.pick(CHANNELS),
            outcome=ContactOutcome.SPOKE,
            at=clock.now(),
            notes=chance.pick(NOTES),
        )
        return referrals.Triage(
            category=VictimCategory.ENHANCED if holds else VictimCategory.STANDARD,
            grounds=dict.fromkeys(sorted(proposed), True) if holds else {},
            reason="Talked it through: none of the grounds applies." if turned_down else "",
            consent=referral.consent,
            contact=contact if chance.happens(0.4) else None,
        )

    def _finish_tasks(self, case: CaseFile) -> None:
        actor = self.scene.manager_of(case).actor
        open_tasks = sa.select(CaseTask).where(
            CaseTask.case_id == case.id, CaseTask.done_at.is_(None)
        )
        for task in db.session.scalars(open_tasks.order_by(CaseTask.id)).all():
            if task.kind is TaskKind.MILESTONE_PROPOSED:
                number = int(task.about.partition(":")[2])
                proposal = db.session.get_one(ProposedMilestone, number)
                if proposal.decided_at is None:
                    cases.set_proposal_aside(
                        proposal, reason="Told to the victim by the officer.", actor=actor
                    )
            elif task.done_at is None:
                cases.finish_task(task, actor=actor)
