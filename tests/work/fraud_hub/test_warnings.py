"""Last days as tasks with warnings 60, 30 and 7 days before (domain.md RULE 4.5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.terms import CaseStatus, TaskKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.jobs import warn_of_claims
from beacon.fraud_hub.models import BankClaim
from beacon.fraud_hub.terms import (
    Channel,
    ClaimsOf,
    ClaimStatus,
    OmbudsmanStep,
    PaymentMethod,
    Route,
    Scheme,
)
from tests.factories import TEST
from tests.work.fraud_hub.builders import a_claim, a_fraud_case, a_loss, money_back

LOGGED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PAID = date(2026, 11, 2)
PSR_BY, CARD_BY = date(2027, 12, 2), date(2027, 3, 2)  # thirteen months; 120 days


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(LOGGED):
        yield


def on(day: date):
    return clock.fixed(datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC))


def tick(day: date) -> int:
    db.session.rollback()
    with on(day):
        return warn_of_claims()


def before(last_on: date, days: int) -> date:
    return last_on - timedelta(days=days)


def tasks(case: CaseFile, *, done: bool = False) -> list[tuple[TaskKind, date]]:
    db.session.rollback()
    ends = CaseTask.done_at.is_not(None) if done else CaseTask.done_at.is_(None)
    rows = db.session.scalars(
        sa.select(CaseTask).where(CaseTask.case_id == case.id, ends).order_by(CaseTask.id)
    )
    return [(one.kind, one.due_on) for one in rows]


def refused(claim: BankClaim, day: date) -> None:
    facts = commands.ReplyFacts(answer=ClaimStatus.REFUSED, on=day)
    commands.record_reply(claim, facts, actor=TEST)


def test_the_time_to_claim_is_warned_of_three_times_and_one_task_stands():
    case = a_fraud_case()
    a_loss(case, method=PaymentMethod.CARD_DEBIT)
    assert tick(before(CARD_BY, 61)) == 0
    for days in (60, 30, 7):
        assert tick(before(CARD_BY, days)) > 0
        assert tasks(case) == [(TaskKind.BANK_CLAIM_BY, CARD_BY)]
    assert len(tasks(case, done=True)) == 2
    assert tick(CARD_BY) == 0


def test_a_payment_under_section_75_is_warned_of_the_day_of_its_chargeback():
    case = a_fraud_case()
    loss = a_loss(case, method=PaymentMethod.CARD_CREDIT, amount_pence=500_00)
    assert loss.scheme is Scheme.SECTION_75
    assert tick(before(CARD_BY, 61)) == 0
    for days in (60, 30, 7):
        assert tick(before(CARD_BY, days)) > 0
        assert tasks(case) == [(TaskKind.BANK_CLAIM_BY, CARD_BY)]
        assert tick(before(CARD_BY, days)) == 0
    with on(before(CARD_BY, 6)):
        a_claim(case, loss, made_on=before(CARD_BY, 6))
    assert tasks(case) == []


@pytest.mark.parametrize("days", [60, 30, 7, 0, -5])
def test_a_second_tick_changes_nothing(days: int):
    case = a_fraud_case()
    a_loss(case, method=PaymentMethod.CARD_DEBIT)
    day = before(CARD_BY, days)
    assert tick(day) == 1
    assert tick(day) == 0
    assert tasks(case) == [(TaskKind.BANK_CLAIM_BY, CARD_BY)]


def test_the_last_warning_goes_on_for_four_weeks_after_the_day():
    case = a_fraud_case()
    a_loss(case, method=PaymentMethod.CARD_DEBIT)
    tick(before(CARD_BY, 7))
    assert tick(CARD_BY + timedelta(days=28)) == 0
    assert tick(CARD_BY + timedelta(days=29)) == 1
    assert tasks(case) == []


def test_what_was_over_before_anybody_wrote_it_down_is_not_warned_of():
    case = a_fraud_case()
    a_loss(case, method=PaymentMethod.CARD_DEBIT, paid_on=date(2026, 7, 15))
    assert tasks(case) == []
    a_loss(case, method=PaymentMethod.CARD_DEBIT, paid_on=date(2026, 7, 30))  # four days are left
    assert tasks(case) == [(TaskKind.BANK_CLAIM_BY, date(2026, 11, 27))]


def test_payments_of_one_fraud_under_the_psr_have_one_last_day_and_one_task():
    case = a_fraud_case()
    first = a_loss(case, paid_on=date(2026, 9, 1))
    a_loss(case, paid_on=PAID)
    a_claim(case, first)  # the other is not claimed yet
    tick(before(PSR_BY, 60))
    assert [due for kind, due in tasks(case) if kind is TaskKind.BANK_CLAIM_BY] == [PSR_BY]


def test_a_warning_goes_when_the_payment_is_claimed_taken_back_or_has_come_back():
    case = a_fraud_case()
    settled = [a_loss(case, method=PaymentMethod.CARD_DEBIT) for _ in range(3)]
    tick(before(CARD_BY, 30))
    assert len(tasks(case)) == 1
    with on(before(CARD_BY, 29)):
        a_claim(case, settled[0], made_on=before(CARD_BY, 29))
        commands.withdraw_loss(settled[1], reason="Not theirs", actor=TEST)
        money_back(case, settled[2], amount_pence=1_000_00, received_on=before(CARD_BY, 29))
    tick(before(CARD_BY, 29))
    assert [kind for kind, _ in tasks(case)] == []


def test_the_last_day_for_the_ombudsman_is_warned_of_until_it_was_used():
    case = a_fraud_case()
    claim = a_claim(case, a_loss(case))
    refused(claim, date(2026, 11, 18))
    last_on = date(2027, 5, 18)
    tick(before(last_on, 60))
    assert tasks(case) == [(TaskKind.OMBUDSMAN_BY, last_on)]
    with on(before(last_on, 50)):
        facts = commands.OmbudsmanFacts(step=OmbudsmanStep.SENT, on=before(last_on, 50))
        commands.to_ombudsman(claim, facts, actor=TEST)
    assert tasks(case) == []
    assert tick(before(last_on, 7)) == 0


def test_money_for_a_part_leaves_the_rest_to_an_appeal_and_the_ombudsman():
    case = a_fraud_case()
    loss = a_loss(case)
    claim = a_claim(case, loss)
    half = commands.ReplyFacts(
        answer=ClaimStatus.AGREED, on=date(2026, 11, 18), agreed_pence=claim.amount_pence // 2
    )
    commands.record_reply(claim, half, actor=TEST)
    money_back(case, loss, amount_pence=claim.amount_pence // 2)
    assert claim.status is ClaimStatus.RECEIVED
    last_on = date(2027, 5, 18)
    tick(before(last_on, 60))
    assert tasks(case) == [(TaskKind.OMBUDSMAN_BY, last_on)]
    with on(before(last_on, 50)):
        appeal = commands.ReplyFacts(answer=ClaimStatus.APPEALED, on=before(last_on, 55))
        commands.record_reply(claim, appeal, actor=TEST)
        facts = commands.OmbudsmanFacts(step=OmbudsmanStep.SENT, on=before(last_on, 50))
        commands.to_ombudsman(claim, facts, actor=TEST)
    assert claim.ombudsman_step is OmbudsmanStep.SENT


def test_a_claim_of_which_a_part_was_paid_is_in_the_lists_until_all_of_it_came():
    case = a_fraud_case()
    loss = a_loss(case)
    claim = a_claim(case, loss)
    half = claim.amount_pence // 2
    reply = commands.ReplyFacts(answer=ClaimStatus.AGREED, on=date(2026, 11, 18), agreed_pence=half)
    commands.record_reply(claim, reply, actor=TEST)
    money_back(case, loss, amount_pence=half)
    facts = commands.OmbudsmanFacts(step=OmbudsmanStep.SENT, on=date(2026, 11, 20))
    commands.to_ombudsman(claim, facts, actor=TEST)
    assert [in_list(which) for which in (ClaimsOf.OPEN, ClaimsOf.OMBUDSMAN)] == [1, 1]
    rest = claim.amount_pence - half
    money_back(case, loss, amount_pence=rest, route=Route.BANK_GOODWILL)
    db.session.expire_all()
    assert not claim.is_live
    assert [in_list(which) for which in (ClaimsOf.OPEN, ClaimsOf.OMBUDSMAN)] == [0, 0]
    assert tick(before(date(2027, 5, 18), 7)) == 0


def in_list(which: ClaimsOf) -> int:
    return len(list(queries.Claims(viewer=TEST, which=which).page()))


def test_an_appeal_does_not_stop_the_six_months_and_full_agreement_does():
    case = a_fraud_case()
    claim = a_claim(case, a_loss(case))
    refused(claim, date(2026, 11, 18))
    appeal = commands.ReplyFacts(answer=ClaimStatus.APPEALED, on=date(2026, 11, 19))
    commands.record_reply(claim, appeal, actor=TEST)
    near = before(date(2027, 5, 18), 30)
    tick(near)
    assert TaskKind.OMBUDSMAN_BY in [kind for kind, _ in tasks(case)]
    with on(near):
        agreed = commands.ReplyFacts(
            answer=ClaimStatus.AGREED, on=near, agreed_pence=claim.amount_pence - 1
        )
        commands.record_reply(claim, agreed, actor=TEST)
    assert [kind for kind, _ in tasks(case)] == [TaskKind.OMBUDSMAN_BY]
    whole = a_fraud_case()
    paid = a_claim(whole, a_loss(whole))
    everything = commands.ReplyFacts(
        answer=ClaimStatus.AGREED, on=date(2026, 11, 18), agreed_pence=paid.amount_pence
    )
    commands.record_reply(paid, everything, actor=TEST)
    tick(near)
    assert tasks(whole) == []


def test_a_late_answer_is_a_task_until_it_comes():
    case = a_fraud_case()
    claim = a_claim(case, a_loss(case), made_on=date(2026, 11, 20))
    assert tasks(case) == []
    assert tick(claim.reply_expected_on) == 0
    assert tick(claim.reply_expected_on + timedelta(days=1)) == 1
    assert tasks(case) == [(TaskKind.BANK_REPLY_LATE, date(2026, 11, 27))]
    with on(date(2026, 11, 30)):
        refused(claim, date(2026, 11, 30))
    assert tasks(case) == []


def test_a_stopped_clock_is_late_only_after_the_very_last_day():
    case = a_fraud_case()
    claim = a_claim(case, a_loss(case), made_on=date(2026, 11, 20))
    commands.stop_clock(claim, on=date(2026, 11, 23), words="Statements", actor=TEST)
    assert tick(claim.final_reply_on) == 0
    assert tick(claim.final_reply_on + timedelta(days=1)) == 1


def test_the_next_step_is_a_task_on_its_day():
    case = a_fraud_case()
    claim = a_claim(case, a_loss(case), made_on=date(2026, 11, 20))
    facts = commands.ContactFacts(
        channel=Channel.CALL_OUT,
        on=date(2026, 11, 23),
        words="In a meeting",
        next_step="Ring again",
        next_on=date(2026, 11, 25),
    )
    commands.log_contact(claim, facts, token=commands.new_token(), actor=TEST)
    assert tick(date(2026, 11, 24)) == 0
    tick(date(2026, 11, 25))
    assert tasks(case) == [(TaskKind.BANK_NEXT_STEP, date(2026, 11, 25))]
    with on(date(2026, 11, 25)):
        spoken = commands.ContactFacts(
            channel=Channel.CALL_OUT, on=date(2026, 11, 25), words="They decide next week"
        )
        commands.log_contact(claim, spoken, token=commands.new_token(), actor=TEST)
    assert tasks(case) == []


def test_a_warning_that_somebody_dealt_with_comes_back_only_with_the_next():
    case = a_fraud_case()
    a_loss(case, method=PaymentMethod.CARD_DEBIT)
    tick(before(CARD_BY, 60))
    task = db.session.scalars(sa.select(CaseTask).where(CaseTask.case_id == case.id)).one()
    cases.finish_task(task, actor=TEST)
    assert tick(before(CARD_BY, 59)) == 0
    assert tick(before(CARD_BY, 30)) == 1


def test_what_is_taken_no_further_warns_no_more():
    case = a_fraud_case()
    claim = a_claim(case, a_loss(case))
    refused(claim, date(2026, 11, 18))
    near = before(date(2027, 5, 18), 7)
    tick(near)
    with on(near):
        commands.end_claim(claim, because="The victim wants no more of it", actor=TEST)
    assert tasks(case) == []


def test_a_closed_case_is_warned_of_no_more():
    case = a_fraud_case()
    a_loss(case, method=PaymentMethod.CARD_DEBIT)
    tick(before(CARD_BY, 60))
    with transaction():
        row = db.session.get_one(CaseFile, case.id)
        row.status, row.closed_at, row.closing_note = CaseStatus.CLOSED, clock.now(), "Over"
    tick(before(CARD_BY, 59))
    assert tasks(case) == []


def test_the_job_asks_as_few_questions_of_many_cases_as_of_one(app: Flask):
    sent: list[str] = []

    def note(*args: object) -> None:
        sent.append(str(args[2]))

    def asked() -> int:
        db.session.rollback()
        sent.clear()
        with on(before(CARD_BY, 60)):
            queries.cases_to_warn(clock.today())
        return len(sent)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        a_loss(a_fraud_case(), method=PaymentMethod.CARD_DEBIT)
        few = asked()
        for _ in range(5):
            case = a_fraud_case()
            a_claim(case, a_loss(case))
        assert asked() == few <= 4
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
