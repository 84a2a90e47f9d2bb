"""How the board counts first contacts, compares firms, and hides small numbers."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.fraud_hub.rules import (
    LEAST,
    Asked,
    ClaimAge,
    Contact,
    LossLine,
    age_of,
    check_due_on,
    compared,
    firms_hidden,
    first_contacts,
    hidden_last,
    losses_hidden,
    spans,
    year_days,
    year_of,
)
from beacon.fraud_hub.terms import ClaimStatus, Scam, scam_of

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
_numbers = count(1)


def asked(firm: str = "Sample Bank", **known: object) -> Asked:
    usual = {
        "claim_id": next(_numbers),
        "case_id": next(_numbers),
        "status": ClaimStatus.CLAIMED,
        "made_on": date(2026, 11, 2),
        "replied_on": None,
        "amount_pence": 100_00,
    }
    return Asked(firm=firm, **usual | known)  # type: ignore[arg-type]


def agreed(days: int) -> Asked:
    answered = date(2026, 11, 2 + days)
    return asked(status=ClaimStatus.AGREED, replied_on=answered)


def line(name: str, cases: int) -> LossLine:
    return LossLine(word=name, name=name, cases=cases, lost_pence=cases * 100)


@pytest.mark.parametrize(
    ("first", "months", "due"),
    [
        (date(2026, 8, 28), 3, date(2026, 11, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_a_check_is_due_whole_months_after_the_first_support(first, months, due):
    assert check_due_on(first, months) == due


def test_first_contacts_are_judged_in_working_days_and_wait_until_their_days_have_run_out():
    found = first_contacts(
        [
            Contact(date(2026, 11, 20), MONDAY, 1),  # Friday to Monday: one working day
            Contact(date(2026, 11, 16), date(2026, 11, 25), 5),  # seven: late
            Contact(date(2026, 11, 16), None, 5),  # nine, and nobody reached: late
            Contact(date(2026, 11, 26), None, 5),  # there is still time
        ],
        FRIDAY,
    )
    assert (found.cases, found.reached, found.median_days) == (4, 2, 4.0)
    assert (found.in_time, found.late, found.waiting, found.judged) == (1, 2, 1, 3)


def test_a_hub_without_cases_has_no_median():
    assert first_contacts([], FRIDAY).median_days is None


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (0, ClaimAge.TWO_WEEKS),
        (14, ClaimAge.TWO_WEEKS),
        (15, ClaimAge.FIVE_WEEKS),
        (35, ClaimAge.FIVE_WEEKS),
        (36, ClaimAge.EIGHT_WEEKS),
        (56, ClaimAge.EIGHT_WEEKS),
        (57, ClaimAge.LONGER),
    ],
)
def test_the_age_of_a_claim_ends_with_its_last_day(days, age):
    made = date.fromordinal(FRIDAY.toordinal() - days)
    assert age_of(made, FRIDAY) is age


def test_one_firm_written_two_ways_is_one_line_under_the_name_written_most():
    lines = compared([asked("Sample Bank"), asked("sample  bank"), asked("Sample Bank")])
    assert [(one.firm, one.asked) for one in lines] == [("Sample Bank", 3)]


def test_a_claim_without_a_firm_stands_in_a_line_of_its_own():
    assert [one.firm for one in compared([asked("")])] == ["Firm not named"]


def test_a_refusal_that_was_appealed_counts_as_refused_and_days_are_the_middle_of_all_answers():
    (one,) = compared(
        [
            agreed(2),
            agreed(10),
            asked(status=ClaimStatus.APPEALED, replied_on=date(2026, 11, 6)),
            asked(status=ClaimStatus.RECEIVED),
            asked(),
        ]
    )
    assert (one.asked, one.agreed, one.refused, one.waiting) == (5, 3, 1, 1)
    assert (one.answered, one.median_days) == (4, 4.0)
    assert one.amount_pence == 500_00


def test_a_percentage_is_not_given_of_nine_answers_and_is_of_ten():
    nine = [agreed(1) for _ in range(8)] + [asked(status=ClaimStatus.REFUSED)]
    assert compared(nine)[0].share is None
    assert compared([*nine, agreed(1)])[0].share == 90


def test_firms_that_are_asked_seldom_are_one_line_and_small_answers_are_left_out():
    seldom = [asked(f"Bank {number % 3}") for number in range(6)]
    often = [agreed(1) for _ in range(6)] + [asked(status=ClaimStatus.REFUSED)]
    lines = firms_hidden(compared([*often, *seldom]))
    assert [(one.firm, one.asked, one.agreed) for one in lines] == [
        ("Sample Bank", 7, None),
        ("Firms asked seldom", 6, None),
    ]
    assert firms_hidden(compared(seldom[:4])) == []


def test_many_claims_of_few_cases_are_hidden_as_few_are():
    one_victim = [asked("Small Bank", case_id=1) for _ in range(9)]
    often = [agreed(1) for _ in range(8)]
    lines = firms_hidden(compared([*one_victim, *often]))
    # Whoever knows what was claimed in all must not take Sample Bank off and have the one victim.
    assert [(one.firm, one.asked, one.amount_pence) for one in lines] == [
        ("Firms asked seldom", 17, None)
    ]
    assert firms_hidden(compared(one_victim)) == []


def test_a_second_firm_of_the_same_few_cases_hides_nothing_more():
    two = [asked(f"Bank {firm}", case_id=case) for firm in (1, 2) for case in (1, 2, 3)]
    often = [agreed(1) for _ in range(8)]
    assert [one.firm for one in firms_hidden(compared([*two, *often]))] == ["Firms asked seldom"]
    others = [asked("Bank 3") for _ in range(2)]
    lines = firms_hidden(compared([*two, *others, *often]))
    assert [(one.firm, one.asked) for one in lines] == [
        ("Sample Bank", 8),
        ("Firms asked seldom", 8),
    ]


def test_answers_of_few_cases_are_left_out_however_many_they_are():
    refused = [asked(status=ClaimStatus.REFUSED, case_id=1) for _ in range(6)]
    (line,) = firms_hidden(compared([*refused, *(agreed(1) for _ in range(6))]))
    assert (line.asked, line.agreed, line.refused, line.median_days) == (12, None, None, None)


def test_hidden_lines_stand_last_by_name_and_the_others_keep_their_order():
    lines = losses_hidden([line("C", 4), line("B", 9), line("A", 3), line("D", 7)])
    assert [one.name for one in hidden_last(lines)] == ["B", "D", "A", "C"]


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=12))
def test_no_small_count_is_shown_and_none_can_be_worked_out_from_the_whole(counts):
    lines = [line(str(number), cases) for number, cases in enumerate(counts)]
    out = losses_hidden(lines)
    shown = [one.cases for one in out if one.cases is not None]
    assert not [one for one in shown if 0 < one < LEAST]
    away = [was.cases for was, one in zip(lines, out, strict=True) if one.cases is None]
    # Whoever knows the whole knows what the hidden lines come to together, and no more.
    assert not away or len(away) > 1 or shown == [0] * len(shown)
    assert not away or sum(away) >= LEAST or not any(shown)
    assert [one.lost_pence is None for one in out] == [one.cases is None for one in out]


@given(st.dates(date(2019, 4, 1), date(2030, 1, 1)), st.dates(date(2019, 4, 1), date(2030, 1, 1)))
def test_the_spans_of_a_period_are_the_period_without_gap_or_overlap(one, other):
    first, last = min(one, other), max(one, other)
    found = spans(first, last)
    assert (found[0][1], found[-1][2]) == (first, last)
    for (_, _, ended), (_, begins, _) in zip(found, found[1:], strict=False):
        assert begins.toordinal() == ended.toordinal() + 1
    assert len(found) <= 24


def test_a_financial_year_begins_on_the_first_of_april():
    assert (year_of(date(2026, 3, 31)), year_of(date(2026, 4, 1))) == (2025, 2026)
    assert year_days(2025) == (date(2025, 4, 1), date(2026, 3, 31))


def test_a_code_of_the_police_is_read_however_it_is_written_and_an_unknown_one_is_other():
    assert scam_of(" nfib1d") is Scam.ROMANCE
    assert scam_of("NFIB99") is scam_of(None) is Scam.OTHER
