"""The month's list and today's calls: every report with its next step, in few statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile, ContactLog, Crime, FraudReport
from beacon.cases.terms import CaseStatus, Consent, ContactOutcome, CrimeKind
from beacon.core import clock, together
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel, VictimCategory
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import BankClaim, Loss
from beacon.fraud_hub.queries import NOBODY, CallsToday, MonthList
from beacon.fraud_hub.terms import (
    CallKind,
    ClaimStatus,
    Decision,
    Level,
    PaymentMethod,
    Scheme,
    Source,
    Standing,
)
from beacon.people import commands as people
from beacon.people.models import Victim
from beacon.people.rules import AroundFacts
from beacon.people.terms import Around
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import restricted
from tests.work.fraud_hub.builders import a_claim, a_fraud_case, a_loss, decided, triaged, tried

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
NUMBERS = count(1)
SHORT, LONG = (10, 100), (10, 100, 2_000)
AT_MOST = 20
NO_STATEMENTS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
NOBODY_AT_ALL: list[str] = []
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def fay(monday: None) -> Staff:
    return a_member_of_staff(Role.FRAUD_OFFICER, name="Fay Teller")


@pytest.fixture
def officer(fay: Staff) -> Actor:
    return an_actor(fay)


def listed(officer: Actor, **asked: Any) -> list[str]:
    return [row.reference for row in MonthList(viewer=officer, **asked).page()]


def test_every_fraud_case_is_on_the_list_and_no_other(officer: Actor):
    one, two = a_fraud_case(), a_fraud_case()
    a_case()
    assert listed(officer) == [one.reference, two.reference]


def test_the_month_is_that_of_london(officer: Actor):
    october = a_fraud_case(recorded_at=datetime(2026, 10, 31, 23, 59, tzinfo=UTC))
    november = a_fraud_case(recorded_at=datetime(2026, 11, 1, 0, 0, tzinfo=UTC))
    summer = a_fraud_case(recorded_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))  # 00:30 in July
    assert listed(officer, month=OCTOBER) == [october.reference]
    assert listed(officer, month=NOVEMBER) == [november.reference]
    assert listed(officer, month=date(2026, 7, 1)) == [summer.reference]
    assert listed(officer) == [summer.reference, october.reference, november.reference]


def test_the_list_is_narrowed_by_standing_officer_district_level_and_source(
    officer: Actor, fay: Staff
):
    mine = a_fraud_case(manager=fay, district="Stevenage", vulnerable=True)
    urgent = a_fraud_case(still_paying=True)
    plain = a_fraud_case()
    assert listed(officer, officer_id=fay.id) == [mine.reference]
    assert listed(officer, officer_id=NOBODY) == [urgent.reference, plain.reference]
    assert listed(officer, district="Stevenage") == [mine.reference]
    assert listed(officer, level=Level.ONE) == [plain.reference]
    assert listed(officer, level=Level.TWO) == [mine.reference, urgent.reference]
    assert listed(officer, standing=Standing.CALL_TODAY) == [urgent.reference]
    given = commands.TriageGiven(factors=(), source=Source.BANK)
    commands.confirm_triage(plain, given, number=0, actor=TEST)
    assert listed(officer, source=Source.BANK) == [plain.reference]
    assert listed(officer, source=Source.OTHER) == [mine.reference, urgent.reference]
    assert queries.officers(officer) == [(fay.id, "Fay Teller")]
    assert queries.districts() == ["Dacorum", "Stevenage"]


def test_the_level_that_is_shown_is_the_one_that_is_asked_for(officer: Actor):
    facts: list[dict[str, Any]] = [
        {},
        {"vulnerable": True},
        {"remote_access": True},
        {"fraud_code": "NFIB1D"},
        {"reported_pence": 5_000_00},
        {"reported_pence": 4_999_99},
        {"victim": a_victim(date_of_birth=date(1940, 1, 1))},
    ]
    made = [a_fraud_case(**one) for one in facts]
    for case in made:
        row, page = queries.row_of(officer, case.id), queries.contact_in(officer, case)
        assert row is not None
        assert row.level is page.judged.level


def test_a_decided_row_is_off_the_list_and_still_found(officer: Actor):
    case, other = a_fraud_case(), a_fraud_case()
    decided(case)
    assert listed(officer) == [other.reference]
    assert listed(officer, standing=Standing.PLAN) == [case.reference]
    assert listed(officer, everything=True) == [case.reference, other.reference]
    counts = MonthList(viewer=officer).counts()
    assert counts == {Standing.TRIAGE: 1, Standing.PLAN: 1}


def test_a_restricted_case_is_on_nobodys_list_but_theirs_who_may_open_it(officer: Actor):
    case = restricted(a_fraud_case())
    assert listed(officer) == NOBODY_AT_ALL
    assert queries.row_of(officer, case.id) is None
    assert MonthList(viewer=officer).counts() == {}


def test_pages_hold_every_row_once(officer: Actor):
    made = [a_fraud_case(recorded_at=MONDAY - timedelta(hours=one % 3)) for one in range(7)]
    seen, cursor = [], None
    while True:
        page = MonthList(viewer=officer).page(cursor, size=3)
        seen += [row.case_id for row in page]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 7
    assert set(seen) == {case.id for case in made}


def test_calls_stand_in_the_order_in_which_they_run_out(officer: Actor):
    urgent, later = a_fraud_case(still_paying=True), a_fraud_case()
    tried(later, outcome=ContactOutcome.NO_ANSWER, again_on=MONDAY.date())
    late = a_fraud_case()
    claim = a_claim(late, a_loss(late), made_on=date(2026, 11, 9))
    refused = a_fraud_case()
    other = a_claim(refused, a_loss(refused), made_on=date(2026, 11, 9))
    facts = commands.ReplyFacts(answer=ClaimStatus.REFUSED, on=date(2026, 11, 12))
    commands.record_reply(other, facts, actor=TEST)
    with transaction() as session:
        session.get_one(BankClaim, other.id).ombudsman_by = date(2026, 12, 20)
    page = CallsToday(viewer=officer).page()
    assert [(row.kind, row.reference) for row in page] == [
        (CallKind.VICTIM, urgent.reference),
        (CallKind.BANK, late.reference),
        (CallKind.VICTIM, later.reference),
        (CallKind.OMBUDSMAN, refused.reference),
    ]
    assert [row.claim_id for row in page] == [0, claim.id, 0, other.id]
    assert all(row.next_step for row in page)


def test_a_bank_whose_time_is_over_is_the_ombudsmans(officer: Actor):
    case = a_fraud_case()
    a_claim(case, a_loss(case), made_on=date(2026, 11, 9))
    with clock.fixed(MONDAY + timedelta(days=60)):
        rows = CallsToday(viewer=officer).page().rows
        kinds = {row.kind for row in rows if row.claim_id}
        assert kinds == {CallKind.OMBUDSMAN}


def test_own_calls_alone(officer: Actor, fay: Staff):
    mine = a_fraud_case(manager=fay, still_paying=True)
    a_fraud_case(still_paying=True)
    rows = CallsToday(viewer=officer, mine=True).page().rows
    assert [row.reference for row in rows] == [mine.reference]


def test_a_business_has_somebody_who_speaks_for_it(officer: Actor):
    firm = a_victim(first_name="", last_name="", organisation="Sample Bakery Ltd")
    case = a_fraud_case(victim=firm)
    row = queries.row_of(officer, case.id)
    assert row is not None
    assert (row.is_business, row.has_speaker) == (True, False)
    facts = AroundFacts(kind=Around.SPEAKS_FOR, name="Wanda Example", relation="Bookkeeper")
    people.add_around(firm, facts, actor=TEST)
    page = queries.contact_in(officer, case)
    assert page.row.has_speaker
    assert [(one.name, one.relation) for one in page.speakers] == [("Wanda Example", "Bookkeeper")]


def test_a_report_in_hand_at_intake_is_counted_with_what_it_waits_for(officer: Actor):
    asked = MonthList(viewer=officer)
    assert together.ask(asked.without_case()) == [[]]


@pytest.fixture
def statements(app: Flask):
    """How many statements an order sends; its first round warms whatever is kept."""
    sent: list[str] = []

    def note(connection, cursor, statement, parameters, context, many):
        if not statement.startswith(NO_STATEMENTS):
            sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)

    def counted(order: Callable[[], object]) -> int:
        sent.clear()
        order()
        return len(sent)

    yield counted
    sa.event.remove(db.engine, "before_cursor_execute", note)


def many(number: int, fay: Staff) -> None:
    """So many fraud reports that wait to be called, each tried once, each with a claim."""
    with transaction() as session:
        for one in range(number):
            crime = Crime(
                kind=CrimeKind.FRAUD,
                reference=f"NFRC26{next(NUMBERS):012}",
                reference_key=f"NFRC26{next(NUMBERS):012}",
                recorded_at=MONDAY - timedelta(minutes=one),
            )
            victim = Victim(first_name="Alex", last_name="Sample", name_key="x", surname_key="x")
            session.add_all([crime, victim])
            session.flush()
            report = FraudReport(crime_id=crime.id, still_paying=one % 2 == 0)
            case = CaseFile(
                reference=f"BCN-{next(NUMBERS):06}",
                crime_id=crime.id,
                victim_id=victim.id,
                status=CaseStatus.NEW,
                category=VictimCategory.STANDARD,
                consent=Consent.YES,
                opened_at=MONDAY,
                manager_id=fay.id,
            )
            session.add_all([report, case])
            session.flush()
            loss = Loss(
                case_id=case.id, paid_on=MONDAY.date(), method=PaymentMethod.CHAPS,
                amount_pence=100, scheme=Scheme.PSR, logged_by_name="x", token=f"l{case.id}",
            )  # fmt: skip
            session.add(loss)
            session.flush()
            session.add(
                BankClaim(
                    case_id=case.id, loss_id=loss.id, scheme=Scheme.PSR, made_on=MONDAY.date(),
                    amount_pence=100, reply_expected_on=MONDAY.date(), token=f"c{case.id}",
                    final_reply_on=MONDAY.date(), logged_by_name="x",
                )
            )  # fmt: skip
            session.add(
                ContactLog(
                    case_id=case.id, happened_at=MONDAY, channel=Channel.PHONE,
                    outcome=ContactOutcome.NO_ANSWER, by_name="x",
                )
            )  # fmt: skip


@pytest.mark.parametrize("place", ["/fraud/month", "/fraud/today"])
@pytest.mark.parametrize("lengths", [SHORT, pytest.param(LONG, marks=pytest.mark.long)])
def test_the_lists_send_few_statements_however_long_they_are(
    place: str, lengths: tuple[int, ...], desk: Any, fay: Staff, statements: Any
):
    browser = desk(Role.FRAUD_OFFICER)
    counted, there = [], 0
    for number in lengths:
        many(number - there, fay)
        there = number
        browser.get(place)
        counted.append(statements(lambda: browser.get(place)))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= AT_MOST, counted


def test_triage_never_takes_a_row_off_the_list(officer: Actor):
    case = a_fraud_case()
    triaged(case)
    tried(case, outcome=ContactOutcome.NO_ANSWER)
    assert listed(officer) == [case.reference]
    decided_now = decided(case, Decision.NOT_A_FRAUD)
    assert decided_now.contact_id == queries.newest_contact(case.id)
    assert listed(officer) == NOBODY_AT_ALL
