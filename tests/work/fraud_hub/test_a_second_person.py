"""Above the limit a second person approves: never the same one, and no splitting goes past it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import LedgerEntry, LedgerProposal
from beacon.fraud_hub.queries import Proposals
from beacon.fraud_hub.terms import ClaimStatus, EntryKind, ProposalKind, ProposalState, Route
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.kin import restricted
from tests.work.fraud_hub.builders import (
    a_claim,
    a_fraud_case,
    a_loss,
    money_back,
    money_facts,
    reversed_entry,
)

pytestmark = pytest.mark.on_both

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
MUCH = 20_000_00


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def first(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.FRAUD_OFFICER, name="Ada Quill"))


@pytest.fixture
def second(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.FRAUD_OFFICER, name="Ben Rook"))


def log(loss, actor: Actor, **known):
    facts = money_facts(loss, **known)
    return commands.record_recovered(
        loss_case(loss), facts, token=commands.new_token(), actor=actor
    )


def loss_case(loss):
    return db.session.get_one(CaseFile, loss.case_id)


def take_back(entry: LedgerEntry, actor: Actor, reason: str = "Wrong"):
    return commands.reverse(entry, reason=reason, token=commands.new_token(), actor=actor)


def recovered() -> int:
    return queries.hub_totals(TEST, *YEAR).recovered_pence


def waits(logged: object) -> bool:
    return isinstance(logged, LedgerProposal) and logged.waits


def test_at_the_limit_it_counts_and_a_penny_above_it_waits(first: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    other = a_loss(a_fraud_case(), amount_pence=MUCH)
    assert isinstance(log(loss, first, amount_pence=5_000_00), LedgerEntry)
    assert waits(log(other, first, amount_pence=5_000_01))
    assert recovered() == 5_000_00


def test_what_waits_counts_nowhere_and_once_approved_it_keeps_both_names(
    first: Actor, second: Actor
):
    case = a_fraud_case()
    loss = a_loss(case, amount_pence=MUCH)
    claim = a_claim(case, loss, amount_pence=6_000_00)
    waiting = log(
        loss, first, amount_pence=6_000_00, evidence="FPR 9", route=Route.PSR_REIMBURSEMENT
    )
    assert recovered() == 0
    assert claim.status is ClaimStatus.CLAIMED
    assert queries.money_of(TEST, case).recovered_pence == 0
    assert waiting.proposed_by_name == "Ada Quill"
    entry = commands.approve(waiting, actor=second)
    assert recovered() == 6_000_00
    assert (entry.verified_by_id, entry.approved_by_id) == (first.id, second.id)
    assert (entry.verified_by_name, entry.approved_by_name) == ("Ada Quill", "Ben Rook")
    assert (entry.evidence, entry.claim_id, entry.loss_id) == ("FPR 9", claim.id, loss.id)
    assert entry.happened_on == date(2026, 11, 20)
    assert claim.status is ClaimStatus.RECEIVED
    assert (waiting.state, waiting.decided_by_name) == (ProposalState.APPROVED, "Ben Rook")
    assert waiting.decided_at == MONDAY
    actions = list(db.session.scalars(sa.select(AuditEntry.action)))
    assert {"fraud.entry_proposed", "fraud.entry_approved"} <= set(actions)


def test_who_logged_it_neither_approves_nor_refuses_it(first: Actor):
    waiting = log(a_loss(a_fraud_case(), amount_pence=MUCH), first, amount_pence=6_000_00)
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.approve(waiting, actor=first)
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.refuse(waiting, because="No", actor=first)
    assert recovered() == 0
    assert not queries.may_decide(waiting, first)


@pytest.mark.parametrize(
    "known",
    [
        {"name": " ADA  quill "},
        {"name": "Quill, Ada"},
        {"name": "Another Name", "email": "ada+2@example.org"},
        {"name": "Another Name", "email": "a.da@example.org"},
    ],
    ids=["name", "turned", "plus", "dots"],
)
def test_another_account_of_the_same_person_is_no_second_person(known: dict[str, str]):
    person = a_member_of_staff(Role.FRAUD_OFFICER, name="Ada Quill", email="ada@example.org")
    again = an_actor(a_member_of_staff(Role.TEAM_LEADER, **known))
    waiting = log(
        a_loss(a_fraud_case(), amount_pence=MUCH), an_actor(person), amount_pence=6_000_00
    )
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.approve(waiting, actor=again)
    assert recovered() == 0


def test_one_telephone_of_their_own_is_one_person(first: Actor, second: Actor):
    waiting = log(a_loss(a_fraud_case(), amount_pence=MUCH), first, amount_pence=6_000_00)
    with transaction() as session:
        session.get_one(Staff, first.id).phone = "+447700900321"
        session.get_one(Staff, second.id).phone = "07700 900321"
    assert not queries.may_decide(waiting, second)


def test_a_machine_is_no_second_person(first: Actor):
    waiting = log(a_loss(a_fraud_case(), amount_pence=MUCH), first, amount_pence=6_000_00)
    with pytest.raises(RuleBroken):
        commands.approve(waiting, actor=TEST)


def test_what_is_refused_says_why_counts_nowhere_and_may_be_logged_anew(
    first: Actor, second: Actor
):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    waiting = log(loss, first, amount_pence=6_000_00, evidence="FPR-9")
    with pytest.raises(RuleBroken) as refusal:
        commands.refuse(waiting, because="  ", actor=second)
    assert refusal.value.field == "because"
    commands.refuse(waiting, because="The letter says £600", actor=second)
    assert (waiting.state, waiting.because) == (ProposalState.REFUSED, "The letter says £600")
    assert recovered() == 0
    assert isinstance(log(loss, first, amount_pence=600_00, evidence="FPR 9"), LedgerEntry)


def test_what_is_decided_is_not_decided_again(first: Actor, second: Actor):
    waiting = log(a_loss(a_fraud_case(), amount_pence=MUCH), first, amount_pence=6_000_00)
    commands.approve(waiting, actor=second)
    for order in (
        lambda: commands.approve(waiting, actor=second),
        lambda: commands.refuse(waiting, because="No", actor=second),
    ):
        with pytest.raises(RuleBroken, match="already decided"):
            order()
    assert recovered() == 6_000_00


def test_parts_of_one_recovery_within_a_day_count_together(first: Actor, second: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    assert isinstance(log(loss, first, amount_pence=3_000_00), LedgerEntry)
    assert isinstance(log(loss, first, amount_pence=2_000_00), LedgerEntry)
    part = log(loss, second, amount_pence=1)
    assert waits(part)
    assert part.together_pence == 5_000_01
    assert part.is_a_part


def test_a_day_later_other_money_of_another_day_is_no_part(first: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    log(loss, first, amount_pence=4_000_00, received_on=date(2026, 11, 20))
    with clock.fixed(MONDAY + timedelta(hours=23, minutes=59)):
        assert waits(log(loss, first, amount_pence=4_000_00, received_on=date(2026, 11, 21)))
    with clock.fixed(MONDAY + timedelta(hours=48)):
        later = log(loss, first, amount_pence=4_000_00, received_on=date(2026, 11, 24))
    assert isinstance(later, LedgerEntry)


def test_without_what_waits_a_day_later_it_counts(first: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    log(loss, first, amount_pence=4_000_00, received_on=date(2026, 11, 20))
    with clock.fixed(MONDAY + timedelta(hours=24)):
        later = log(loss, first, amount_pence=4_000_00, received_on=date(2026, 11, 24))
        assert isinstance(later, LedgerEntry)
        same_day = log(loss, first, amount_pence=2_000_00, received_on=date(2026, 11, 20))
    assert waits(same_day)


def test_interest_is_a_part_and_a_prevented_loss_is_not(first: Actor):
    case = a_fraud_case()
    loss = a_loss(case, amount_pence=MUCH)
    log(loss, first, amount_pence=4_000_00)
    facts = commands.PreventedFacts(
        route=Route.BANK_BLOCKED,
        contribution=money_facts(loss).contribution,
        amount_pence=4_000_00,
        on=date(2026, 11, 20),
    )
    kept = commands.record_prevented(case, facts, token=commands.new_token(), actor=first)
    assert isinstance(kept, LedgerEntry)
    assert waits(commands.record_prevented(case, facts, token=commands.new_token(), actor=first))
    assert waits(log(loss, first, amount_pence=1_000_01, route=Route.INTEREST_COMPENSATION))


def test_parts_over_two_payments_of_a_case_and_over_two_cases_of_one_letter(first: Actor):
    case = a_fraud_case()
    one, other = a_loss(case, amount_pence=MUCH), a_loss(case, amount_pence=MUCH)
    log(one, first, amount_pence=3_000_00, evidence="FPR-7/1")
    assert waits(log(other, first, amount_pence=2_000_01))
    third = a_loss(a_fraud_case(), amount_pence=MUCH)
    assert waits(log(third, first, amount_pence=2_000_01, evidence="fpr 7/2"))
    fourth = a_loss(a_fraud_case(), amount_pence=MUCH)
    assert isinstance(log(fourth, first, amount_pence=2_000_01, evidence="FPR-8/2"), LedgerEntry)


def test_what_was_reversed_is_no_part(first: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    take_back(log(loss, first, amount_pence=4_000_00), first)
    assert isinstance(log(loss, first, amount_pence=4_000_00), LedgerEntry)


def test_a_reversal_above_the_limit_waits_and_counts_on_the_day_it_is_approved(
    first: Actor, second: Actor
):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    entry = commands.approve(log(loss, first, amount_pence=6_000_00), actor=second)
    back = take_back(entry, second, "Twice")
    assert waits(back)
    assert back.what is ProposalKind.REVERSAL
    assert recovered() == 6_000_00
    with pytest.raises(RuleBroken, match="already waits"):
        take_back(entry, first)
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.approve(back, actor=second)
    with clock.fixed(MONDAY + timedelta(days=2)):
        row = commands.approve(back, actor=first)
    assert (row.amount_pence, row.reverses_id) == (-6_000_00, entry.id)
    assert (row.happened_on, row.words) == (date(2026, 11, 25), "Twice")
    assert recovered() == 0


def test_reversals_of_a_day_count_together(first: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    entries = []
    for days in range(2):
        with clock.fixed(MONDAY - timedelta(days=6 - 3 * days)):
            on = date(2026, 11, 10 + days)
            entries.append(log(loss, first, amount_pence=3_000_00, received_on=on))
    assert isinstance(take_back(entries[0], first), LedgerEntry)
    assert waits(take_back(entries[1], first))
    assert recovered() == 3_000_00


def test_of_two_that_wait_only_what_the_loss_has_room_for_is_approved(first: Actor, second: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=7_000_00)
    one = log(loss, first, amount_pence=6_000_00)
    other = log(loss, first, amount_pence=6_000_00)
    commands.approve(one, actor=second)
    with pytest.raises(RuleBroken, match="Only £1,000.00"):
        commands.approve(other, actor=second)
    assert other.waits
    assert recovered() == 6_000_00


def test_a_reference_that_waits_is_not_logged_again(first: Actor, second: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    other = a_loss(a_fraud_case(), amount_pence=MUCH)
    waiting = log(loss, first, amount_pence=6_000_00, evidence="FPR-9")
    with pytest.raises(RuleBroken) as refusal:
        log(other, second, amount_pence=1_00, evidence="ｆｐｒ 9")
    assert refusal.value.field == "evidence"
    commands.approve(waiting, actor=second)
    with pytest.raises(RuleBroken):
        log(other, second, amount_pence=1_00, evidence="fpr9")


def test_one_form_sent_twice_waits_once_and_after_it_gives_the_entry(first: Actor, second: Actor):
    case = a_fraud_case()
    loss, token = a_loss(case, amount_pence=MUCH), commands.new_token()
    facts = money_facts(loss, amount_pence=6_000_00)
    one = commands.record_recovered(case, facts, token=token, actor=first)
    again = commands.record_recovered(case, facts, token=token, actor=first)
    assert one.id == again.id
    entry = commands.approve(one, actor=second)
    last = commands.record_recovered(case, facts, token=token, actor=first)
    assert (last.id, isinstance(last, LedgerEntry)) == (entry.id, True)


def test_the_limit_is_a_setting(first: Actor):
    with transaction() as session:
        session.add(Setting(name="fraud.second_person_pounds", text="100"))
    loss = a_loss(a_fraud_case())
    assert isinstance(log(loss, first, amount_pence=100_00), LedgerEntry)
    other = a_loss(a_fraud_case())
    assert waits(log(other, first, amount_pence=100_01))


def test_the_queue_has_what_one_may_open_the_longest_waiting_first(first: Actor, second: Actor):
    old = log(a_loss(a_fraud_case(), amount_pence=MUCH), first, amount_pence=6_000_00)
    shut = a_fraud_case()
    hidden = log(a_loss(shut, amount_pence=MUCH), first, amount_pence=6_000_00)
    restricted(shut)
    new = log(a_loss(a_fraud_case(), amount_pence=MUCH), first, amount_pence=6_000_00)
    page = Proposals(viewer=second).page()
    assert [row.proposal.id for row in page] == [old.id, new.id]
    with pytest.raises(NotFound):
        queries.get_proposal(second, hidden.id)
    commands.approve(old, actor=second)
    decided = Proposals(viewer=second, state=ProposalState.APPROVED).page()
    assert [row.proposal.id for row in decided] == [old.id]


def test_the_queue_costs_the_same_however_long_it_is(
    first: Actor, second: Actor, count_queries: list[str]
):
    def cost() -> int:
        count_queries.clear()
        Proposals(viewer=second).page()
        return len(count_queries)

    log(a_loss(a_fraud_case(), amount_pence=MUCH), first, amount_pence=6_000_00)
    few = cost()
    for _ in range(4):
        log(a_loss(a_fraud_case(), amount_pence=MUCH), first, amount_pence=6_000_00)
    assert cost() == few


def test_the_second_person_sees_what_was_logged_beside_it(first: Actor, second: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    part = log(loss, first, amount_pence=4_000_00)
    waiting = log(loss, first, amount_pence=2_000_00)
    assert [one.id for one in queries.get_proposal(second, waiting.id).beside] == [part.id]


def test_builders_agree_with_the_rule(first: Actor):
    loss = a_loss(a_fraud_case(), amount_pence=MUCH)
    entry = money_back(loss_case(loss), loss, amount_pence=6_000_00)
    assert entry.kind is EntryKind.RECOVERED
    assert entry.approved_by_name
    assert reversed_entry(entry).approved_by_name
