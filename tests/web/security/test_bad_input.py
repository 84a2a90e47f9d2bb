"""Whatever is typed into a form is taken as text, refused in words, or turned away."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beacon.accounts import commands
from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.roles import Role
from tests.conftest import DeskClient
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.long import each
from tests.pages import form_of, text_of
from tests.web.security.test_every_route import AT_FORMS, SIGNING_OUT, everything_held
from tests.web.security.walking import Seen, rule_of, walk

FORM = "application/x-www-form-urlencoded"
# Marks that parted other programs: NUL, half a sign, the other way round, no width, a bell.
ODD = "\0\ud800\udfff\u202e\u2066\u200b\u200d\ufeff\x07\x1b\u2028\r\n\t\ufdfa\U0001f469\u0130"
ODD += "'\"<>&%_\\{}"
TYPED = st.one_of(
    st.text(st.characters() | st.sampled_from(ODD), max_size=80),
    st.text(st.sampled_from(ODD + "0123456789"), min_size=1, max_size=12),
    st.sampled_from(
        ["9" * 40, "-1", "1e9", "NaN", "2**63", "9223372036854775808", "true", "[]", "{}", "0x1f",
         "٣", "²", "x" * 11_000, "\U0001f469\u200d\U0001f680" * 300, "2026-02-31", "25/25/2026"]
    ),
)  # fmt: skip
FUZZ = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def forms_of(app: Flask, browser: DeskClient) -> list[tuple[str, dict[str, Any]]]:
    """Every form that a person comes to, once each, with the address that it is sent to."""
    found: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
    for address, answer in list(walk(app, browser, of_each=1)):
        if answer.mimetype != "text/html":
            continue
        for form in Seen(answer.get_data(as_text=True)).forms:
            where = form["to"] or address
            if form["method"] == "post" and not where.endswith(SIGNING_OUT):
                found.setdefault((rule_of(app, where), str(sorted(form["boxes"]))), (where, form))
    return list(found.values())


def encoded(answers: dict[str, str]) -> str:
    """The answers as a careless client sends them: half signs and all."""
    return "&".join(
        f"{quote(name)}={quote(text.encode('utf-8', 'surrogatepass'))}"
        for name, text in answers.items()
    )


@pytest.mark.proves("I-07", "I-10")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("role", each(AT_FORMS, soon=[]))
def test_nothing_that_is_typed_makes_a_form_fall_over(
    role: Role, county: Flask, at_desk: Callable[[Role], DeskClient]
):
    browser = at_desk(role)
    browser.looks = False
    forms = forms_of(county, browser)
    assert forms

    @FUZZ
    @given(st.data())
    def type_anything(data: st.DataObject) -> None:
        where, form = data.draw(st.sampled_from(forms))
        answers = {
            name: (held if data.draw(st.booleans()) else data.draw(TYPED))
            for name, held in form["boxes"].items()
        }
        answers |= {"csrf_token": form["boxes"].get("csrf_token", "")}
        status = browser.post(where, data=encoded(answers), content_type=FORM).status_code
        assert status < 500, (where, status)

    type_anything()


@pytest.fixture
def manager(app: Flask) -> Staff:
    """A case manager."""
    return a_member_of_staff(Role.CASE_MANAGER, email="kim@example.org")


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    """A case of theirs, of somebody with an accent."""
    victim = a_victim(first_name=unicodedata.normalize("NFC", "Zoe\u0308"), last_name="Marsh")
    return a_case(manager=manager, victim=victim)


def contact(browser: DeskClient, case: CaseFile) -> tuple[str, dict[str, Any]]:
    """The address and the answers of a contact that was logged well."""
    where = f"/cases/{case.reference}/contacts/new"
    return where, form_of(browser.get(where)) | {"channel": "phone", "outcome": "no_answer"}


@pytest.mark.proves("I-08")
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_a_name_with_an_accent_is_found_however_it_is_composed(desk, manager, case, form: str):
    words = unicodedata.normalize(form, "Zo\u00eb Marsh")
    answer = desk(person=manager).submit("/search", words=words)
    assert case.reference in text_of(answer)


@pytest.mark.proves("I-08")
@pytest.mark.parametrize(
    "email", ["k\u0456m@example.org", "\uff4bim@example.org", "kim\u200b@example.org"]
)
def test_nobody_joins_under_an_address_that_looks_like_anothers(desk, manager, email: str):
    browser = desk(Role.ADMINISTRATOR)
    answer = browser.submit("/admin/staff/new", name="Kim", email=email, roles=["auditor"])
    assert "plain letters" in text_of(answer)
    assert db.session.scalar(sa.select(sa.func.count(Staff.id))) == 2


@pytest.mark.proves("I-09")
def test_of_two_answers_the_first_counts_and_the_address_adds_none(desk, manager, case):
    browser = desk(person=manager)
    where, sent = contact(browser, case)
    sent["notes"] = ["The first", "The second"]
    answer = browser.post(f"{where}?notes=From+the+address&outcome=spoke", data=sent)
    assert answer.status_code == 302
    shown = text_of(browser.get(answer.location))
    assert "The first" in shown
    assert "The second" not in shown
    assert "From the address" not in shown


@pytest.mark.proves("I-09")
def test_of_two_pages_to_come_back_to_the_first_counts(client, app, manager):
    commands.set_password(manager, "wheelbarrow lantern tide", actor=TEST)
    answer = client.post(
        "/sign-in?next=/cases/&next=/hearings/",
        data=form_of(client.get("/sign-in"))
        | {"email": "kim@example.org", "password": "wheelbarrow lantern tide", "next": "/texts/"},
    )
    assert answer.location == "/cases/"


@pytest.mark.proves("I-10")
@pytest.mark.parametrize("bad", ["[]", "notes[]", "notes[0]", "notes.0", "notes[$ne]"])
def test_an_answer_that_is_no_text_is_none(desk, manager, case, bad: str):
    browser = desk(person=manager)
    where, sent = contact(browser, case)
    del sent["channel"]
    answer = browser.post(where, data=sent | {bad: "phone", "channel[]": "phone"})
    assert answer.status_code == 200
    assert "Choose how" in text_of(answer)


@pytest.mark.proves("I-11")
@pytest.mark.parametrize(
    ("kind", "statuses"),
    [("2 MB", {413}), ("1,001 parts", {413}), ("600 KB in one box", {200, 413}),
     ("5,000 questions", {200, 400, 414})],
)  # fmt: skip
def test_too_much_is_turned_away_and_does_nothing(
    desk, manager, case, kind: str, statuses: set[int]
):
    browser = desk(person=manager)
    where, sent = contact(browser, case)
    held = everything_held()
    many = {"content_type": "multipart/form-data"}
    answer = {
        "2 MB": lambda: browser.post(where, data=sent | {"big": "x" * 2_100_000}),
        "1,001 parts": lambda: browser.post(
            where, data=sent | {f"part{n}": "1" for n in range(1_001)}, **many
        ),
        "600 KB in one box": lambda: browser.post(where, data=sent | {"notes": "x" * 600_000}),
        "5,000 questions": lambda: browser.get(f"{where}?{'a=1&' * 5_000}"),
    }[kind]()
    assert answer.status_code in statuses
    assert everything_held() == held
    assert browser.get(where).status_code == 200


class Spy:
    """Notes every connection that this process begins."""

    def __init__(self) -> None:
        self.is_on = False
        self.called: list[object] = []
        sys.addaudithook(self.note)

    def note(self, event: str, what: tuple[object, ...]) -> None:
        """Note whom a socket calls, and which name is looked up."""
        if self.is_on and event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
            self.called.append(what)


SPY = Spy()


@contextmanager
def listening() -> Iterator[list[object]]:
    """Every call that leaves this process while the block lasts."""
    SPY.is_on, SPY.called = True, []
    try:
        yield SPY.called
    finally:
        SPY.is_on = False


@pytest.mark.proves("I-13")
@pytest.mark.parametrize(
    "role",
    each([Role.TEAM_LEADER, Role.COURT_OFFICER, Role.ADMINISTRATOR], soon=[Role.COURT_OFFICER]),
)
def test_an_address_in_a_box_is_never_visited(role: Role, county: Flask, at_desk):
    browser = at_desk(role)
    browser.looks = False
    forms = forms_of(county, browser)
    with listening() as called:
        for where, form in forms:
            url = "http://169.254.169.254/latest/meta-data/"
            sent = {name: url for name in form["boxes"] if name != "csrf_token"}
            browser.post(where, data=sent | {"csrf_token": form["boxes"].get("csrf_token", "")})
        ticked = county.test_cli_runner().invoke(args=["scheduler", "tick"])
    assert forms
    assert ticked.exit_code == 0
    assert called == []


@pytest.mark.proves("I-15")
@pytest.mark.parametrize(
    "words",
    ["{{7*7}}", "{% raw %}", "{{config}}", "${7*7}", "#{7*7}", "%s%s%n", "{0.__class__}",
     "{self.__init__}", "<%= 7*7 %>", "[[7*7]]", "{{''.__class__.__mro__}}"],
)  # fmt: skip
def test_the_words_of_a_template_are_words(desk, manager, words: str):
    victim = a_victim(first_name=words[:60], last_name="Marsh")
    case = a_case(manager=manager, victim=victim)
    browser = desk(person=manager)
    browser.looks = False  # what was typed stands on the page, braces and all
    where, sent = contact(browser, case)
    answer = browser.post(where, data=sent | {"notes": f"Said: {words}"})
    shown = text_of(browser.get(answer.location))
    assert f"Said: {words}" in shown
    assert f"{words} Marsh" in shown
    assert f"{words} Marsh" in text_of(browser.get("/cases/"))


ELSEWHERE = [
    "//evil.example.org", "///evil.example.org", "/\\evil.example.org", "\\\\evil.example.org",
    "https:evil.example.org", "https://evil.example.org", "HTTPS://EVIL.example.org",
    "javascript:alert(1)", "data:text/html,x", "/\t/evil.example.org", "/\n/evil.example.org",
    "\t//evil.example.org", " //evil.example.org", "/%2f%2fevil.example.org",
    "/%5cevil.example.org",
    "/@evil.example.org", "//evil.example.org@localhost", "/cases//evil.example.org",
    "evil.example.org", "//evil.example.org\r\nSet-Cookie: a=b", "/cases/\0", "/.evil@evil.org",
    "/#//evil.example.org", "/" + "a" * 600, "http:///evil.example.org", "/a!",
]  # fmt: skip


@pytest.mark.proves("I-17")
def test_signing_in_leads_to_no_other_site(app: Flask, manager: Staff):
    commands.set_password(manager, "wheelbarrow lantern tide", actor=TEST)
    led = {}
    for wanted in ELSEWHERE[::4]:  # each one alone is held against the rule in the unit tests
        browser = app.test_client()
        sent = form_of(browser.get("/sign-in")) | {"email": "kim@example.org"}
        answer = browser.post(
            "/sign-in",
            query_string={"next": wanted},
            data=sent | {"password": "wheelbarrow lantern tide", "next": wanted},
        )
        led[wanted] = answer.location
        assert "Set-Cookie: a=b" not in str(answer.headers)
    assert {wanted: to for wanted, to in led.items() if to != "/"} == {}


@pytest.mark.proves("I-17")
@pytest.mark.parametrize("wanted", ELSEWHERE[:12])
def test_throwing_a_draft_away_leads_to_no_other_site(desk, manager, wanted: str):
    browser = desk(person=manager)
    token = form_of(browser.get("/"))["csrf_token"]
    answer = browser.post("/drafts/throw-away", data={"csrf_token": token, "beacon_place": wanted})
    assert answer.location == "/"


@pytest.mark.proves("I-18")
def test_a_line_break_in_what_is_typed_makes_no_header(desk, manager, case):
    browser = desk(person=manager)
    where, sent = contact(browser, case)
    answer = browser.post(
        where, data=sent | {"notes": "one\r\nX-Evil: 1", "next": "/\r\nX-Evil: 1"}
    )
    assert "X-Evil" not in answer.headers
    assert "X-Evil" not in browser.get("/cases/%0d%0aX-Evil:%201").headers
