"""Asking others for what they must supply, asking them again, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.commands.keeping import keep_history, not_yet
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, InformationRequest
from beacon.cases.terms import ASKED, CasePermission, TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.working_days import is_working_day, next_working_day
from beacon.entitlements.terms import Body, Milestone

WORDS_AT_MOST = 500
ANSWER_AT_MOST = 2_000


def ask(
    case: CaseFile,
    *,
    asked_of: Body,
    milestone: Milestone | None,
    words: str,
    at: datetime,
    chase_on: date,
    actor: Actor,
) -> InformationRequest:
    """Record what was asked of whom, and when they are asked again. Sent twice, it is one."""
    words = words.strip()
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        not_yet(at)
        if asked_of not in ASKED:
            raise RuleBroken("Choose whom you asked.", field="asked_of")
        if milestone is None and not words:
            raise RuleBroken("Choose what you asked about, or say it in words.", field="words")
        _not_too_long(words, WORDS_AT_MOST, field="words")
        if (same := _asked_before(row, asked_of, milestone, words, at)) is not None:
            return same
        _fit_to_chase(chase_on)
        asked = InformationRequest(
            case_id=row.id,
            asked_of=asked_of,
            milestone=milestone,
            asked_at=at,
            asked_by_id=actor.id,
            chase_on=chase_on,
        )
        asked.words = words
        session.add(asked)
        audit.record("request.made", asked, actor, operation=Operation.COLLECTION, case_id=row.id)
        keep_history(row.id, TimelineEvent.REQUESTED, actor, words=_said(asked), at=at)
        return asked


def ask_again(case: CaseFile, asked: InformationRequest, *, chase_on: date, actor: Actor) -> None:
    """Record that they were asked again, and the next day on which to do so."""
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        held = _open(session, row, asked)
        _fit_to_chase(chase_on)
        held.chase_on = chase_on
        audit.record("request.chased", held, actor, case_id=row.id)
        keep_history(row.id, TimelineEvent.CHASED, actor, words=_said(held))


def answer(
    case: CaseFile, asked: InformationRequest, *, answer: str, at: datetime, actor: Actor
) -> None:
    """Record what they answered and when; what it means for the case is recorded apart."""
    answer = answer.strip()
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        held = _open(session, row, asked)
        not_yet(at)
        if at < held.asked_at.replace(second=0, microsecond=0):
            raise RuleBroken("That is before they were asked. Check the date and time.", field="at")
        if not answer:
            raise RuleBroken("Enter what they answered.", field="answer")
        _not_too_long(answer, ANSWER_AT_MOST, field="answer")
        held.answered_at, held.answer = at, answer
        _end(held, row, f"{_said(held)}; answered: {answer}", "request.answered", actor, at=at)


def withdraw_request(
    case: CaseFile, asked: InformationRequest, *, reason: str, actor: Actor
) -> None:
    """Take back a question that needs no answer any more, and say why."""
    reason = reason.strip()
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        held = _open(session, row, asked)
        if not reason:
            raise RuleBroken("Enter the reason.", field="reason")
        _not_too_long(reason, WORDS_AT_MOST, field="reason")
        held.withdrawn_at, held.reason = clock.now(), reason
        _end(held, row, f"{_said(held)}; taken back: {reason}", "request.withdrawn", actor)


def end_requests_with_case(case: CaseFile, actor: Actor) -> None:
    """End what still waits for an answer when its case is closed; each leaves its trace.

    Joins the transaction that closes the case.
    """
    with transaction() as session:
        for asked in _held(session, case, InformationRequest.ended_at.is_(None)):
            asked.withdrawn_at, asked.ended_with_case = clock.now(), True
            words = f"{_said(asked)}; the case was closed"
            _end(asked, case, words, "request.ended_with_case", actor)


def take_up_requests(case: CaseFile, actor: Actor) -> None:
    """Let what ended with the case wait again, to be asked again today where its day is over.

    Joins the transaction that opens the case again.
    """
    with transaction() as session:
        for asked in _held(session, case, InformationRequest.ended_with_case.is_(True)):
            asked.withdrawn_at, asked.ended_at, asked.ended_by_id = None, None, None
            asked.ended_with_case = False
            asked.chase_on = max(asked.chase_on, clock.today())
            audit.record("request.taken_up_again", asked, actor, case_id=case.id)
            keep_history(case.id, TimelineEvent.REQUEST_BACK, actor, words=_said(asked))


def _held(
    session: Session, case: CaseFile, which: sa.ColumnElement[bool]
) -> Sequence[InformationRequest]:
    return session.scalars(
        sa.select(InformationRequest)
        .where(InformationRequest.case_id == case.id, which)
        .order_by(InformationRequest.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _end(
    held: InformationRequest,
    case: CaseFile,
    words: str,
    deed: str,
    actor: Actor,
    *,
    at: datetime | None = None,
) -> None:
    held.ended_at, held.ended_by_id = clock.now(), actor.id
    audit.record(deed, held, actor, case_id=case.id)
    keep_history(case.id, TimelineEvent.REQUEST_ENDED, actor, words=words, at=at)


def _said(asked: InformationRequest) -> str:
    return f"{ASKED[asked.asked_of]}: {asked.what}"


def _open(session: Session, case: CaseFile, asked: InformationRequest) -> InformationRequest:
    """The request as it is now, held, as long as it waits for its answer."""
    session.flush()
    row = session.get(InformationRequest, asked.id, with_for_update=True, populate_existing=True)
    if row is None or row.case_id != case.id:
        raise NotFound
    if not row.is_open:
        raise RuleBroken("Somebody has already ended this request. Look at the case again.")
    return row


def _asked_before(
    case: CaseFile, asked_of: Body, milestone: Milestone | None, words: str, at: datetime
) -> InformationRequest | None:
    """The very same question at the same moment: the form came twice."""
    before = db.session.scalars(
        sa.select(InformationRequest)
        .filter_by(case_id=case.id, asked_of=asked_of, milestone=milestone, asked_at=at)
        .order_by(InformationRequest.id)
    )
    return next((one for one in before if one.words == words), None)


def _fit_to_chase(day: date) -> None:
    """A day on which somebody is there to be asked, and that is still to come."""
    if day <= clock.today():
        raise RuleBroken("Choose a day after today on which to ask again.", field="chase_on")
    if not is_working_day(day):
        then = next_working_day(day)
        raise RuleBroken(
            f"{day.day} {day:%B %Y} is no working day: {then.day} {then:%B %Y} is the next.",
            field="chase_on",
        )


def _not_too_long(text: str, most: int, *, field: str) -> None:
    if len(text) > most:
        raise RuleBroken(f"Use {most:,} characters or fewer.", field=field)
