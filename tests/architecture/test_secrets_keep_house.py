"""What a person types is sealed, and what proves who they are is known by the name of its box.

Every wide column that stays readable is here, with why.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from wtforms import PasswordField

from beacon.core.db import Base
from beacon.web.errors import SECRET
from beacon.web.forms import BeaconForm

WIDE = 100
READABLE = {
    # Names stay readable, because people are found and named by them (decision 0004).
    "victim": {"first_name", "last_name", "organisation", "name_key", "surname_key"}
    | {"surname_sound", "confirmed_facts"},
    # What has left the service already, with no person in it; and who published it.
    "published_figures": {"content", "published_by"},
    "return_column": {"heading", "by_name"},  # of a template, with no person in it
    "search_key": {"key"},  # the same names, as they are found, and parts of references
    "defendant": {"first_name", "last_name", "name_key", "surname_key"},
    "crime": {"offence", "officer_name"},
    "agency": {"name", "name_key"},
    "staff": {"name", "agency", "password_hash"},
    "court": {"name", "name_key", "address", "note"},
    "fraud_report": {"fraud_type"},
    "referral": {"source", "proposals", "urgent_because"},
    "urgent_mark": {"because", "by_name"},  # words of a list
    "triage_decision": {"by_name", "handed_to"},  # the force that answers
    "consent_given": {"agency", "agency_key", "by_name"},
    "victim_notice": {"passed_to", "settled_by"},
    # Who did it, by name.
    "audit_entry": {"actor_name", "facts", "reason"},  # ids and words of lists, never content
    "bank_claim": {"logged_by_name"},
    "fraud_triage": {"by_name"},
    "fraud_decision": {"by_name"},
    # What a firm says of itself, with nobody's name in it.
    "bank_contact": {"name", "name_key", "group_name", "brands", "email", "address", "opening"}
    | {"checked_by"},
    "claim_event": {"by_name"},
    "claim_letter": {"by_name"},
    "partner_referral": {"agency", "facts"},  # words of a list
    "partner_step": {"by_name"},
    # What an agency says of itself, with nobody's name in it.
    "partner_service": {"name", "districts", "crimes", "what", "how", "opening"} | {"checked_by"},
    "champion_training": {"course"},
    "recovery_code": {"code_hash"},
    "declared_contact": {"surname_key"},  # compared with the readable surnames of victims
    "case_file": {"category_turns"},  # moments alone
    "case_order": {"by_name"},
    "asb_application": {"by_name"},
    "asb_incident": {"by_name"},
    "asb_report": {"by_name"},
    "asb_threshold": {"source", "note", "verified_by"},  # what a council says of itself
    "case_risk": {"by_name"},
    "concern_check": {"by_name"},
    "marac_referral": {"by_name", "grounds"},  # words of a list
    "risk_assessment": {"by_name"},
    "risk_wording": {"wording"},  # the questions of a form, with nobody's answers
    "safeguarding_concern": {"by_name"},
    "slavery_referral": {"by_name"},
    "slavery_step": {"by_name"},
    **dict.fromkeys(
        ("case_order", "plan_goal", "plan_action", "plan_session", "plan_change", "promise")
        + ("safety_plan", "hardening_item", "case_closing"),
        {"by_name"},
    ),
    "survey_concern": {"found", "done_by"},  # words of a list
    "survey_words": {"read_by"},
    "document": {"by_name", "gone_by"},
    "case_letter": {"by_name"},
    "call_message": {"by_name"},
    "caller_check": {"by_name"},
    "contact_log": {"by_name"},
    "list_choice": {"chosen"},  # words of a list
    "contact_try": {"by_name"},
    "print_run": {"by_name", "posted_by"},
    "printing": {"by_name"},
    "fact_step": {"by_name"},
    "update_wish": {"by_name"},
    "hearing_version": {"by_name", "changed"},
    "inbound_reply": {"handled_by"},
    "number_decision": {"by_name"},
    "court_call": {"by_name"},
    "import_batch": {"by_name", "file_name", "process", "counts", "reason"},
    "api_client": {"name", "agency"},
    "delivery": {"answer"},  # figures, numbers of rows, sentences of our own
    "ledger_entry": {"verified_by_name", "approved_by_name"},
    "ledger_proposal": {"proposed_by_name", "decided_by_name"},
    "month_close": {"closed_by_name"},
    "opening_balance": {"logged_by_name", "approved_by_name"},
    "bank_letter": {"by_name"},
    "loss": {"logged_by_name"},
    **dict.fromkeys(
        ("outreach_case", "protocol_call", "repeat_check", "support_item"), {"by_name"}
    ),
    **dict.fromkeys(
        ("disposal_view", "disposal_step", "restorative_step", "witness_came")
        + ("special_measure_step",),
        {"by_name"},
    ),
    "court_witness": {"by_name", "support"},  # words of a list
    "restorative_ruling": {"by_name", "stops"},  # kinds and numbers of orders and risks
    "outreach_event": {"by_name", "place", "staff"},  # a hall, and who of us was there
    "needs_assessment": {"by_name"},
    "sender_state": {"paused_by", "breaker_reason"},
    "text_hold": {"held_by"},
    "timeline_entry": {"by_name"},
    # Written by the program: names of facts, sentences of its own.
    "auth_session": {"agent"},
    "job_run": {"error"},
    "kept_reject": {"reason"},
    "person_link": {"basis"},
    "person_link_decision": {"basis"},
    "setting": {"text"},
}


def test_every_wide_column_is_sealed_or_named_here(app: Flask):
    readable = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.String)
        and not isinstance(column.type, sa.Enum)
        and (column.type.length is None or column.type.length >= WIDE)
    }
    assert readable == {(table, name) for table, names in READABLE.items() for name in names}


def test_every_table_with_a_sealed_column_has_its_own_key(app: Flask):
    keyless = [
        table.name
        for table in Base.metadata.sorted_tables
        if any(column.name.endswith("_sealed") for column in table.columns)
        and "seal_key" not in table.columns
    ]
    assert keyless == []


def forms(kind: type[BeaconForm] = BeaconForm) -> Iterator[type[BeaconForm]]:
    """Every form of the product."""
    for child in kind.__subclasses__():
        if child.__module__.startswith("beacon."):
            yield child
        yield from forms(child)


def secret_boxes() -> Iterator[tuple[str, str]]:
    """The boxes whose words are hidden as they are typed: of which form, and by which name."""
    for form in forms():
        for name in dir(form):
            box: Any = getattr(form, name)
            kind = getattr(box, "field_class", None)
            if isinstance(kind, type) and issubclass(kind, PasswordField):
                yield form.__name__, box.kwargs.get("name") or name


@pytest.mark.proves("V-03")
def test_every_password_is_known_by_the_name_of_its_box(app: Flask):
    boxes = set(secret_boxes())
    assert ("SignInForm", "password") in boxes
    assert {box for box in boxes if not SECRET.search(box[1])} == set()
