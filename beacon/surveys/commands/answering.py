"""Taking an answer: into the box, sealed, with nothing that leads back to whoever gave it.

In one transaction the invitation learns that an answer came, and the box gains one. The invitation
keeps no moment of it, the log gains no entry about the invitation, and the box keeps no order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind
from beacon.core import clock, settings
from beacon.core.actor import Actor, machine
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.working_days import next_working_day
from beacon.surveys.commands.drafting import GONE, held_draft
from beacon.surveys.commands.inviting import row_for, spend
from beacon.surveys.models import SurveyConcern, SurveyInvitation, SurveySlip
from beacon.surveys.queries import invitation_of, read
from beacon.surveys.rules import Answers, found_in, unanswered
from beacon.surveys.standards import WORDS
from beacon.surveys.terms import Dimension, InvitationState, Point, Way

BY_THEMSELVES = machine("questions")
CALL = "Ring them back: they asked for it after our questions"
ALREADY = "They have answered already, so the questions are not asked again."


def send(token: str, draft: str) -> None:
    """Take what somebody answered by their link; it works once. NotFound where it opens nothing."""
    with transaction() as session:
        row = session.scalars(invitation_of(token).with_for_update()).first()
        if row is None:
            raise NotFound(GONE)
        held = held_draft(session, draft)
        answers = read(held)
        if unanswered(answers) is not None:
            raise RuleBroken("Answer each question first. You may say that it does not apply.")
        put(session, row, answers)
        session.delete(held)


def answer_by_phone(case_id: int, answers: Answers, *, actor: Actor) -> None:
    """Take what somebody said on the telephone. The log says only that they were asked.

    RuleBroken where they have answered at this point of their case already.
    """
    with transaction() as session:
        case = session.get(CaseFile, case_id, with_for_update=True, populate_existing=True)
        if case is None:
            raise NotFound
        row = row_for(session, case, Point.AFTER_CONTACT if case.is_open else Point.CLOSING)
        if row.state is InvitationState.ANSWERED:
            raise RuleBroken(ALREADY)
        row.way, row.because = Way.PHONE, ""
        row.invited_at = row.invited_at or clock.now()
        put(session, row, answers)
        audit.record("survey.by_phone", row, actor, operation=Operation.COLLECTION, case_id=case.id)


def put(session: Session, row: SurveyInvitation, answers: Answers) -> None:
    """Spend the invitation and put the answer into the box; the caller's transaction."""
    row.state = InvitationState.ANSWERED
    spend(row)
    slip = SurveySlip()
    slip.said = json.dumps(_said(row, answers), ensure_ascii=False)
    session.add(slip)
    found = found_in(answers.words, settings.value(WORDS))
    if found or answers.wants_a_call:
        _raise(session, row, answers, found)


def _said(row: SurveyInvitation, answers: Answers) -> Mapping[str, object]:
    """All that goes into the box: no case, no invitation, no day."""
    return {
        "month": clock.today().replace(day=1).isoformat(),
        "scores": {measure.value: score.value for measure, score in answers.scores.items()},
        "words": answers.words,
        "groups": {
            Dimension.DISTRICT.value: row.district,
            Dimension.CRIME.value: row.crime,
            Dimension.CATEGORY.value: row.category,
            Dimension.AGE.value: row.age,
            Dimension.TEAM.value: row.team,
            Dimension.POINT.value: row.point.label,
        },
    }


def _raise(session: Session, row: SurveyInvitation, answers: Answers, found: list[str]) -> None:
    """Tell the leaders at once. The case stands in it only where they asked to be rung.

    No entry of the log is written here: its moment would say which invitation it was.
    """
    concern = SurveyConcern(raised_on=clock.today(), found="|".join(found))
    concern.words = answers.words
    if answers.wants_a_call:
        concern.wants_call, concern.case_id = True, row.case_id
        concern.scores = json.dumps(
            {measure.value: score.value for measure, score in answers.scores.items()}
        )
        if row.case.is_open:
            cases.add_task(
                row.case_id,
                kind=TaskKind.OTHER,
                about=CALL,
                due_on=next_working_day(clock.today()),
                actor=BY_THEMSELVES,
            )
    session.add(concern)
