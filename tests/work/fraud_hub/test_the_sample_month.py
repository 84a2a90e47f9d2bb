"""The sample month: every row has its standing and its next step, and only a decision takes it off.

All 702 worked through, on both databases, is long evidence (`tests/proof/hub`).
"""

from __future__ import annotations

import inspect

import pytest
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.core import clock, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.fraud_hub import commands
from beacon.fraud_hub.queries import MonthList
from beacon.fraud_hub.terms import Decision, Source, Standing
from tests.factories import a_member_of_staff, an_actor
from tests.work.fraud_hub.the_month import (
    MONDAY,
    REFUSED,
    ROWS,
    close,
    on_the_list,
    settled,
    taken_in,
    the_rows,
    work_through,
)

WORKED = 12  # two by each decision


@pytest.fixture
def officer(app: Flask) -> Actor:
    with clock.fixed(MONDAY):
        return an_actor(a_member_of_staff(Role.FRAUD_OFFICER))


@pytest.mark.timeout(600)
@pytest.mark.long_on("postgresql")
def test_the_whole_month_is_on_the_list_and_leaves_it_only_by_a_decision(
    app: Flask, officer: Actor
):
    with clock.fixed(MONDAY):
        assert taken_in().counts["created"] == ROWS
        rows = the_rows(officer)
        assert len(rows) == len({row.case_id for row in rows}) == ROWS
        assert together.ask(MonthList(viewer=officer).without_case()) == [[]]
        assert all(row.standing.is_on_the_list and row.standing.next_step for row in rows)
        assert {row.source for row in rows} == {Source.REPORT_FRAUD}
        before = MonthList(viewer=officer).counts()
        assert before == {Standing.TRIAGE: 633, Standing.CALL_TODAY: 69}

        left = on_the_list(officer)
        assert taken_in().counts["created"] == 0  # the same file again
        ticked = app.test_cli_runner().invoke(args=["scheduler", "tick", "--json"])
        assert ticked.exit_code == 0, ticked.output
        assert on_the_list(officer) == left
        assert MonthList(viewer=officer).counts() == before

        cases = [db.session.get_one(CaseFile, row.case_id) for row in rows[:WORKED]]
        settled(cases[0])
        with pytest.raises(RuleBroken, match=REFUSED):
            close(cases[0], officer)
        done = work_through(cases, officer)
        assert done == dict.fromkeys(Decision, WORKED // len(Decision))
        assert on_the_list(officer) == left - {case.id for case in cases}


def test_no_order_takes_more_than_one_case():
    for order in (commands.record_attempt, commands.decide, commands.confirm_triage):
        asked = inspect.signature(order, eval_str=True).parameters
        assert next(iter(asked.values())).annotation is CaseFile
        assert not any("Iterable" in str(one.annotation) for one in asked.values())


def test_no_page_decides_of_more_than_one_case(app: Flask):
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    of_contact = [
        rule
        for rule in rules
        if rule.endpoint
        in {
            "fraud_hub.decide",
            "fraud_hub.record_attempt",
            "fraud_hub.triage",
            "fraud_hub.no_answer",
        }
    ]
    assert len(of_contact) == 4
    assert all(rule.arguments == {"reference"} for rule in of_contact)
    lists = {"fraud_lists.months_list", "fraud_lists.calls_today"}
    assert lists.isdisjoint(rule.endpoint for rule in rules)


def test_no_command_of_the_terminal_and_no_address_of_the_api_closes_a_case(app: Flask):
    closing = [
        f"{group} {name}"
        for group, commands_of in app.cli.commands.items()
        for name in getattr(commands_of, "commands", {})
        if "close" in name or "decide" in name
    ]
    assert closing == []
    api = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert api == {"/api/v1/referrals", "/api/v1/openapi.json"}
