"""`flask reports compliance`: the keys of the contract, and what counts where."""

import json
from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from tests.duties import OCTOBER, a_duty, many
from tests.factories import a_case

QUARTER = ("--from", "2026-07-01", "--to", "2026-09-30")
KEYS = {
    "right", "rule", "due", "open", "met", "late", "missed", "withheld", "declined",
    "safety_delay", "not_applicable", "percent",
}  # fmt: skip


@pytest.fixture(autouse=True)
def october(app):
    with clock.fixed(OCTOBER):
        yield


def told(app, *words: str):
    return app.test_cli_runner().invoke(args=["reports", "compliance", *words])


def figures(app, *words: str) -> dict:
    answer = told(app, *words or QUARTER, "--json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_every_outcome_is_counted_where_the_rule_says(app):
    case = a_case()
    day = date(2026, 8, 3)
    with transaction() as session:
        for number, state in enumerate(DutyState):
            session.add(a_duty(case, "R6_ARREST", day, state, about=f"milestone:{number}"))
    row = next(one for one in figures(app)["rights"] if one["rule"] == "R6_ARREST")
    assert set(row) == KEYS
    assert row == {
        "right": 6, "rule": "R6_ARREST", "due": 8, "open": 1, "met": 1, "late": 1, "missed": 1,
        "withheld": 1, "declined": 1, "safety_delay": 1, "not_applicable": 1, "percent": 33.3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("due_on", "outcome"),
    [(date(2026, 10, 19), "missed"), (date(2026, 10, 20), "open"), (date(2026, 10, 21), "open")],
)
def test_an_open_duty_is_missed_from_the_day_after_its_own(app, due_on, outcome):
    case = a_case()
    with transaction() as session:
        session.add(a_duty(case, "R6_ARREST", due_on, DutyState.OPEN))
    rows = figures(app, "--from", str(due_on), "--to", str(due_on))["rights"]
    assert [(one["rule"], one[outcome]) for one in rows if one["rule"] == "R6_ARREST"] == [
        ("R6_ARREST", 1)
    ]


@pytest.mark.parametrize("figures", ["compliance", "fraud", "outcomes", "hearings"])
@pytest.mark.parametrize("days", [("2026-01-01", "9999-12-31"), ("0001-01-01", "9999-12-31")])
def test_days_that_never_end_are_refused_in_one_line(app, figures, days):
    first, last = days
    asked = ["reports", figures, "--from", first, "--to", last, "--json"]
    answer = app.test_cli_runner().invoke(args=asked)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.count("\n") == 1
    assert "Give --from and --to as days" in answer.stderr


def test_a_share_of_nothing_judged_is_null(app):
    case = a_case()
    with transaction() as session:
        session.add(a_duty(case, "R6_ARREST", date(2026, 8, 3), DutyState.DECLINED))
    assert [one["percent"] for one in figures(app)["rights"]] == [None]


def test_the_first_and_the_last_day_count_and_the_days_beside_them_do_not(app):
    case = a_case()
    with transaction() as session:
        for number, day in enumerate((29, 30)):
            session.add(
                a_duty(case, "R6_A", date(2026, 6, day), DutyState.MET, about=f"milestone:{number}")
            )
        session.add(a_duty(case, "R6_B", date(2026, 7, 1), DutyState.MET))
        session.add(a_duty(case, "R6_C", date(2026, 9, 30), DutyState.MET))
        session.add(a_duty(case, "R6_D", date(2026, 10, 1), DutyState.MET))
    assert [one["rule"] for one in figures(app)["rights"]] == ["R6_B", "R6_C"]


def test_a_local_standard_is_in_no_figure_of_the_code(app):
    case = a_case()
    with transaction() as session:
        session.add(
            a_duty(case, "FIRST_CONTACT", date(2026, 8, 3), DutyState.MET, code="standard",
                   right=None)
        )  # fmt: skip
    assert figures(app)["rights"] == []


def test_a_duty_without_a_due_date_is_in_no_period(app):
    case = a_case()
    with transaction() as session:
        session.add(a_duty(case, "R6_ARREST", None, DutyState.OPEN))
    assert figures(app)["rights"] == []


def test_three_hundred_made_up_duties_tie_to_the_duties_in_the_table(app):
    many(300)
    rows = figures(app)["rights"]
    of_code = sa.select(Duty).where(
        Duty.code != "standard", Duty.due_on.between(date(2026, 7, 1), date(2026, 9, 30))
    )
    listed = Counter((one.right, one.rule) for one in db.session.scalars(of_code))
    assert {(one["right"], one["rule"]): one["due"] for one in rows} == dict(listed)
    assert listed.total() > 150
    for row in rows:
        parts = KEYS - {"right", "rule", "due", "percent"}
        assert sum(row[one] for one in parts) == row["due"]


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2026-09-30", "--to", "2026-07-01"),
        ("--from", "soon", "--to", "2026-07-01"),
        ("--from", "2026-02-30", "--to", "2026-07-01"),
        ("--from", "2026-07-01"),
    ],
)
def test_a_period_that_is_none_is_refused_in_one_line(app, words):
    answer = told(app, *words)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert len(answer.stderr.strip().splitlines()) == 1


def test_at_a_terminal_the_rows_are_read_by_a_person(app):
    case = a_case()
    with transaction() as session:
        session.add(a_duty(case, "R6_ARREST", date(2026, 8, 3), DutyState.MET))
    lines = told(app, *QUARTER).stdout.splitlines()
    assert lines[0].split()[:2] == ["Right", "Rule"]
    assert lines[1].split()[:2] == ["6", "R6_ARREST"]
