"""The board's figures: each equals an independent sum, with few statements, and small ones hide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, Crime, FraudReport
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.board import hidden, sheets
from beacon.fraud_hub.models import BankClaim, LedgerEntry, Loss
from beacon.fraud_hub.queries import (
    BehindRow,
    Board,
    ClaimsBehind,
    Cut,
    LossesBehind,
    MoneyBehind,
)
from beacon.fraud_hub.rules import ClaimAge
from beacon.fraud_hub.terms import (
    ClaimStatus,
    Contribution,
    EntryKind,
    RepeatOutcome,
    Route,
    Scam,
)
from beacon.people import commands as people
from beacon.people.terms import Fact
from beacon.web.paging import Page
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.kin import restricted
from tests.work.fraud_hub.builders import (
    a_claim,
    a_fraud_case,
    a_loss,
    money_back,
    prevented,
    reversed_entry,
)
from tests.work.fraud_hub.support import a_call, a_check, a_loan, an_event

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = MONDAY.date()
YEAR = (date(2026, 4, 1), TODAY)
NO_STATEMENTS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
_number = count(1)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def the_board(viewer: Any = TEST, period: tuple[date, date] = YEAR) -> Board:
    return queries.board(viewer, *period)


def of_district(case: CaseFile, district: str, code: str = "NFIB1D") -> CaseFile:
    with transaction() as session:
        crime = session.get_one(Crime, case.crime_id)
        crime.district = district
        report = session.query(FraudReport).filter_by(crime_id=crime.id).one()
        report.fraud_code = code
    return case


def answered(case: CaseFile, loss: Loss, answer: ClaimStatus, firm: str = "Sample Bank") -> None:
    claim = a_claim(case, loss, firm=firm)
    agreed = 100_00 if answer is ClaimStatus.AGREED else None
    facts = commands.ReplyFacts(answer=answer, on=date(2026, 11, 19), agreed_pence=agreed)
    commands.record_reply(claim, facts, actor=TEST)


@contextmanager
def statements() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(NO_STATEMENTS):
            sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def by_sql(words: str, **known: Any) -> int:
    db.session.rollback()
    return int(db.session.execute(sa.text(words), known).scalar() or 0)


def a_county() -> list[CaseFile]:
    """Four cases with money of every sort, one of them with no payment logged."""
    made = [of_district(a_fraud_case(), "Stevenage"), of_district(a_fraud_case(), "Watford")]
    made.append(of_district(a_fraud_case(reported_pence=777_01), "Dacorum", "NFIB2E"))
    made.append(of_district(a_fraud_case(reported_pence=5_00), "stevenage ", "NFIB99"))
    first = a_loss(made[0], amount_pence=1_234_56)
    second = a_loss(made[1], amount_pence=99_99, paid_on=date(2026, 10, 2))
    a_loss(made[3], amount_pence=3, paid_on=date(2026, 4, 1))
    a_claim(made[0], first, firm="Sample Bank")
    money_back(made[0], first, amount_pence=1_000_00)
    money_back(
        made[1],
        second,
        amount_pence=50_00,
        contribution=Contribution.NONE,
        route=Route.MERCHANT_REFUND,
    )
    reversed_entry(money_back(made[1], second, amount_pence=10_00))
    prevented(made[1], amount_pence=42_00)
    return made


def test_an_empty_board_is_empty_and_divides_by_nothing():
    board = the_board()
    assert board.is_empty
    assert (board.firms, board.open_claims, board.contacts.cases) == ([], [], 0)
    assert not any(one.lost_pence for one in board.losses.by_month)


def test_the_losses_add_up_to_the_whole_each_way_they_are_told_apart():
    a_county()
    board = the_board()
    assert board.totals.lost_pence == 1_234_56 + 99_99 + 3 + 777_01
    for lines in (board.losses.by_type, board.losses.by_month, board.losses.by_district):
        assert sum(one.lost_pence or 0 for one in lines) == board.totals.lost_pence
        assert sum(one.cases or 0 for one in lines) == 4
    by_type = {one.word: one.lost_pence for one in board.losses.by_type}
    assert by_type == {Scam.ROMANCE: 1_334_55, Scam.INVESTMENT: 777_01, Scam.OTHER: 3}
    by_district = {one.name: one.lost_pence for one in board.losses.by_district}
    assert by_district == {"Stevenage": 1_234_59, "Watford": 99_99, "Dacorum": 777_01}
    by_month = {one.name: one.lost_pence for one in board.losses.by_month if one.lost_pence}
    assert by_month["April 2026"] == 3
    assert by_month["October 2026"] == 99_99


def test_the_board_says_what_the_ledger_says_by_plain_sql_and_so_does_the_command(app: Flask):
    a_county()
    board = the_board()
    period = {"first": YEAR[0].isoformat(), "last": YEAR[1].isoformat()}
    asked = ["reports", "fraud", "--from", period["first"], "--to", period["last"], "--json"]
    told = app.test_cli_runner().invoke(args=asked)
    assert told.exit_code == 0, told.output
    figures = json.loads(told.output)
    recovered = (
        "SELECT sum(amount_pence) FROM ledger_entry WHERE kind = 'recovered' "
        "AND counted_on BETWEEN :first AND :last"
    )
    summed = {
        "lost_pence": 1_234_56 + 99_99 + 3 + 777_01,
        "claimed_pence": by_sql("SELECT sum(amount_pence) FROM bank_claim"),
        "recovered_pence": by_sql(recovered, **period),
        "recovered_through_beacon_pence": by_sql(
            recovered + " AND contribution IN ('advocated', 'advised')", **period
        ),
        "prevented_pence": by_sql(
            "SELECT sum(amount_pence) FROM ledger_entry WHERE kind = 'prevented'"
        ),
    }
    assert summed["recovered_through_beacon_pence"] == 1_000_00
    assert {name: figures[name] for name in summed} == summed
    assert {name: getattr(board.totals, name) for name in summed} == summed
    assert figures["by_route"] == {"bank_goodwill": 1_000_00, "merchant_refund": 50_00}
    assert (figures["from"], figures["to"]) == (period["first"], period["last"])


def test_the_command_writes_pounds_for_people_and_refuses_days_that_are_none(app: Flask):
    a_county()
    run = app.test_cli_runner().invoke
    told = run(args=["reports", "fraud", "--from", "2026-04-01", "--to", "2026-11-23"])
    assert "Recovered through Beacon" in told.output
    assert "£1,000.00" in told.output
    for wrong in (["2026-11-23", "2026-04-01"], ["soon", "2026-04-01"]):
        refused = run(args=["reports", "fraud", "--from", wrong[0], "--to", wrong[1]])
        assert (refused.exit_code, refused.stdout) == (2, "")


def test_what_is_open_stands_by_firm_and_age_and_what_was_paid_is_open_no_more():
    case = a_fraud_case()
    old, new = a_loss(case, paid_on=date(2026, 9, 1)), a_loss(case)
    a_claim(case, old, firm="Sample Bank", made_on=date(2026, 9, 10))
    a_claim(case, new, firm="Example Bank", made_on=date(2026, 11, 20))
    paid = a_loss(case)
    a_claim(case, paid, firm="Sample Bank", made_on=date(2026, 11, 9))
    refused = a_loss(case)
    answered(case, refused, ClaimStatus.REFUSED)
    money_back(case, paid, route=Route.PSR_REIMBURSEMENT, amount_pence=1_000_00)
    board = the_board()
    lines = {one.firm: (one.claims, one.ages) for one in board.open_claims}
    assert lines == {"Sample Bank": (1, (0, 0, 0, 1)), "Example Bank": (1, (1, 0, 0, 0))}
    assert dict(board.open_by_age)[ClaimAge.LONGER] == 1


def test_firms_are_compared_by_what_they_answered():
    case = a_fraud_case()
    for answer in (ClaimStatus.AGREED, ClaimStatus.AGREED, ClaimStatus.REFUSED):
        answered(case, a_loss(case), answer)
    (line,) = the_board().firms
    assert (line.asked, line.agreed, line.refused, line.waiting) == (3, 2, 1, 0)
    assert (line.median_days, line.share) == (10.0, None)


def test_first_contact_is_judged_by_the_settings_of_the_service():
    soon, late = a_fraud_case(), a_fraud_case()
    for case, days in ((soon, 1), (late, 20)):
        with clock.fixed(MONDAY + timedelta(days=days)):
            cases.log_contact(
                case,
                channel=Channel.PHONE,
                outcome=ContactOutcome.SPOKE,
                notes="",
                at=clock.now(),
                actor=TEST,
            )
    with clock.fixed(MONDAY + timedelta(days=30)):
        contacts = the_board(period=(YEAR[0], clock.today())).contacts
    assert (contacts.cases, contacts.in_time, contacts.late) == (2, 1, 1)


def test_repeats_count_checks_and_victims_who_were_victims_in_the_year_before():
    case = a_fraud_case()
    again = a_fraud_case(victim=case.victim)
    a_fraud_case()
    for one, outcome in (
        (a_check(case), RepeatOutcome.AGAIN_LOST),
        (a_check(case, months=12), RepeatOutcome.NOT_REACHED),
        (a_check(again), RepeatOutcome.NOT_AGAIN),
    ):
        facts = commands.CheckFacts(outcome=outcome, on=TODAY, channel=Channel.PHONE)
        commands.record_check(one, facts, actor=TEST)
    repeats = the_board().repeats
    assert (repeats.asked, repeats.again) == (2, 1)
    assert (repeats.cases, repeats.earlier) == (3, 2)


def test_a_victim_again_is_found_across_linked_records_and_only_within_twelve_months():
    reported = [MONDAY - timedelta(days=days) for days in (500, 100, 1)]
    old, older, new = (a_fraud_case(recorded_at=at) for at in reported)
    with transaction():
        for one, other in ((old, older), (older, new)):
            people.link(one.victim, other.victim, facts=[Fact.NAME], actor=TEST)
    repeats = the_board().repeats
    assert (repeats.cases, repeats.earlier) == (3, 1)


def test_stops_and_events_of_the_period_are_counted_and_others_are_not():
    a_call(stopped_pence=1_000_00, safeguarding=True, scam=Scam.ROMANCE)
    a_call(repeat=True)
    a_call(called_at=datetime(2026, 3, 31, 12, 0, tzinfo=UTC))
    event = an_event(signs=4)
    an_event(held_on=date(2026, 3, 31))
    commands.link_case(event, a_fraud_case(), actor=TEST)
    board = the_board()
    assert (board.stops.calls, board.stops.stopped_pence) == (2, 6_000_00)
    assert (board.stops.safeguarding, board.stops.repeats) == (1, 1)
    assert board.stops.by_scam[0] == (Scam.IMPERSONATION, 1, 5_000_00)
    outreach = board.outreach
    assert (outreach.events, outreach.attendance, outreach.signs, outreach.cases) == (1, 40, 4, 1)


def test_no_figure_counts_a_case_that_is_closed_to_one():
    officer = an_actor(a_member_of_staff(Role.FRAUD_OFFICER))
    case = restricted(a_fraud_case(reported_pence=9_00))
    loss = a_loss(case)
    a_claim(case, loss)
    money_back(case, loss)
    prevented(case)
    a_loan(case)
    a_check(case)
    a_call(case)
    board = the_board(officer)
    assert board.is_empty
    assert (board.stops.calls, board.support.out, board.support.checks) == (0, 0, 0)
    assert (board.contacts.cases, board.repeats.cases) == (0, 0)
    assert the_board().support.out == 1


def amounts(page: Page[BehindRow]) -> int:
    return sum(row.amount_pence for row in page)


def test_every_figure_opens_down_to_rows_that_add_up_to_it():
    a_county()
    board = the_board()
    first, last = YEAR
    whole = LossesBehind(viewer=TEST, first=first, last=last).page()
    assert amounts(whole) == board.totals.lost_pence - 777_01  # what is only reported is no payment
    romance = LossesBehind(viewer=TEST, first=first, last=last, cut=Cut.TYPE, row="romance").page()
    assert amounts(romance) == 1_334_55
    other = LossesBehind(viewer=TEST, first=first, last=last, cut=Cut.TYPE, row="other").page()
    assert amounts(other) == 3
    there = LossesBehind(
        viewer=TEST, first=first, last=last, cut=Cut.DISTRICT, row="Stevenage"
    ).page()
    assert amounts(there) == 1_234_59
    money = {"viewer": TEST, "first": first, "last": last}
    recovered = MoneyBehind(**money, kind=EntryKind.RECOVERED).page()
    assert amounts(recovered) == board.totals.recovered_pence
    ours = MoneyBehind(**money, kind=EntryKind.RECOVERED, through_beacon=True).page()
    assert amounts(ours) == board.totals.recovered_through_beacon_pence
    assert amounts(MoneyBehind(**money, kind=EntryKind.PREVENTED).page()) == 42_00
    made = ClaimsBehind(viewer=TEST, today=TODAY, period=YEAR).page()
    assert amounts(made) == board.totals.claimed_pence
    of_firm = ClaimsBehind(viewer=TEST, today=TODAY, period=YEAR, firm="Sample Bank").page()
    assert amounts(of_firm) == 1_234_56
    assert len(ClaimsBehind(viewer=TEST, today=TODAY, period=YEAR, firm="Another").page()) == 0
    assert len(ClaimsBehind(viewer=TEST, today=TODAY).page()) == 1  # a part is still to come
    assert len(ClaimsBehind(viewer=TEST, today=TODAY, age=ClaimAge.LONGER).page()) == 0


def test_what_leaves_the_hub_holds_no_count_under_five():
    for number in range(7):
        case = of_district(a_fraud_case(), "Stevenage" if number < 6 else "Watford")
        loss = a_loss(case)
        a_claim(case, loss, firm="Sample Bank" if number < 6 else "Example Bank")
    a_call()
    board = hidden(the_board())
    assert [(one.name, one.cases) for one in board.losses.by_district] == [
        ("Stevenage", None),
        ("Watford", None),
    ]
    # The whole less Sample Bank would be the one claim to Example Bank.
    assert [(one.firm, one.asked, one.amount_pence) for one in board.firms] == [
        ("Firms asked seldom", 7, None)
    ]
    assert [(one.firm, one.claims) for one in board.open_claims] == [
        ("Firms with few open claims", 7)
    ]
    assert (board.stops.calls, board.stops.stopped_pence) == (None, None)
    texts = {cell for rows in sheets(board).values() for row in rows for cell in row}
    assert "Example Bank" not in texts
    assert "hidden" in texts


@pytest.mark.timeout(300)
def test_open_claims_of_one_victim_do_not_leave_the_hub():
    case = a_fraud_case()
    for _ in range(6):
        a_claim(case, a_loss(case), firm="Example Bank")
    assert hidden(the_board()).open_claims == []
    for at in range(6):
        other = a_fraud_case()
        days = date(2026, 11, 20) if at < 5 else date(2026, 11, 3)
        a_claim(other, a_loss(other), firm="Sample Bank", made_on=days)
        a_claim(other, a_loss(other), firm="Other Bank", made_on=days)
    lines = {one.firm: (one.claims, one.amount_pence) for one in hidden(the_board()).open_claims}
    assert lines == {"Firms with few open claims": (12, None), "Sample Bank": (6, 6_000_00)}


def test_the_cases_behind_what_was_claimed_are_those_of_payments_that_stand():
    for number in range(5):
        case = a_fraud_case()
        loss = a_loss(case)
        a_claim(case, loss)
        if number == 4:
            commands.withdraw_loss(loss, reason="Not theirs", actor=TEST)
    board = the_board()
    assert board.totals.claimed_pence == 4_000_00
    assert board.cases_behind["claimed_pence"] == 4
    assert "claimed_pence" in hidden(board).hidden_sums


def test_hidden_lines_stand_last_and_no_small_count_of_outreach_leaves():
    for district, many in (("Watford", 1), ("Dacorum", 1), ("Stevenage", 5)):
        for _ in range(many):
            a_loss(of_district(a_fraud_case(), district), amount_pence=100_00 * (6 - many) ** 3)
    for scam, many in ((Scam.ROMANCE, 2), (Scam.IMPERSONATION, 4), (Scam.OTHER, 6)):
        for _ in range(many):
            a_call(scam=scam, stopped_pence=4_000_00 if scam is Scam.ROMANCE else 1_00)
    an_event(signs=4, leaflets=5)
    board = hidden(the_board())
    assert [(one.name, one.cases) for one in board.losses.by_district] == [
        ("Dacorum", None),
        ("Stevenage", None),
        ("Watford", None),
    ]
    assert [one[0] for one in board.stops.by_scam] == [
        Scam.OTHER,
        *sorted((Scam.ROMANCE, Scam.IMPERSONATION), key=lambda one: one.label),
    ]
    outreach = board.outreach
    assert (outreach.events, outreach.signs) == (None, None)
    assert (outreach.attendance, outreach.leaflets, outreach.cases) == (40, 5, 0)


def test_the_board_sends_as_many_statements_for_two_thousand_cases_as_for_ten():
    """The county grows by copies of one case with a loss, a claim and an entry."""
    case = a_fraud_case(reported_pence=10_00)
    loss = a_loss(case)
    claim = a_claim(case, loss, firm="Sample Bank")
    entry = money_back(case, loss)
    counts, held = [], 1
    for many in (10, 100, 2_000):
        grow(case, loss, claim, entry, many - held)
        held = many
        with statements() as sent:
            board = the_board()
        assert board.repeats.cases == many
        counts.append(len(sent))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 20


def grow(case: CaseFile, loss: Loss, claim: BankClaim, entry: LedgerEntry, many: int) -> None:
    """As many cases more, each with a crime, a report, a payment, a claim and an entry."""

    def rows_of(like: Any, **fresh: Any) -> list[dict[str, Any]]:
        table = type(like).__table__
        kept = {
            column.key: getattr(like, column.key)
            for column in table.columns
            if column.key != "id" and column.computed is None and column.key[-7:] != "_sealed"
        }
        return [kept | {name: make(place) for name, make in fresh.items()} for place in range(many)]

    def key(_: int) -> str:
        return f"k{next(_number):020}"

    def kept(like: Any, **fresh: Any) -> list[int]:
        model = type(like)
        if "seal_key" in model.__table__.columns:
            fresh["seal_key"] = key
        rows = rows_of(like, **fresh)
        with transaction() as session:
            return list(session.scalars(sa.insert(model).returning(model.id), rows))

    report = db.session.query(FraudReport).filter_by(crime_id=case.crime_id).one()
    crimes = kept(case.crime, reference=key, reference_key=key)
    kept(report, crime_id=lambda place: crimes[place])
    files = kept(
        case,
        reference=lambda _: f"T{next(_number):08}",
        crime_id=lambda place: crimes[place],
    )
    of_case = {"case_id": lambda place: files[place]}
    losses = kept(loss, **of_case, token=key)
    of_loss = of_case | {"loss_id": lambda place: losses[place], "token": key}
    kept(claim, **of_loss)
    kept(entry, **of_loss, evidence_index=key, claim_id=lambda _: None)
