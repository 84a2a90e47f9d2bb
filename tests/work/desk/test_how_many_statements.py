"""The desk, the list of cases and the page of a case: few statements, however much there is."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from typing import Any

import pytest
import sqlalchemy as sa

from beacon.calls.models import CallerCheck, CallMessage
from beacon.cases import commands as cases
from beacon.cases.models import (
    CaseFile,
    CaseTask,
    ContactLog,
    DutyReminder,
    InformationRequest,
    TimelineEntry,
)
from beacon.cases.terms import ContactOutcome, ReminderKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.documents.models import CaseLetter, Document
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, Milestone
from beacon.partners.models import PartnerReferral
from beacon.people import commands as people
from beacon.people.rules import AroundFacts
from beacon.people.terms import Around, Fact, Safe
from beacon.plans.models import Action, Promise
from tests.factories import TEST, a_member_of_staff, a_victim
from tests.hearings import a_hearing
from tests.web.security.matrix import furnishing
from tests.work.fraud_hub.builders import a_claim, a_loss, money_back

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday
ENTRIES = (10, 100, 2_000)
AT_MOST = 20
NO_STATEMENTS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
NUMBERS = count(1)
Fresh = dict[str, Callable[[], Any]]
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(autouse=True)
def noon(app):
    with clock.fixed(NOON):
        yield


@pytest.fixture
def manager(noon):
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")


@pytest.fixture
def leader(noon):
    return a_member_of_staff(Role.TEAM_LEADER, name="Lee Able")


@pytest.fixture
def case(manager):
    """A case in which there is something of everything, beside one of the same crime."""
    made = everything_in(furnishing.crime_case(manager))
    furnishing.crime_case(manager, crime=made.crime)
    return made


@pytest.fixture
def fraud(noon):
    return a_member_of_staff(Role.FRAUD_OFFICER, name="Fay Teller")


@pytest.fixture
def fraud_case(fraud):
    made = everything_in(furnishing.fraud_case(fraud))
    loss = a_loss(made)
    a_claim(made, loss)
    money_back(made, loss)
    return made


def everything_in(case: CaseFile) -> CaseFile:
    """What else a page may have to show: people around, a hearing, a linked record, a call."""
    around = AroundFacts(kind=Around.NEXT_OF_KIN, name="Wanda Example", speak=Safe.ASK)
    people.add_around(case.victim, around, actor=TEST)
    a_hearing(crime_key=case.crime.reference_key)
    twin = a_victim(last_name=case.victim.last_name, safe="no")
    people.link(case.victim, twin, facts=[Fact.NAME, Fact.BORN], actor=TEST)
    cases.record_milestone(case.crime, kind=Milestone.SENTENCED, at=NOON, actor=TEST)
    taker = a_member_of_staff(Role.INTAKE_OFFICER, name="Ines Whitfield")
    with transaction() as session:
        furnishing.of_calls(session, case, taker)
    return case


def more(like: Any, many: int, **fresh: Callable[[], Any]) -> list[int]:
    """As many rows as this one as are asked for, each with what must be its own; their numbers.

    What is sealed in a row opens in no other, so the copies have no words.
    """
    model, table = type(like), type(like).__table__
    kept = {
        column.key: getattr(like, column.key)
        for column in table.columns
        if column.key != "id" and column.computed is None and not column.key.endswith("_sealed")
    }
    if "seal_key" in kept:
        fresh["seal_key"] = lambda: secrets.token_urlsafe(16)
    rows = [kept | {name: make() for name, make in fresh.items()} for _ in range(many)]
    with transaction() as session:
        return list(session.scalars(sa.insert(model).returning(model.id), rows))


def the(model: Any, case: CaseFile, *which: sa.ColumnElement[bool]) -> Any:
    """The first row of this kind in the case."""
    query = sa.select(model).where(model.case_id == case.id, *which).order_by(model.id)
    return db.session.scalars(query.limit(1)).one()


def a_word() -> str:
    return f"again {next(NUMBERS)}"


def entries_in(case: CaseFile, many: int) -> None:
    """As many entries more, of each kind of which a case may have many."""
    cases.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=NOON, actor=TEST
    )
    last = count(1)
    before: Fresh = {"happened_at": lambda: NOON - timedelta(minutes=next(last))}
    more(the(ContactLog, case), many, **before)
    more(the(TimelineEntry, case), many, **before)
    more(the(CaseTask, case), many, about=a_word)
    more(the(Duty, case, Duty.state == DutyState.OPEN), many, about=a_word)
    more(the(Document, case), many, number=lambda: next(NUMBERS) + 1_000)
    for model in (CallerCheck, CallMessage, CaseLetter, PartnerReferral):
        more(the(model, case), many)
    for number in range(min(many, 20)):
        beside = AroundFacts(kind=Around.WITNESS, name=f"Jo Example {number}", speak=Safe.ASK)
        people.add_around(case.victim, beside, actor=TEST)


def cases_of(like: CaseFile, many: int) -> None:
    """As many cases more of the same person's, each with something that is due and was promised."""
    victims = iter(more(like.victim, many))
    of_cases = more(
        like,
        many,
        victim_id=lambda: next(victims),
        reference=lambda: f"BCN-{next(NUMBERS):05}",
    )
    turn = cycle(of_cases)
    its: Fresh = {"case_id": lambda: next(turn)}
    owed = the(Duty, like, Duty.state == DutyState.OPEN)
    due = more(owed, many, about=a_word, due_on=lambda: NOON.date(), **its)
    more(the(CaseTask, like), many, about=a_word, **its)
    for model in (Promise, Action, InformationRequest):
        more(the(model, like), many, **its)
    with transaction() as session:
        session.add_all(
            DutyReminder(duty_id=duty_id, kind=ReminderKind.ON_THE_DAY, due_on=NOON.date())
            for duty_id in due
        )


