"""`flask entitlements`: the table of rules, and one due date at a time (contract 2)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import calendar
from tests.worked_cases import CASES

DATABASES = ("sqlite",)


def run(app: Flask, *words: str):
    return app.test_cli_runner().invoke(args=["entitlements", *words])


def test_a_due_date_has_the_keys_of_the_contract(app: Flask):
    answer = run(app, "due", "R6_ARREST", "2024-02-09T16:45", "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {
        "rule": "R6_ARREST",
        "code": "2020",
        "event_local": "2024-02-09T16:45:00+00:00",
        "amount": 5,
        "unit": "working_days",
        "due_on": "2024-02-16",
    }


@pytest.fixture(params=["UTC", "Asia/Kolkata", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The machine stands in another zone; it is put back afterwards."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_every_worked_case_at_a_terminal_wherever_the_machine_stands(app: Flask, zone: str):
    assert time.tzname != ("GMT", "BST")
    said = {}
    for name, rule, enhanced, event, _ in CASES:
        words = ("due", rule, event, *(["--enhanced"] if enhanced else []), "--json")
        said[name] = json.loads(run(app, *words).stdout)["due_on"]
    assert said == {name: day for name, *_, day in CASES}


@pytest.mark.parametrize("event", ["9999-12-31", "9999-12-31T23:59Z", "0001-01-01T00:00Z"])
def test_the_ends_of_time_are_refused_in_one_line(app: Flask, event: str):
    answer = run(app, "due", "R6_ARREST", event, "--json")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 1


def test_a_due_date_needs_no_database(app: Flask, monkeypatch: pytest.MonkeyPatch):
    def gone(*given: object) -> None:
        raise sa.exc.OperationalError("connect", {}, Exception("no such host"))

    monkeypatch.setattr(calendar.sa, "inspect", gone)
    answer = run(app, "due", "R6_ARREST", "2024-02-09T16:45", "--json")
    assert json.loads(answer.stdout)["due_on"] == "2024-02-16"


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        (("R6_ARREST", "2026-03-30T23:15Z", "--enhanced"), "2026-04-01"),
        (("R6_NOINV", "2024-03-30T09:30", "--enhanced"), "2024-04-02"),
        (("R4_REFER", "2024-12-25T01:30"), "2024-12-30"),
        (("r10_exp", "2026-03-25T09:00"), "2026-04-10"),
        (("VRR_ACK", "2024-12-16T10:00"), "2025-01-02"),
        (("PSR_FINAL", "2025-04-16T12:00"), "2025-06-10"),
        (("SM_CC", "2025-12-19T10:00"), "2026-01-07"),
        (("R2_RECORD", "2026-03-25T09:00"), None),
    ],
)
def test_worked_examples_at_a_terminal(app: Flask, words, due_on):
    answer = run(app, "due", *words, "--json")
    assert json.loads(answer.stdout)["due_on"] == due_on


@pytest.mark.parametrize(
    "words",
    [
        ("R6_ARREST", "2015-11-15T23:59"),
        ("VRR_ACK", "2015-11-15T12:00"),
        ("R99_NONE", "2024-02-09"),
        ("R6_ARREST", "tomorrow"),
        ("R6_ARREST", "2026-03-29T01:30"),
        ("R6_ARREST", "2035-01-05T10:00"),
    ],
)
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_what_cannot_be_reckoned_is_one_line_on_stderr(app: Flask, words, flags):
    answer = run(app, "due", *words, *flags)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 1


def test_the_first_day_of_the_first_code_is_reckoned(app: Flask):
    answer = run(app, "due", "R6_ARREST", "2015-11-16T00:00", "--json")
    assert (answer.exit_code, json.loads(answer.stdout)["code"]) == (0, "2015")


def test_a_due_date_in_words(app: Flask):
    answer = run(app, "due", "R6_ARREST", "2024-01-31T10:15")
    assert answer.stdout == "R6_ARREST (2020): 5 working days, by Wednesday 7 February 2024.\n"
    assert "no limit" in run(app, "due", "R2_RECORD", "2024-01-31T10:15").stdout


def test_the_table_says_where_each_rule_was_read_and_how_sure_that_is(app: Flask):
    rows = json.loads(run(app, "rules", "--json").stdout)
    charge = next(row for row in rows if (row["code"], row["rule"]) == ("2020", "R6_CHARGE"))
    assert (charge["standard"], charge["enhanced"], charge["mark"]) == (5, 1, "M:high")
    assert {row["code"] for row in rows} == {
        "2015",
        "2020",
        "VRR",
        "VRR-CPS",
        "PSR",
        "CrimPR",
        "standard",
    }


def test_the_table_of_one_code_alone(app: Flask):
    rows = json.loads(run(app, "rules", "--code", "2015", "--json").stdout)
    assert {row["code"] for row in rows} == {"2015"}
    assert "R6_ARREST" in run(app, "rules", "--code", "2015").stdout


def test_a_code_that_is_not_held_is_refused(app: Flask):
    answer = run(app, "rules", "--code", "1999", "--json")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 1
