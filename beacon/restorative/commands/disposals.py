"""Out-of-court disposals: the victim is asked before it is decided (R6_OOCVIEW), and told why.

The milestones of the crime are recorded here too, so that the duties of the Code open and are met
with the steps, and nothing is recorded twice.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.cases.terms import TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.entitlements.terms import Channel, Milestone
from beacon.restorative import queries, rules
from beacon.restorative.commands.ground import happened, said
from beacon.restorative.models import DisposalStep, DisposalView
from beacon.restorative.terms import (
    VIEWS,
    AskedBy,
    Decided,
    Disposal,
    PassedBy,
    RestorativePermission,
    ViewStep,
)

WORK = RestorativePermission.WORK
SUSPECT_AT_MOST = 200


@dataclass(frozen=True, kw_only=True)
class DisposalGiven:
    """A disposal as it is considered, and by when the victim's view is needed."""

    disposal: Disposal
    considered_at: datetime
    asked_by: AskedBy
    decision_on: date
    answer_by: date | None = None
    suspect: str = ""


@dataclass(frozen=True, kw_only=True)
class ViewGiven:
    """One step with a disposal."""

    kind: ViewStep
    at: datetime
    how: Channel | None = None
    passed_by: PassedBy | None = None
    decided: Decided | None = None
    words: str = ""


