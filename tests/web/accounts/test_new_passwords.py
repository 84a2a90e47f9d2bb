"""A forgotten password, and an invitation: single-use links that only their owner sees."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.accounts import commands
from beacon.accounts.models import SignInAttempt
from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.tray import FILE, Tray
from beacon.mail import commands as mail
from beacon.mail.models import OutboundMail
from tests.factories import TEST, a_member_of_staff
from tests.mail_server import mail_server, mailing
from tests.pages import form_of, text_of

PASSWORD = "wheelbarrow lantern tide"
ANOTHER = "thimble orchard gravel"
LINK = re.compile(r"/set-password/([\w-]{43})")


@pytest.fixture
def person(app):
    person = a_member_of_staff(Role.CASE_MANAGER, email="kim@example.org")
    commands.set_password(person, PASSWORD, actor=TEST)
    return person


def ask(client, email="kim@example.org"):
    return client.submit("/forgotten-password", email=email)


def links(app):
    """The links that lie in the paper tray, the newest first."""
    commands.send_resets()
    mail.send_due()
    sheets = Tray(app.config["BEACON"].instance / FILE).sheets()
    return [found[0] for sheet in sheets if (found := LINK.search(sheet.body))]


def sign_in(client, password, email="kim@example.org"):
    return client.submit("/sign-in", email=email, password=password).status_code


@pytest.mark.proves("A-22")
def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(
    client, person, count_queries
):
    page = form_of(client.get("/forgotten-password"))
    answers, work = [], []
    for email in ("kim@example.org", "nobody@example.org"):
        count_queries.clear()
        answer = client.post("/forgotten-password", data=page | {"email": email})
        answers.append((answer.status_code, answer.get_data(), dict(answer.headers)))
        work.append(list(count_queries))
    assert answers[0][1] == answers[1][1]
    assert answers[0][0] == answers[1][0] == 200
    changing = {"Set-Cookie", "Date", "X-Request-Id"}
    plain = [{k: v for k, v in one[2].items() if k not in changing} for one in answers]
    assert plain[0] == plain[1]
    assert work[0] == work[1]


@pytest.mark.proves("A-22")
def test_only_who_has_an_account_is_mailed(app, client, person):
    ask(client, "nobody@example.org")
    assert links(app) == []
    ask(client, " KIM@example.org")
    assert len(links(app)) == 1
    assert commands.send_resets() == 0


@pytest.mark.proves("A-22")
def test_a_link_sets_a_new_password_once_and_ends_every_session(app, client, person, desk):
    browser = desk(person=person)
    ask(client)
    (link,) = links(app)
    assert client.submit(link, password=ANOTHER).status_code == 302
    assert "has been used" in text_of(client.submit(link, password="a third one entirely"))
    assert browser.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 302  # the link itself signs nobody in
    assert sign_in(client, PASSWORD) == 200
    assert sign_in(client, ANOTHER) == 302


@pytest.mark.proves("A-22")
@pytest.mark.parametrize(("minutes", "status"), [(19, 302), (21, 200)])
def test_a_link_works_for_twenty_minutes(app, client, person, minutes, status):
    ask(client)
    (link,) = links(app)
    with clock.fixed(clock.now() + timedelta(minutes=minutes)):
        assert client.submit(link, password=ANOTHER).status_code == status


@pytest.mark.proves("A-22")
def test_who_may_not_sign_in_is_not_mailed_and_has_no_use_of_a_link(app, client, person):
    ask(client)
    (link,) = links(app)
    commands.disable(person, actor=TEST)
    assert "has been used or has expired" in text_of(client.submit(link, password=ANOTHER))
    ask(client)
    assert len(links(app)) == 1


@pytest.mark.proves("A-22")
def test_a_sixth_request_within_an_hour_is_not_mailed(app, client, person):
    for _ in range(7):
        ask(client)
    assert len(links(app)) == 5
    with clock.fixed(clock.now() + timedelta(minutes=61)):
        ask(client)
        assert len(links(app)) == 6


def test_a_later_link_kills_an_earlier_one_but_not_an_invitation(app, client):
    person = a_member_of_staff(email="kim@example.org")
    invitation = commands.issue_setup_link(person, actor=TEST)
    for _ in range(2):
        ask(client)
    newest, older = links(app)
    assert "has been used" in text_of(client.submit(older, password=ANOTHER))
    assert client.submit(f"/set-password/{invitation}", password=ANOTHER).status_code == 302
    assert "has been used" in text_of(client.submit(newest, password=PASSWORD))


def test_asking_for_a_new_password_neither_locks_nor_unlocks_an_account(app, client, person):
    for _ in range(12):
        ask(client)
    assert sign_in(app.test_client(), PASSWORD) == 302
    for _ in range(10):
        sign_in(client, "wrong password here")
    ask(client)
    commands.send_resets()
    assert sign_in(client, PASSWORD) == 200


def test_the_log_says_that_a_password_was_asked_for_and_not_for_whom(client, person):
    ask(client)
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "accounts.reset_asked")
    ).one()
    assert (entry.object_id, entry.actor_name) == ("unknown", "unknown address")


def test_a_mail_about_a_password_names_the_link_and_nobody(app, client, person):
    ask(client)
    (link,) = links(app)
    (sheet,) = Tray(app.config["BEACON"].instance / FILE).sheets()
    assert sheet.subject == "Beacon: a new password"
    assert f"http://127.0.0.1:5000{link}" in sheet.body
    assert person.name not in sheet.body


def new_person(browser):
    return browser.submit(
        "/admin/staff/new", name="Jo Bloggs", email="jo@example.org", roles=["auditor"]
    )


@pytest.mark.proves("A-25")
def test_where_mail_is_real_the_administrator_never_sees_the_link(app, desk, client):
    with mail_server() as server, mailing(app, f"smtp://127.0.0.1:{server.port}"):
        page = new_person(desk(Role.ADMINISTRATOR))
        assert "/set-password/" not in page.get_data(as_text=True)
        assert "on its way to Jo Bloggs" in text_of(page)
        mail.send_due()
        (letter,) = server.messages
    found = LINK.search(letter.get_payload(decode=True).decode())
    assert letter["To"] == "jo@example.org"
    assert client.submit(found[0], password=PASSWORD).status_code == 302
    assert sign_in(client, PASSWORD, "jo@example.org") == 302


@pytest.mark.proves("A-25")
@pytest.mark.parametrize(("hours", "status"), [(23, 302), (25, 200)])
def test_an_invitation_works_once_within_a_day(desk, client, hours, status):
    page = new_person(desk(Role.ADMINISTRATOR)).get_data(as_text=True)
    link = LINK.search(page)[0]
    with clock.fixed(clock.now() + timedelta(hours=hours)):
        assert client.submit(link, password=PASSWORD).status_code == status
        assert "has been used" in text_of(client.submit(link, password=PASSWORD))


@pytest.mark.proves("A-25")
def test_an_account_is_made_without_a_password_that_anybody_could_know(desk, client):
    new_person(desk(Role.ADMINISTRATOR))
    for guess in ("", "Jo Bloggs", "nobody has this password"):
        assert sign_in(client, guess, "jo@example.org") == 200


def test_a_link_that_left_is_kept_nowhere(app, client, person):
    ask(client)
    with mail_server() as server, mailing(app, f"smtp://127.0.0.1:{server.port}"):
        commands.send_resets()
        mail.send_due()
    db.session.rollback()
    assert db.session.scalars(sa.select(OutboundMail)).one().body == ""
    with transaction() as session:
        assert session.scalars(sa.select(SignInAttempt)).one().succeeded
