"""A session is a row: what ends it, what tells its owner, and what never brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask, abort

from beacon.accounts import commands, queries
from beacon.accounts.models import Notice, Team
from beacon.accounts.terms import NoticeKind
from beacon.app import create_app
from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.web.guard import open_to_all
from tests.conftest import DeskClient
from tests.factories import TEST
from tests.pages import form_of, text_of
from tests.signing_in import a_person, cookie_of, give_password, with_cookie

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


@pytest.fixture
def person(app: Flask):
    with clock.fixed(NOON):
        yield a_person(Role.ADMINISTRATOR)


@pytest.fixture
def client(app: Flask, person) -> DeskClient:
    return app.test_client()


def at(**passed: float):
    return clock.fixed(NOON + timedelta(**passed))


def a_browser(app: Flask, *, ip: str = "192.0.2.10", agent: str = FIREFOX) -> DeskClient:
    browser = app.test_client()
    browser.environ_base |= {"REMOTE_ADDR": ip, "HTTP_USER_AGENT": agent}
    give_password(browser)
    return browser


def notices() -> list[NoticeKind]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Notice.kind).order_by(Notice.id)))


def times_done(action: str) -> int:
    db.session.rollback()
    query = sa.select(sa.func.count(AuditEntry.seq)).where(AuditEntry.action == action)
    return db.session.scalar(query) or 0


@pytest.mark.proves("S-09")
@pytest.mark.parametrize(
    ("elsewhere", "told"),
    [
        ({}, []),
        ({"ip": "192.0.2.200"}, []),
        ({"ip": "198.51.100.7"}, [NoticeKind.NEW_DEVICE]),
        ({"agent": CHROMIUM}, [NoticeKind.NEW_DEVICE]),
    ],
)
def test_a_browser_or_place_not_seen_before_is_told_and_written_down(
    app: Flask, person, elsewhere, told
):
    a_browser(app)
    assert notices() == []
    second = a_browser(app, **elsewhere)
    assert notices() == told
    assert times_done("accounts.new_device") == len(told)
    assert ("browser or place not seen before" in text_of(second.get("/"))) is bool(told)


@pytest.mark.proves("S-09")
def test_after_a_month_away_when_no_session_is_known_any_more_it_is_told(app: Flask, person):
    a_browser(app)
    assert notices() == []
    with at(days=32):
        assert commands.sweep_sessions() == 1
        a_browser(app, ip="198.51.100.7", agent=CHROMIUM)
        assert notices() == [NoticeKind.NEW_DEVICE]
        assert times_done("accounts.new_device") == 1


def test_a_notice_stays_until_its_owner_has_seen_it_and_no_later_one_goes_with_it(
    app: Flask, person
):
    a_browser(app)
    browser = a_browser(app, agent=CHROMIUM)
    page = browser.get("/admin/")
    assert "I have seen this" in text_of(page)
    upto = db.session.scalar(sa.select(sa.func.max(Notice.id)))
    commands.notify_owner(person, NoticeKind.PASSWORD_CHANGED)
    token = form_of(page)["csrf_token"]
    form = {"csrf_token": token, "upto": upto, "next": "/admin/"}
    assert browser.post("/notices/seen", data=form).location == "/admin/"
    left = text_of(browser.get("/admin/"))
    assert "not seen before" not in left
    assert "Your password was changed" in left


def test_nobody_puts_away_the_notices_of_another(app: Flask, person, desk):
    commands.notify_owner(person, NoticeKind.LOCKED)
    other = desk(Role.CASE_MANAGER)
    form = form_of(other.get("/")) | {"upto": "999999", "next": "/"}
    assert other.post("/notices/seen", data=form).status_code == 302
    assert len(queries.waiting_notices(person.id)) == 1


@pytest.mark.proves("S-14")
def test_the_fourth_session_ends_the_oldest_and_tells_its_owner(app: Flask, person):
    browsers = []
    for minute in range(4):
        with at(minutes=minute):
            browsers.append(a_browser(app))
    with at(minutes=4):
        assert [one.get("/").status_code for one in browsers] == [302, 200, 200, 200]
        assert notices() == [NoticeKind.DISPLACED]
        assert times_done("accounts.session_displaced") == 1
        assert "oldest session was ended" in text_of(browsers[3].get("/"))


@pytest.mark.proves("S-14")
def test_sessions_that_ended_by_themselves_count_no_more(app: Flask, person):
    for _ in range(3):
        a_browser(app)
    with at(minutes=20):
        a_browser(app)
        assert notices() == []


@pytest.mark.proves("S-05")
def test_of_three_sessions_the_one_that_changes_the_password_lives_on_with_a_new_token(
    app: Flask, person
):
    mine, *others = [a_browser(app) for _ in range(3)]
    copied = cookie_of(mine)
    with mine.session_transaction() as cookie:
        commands.end_other_sessions(person, cookie["_user_id"], actor=TEST)
        cookie["_user_id"] = commands.renew(cookie["_user_id"])
    assert [one.get("/").status_code for one in (mine, *others)] == [200, 302, 302]
    assert with_cookie(mine, copied).get("/").status_code == 302


@pytest.mark.proves("S-06")
def test_a_factor_taken_off_ends_the_sessions_of_its_owner(app: Flask, person):
    browser = a_browser(app)
    commands.reset_factor(person, actor=TEST)
    assert browser.get("/").status_code == 302
    assert notices() == [NoticeKind.FACTOR_RESET]


@pytest.mark.proves("S-06", "A-21")
def test_a_session_ends_on_the_day_after_the_account_does(app: Flask, person):
    browser = a_browser(app)
    with transaction():
        person.ends_on = NOON.date()
    assert browser.get("/").status_code == 200
    with transaction():
        person.ends_on = NOON.date() - timedelta(days=1)
    assert browser.get("/").status_code == 302


@pytest.mark.proves("S-11")
def test_a_page_that_only_asks_by_itself_keeps_nobody_signed_in(app: Flask, person):
    browser = a_browser(app)
    for minutes in range(2, 15, 2):
        with at(minutes=minutes):
            asked = browser.get("/", headers={"X-Beacon-Polling": "1"})
            assert asked.status_code == 200
    with at(minutes=15, seconds=1):
        assert browser.get("/").status_code == 302


def test_the_page_of_a_person_who_proves_who_they_are_comes_after_it(app: Flask, person):
    browser = a_browser(app)
    answer = browser.submit("/prove?next=/admin/", password="not the password at all")
    assert "The password is not right" in text_of(answer)
    before = cookie_of(browser)
    answer = browser.submit("/prove?next=/admin/", password="wheelbarrow lantern tide")
    assert answer.location == "/admin/"
    assert browser.get("/admin/").status_code == 200
    assert with_cookie(browser, before).get("/").status_code == 302
    assert times_done("accounts.proved") == 1


@pytest.fixture
def failing(app: Flask) -> Iterator[DeskClient]:
    """A browser of an application with two views that change a team and then fail."""
    other = create_app(app.config["BEACON"])
    other.test_client_class = DeskClient

    def change(how: str) -> str:
        team = db.session.scalars(sa.select(Team)).first()
        team.name = "Changed"
        if how == "refused":
            raise RuleBroken("This is refused.")
        if how == "away":
            abort(400)
        raise ZeroDivisionError

    other.add_url_rule("/change/<string:how>", "change", open_to_all(change))
    yield other.test_client()
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.proves("S-16")
@pytest.mark.parametrize(("how", "status"), [("refused", 400), ("away", 400), ("broken", 500)])
def test_a_view_that_fails_after_changing_something_leaves_nothing_changed(
    failing: DeskClient, person, how: str, status: int
):
    failing.looks = False
    assert give_password(failing).status_code == 302
    assert failing.get(f"/change/{how}").status_code == status
    assert failing.get("/").status_code == 200
    db.session.rollback()
    assert db.session.scalars(sa.select(Team.name)).all() == ["North"]