def consider_disposal(case: CaseFile, given: DisposalGiven, *, actor: Actor) -> DisposalView:
    """Record that an out-of-court disposal is considered: from now on their view is asked.

    The milestone is recorded once for the crime, or taken up where it was recorded before. A form
    that was sent twice makes one.
    """
    with transaction() as session:
        row = held_for(case, actor, WORK)
        happened(given.considered_at, "considered_at")
        suspect = said(given.suspect, "suspect", at_most=SUSPECT_AT_MOST)
        if given.answer_by is not None and given.answer_by > given.decision_on:
            raise RuleBroken(
                "The answer is needed on or before the day of the decision.", field="answer_by"
            )
        if given.decision_on < clock.london_day(given.considered_at):
            raise RuleBroken(
                "The decision cannot come before it was considered.", field="decision_on"
            )
        for one in queries.disposals_held(row.id):
            mine = (one.disposal, one.considered_at, one.suspect or "", one.decision_on)
            sent = (given.disposal, given.considered_at, suspect, given.decision_on)
            if mine == sent:
                return one
        milestone = queries.milestone_to_take_up(row) or cases.record_milestone(
            row.crime,
            kind=Milestone.OUT_OF_COURT_CONSIDERED,
            at=given.considered_at,
            actor=actor,
        )
        made = DisposalView(
            case_id=row.id,
            milestone_id=milestone.id,
            disposal=given.disposal,
            considered_at=given.considered_at,
            asked_by=given.asked_by,
            answer_by=given.answer_by,
            decision_on=given.decision_on,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.suspect = suspect
        session.add(made)
        session.flush()
        audit.record(
            "disposal.considered", made, actor, operation=Operation.COLLECTION, case_id=row.id
        )
        words = f"{made.disposal.label.lower()} considered"
        cases.keep_history(row.id, TimelineEvent.DISPOSAL, actor, words=words)
        return made


def record_view_step(
    case: CaseFile, disposal: DisposalView, given: ViewGiven, *, actor: Actor
) -> DisposalStep:
    """Record one step: tried, asked, their view, passed on, decided.

    A view that is written down after the decision is kept and marked late, and never refused. A
    form that was sent twice records one step.
    """
    with transaction() as session:
        row = held_for(case, actor, WORK)
        held = session.get(DisposalView, disposal.id, populate_existing=True)
        if held is None or held.case_id != row.id:
            raise NotFound
        _check(held, given)
        steps = queries.disposal_steps_held(held.id)
        same = [s for s in rules.steps_that_stand(steps) if _says(s) == _says_given(given)]
        if same:
            return same[-1]  # type: ignore[return-value]
        step = DisposalStep(
            disposal_id=held.id,
            case_id=row.id,
            kind=given.kind,
            happened_at=given.at,
            how=given.how,
            passed_by=given.passed_by,
            decided=given.decided,
            by_id=actor.id,
            by_name=actor.name,
        )
        step.words = given.words.strip()
        session.add(step)
        _stand(session, held)
        _keep_code(row, held, given, actor)
        audit.record(f"disposal.{given.kind.value}", held, actor, case_id=row.id)
        told = given.decided or given.passed_by
        words = ", ".join([given.kind.label.lower(), *([told.label.lower()] if told else [])])
        late = ", after the decision" if given.kind in VIEWS and held.is_late else ""
        cases.keep_history(
            row.id, TimelineEvent.DISPOSAL, actor, words=f"{held.disposal.label}: {words}{late}"
        )
        return step


def take_view_step_back(
    case: CaseFile, step: DisposalStep, *, reason: str, actor: Actor
) -> DisposalStep:
    """Take back what was recorded by mistake: it stays in the history and counts no more."""
    with transaction() as session:
        row = held_for(case, actor, WORK)
        taken = session.get(DisposalStep, step.id)
        held = (
            session.get(DisposalView, taken.disposal_id, populate_existing=True) if taken else None
        )
        if taken is None or held is None or held.case_id != row.id:
            raise NotFound
        standing = rules.steps_that_stand(queries.disposal_steps_held(held.id))
        if taken.id not in {one.id for one in standing}:
            raise RuleBroken("This has already been taken back.")
        why = said(reason, "reason", "Enter why it is taken back.", at_most=500)
        made = DisposalStep(
            disposal_id=held.id,
            case_id=row.id,
            kind=ViewStep.TAKEN_BACK,
            happened_at=clock.now(),
            takes_back_id=taken.id,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.words = why
        session.add(made)
        _stand(session, held)
        audit.record("disposal.taken_back", held, actor, case_id=row.id, kind=taken.kind.value)
        words = f"taken back, {taken.kind.label.lower()} ({why})"
        cases.keep_history(row.id, TimelineEvent.DISPOSAL, actor, words=words)
        return made


def _check(held: DisposalView, given: ViewGiven) -> None:
    happened(given.at)
    if given.at < held.considered_at:
        raise RuleBroken("That is before it was considered. Check the date.", field="at")
    said(given.words, "words")
    if given.kind is ViewStep.TAKEN_BACK:
        raise RuleBroken("Choose what you record.", field="kind")
    if given.kind in {ViewStep.TRIED, ViewStep.ASKED, *VIEWS} and given.how is None:
        raise RuleBroken("Choose how you reached them, or tried to.", field="how")
    checks = {
        ViewStep.VIEW: _check_view,
        ViewStep.PASSED: _check_passed,
        ViewStep.DECIDED: _check_decided,
    }
    if check := checks.get(given.kind):
        check(held, given)


def _check_view(held: DisposalView, given: ViewGiven) -> None:
    said(given.words, "words", "Enter their view, in their own words.")


def _check_passed(held: DisposalView, given: ViewGiven) -> None:
    if held.view_at is None:
        raise RuleBroken("Record their view first, then by which way it went.", field="at")
    if given.passed_by is None:
        raise RuleBroken("Choose by which way it went to the police.", field="passed_by")


def _check_decided(held: DisposalView, given: ViewGiven) -> None:
    if given.decided is None:
        raise RuleBroken("Choose what was decided.", field="decided")


def _stand(session: Session, held: DisposalView) -> None:
    session.flush()
    for name, value in asdict(rules.view_state_of(queries.disposal_steps_held(held.id))).items():
        setattr(held, name, value)
    held.version += 1
    session.flush()


def _keep_code(case: CaseFile, held: DisposalView, given: ViewGiven, actor: Actor) -> None:
    """Meet the duty to ask where they were asked, and open that to tell where it was decided."""
    if given.kind in {ViewStep.ASKED, *VIEWS}:
        assert given.how is not None, "_check() has looked"
        for duty in queries.view_owed(held):
            cases.tell_victim(case, duty, at=given.at, channel=given.how, actor=actor)
    if given.decided is not None and given.decided.is_disposal:
        cases.record_milestone(
            case.crime, kind=Milestone.OUT_OF_COURT_DISPOSAL, at=given.at, actor=actor
        )


def _says(step: object) -> tuple[object, ...]:
    assert isinstance(step, DisposalStep)
    return (
        step.kind, step.happened_at, step.how, step.passed_by, step.decided, step.words or "",
    )  # fmt: skip


def _says_given(given: ViewGiven) -> tuple[object, ...]:
    return (
        given.kind, given.at, given.how, given.passed_by, given.decided, given.words.strip(),
    )  # fmt: skip
