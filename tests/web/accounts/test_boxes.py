"""The boxes for passwords and codes: filled by managers, pasted into, and never sent as texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from beacon.accounts import commands
from beacon.accounts.terms import AttemptKind
from beacon.core.settings import KNOWN
from beacon.notify import messages
from beacon.web.forms import BeaconForm
from config import ROOT
from tests.factories import TEST, a_member_of_staff
from tests.pages import Page
from tests.signing_in import a_person, enrol, give_password

LEAST = 128
BY_TEXT = re.compile(r"\b(sms|text message|by text|texted)\b", re.IGNORECASE)
CODE = re.compile(r"\b(code|passcode|otp|one-time)\b", re.IGNORECASE)


def boxes(answer) -> dict[str, dict[str, str | None]]:
    return {str(box["name"]): box for box in Page(answer.get_data(as_text=True)).boxes}


@pytest.fixture
def pages(staging: Flask):
    """Each page on which a password or a code is asked, by its address."""
    browser = staging.test_client()
    a_person()
    invited = commands.issue_setup_link(a_member_of_staff(), actor=TEST)
    found = {
        "/sign-in": browser.get("/sign-in"),
        "/set-password": browser.get(f"/set-password/{invited}"),
    }
    give_password(browser)
    found["/factor/new"] = browser.get("/factor/new")
    enrol(browser)
    found["/prove"] = browser.get("/prove")
    found["/factor/new, signed in"] = browser.get("/factor/new")
    other = staging.test_client()
    give_password(other)
    return found | {address: other.get(address) for address in ("/factor", "/factor/recover")}


@pytest.mark.proves("A-10")
def test_every_box_says_to_a_password_manager_what_it_is_for(pages):
    said = {
        (address, name): box.get("autocomplete")
        for address, page in pages.items()
        for name, box in boxes(page).items()
    }
    code, password = "one-time-code", "current-password"
    assert said == {
        ("/sign-in", "email"): "username",
        ("/sign-in", "password"): password,
        ("/set-password", "password"): "new-password",
        ("/factor", "code"): code,
        ("/factor/recover", "code"): "off",
        ("/factor/new", "code"): code,
        ("/factor/new, signed in", "code"): code,
        ("/factor/new, signed in", "password"): password,
        ("/prove", "code"): code,
    }
    assert boxes(pages["/factor"])["code"]["inputmode"] == "numeric"
    assert boxes(pages["/sign-in"])["password"]["type"] == "password"


@pytest.mark.proves("A-10")
def test_no_box_is_too_short_for_a_password_or_stops_what_is_pasted(pages):
    short = [
        (address, name)
        for address, page in pages.items()
        for name, box in boxes(page).items()
        if int(box.get("maxlength") or LEAST) < LEAST
    ]
    assert short == []
    scripts = [path.read_text("utf-8") for path in (ROOT / "beacon/web/static").glob("*.js")]
    assert scripts
    assert not [script for script in scripts if "paste" in script.lower()]


def forms(kind: type = BeaconForm) -> list[type]:
    return [one for child in kind.__subclasses__() for one in (child, *forms(child))]


@pytest.mark.proves("A-23")
def test_no_form_no_setting_and_no_message_knows_a_code_sent_by_text(app: Flask):
    with app.test_request_context():
        asked = {
            f"{form.__name__}.{box.name}": f"{box.label.text} {box.description}"
            for form in forms()
            if form.__module__.startswith("beacon.accounts")
            for box in form()
        }
    known = {name: f"{one.label} {one.hint}" for name, one in KNOWN.items()}
    assert "CodeForm.code" in asked
    assert not [name for name, words in asked.items() if BY_TEXT.search(f"{name} {words}")]
    assert not [name for name, words in known.items() if CODE.search(f"{name} {words}")]
    assert [kind.value for kind in AttemptKind] == ["password", "code", "reset"]
    words = Path(messages.__file__).read_text("utf-8")
    assert not CODE.search(words)


@pytest.mark.proves("A-23")
def test_nothing_of_accounts_knows_the_way_to_a_text():
    reached = [
        path.name
        for path in (ROOT / "beacon/accounts").rglob("*.py")
        if re.search(r"beacon\.notify|outbox|twilio", path.read_text("utf-8"))
    ]
    assert reached == []