def statements(browser: Any, address: str, sent: list[str]) -> int:
    """How many statements the page sends, once what is made at its first opening is made."""
    sent.clear()
    assert browser.get(address).status_code == 200
    return sum(not one.startswith(NO_STATEMENTS) for one in sent)


def with_more_and_more(add, browser, address, sent) -> list[int]:
    """The same page with ten, a hundred and two thousand entries."""
    counted, there = [], 0
    for many in ENTRIES:
        add(many - there)
        there = many
        counted.append(statements(browser, address, sent))
    return counted


def assert_few(counted: list[int]) -> None:
    assert len(set(counted)) == 1, counted
    assert counted[0] <= AT_MOST, counted


def test_the_page_of_a_case_asks_as_little_with_two_thousand_entries_as_with_ten(
    desk, manager, case, count_queries
):
    browser = desk(person=manager)
    address = f"/cases/{case.reference}"
    assert_few(
        with_more_and_more(lambda many: entries_in(case, many), browser, address, count_queries)
    )


def test_the_page_of_a_fraud_case_with_its_money_asks_as_little(
    desk, fraud, fraud_case, count_queries
):
    browser = desk(person=fraud)
    address = f"/cases/{fraud_case.reference}"
    assert_few(
        with_more_and_more(
            lambda many: entries_in(fraud_case, many), browser, address, count_queries
        )
    )


def test_the_page_asks_as_little_of_a_leader_who_covers_and_reviews(
    desk, leader, case, count_queries
):
    assert_few([statements(desk(person=leader), f"/cases/{case.reference}", count_queries)])


@pytest.mark.parametrize("who", ["manager", "leader", "fraud"])
def test_a_desk_asks_as_little_for_two_thousand_cases_as_for_ten(
    desk, request, manager, leader, fraud, case, fraud_case, count_queries, who
):
    like = fraud_case if who == "fraud" else case
    browser = desk(person=request.getfixturevalue(who))
    assert_few(with_more_and_more(lambda many: cases_of(like, many), browser, "/", count_queries))


@pytest.mark.parametrize("who", ["manager", "leader"])
def test_the_list_of_cases_asks_as_little_for_two_thousand_as_for_ten(
    desk, request, manager, leader, case, count_queries, who
):
    browser = desk(person=request.getfixturevalue(who))
    assert_few(
        with_more_and_more(lambda many: cases_of(case, many), browser, "/cases/", count_queries)
    )
