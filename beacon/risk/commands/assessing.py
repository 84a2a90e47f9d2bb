"""Assessing a risk, and the level that stands (domain.md RULE 3.1 and 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import SAME_DAY, TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.risk import queries, rules
from beacon.risk.commands.ground import come, held, said, short
from beacon.risk.models import CaseRisk, GroundFound, RiskAssessment
from beacon.risk.rules import Assessed
from beacon.risk.terms import Answer, LevelChange, RiskLevel, RiskTool

CALL_OUTS_AT_MOST = 999


@dataclass(frozen=True, kw_only=True)
class AssessmentGiven:
    """What was asked, answered and known. The judgement is a ground only with words."""

    tool: RiskTool = RiskTool.DASH
    answers: Mapping[int, Answer] = field(default_factory=dict)
    judged_high: bool = False
    judgement: str = ""
    call_outs: int | None = None
    last_marac_on: date | None = None  # where another service told us; ours are known
    incident_on: date | None = None
    same_parties: bool = False
    level: RiskLevel | None = None  # asked of a person where the tool has no band of its own
    notes: str = ""


def assess_risk(
    case: CaseFile, given: AssessmentGiven, *, at: datetime, actor: Actor
) -> RiskAssessment:
    """Record an assessment with every ground that holds; it raises the level and never lowers it.

    A form that was sent twice is one assessment. A rise to high makes its same-day tasks at once.
    """
    with transaction() as session:
        row = held(case, actor)
        known = _known(row, given, at)
        if (same := _sent_before(session, row, known, given, at, actor)) is not None:
            return same
        limits = queries.thresholds()
        assessed = rules.assessed_level(known, limits) or given.level
        if assessed is None:
            raise RuleBroken("Choose how high the risk is: this tool has no score.", field="level")
        made = _write(session, row, known, given, assessed, at, actor)
        _keep_grounds(session, made, rules.grounds(known, limits))
        audit.record(
            "risk.assessed", made, actor, operation=Operation.COLLECTION, case_id=row.id,
            tool=known.tool.value, level=assessed.value,
        )  # fmt: skip
        cases.keep_history(row.id, TimelineEvent.RISK, actor, words=_in_words(made), at=at)
        _stand_after(session, row, made, actor)
        return made


def set_level(case: CaseFile, level: RiskLevel, *, reason: str, actor: Actor) -> CaseRisk:
    """Set the level by a person's decision, with their reason: the only way in which it falls."""
    with transaction() as session:
        row = held(case, actor)
        why = said(reason, "reason", "Enter why, so that whoever reads it later can follow you.")
        before = queries.standing_of(row.id)
        if before is not None and before.level is level:
            raise RuleBroken(
                f"The level is {level.label.lower()} already. Choose another one.", field="level"
            )
        falls = before is not None and level.rank < before.level.rank
        change = LevelChange.LOWERED if falls else LevelChange.RAISED
        return _stand(session, row, level, change, actor, reason=why)


def _known(case: CaseFile, given: AssessmentGiven, at: datetime) -> Assessed:
    """What the rules ask for, once it has been checked."""
    if at > clock.now():
        raise RuleBroken("That has not happened yet. Check the date and time.", field="at")
    if given.judged_high and not given.judgement.strip():
        raise RuleBroken("Say in your own words why the risk is high.", field="judgement")
    if not given.judged_high and given.judgement.strip():
        raise RuleBroken(
            "Tick that you judge the risk to be high, or write this under the notes.",
            field="judged_high",
        )
    if given.call_outs is not None and not 0 <= given.call_outs <= CALL_OUTS_AT_MOST:
        raise RuleBroken("Enter a number of call-outs from 0 to 999.", field="call_outs")
    for field_name in ("incident_on", "last_marac_on"):
        if (day := getattr(given, field_name)) is not None:
            come(day, field_name)
    if given.same_parties and given.incident_on is None:
        raise RuleBroken("Enter the day of the new incident.", field="incident_on")
    return Assessed(
        tool=given.tool,
        answers=_answers(given),
        judgement=short(given.judgement, "judgement"),
        call_outs=given.call_outs,
        last_marac_on=_last_marac(case, given) if given.same_parties else None,
        incident_on=given.incident_on,
    )


