"""What the clock does: an agency that does not answer is chased, and what has run out ends."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.models import CaseTask
from beacon.cases.terms import TaskKind
from beacon.core import clock, settings
from beacon.core.db import db, transaction
from beacon.partners import commands, queries
from beacon.partners.commands import Answer
from beacon.partners.jobs import chase_partners
from beacon.partners.standards import CHASE, EXPIRY
from beacon.partners.terms import ReferralState, StepKind
from tests.work.partners.builders import a_draft, a_sent_one

# Sent on Monday 23 November with three working days: an answer is expected by Thursday.
THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
# Reminded on Friday: again after Wednesday 2 December.
WEDNESDAY = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
NEXT_THURSDAY = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def sharing(case, actor):
    return a_sent_one(case, actor=actor)


def run_at(moment: datetime) -> int:
    with clock.fixed(moment):
        return chase_partners()


def open_tasks(case_id: int) -> list[CaseTask]:
    query = sa.select(CaseTask).filter_by(case_id=case_id, kind=TaskKind.PARTNER_NO_REPLY)
    return list(db.session.scalars(query.where(CaseTask.done_at.is_(None))))


def test_an_agency_is_chased_after_its_working_days_and_once(case, sharing):
    assert run_at(THURSDAY) == 0
    assert run_at(FRIDAY) == 1
    db.session.refresh(sharing)
    assert (sharing.state, sharing.chased) == (ReferralState.NO_REPLY, 1)
    assert [task.due_on for task in open_tasks(case.id)] == [FRIDAY.date()]
    assert run_at(FRIDAY) == 0
    assert len(open_tasks(case.id)) == 1


def test_a_weekend_and_a_bank_holiday_are_no_working_days(case, actor):
    with clock.fixed(datetime(2026, 12, 23, 9, 0, tzinfo=UTC)):
        sharing = a_sent_one(case, actor=actor)
    # Christmas Eve; then Christmas, a weekend and Boxing Day's substitute; Tuesday and Wednesday.
    assert sharing.reply_due_on == date(2026, 12, 30)


def test_it_is_chased_again_and_the_desk_is_not_told_twice(case, actor, sharing):
    run_at(FRIDAY)
    assert run_at(WEDNESDAY) == 0
    assert run_at(NEXT_THURSDAY) == 1
    assert len(open_tasks(case.id)) == 1
    kinds = [one.kind for one in queries.steps_of(actor, sharing)]
    assert kinds[:2] == [StepKind.CHASED, StepKind.NO_REPLY]


def test_a_reminder_that_was_dealt_with_comes_back_where_nobody_answers(case, actor, sharing):
    run_at(FRIDAY)
    with clock.fixed(FRIDAY):
        cases.finish_task(open_tasks(case.id)[0], actor=actor)
    assert run_at(NEXT_THURSDAY) == 1
    assert len(open_tasks(case.id)) == 1


def test_an_answer_takes_the_reminder_off_the_desk(case, actor, sharing):
    run_at(FRIDAY)
    with clock.fixed(FRIDAY):
        db.session.refresh(sharing)
        answer = Answer(state=ReferralState.ACCEPTED)
        commands.record_answer(case, sharing, answer, version=sharing.version, actor=actor)
    assert open_tasks(case.id) == []
    assert run_at(NEXT_THURSDAY) == 0


def test_how_long_one_waits_is_a_setting(case, actor):
    with transaction() as session:
        session.add(settings.Setting(name=CHASE, text="1"))
        session.add(settings.Setting(name=EXPIRY, text="2"))
    sharing = a_sent_one(case, actor=actor)
    assert sharing.reply_due_on == date(2026, 11, 24)
    assert sharing.expires_on == date(2026, 11, 25)


@pytest.mark.proves("Z-15")
@pytest.mark.parametrize("is_accepted", [False, True])
def test_what_has_run_out_ends_whatever_became_of_it(case, actor, sharing, is_accepted):
    if is_accepted:
        answer = Answer(state=ReferralState.ACCEPTED)
        commands.record_answer(case, sharing, answer, version=sharing.version, actor=actor)
    last = datetime.combine(sharing.expires_on, datetime.min.time(), tzinfo=UTC).replace(hour=9)
    run_at(last)
    db.session.refresh(sharing)
    assert sharing.state.is_live
    assert run_at(last.replace(month=last.month, day=last.day + 1)) == 1
    db.session.refresh(sharing)
    assert sharing.state is ReferralState.EXPIRED
    assert open_tasks(case.id) == []


def test_a_draft_is_never_chased_and_never_expires(case, actor):
    sharing = a_draft(case, actor=actor)
    assert run_at(datetime(2027, 12, 1, 9, 0, tzinfo=UTC)) == 0
    db.session.refresh(sharing)
    assert sharing.state is ReferralState.DRAFT
