"""What we send is what the provider's own OpenAPI description asks for, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from beacon.core import clock
from beacon.notify import commands
from tests.provider.described import FORM, NAMED, Description
from tests.provider.kind import a_text, send_through
from tests.provider.process import Provider
from tests.provider.server import ACCOUNT

DATABASES = ("sqlite",)
MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
OURS = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
MONDAY = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def description() -> Description:
    """The provider's description, where this machine has it."""
    found = Description.of_this_machine()
    if found is None:
        pytest.skip(f"the provider's description is not here: {NAMED} is not set")
    return found


def told(form: dict[str, str], **more: Any) -> dict[str, Any]:
    """A request for a message as it would be on the wire."""
    return {
        "method": "POST", "path": OURS, "type": FORM, "authorization": "Basic eDp5",
        "body": urlencode(form),
    } | more  # fmt: skip


def test_every_kind_of_call_of_the_official_client_is_as_described(
    app: Flask, description: Description, twilio: Provider
):
    post = send_through(app, twilio, forgetful=True)
    a_text()
    with clock.fixed(MONDAY):
        assert commands.send_due() == 1
    sid = twilio.accepted()[0]["sid"]
    assert post.gateway.look_up(sid) is not None
    assert [one.sid for one in post.gateway.find(twilio.accepted()[0]["to"])] == [sid]
    post.gateway.drift()
    post.gateway.forget(sid)
    wire = twilio.wire()
    kinds = [(line["method"], line["path"].partition("?")[0]) for line in wire]
    one = OURS.replace("Messages.json", f"Messages/{sid}.json")
    assert sorted(kinds) == sorted(
        [("POST", OURS), ("GET", one), ("GET", OURS), ("GET", OURS), ("POST", one)]
    )
    for line in wire:
        assert description.faults_asked(line) == [], line
        # The stand-in answers as the provider would: else what passes here would prove little.
        assert description.faults_answered(line) == [], line


@pytest.mark.proves("T-32")
def test_a_text_asks_for_its_receipt_its_hours_and_to_be_forgotten(
    app: Flask, description: Description, twilio: Provider
):
    send_through(app, twilio, forgetful=True)
    a_text()
    with clock.fixed(MONDAY):
        commands.send_due()
    sent = twilio.accepted()[0]["form"]
    assert set(sent) == {
        "To", "From", "Body", "StatusCallback", "ValidityPeriod", "ContentRetention",
        "AddressRetention",
    }  # fmt: skip
    assert int(sent["ValidityPeriod"]) == 175 * 60
    assert (sent["ContentRetention"], sent["AddressRetention"]) == ("discard", "obfuscate")
    wiped = description.written["paths"][MESSAGES.replace(".json", "/{Sid}.json")]["post"]
    words = wiped["requestBody"]["content"][FORM]["schema"]["properties"]["Body"]["description"]
    assert "empty string" in words


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (told({"From": "HERTSCOURT", "Body": "x"}), "'To' is a required property"),
        (told({"To": "+447700900001", "ValidityPeriod": "an hour"}), "integer"),
        (told({"To": "+447700900001", "ContentRetention": "perhaps"}), "is not one of"),
        (told({"To": "+447700900001", "Colour": "red"}), "it knows no field Colour"),
        (told({}, method="GET", path=f"{OURS}?To=07700900001"), "phone-number"),
        (told({"To": "+447700900001"}, authorization=""), "Security not found"),
        (told({"To": "+447700900001"}, path=OURS.replace("Messages", "Texts")), "not found"),
        (told({"To": "+447700900001"}, path=OURS.replace("AC0", "XX0")), "does not match"),
        (told({"To": "+447700900001"}, method="PUT"), "not found"),
        (told({"To": "+447700900001"}, type="application/json"), "Content for the following"),
    ],
)
def test_what_the_provider_would_not_know_is_found_out(
    description: Description, line: dict[str, Any], fault: str
):
    assert fault in " ".join(description.faults_asked(line))


def test_the_provider_takes_no_key_that_would_make_a_second_call_harmless(description: Description):
    # Why a text whose answer was lost is never sent again by a machine (decision 0007).
    asked = description.written["paths"][MESSAGES]
    names = {
        one["name"] for one in (*asked.get("parameters", ()), *asked["post"].get("parameters", ()))
    }
    assert not [name for name in names if "idempot" in name.lower()]