def _answers(given: AssessmentGiven) -> dict[int, Answer]:
    """An answer to each question of the tool: what was left out was not asked."""
    asked = rules.questions_of(given.tool)
    if set(given.answers) - set(asked):
        raise RuleBroken("Answer only the questions of this form. Open the page again.")
    return {number: given.answers.get(number, Answer.NOT_ASKED) for number in asked}


def _last_marac(case: CaseFile, given: AssessmentGiven) -> date | None:
    """The later of what we know ourselves and what another service told us."""
    days = [day for day in (queries.last_marac_on(case), given.last_marac_on) if day is not None]
    if not days:
        raise RuleBroken(
            "We know of no MARAC for them. Enter its day, or leave the tick out.",
            field="last_marac_on",
        )
    return max(days)


def _sent_before(
    session: Session,
    case: CaseFile,
    known: Assessed,
    given: AssessmentGiven,
    at: datetime,
    actor: Actor,
) -> RiskAssessment | None:
    """The assessment that this form has made already."""
    before = session.scalars(
        sa.select(RiskAssessment).filter_by(
            case_id=case.id, tool=given.tool, assessed_at=at, by_id=actor.id
        )
    )
    mine = (dict(known.answers), known.judgement, known.call_outs, given.notes.strip())
    for one in before:
        if (one.answers, one.judgement, one.call_outs, one.notes) == mine:
            return one
    return None


def _write(
    session: Session,
    case: CaseFile,
    known: Assessed,
    given: AssessmentGiven,
    level: RiskLevel,
    at: datetime,
    actor: Actor,
) -> RiskAssessment:
    made = RiskAssessment(
        case_id=case.id,
        tool=known.tool,
        assessed_at=at,
        yes=rules.score(known.answers) if known.tool.has_questions else None,
        level=level,
        call_outs=known.call_outs,
        last_marac_on=known.last_marac_on,
        incident_on=known.incident_on,
        by_id=actor.id,
        by_name=actor.name,
    )
    made.answers, made.judgement = known.answers, known.judgement
    made.notes = short(given.notes, "notes")
    session.add(made)
    session.flush()
    return made


def _keep_grounds(session: Session, made: RiskAssessment, found: list[rules.Ground]) -> None:
    made.grounds = [
        GroundFound(
            assessment_id=made.id, ground=one.ground, figure=one.figure, threshold=one.threshold
        )
        for one in found
    ]
    session.flush()


def _stand_after(
    session: Session, case: CaseFile, made: RiskAssessment, actor: Actor
) -> CaseRisk | None:
    """The level that stands after an assessment: a new one only where it is higher."""
    before = queries.standing_of(case.id)
    after = rules.standing_level(before.level if before else None, made.level)
    if after is None or (before is not None and after is before.level):
        return before
    return _stand(session, case, after, LevelChange.ASSESSED, actor, assessment=made)


def _stand(
    session: Session,
    case: CaseFile,
    level: RiskLevel,
    change: LevelChange,
    actor: Actor,
    *,
    assessment: RiskAssessment | None = None,
    reason: str = "",
) -> CaseRisk:
    """Let a level stand in the place of the one before, which is kept; a rise makes its tasks."""
    before = queries.standing_of(case.id)
    if before is not None:
        before.replaced_at = clock.now()
        session.flush()
    made = CaseRisk(
        case_id=case.id,
        level=level,
        change=change,
        decided_at=clock.now(),
        assessment_id=assessment.id if assessment else None,
        by_id=actor.id,
        by_name=actor.name,
    )
    made.reason = reason
    session.add(made)
    audit.record(f"risk.level_{change.value}", made, actor, case_id=case.id, level=level.value)
    words = f"{level.label.lower()}, {change.label.lower()}" + (f": {reason}" if reason else "")
    cases.keep_history(case.id, TimelineEvent.RISK, actor, words=words)
    if rules.is_rise(before.level if before else None, level):
        for kind in SAME_DAY:
            about, today = f"risk:{made.id}", clock.today()
            cases.add_task(case.id, kind=kind, about=about, due_on=today, actor=actor)
    return made


def _in_words(made: RiskAssessment) -> str:
    """The assessment as the history of the case says it."""
    scored = f", {made.yes} yes" if made.yes is not None else ""
    found = "; ".join(one.ground.label.lower() for one in made.grounds)
    return f"{made.tool.label}{scored}, {made.level.label.lower()}" + (
        f" ({found})" if found else ""
    )
