"""What we send is what the provider's own OpenAPI description asks for, field by field."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from beacon.core import clock
from beacon.notify import commands
from tests.provider.kind import a_text, send_through
from tests.provider.process import Provider

DATABASES = ("sqlite",)
NAMED = "BEACON_TWILIO_OPENAPI"
MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
ONE_MESSAGE = "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json"
MUST_SAY = {"To", "Body", "StatusCallback", "ValidityPeriod"}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    """The provider's description, where this machine has it."""
    path = os.environ.get(NAMED)
    if not path:
        pytest.skip(f"the provider's description is not here: {NAMED} is not set")
    return json.loads(Path(path).read_text("utf-8"))


def test_every_field_we_send_is_one_that_the_provider_knows(
    description: dict[str, Any], twilio: Provider
):
    a_text()
    with clock.fixed(datetime(2026, 11, 23, 17, 5, tzinfo=UTC)):
        commands.send_due()
    sent = twilio.accepted()[0]["form"]
    body = description["paths"][MESSAGES]["post"]["requestBody"]["content"]
    known = body["application/x-www-form-urlencoded"]["schema"]
    assert set(sent) <= set(known["properties"])
    assert set(known["required"]) | MUST_SAY <= set(sent)
    assert {"From", "MessagingServiceSid"} & set(sent)
    assert known["properties"]["ValidityPeriod"]["type"] == "integer"
    assert int(sent["ValidityPeriod"]) == 175 * 60


@pytest.mark.proves("T-32")
def test_what_it_is_asked_to_forget_is_named_as_it_names_it(
    app: Flask, description: dict[str, Any], twilio: Provider
):
    send_through(app, twilio, forgetful=True)
    a_text()
    commands.send_due()
    sent = twilio.accepted()[0]["form"]
    words = description["components"]["schemas"]
    assert sent["ContentRetention"] in words["message_enum_content_retention"]["enum"]
    assert sent["AddressRetention"] in words["message_enum_address_retention"]["enum"]
    one = description["paths"][ONE_MESSAGE]
    wiped = one["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert "empty string" in wiped["properties"]["Body"]["description"]
    assert "get" in one


def test_the_provider_takes_no_key_that_would_make_a_second_call_harmless(
    description: dict[str, Any],
):
    # Why a text whose answer was lost is never sent again by a machine (decision 0007).
    asked = description["paths"][MESSAGES]
    names = {
        one["name"] for one in (*asked.get("parameters", ()), *asked["post"].get("parameters", ()))
    }
    assert not [name for name in names if "idempot" in name.lower()]
