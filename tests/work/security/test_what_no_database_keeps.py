"""What no database can keep is refused in words, on the one and on the other."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from beacon.cases.models import ContactLog
from beacon.core.db import db
from beacon.core.roles import Role
from tests.factories import a_case, a_member_of_staff
from tests.pages import form_of, text_of

pytestmark = pytest.mark.on_both

REFUSED = "has a character that cannot be kept"


@pytest.fixture
def at_form(desk):
    """A case manager's browser, the address of a form of theirs, and good answers."""
    manager = a_member_of_staff(Role.CASE_MANAGER)
    browser = desk(person=manager)
    where = f"/cases/{a_case(manager=manager).reference}/contacts/new"
    sent = form_of(browser.get(where)) | {"channel": "phone", "outcome": "no_answer"}
    return browser, where, sent


def contacts() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(ContactLog.id))) or 0


@pytest.mark.proves("I-07")
@pytest.mark.parametrize("odd", ["\0", "a\0b", "\x07", "\x1b[31m"])
def test_a_sign_that_cannot_be_kept_is_refused_by_its_box(at_form, odd: str):
    browser, where, sent = at_form
    answer = browser.post(where, data=sent | {"notes": f"before {odd} after"})
    assert REFUSED in text_of(answer)
    assert 'href="#notes"' in answer.get_data(as_text=True)
    assert contacts() == 0


@pytest.mark.proves("I-07")
@pytest.mark.parametrize("odd", ["%ED%A0%80", "%FF%FE", "%00", "%ED%B0%80x", "%F0%9F%91"])
def test_half_a_sign_is_no_fault(at_form, odd: str):
    browser, where, sent = at_form
    plain = "&".join(f"{name}={text}" for name, text in sent.items() if isinstance(text, str))
    body = plain.replace("notes=", f"notes=x{odd}") + "&at=25&at=11&at=2026"
    answer = browser.post(where, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code < 500


@pytest.mark.proves("I-07")
@pytest.mark.parametrize(
    "odd", ["\u202e", "\u200b", "\ufeff", "\U0001f469\u200d\U0001f680", "\ufdfa" * 100]
)
def test_what_only_looks_odd_is_kept_as_it_is(at_form, odd: str):
    browser, where, sent = at_form
    answer = browser.post(where, data=sent | {"notes": f"before {odd} after"})
    assert answer.status_code == 302
    db.session.rollback()
    assert db.session.scalars(sa.select(ContactLog)).one().notes == f"before {odd} after"


@pytest.mark.proves("I-07")
@pytest.mark.parametrize(
    "address", ["/cases/a%00b", "/cases/?q=%00", "/hearings/?day=%00", "/cases/%ED%A0%80"]
)
def test_an_address_that_cannot_be_kept_finds_nothing_and_is_no_fault(desk, address: str):
    assert desk(Role.TEAM_LEADER).get(address).status_code < 500


@pytest.mark.proves("I-07")
@pytest.mark.parametrize("words", ["\0", "a\0b", "%", "_", "\\", "'; --", "\ud800"])
def test_a_search_for_what_no_name_holds_is_no_fault(desk, words: str):
    browser = desk(Role.TEAM_LEADER)
    sent = form_of(browser.get("/search"))
    body = f"csrf_token={sent['csrf_token']}&words="
    raw = body.encode() + words.encode("utf-8", "surrogatepass")
    answer = browser.post("/search", data=raw, content_type="application/x-www-form-urlencoded")
    assert answer.status_code < 500
