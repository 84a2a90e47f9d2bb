"""Builders for support plans, checks, calls of branches and events."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.fraud_hub import commands
from beacon.fraud_hub.models import OutreachEvent, ProtocolCall, RepeatCheck, SupportItem
from beacon.fraud_hub.terms import Audience, OutreachKind, Scam, SupportKind, SupportState
from tests.factories import TEST

_number = count(1)


def support_facts(**known: Any) -> commands.SupportFacts:
    """A call blocker lent today for thirty days."""
    usual = {
        "kind": SupportKind.CALL_BLOCKER,
        "state": SupportState.LENT,
        "on": clock.today(),
        "serial": "TC-0042",
    }
    facts = usual | known
    if facts["state"] is SupportState.LENT and "due_back_on" not in facts:
        facts["due_back_on"] = facts["on"] + timedelta(days=30)
    return commands.SupportFacts(**facts)


def a_loan(case: CaseFile, **known: Any) -> SupportItem:
    """The same, in the plan of a case."""
    facts = support_facts(**known)
    return commands.add_support(case, facts, token=commands.new_token(), actor=TEST)


def a_check(case: CaseFile, *, months: int = 3, due_on: date | None = None) -> RepeatCheck:
    """A check that waits to be made."""
    commands.open_check(case.id, months, due_on or clock.today(), actor=TEST)
    query = sa.select(RepeatCheck).filter_by(case_id=case.id, months=months)
    return db.session.scalars(query).one()


def call_facts(**known: Any) -> commands.CallFacts:
    """A branch stopped all of £5,000 just now."""
    usual = {
        "bank": "Sample Bank",
        "branch": "Hertford",
        "called_at": clock.now() - timedelta(hours=1),
        "incident": f"INC-{next(_number)}",
        "at_risk_pence": 5_000_00,
        "stopped_pence": 5_000_00,
        "scam": Scam.IMPERSONATION,
    }
    return commands.CallFacts(**usual | known)


def a_call(case: CaseFile | None = None, **known: Any) -> ProtocolCall:
    """The same, written down."""
    facts = call_facts(**known)
    return commands.record_call(facts, case=case, token=commands.new_token(), actor=TEST)


def an_event(**known: Any) -> OutreachEvent:
    """A workshop for forty older people in Stevenage, today."""
    usual = {
        "held_on": clock.today(),
        "kind": OutreachKind.WORKSHOP,
        "audience": Audience.OLDER_PEOPLE,
        "place": "Sample Hall",
        "district": "Stevenage",
        "attendance": 40,
        "staff": "Fay Teller",
        "leaflets": 30,
    }
    facts = commands.EventFacts(**usual | known)
    return commands.record_event(facts, token=commands.new_token(), actor=TEST)
