"""Calls under the Banking Protocol, what they stopped, and events with what came of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import LedgerEntry, LedgerProposal, OutreachCase, ProtocolCall
from beacon.fraud_hub.queries import Calls, Events
from beacon.fraud_hub.terms import Contribution, EntryKind, Route
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.kin import restricted
from tests.work.fraud_hub.builders import a_fraud_case, prevented
from tests.work.fraud_hub.support import a_call, an_event, call_facts

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def many(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_call_is_written_down_once_by_its_form_and_once_by_its_incident():
    token = commands.new_token()
    one = commands.record_call(call_facts(incident="HC-1"), token=token, actor=TEST)
    two = commands.record_call(call_facts(incident="HC-1"), token=token, actor=TEST)
    assert one.id == two.id
    with pytest.raises(RuleBroken, match="already written down"):
        a_call(incident="hc 1")
    assert many(ProtocolCall) == 1


@pytest.mark.parametrize(
    ("wrong", "box"),
    [
        ({"bank": " "}, "bank"),
        ({"incident": "--"}, "incident"),
        ({"called_at": MONDAY + timedelta(minutes=1)}, "called_at"),
        ({"at_risk_pence": 0, "stopped_pence": 0}, "at_risk"),
        ({"at_risk_pence": 10**20}, "at_risk"),
        ({"stopped_pence": 5_000_01}, "stopped"),
        ({"stopped_pence": -1}, "stopped"),
    ],
)
def test_what_cannot_be_is_refused_by_its_box(wrong: dict[str, Any], box: str):
    with pytest.raises(RuleBroken) as refusal:
        a_call(**wrong)
    assert refusal.value.field == box
    assert many(ProtocolCall) == 0


def test_a_stop_becomes_prevented_money_once_with_the_incident_as_its_evidence():
    case = a_fraud_case()
    call = a_call(case, incident="HC-7", stopped_pence=3_000_00)
    assert queries.hub_totals(TEST, MONDAY.date(), MONDAY.date()).prevented_pence == 0
    entry = commands.count_stop(call, case, Contribution.ADVISED, actor=TEST)
    assert (entry.kind, entry.route) == (EntryKind.PREVENTED, Route.BANKING_PROTOCOL_STOP)
    assert (entry.amount_pence, entry.evidence) == (3_000_00, "HC-7")
    with pytest.raises(RuleBroken, match="already counted"):
        commands.count_stop(call, case, Contribution.ADVISED, actor=TEST)
    assert many(LedgerEntry) == 1
    assert queries.hub_totals(TEST, MONDAY.date(), MONDAY.date()).prevented_pence == 3_000_00


def test_a_large_stop_waits_for_a_second_person_and_may_be_counted_anew_when_refused():
    case = a_fraud_case()
    call = a_call(case, incident="HC-9", at_risk_pence=9_000_00, stopped_pence=9_000_00)
    waiting = commands.count_stop(call, case, Contribution.ADVISED, actor=TEST)
    assert isinstance(waiting, LedgerProposal)
    row = queries.get_call(TEST, call.id).call
    assert (row.waits, row.is_counted, row.may_be_counted) == (True, False, False)
    with pytest.raises(RuleBroken, match="second person already"):
        commands.count_stop(call, case, Contribution.ADVISED, actor=TEST)
    second = an_actor(a_member_of_staff(Role.TEAM_LEADER))
    commands.refuse(waiting, because="Wrong case", actor=second)
    again = commands.count_stop(call, case, Contribution.ADVISED, actor=TEST)
    assert again.id != waiting.id
    assert queries.hub_totals(TEST, MONDAY.date(), MONDAY.date()).prevented_pence == 0
    commands.approve(again, actor=second)
    db.session.expire_all()
    row = queries.get_call(TEST, call.id).call
    assert (row.waits, row.is_counted, row.may_be_counted) == (False, True, False)
    assert queries.hub_totals(TEST, MONDAY.date(), MONDAY.date()).prevented_pence == 9_000_00


def test_a_stop_that_was_logged_by_hand_cannot_be_counted_again():
    case = a_fraud_case()
    prevented(case, route=Route.BANKING_PROTOCOL_STOP, evidence="HC 8")
    call = a_call(case, incident="hc-8")
    with pytest.raises(RuleBroken, match="already logged"):
        commands.count_stop(call, case, Contribution.ADVISED, actor=TEST)
    row = db.session.get_one(ProtocolCall, call.id, populate_existing=True)
    assert row.entry_id is None


def test_a_call_without_a_case_gets_one_when_it_is_counted_and_no_other_afterwards():
    call, case = a_call(), a_fraud_case()
    commands.count_stop(call, case, Contribution.NONE, actor=TEST)
    assert queries.get_call(TEST, call.id).reference == case.reference
    other = a_call(case)
    with pytest.raises(RuleBroken, match="another case"):
        commands.count_stop(other, a_fraud_case(), Contribution.NONE, actor=TEST)


def test_what_stopped_nothing_counts_nothing():
    case = a_fraud_case()
    with pytest.raises(RuleBroken, match="stopped nothing"):
        commands.count_stop(a_call(case, stopped_pence=0), case, Contribution.NONE, actor=TEST)


def test_a_call_of_a_case_that_is_closed_to_one_is_not_there():
    officer = an_actor(a_member_of_staff(Role.FRAUD_OFFICER))
    hidden, open_to_all = a_call(restricted(a_fraud_case())), a_call()
    assert [row.call.id for row in Calls(officer).page()] == [open_to_all.id]
    with pytest.raises(NotFound):
        queries.get_call(officer, hidden.id)


def test_an_event_is_written_down_once_and_a_case_is_linked_once():
    event, case = an_event(), a_fraud_case()
    assert commands.link_case(event, case, actor=TEST)
    assert not commands.link_case(event, case, actor=TEST)
    assert many(OutreachCase) == 1
    assert queries.get_event(TEST, event.id).references == [case.reference]
    assert [row.cases for row in Events(TEST).page()] == [1]


def test_a_case_that_is_closed_to_one_is_not_among_those_that_came_of_an_event():
    officer = an_actor(a_member_of_staff(Role.FRAUD_OFFICER))
    event = an_event()
    commands.link_case(event, restricted(a_fraud_case()), actor=TEST)
    assert queries.get_event(officer, event.id).references == []
    assert [row.cases for row in Events(officer).page()] == [0]


@pytest.mark.parametrize(
    ("wrong", "box"),
    [
        ({"attendance": -1}, "attendance"),
        ({"leaflets": 100_001}, "leaflets"),
        ({"place": " "}, "place"),
        ({"held_on": MONDAY.date() + timedelta(days=1)}, "held_on"),
    ],
)
def test_an_event_that_cannot_be_is_refused(wrong: dict[str, Any], box: str):
    with pytest.raises(RuleBroken) as refusal:
        an_event(**wrong)
    assert refusal.value.field == box
