"""One's own account: where one is signed in, a new password, another address, who is declared."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.accounts import commands
from beacon.accounts.commands.signing_in import WRONG_PASSWORD
from beacon.accounts.models import AuthSession, DeclaredContact, Draft, Notice, SignInAttempt
from beacon.accounts.terms import NoticeKind
from beacon.audit.models import AuditEntry
from beacon.cases.models import AccessReview
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.mail.models import OutboundMail
from tests.factories import TEST, a_member_of_staff
from tests.pages import form_of, text_of

PASSWORD = "wheelbarrow lantern tide"
ANOTHER = "thimble orchard gravel"
OWN_PAGES = ("/account/", "/account/declared", "/account/declared/new")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.fixture
def person(app):
    person = a_member_of_staff(Role.CASE_MANAGER, email="kim@example.org")
    commands.set_password(person, PASSWORD, actor=TEST)
    return person


def token_of(browser):
    with browser.session_transaction() as cookie:
        return cookie["_user_id"]


def is_signed_in(browser):
    return browser.get("/account/").status_code == 200


def stale(browser):
    """The person proved who they are too long ago for what matters."""
    with transaction() as session:
        session.execute(sa.update(AuthSession).values(proved_at=clock.now() - timedelta(hours=1)))


def told(person):
    db.session.rollback()
    kinds = db.session.scalars(sa.select(Notice.kind).where(Notice.staff_id == person.id))
    return list(kinds)


def mailed():
    db.session.rollback()
    return [mail.to for mail in db.session.scalars(sa.select(OutboundMail))]


@pytest.mark.proves("S-05")
def test_a_new_password_ends_every_other_session_and_renews_this_one(desk, person):
    first, second, third = (desk(person=person) for _ in range(3))
    old = token_of(first)
    answer = first.submit("/account/password", current_password=PASSWORD, password=ANOTHER)
    assert answer.status_code == 302
    assert is_signed_in(first)
    assert token_of(first) != old
    assert not is_signed_in(second)
    assert not is_signed_in(third)
    with first.session_transaction() as cookie:
        cookie["_user_id"] = old
    assert not is_signed_in(first)
    assert told(person) == [NoticeKind.PASSWORD_CHANGED]


@pytest.mark.proves("A-27")
@pytest.mark.parametrize("page", ["/account/password", "/account/email"])
def test_what_proves_a_person_is_changed_only_by_who_has_just_proved_it(desk, person, page):
    browser = desk(person=person)
    answers = form_of(browser.get(page))
    stale(browser)
    assert browser.get(page).location.startswith("/prove?")
    given = {"current_password": PASSWORD, "password": ANOTHER, "email": "new@example.org"}
    assert browser.post(page, data=answers | given).location.startswith("/prove?")
    db.session.rollback()
    assert (person.email, told(person), mailed()) == ("kim@example.org", [], [])


@pytest.mark.proves("A-27")
def test_a_wrong_present_password_changes_nothing_and_is_counted(desk, person):
    browser = desk(person=person)
    for page, field in (("/account/password", "password"), ("/account/email", "email")):
        given = {"current_password": "wrong password here", field: "new.address@example.org"}
        page_again = text_of(browser.submit(page, **given))
        assert WRONG_PASSWORD in page_again
    db.session.rollback()
    assert person.email == "kim@example.org"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SignInAttempt)) == 2
    assert told(person) == []


@pytest.mark.proves("A-27")
def test_a_stolen_session_cannot_guess_the_password(desk, person):
    browser = desk(person=person)
    for _ in range(10):
        browser.submit(
            "/account/password", current_password="wrong password here", password=ANOTHER
        )
    locked = browser.submit("/account/password", current_password=PASSWORD, password=ANOTHER)
    assert WRONG_PASSWORD in text_of(locked)


@pytest.mark.proves("V-03")
@pytest.mark.parametrize("page", ["/account/password", "/account/email"])
@pytest.mark.parametrize("minutes", [11, 16], ids=["to be proved anew", "after the end"])
def test_no_password_is_kept_or_printed_of_the_form_that_was_sent(desk, person, page, minutes):
    browser = desk(person=person)
    sent = form_of(browser.get(page))
    known = {name: PASSWORD for name in sent if name not in {"csrf_token", "email"}}
    sent |= known | {"email": "kim.new@example.org"}
    assert known
    with clock.fixed(clock.now() + timedelta(minutes=minutes)):
        assert browser.post(page, data=sent).status_code == 302
    db.session.rollback()
    draft = db.session.scalars(sa.select(Draft)).one()
    assert "kim.new" in draft.body
    assert PASSWORD not in draft.body
    refused = browser.post(page, data=sent | {"csrf_token": "of another page"})
    assert refused.status_code == 400
    assert "kim.new" in text_of(refused)
    assert PASSWORD not in refused.get_data(as_text=True)


@pytest.mark.proves("A-27")
def test_another_address_signs_in_and_the_old_one_is_told(desk, person, client):
    browser = desk(person=person)
    answer = browser.submit(
        "/account/email", current_password=PASSWORD, email=" Kim.New@example.org"
    )
    assert answer.status_code == 302
    assert mailed() == ["kim@example.org"]
    assert told(person) == [NoticeKind.EMAIL_CHANGED]
    answer = client.submit("/sign-in", email="kim.new@example.org", password=PASSWORD)
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("sam@example.org", "already an account"),
        ("not an address", "Enter an email address like"),
        ("kim@exаmple.org", "in plain letters"),  # a Cyrillic a
    ],
)
def test_an_address_that_cannot_be_taken_is_refused_with_a_sentence(desk, person, email, words):
    a_member_of_staff(email="sam@example.org")
    page = desk(person=person).submit("/account/email", current_password=PASSWORD, email=email)
    assert words in text_of(page)


@pytest.mark.proves("S-07")
def test_a_person_sees_where_they_are_signed_in_and_signs_one_out(desk, person):
    here, there = desk(person=person), desk(person=person)
    with transaction() as session:
        other = session.scalars(sa.select(AuthSession).order_by(AuthSession.id.desc())).first()
        other.ip, other.agent = "192.0.2.44", FIREFOX
        other.created_at = clock.now() - timedelta(hours=2)
        number = other.id
    page = here.get("/account/")
    assert "This one" in text_of(page)
    assert "Firefox on Linux" in text_of(page)
    assert "192.0.2.44" in text_of(page)
    token = {"csrf_token": form_of(page)["csrf_token"]}
    here.post(f"/account/sessions/{number}/end", data=token)
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert "Firefox on Linux" not in text_of(here.get("/account/"))


@pytest.mark.proves("S-07")
def test_a_person_signs_out_everywhere_else_at_once(desk, person):
    here, *others = (desk(person=person) for _ in range(3))
    token = {"csrf_token": form_of(here.get("/account/"))["csrf_token"]}
    here.post("/account/sessions/end-others", data=token)
    assert is_signed_in(here)
    assert not any(map(is_signed_in, others))


@pytest.mark.proves("S-07")
def test_nobody_signs_out_or_sees_the_sessions_of_another(desk, person):
    stranger, mine = desk(Role.ADMINISTRATOR), desk(person=person)
    number = db.session.scalar(sa.select(AuthSession.id).where(AuthSession.staff_id == person.id))
    token = {"csrf_token": form_of(stranger.get("/account/"))["csrf_token"]}
    assert stranger.post(f"/account/sessions/{number}/end", data=token).status_code == 404
    assert stranger.post("/account/sessions/99999/end", data=token).status_code == 404
    assert is_signed_in(mine)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_opens_its_own_account(desk, role):
    browser = desk(role, agency="Haven" if role is Role.PARTNER else None)
    for page in OWN_PAGES:
        assert browser.get(page).status_code == 200
    assert 'href="/account/"' in browser.get("/").get_data(as_text=True)


GIVEN = {
    "relation": "former_partner",
    "first_name": "Robin",
    "last_name": "Ashcombe",
    "phone": "07700 900123",
    "email": "Robin.Ashcombe@example.org",
    "address": "12 Elm Row",
    "postcode": "al1 3lb",
}


def declare(browser, **given):
    page = browser.get("/account/declared/new")
    return browser.post("/account/declared/new", data=form_of(page) | given)


def test_whom_a_person_declares_they_alone_see(desk, person):
    mine, leader = desk(person=person), desk(Role.TEAM_LEADER)
    assert declare(mine, **GIVEN).status_code == 302
    seen = text_of(mine.get("/account/declared"))
    for fact in ("Former partner", "Robin Ashcombe", "07700 900123", "12 Elm Row", "AL1 3LB"):
        assert fact in seen
    assert "Ashcombe" not in text_of(leader.get("/account/declared"))


def test_a_declaration_is_sealed_and_the_log_holds_none_of_it(desk, person):
    declare(desk(person=person), **GIVEN)
    db.session.rollback()
    rows = db.session.scalars(sa.select(DeclaredContact)).all()
    assert [bool(row.point_index) for row in rows] == [True, True]
    kept = b" ".join(row.facts_sealed for row in rows)
    entries = db.session.scalars(sa.select(AuditEntry)).all()
    log = " ".join(f"{one.action} {one.facts}" for one in entries)
    assert "accounts.contact_declared" in log
    for word in ("Robin", "Ashcombe", "900123", "former", "Elm", "AL1"):
        assert word.encode() not in kept
        assert word not in log


def test_a_declaration_needs_something_to_be_compared_by(desk, person):
    browser = desk(person=person)
    bare = {"relation": "friend", "first_name": "Robin", "last_name": "Ashcombe"}
    page = declare(browser, **bare)
    assert "or a surname with a postcode" in text_of(page)
    assert 'value="Ashcombe"' in page.get_data(as_text=True)
    half = declare(browser, relation="friend", address="12 Elm Row")
    assert "Enter the postcode of the address" in text_of(half)


def the_declaration() -> DeclaredContact:
    db.session.rollback()
    return db.session.scalars(sa.select(DeclaredContact)).one()


@pytest.mark.proves("Z-13")
def test_what_a_person_takes_back_stands_until_somebody_else_has_agreed_and_is_kept(desk, person):
    mine, other = desk(person=person), desk(Role.CASE_MANAGER)
    declare(mine, relation="self", phone="07700 900123")
    page = f"/account/declared/{the_declaration().id}/withdraw"
    token = {"csrf_token": form_of(other.get("/account/"))["csrf_token"]}
    assert (other.get(page).status_code, other.post(page, data=token).status_code) == (404, 404)
    assert mine.submit(page).status_code == 302
    assert the_declaration().withdrawn_at is None
    listed = text_of(mine.get("/account/declared"))
    assert "You asked to take this back. It stands until somebody else has agreed." in listed
    leader = desk(Role.TEAM_LEADER)
    shown = text_of(leader.get("/oversight/reviews"))
    assert "Asked to take back a declared contact" in shown
    assert "900123" not in shown
    review = db.session.scalar(sa.select(AccessReview.id))
    leader.submit(f"/oversight/reviews/{review}", outcome="justified", note="A mistyped number")
    assert the_declaration().withdrawn_at is not None
    assert "You have declared nobody" in text_of(mine.get("/account/declared"))


@pytest.mark.proves("A-26")
def test_nothing_declared_is_taken_back_without_a_fresh_proof(desk, person):
    browser = desk(person=person)
    declare(browser, relation="self", phone="07700 900123")
    stale(browser)
    answer = browser.get(f"/account/declared/{the_declaration().id}/withdraw")
    assert answer.location.startswith("/prove")
