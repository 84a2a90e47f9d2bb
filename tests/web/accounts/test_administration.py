"""The administrator's pages about people: roles, sessions, factors, leavers, and how safe it is."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from beacon.accounts import commands, denylist, queries, security_page
from beacon.accounts.denylist import FILE
from beacon.accounts.models import (
    AuthSession,
    Notice,
    RecoveryCode,
    SecondFactor,
    SignInAttempt,
    Staff,
)
from beacon.accounts.terms import AttemptKind, NoticeKind
from beacon.audit.models import AuditEntry
from beacon.core import clock, settings
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.mail.models import OutboundMail
from tests.factories import TEST, a_case, a_member_of_staff, an_actor
from tests.pages import form_of, text_of

PASSWORD = "wheelbarrow lantern tide"


@pytest.fixture
def person(app):
    return a_member_of_staff(Role.CASE_MANAGER, email="kim@example.org", name="Kim Sample")


@pytest.fixture
def admin(desk):
    return desk(Role.ADMINISTRATOR)


def page_of(person, rest=""):
    return f"/admin/staff/{person.id}{rest}"


def order(browser, address):
    token = {"csrf_token": form_of(browser.get("/account/"))["csrf_token"]}
    return browser.post(address, data=token)


def stale():
    """Everybody proved who they are too long ago for what matters."""
    with transaction() as session:
        session.execute(sa.update(AuthSession).values(proved_at=clock.now() - timedelta(hours=1)))


def entries(action):
    db.session.rollback()
    return db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == action)).all()


def a_factor(person):
    with transaction() as session:
        factor = SecondFactor(staff_id=person.id, confirmed_at=clock.now())
        factor.secret = "JBSWY3DPEHPK3PXP"
        session.add(factor)
        session.add(RecoveryCode(staff_id=person.id, selector="AB12", code_hash="hash"))


@pytest.mark.proves("S-06")
def test_a_changed_role_holds_from_the_next_request_on(admin, desk, person):
    theirs = desk(person=person)
    assert (theirs.get("/cases/").status_code, theirs.get("/hearings/").status_code) == (200, 200)
    changed = admin.submit(page_of(person, "/change"), roles=["administrator"], team="")
    assert changed.status_code == 302
    assert theirs.get("/cases/").status_code == 403
    assert theirs.get("/admin/").status_code == 200
    (entry,) = entries("accounts.changed")
    assert '"fields":["roles","team"]' in entry.facts
    assert '"was":"case_manager"' in entry.facts


@pytest.mark.proves("A-26")
@pytest.mark.parametrize("page", ["change", "factor", "invite", "enable"])
def test_a_role_is_changed_only_by_who_has_just_proved_who_they_are(admin, person, page):
    a_factor(person)
    answers = form_of(admin.get(page_of(person, f"/{page}")))
    stale()
    where = page_of(person, f"/{page}")
    assert admin.get(where).location == f"/prove?next=%2Fadmin%2Fstaff%2F{person.id}%2F{page}"
    answer = admin.post(where, data=answers | {"roles": ["administrator"]})
    assert answer.location.startswith("/prove?")
    db.session.rollback()
    assert db.session.get_one(Staff, person.id).roles == {Role.CASE_MANAGER}
    assert queries.factor_since(person.id) is not None
    assert entries("accounts.invited") == []


@pytest.mark.proves("A-26")
def test_an_account_is_made_only_by_who_has_just_proved_who_they_are(admin):
    stale()
    assert admin.get("/admin/staff/new").location == "/prove?next=%2Fadmin%2Fstaff%2Fnew"


@pytest.mark.proves("A-26")
def test_a_setting_is_changed_only_by_who_has_just_proved_who_they_are(admin):
    page = "/admin/settings/accounts.step_up_minutes"
    answers = form_of(admin.get(page)) | {"text": "99999"}
    stale()
    assert admin.get(page).location == f"/prove?next={quote(page, safe='')}"
    assert admin.post(page, data=answers).location.startswith("/prove?")
    db.session.rollback()
    assert settings.value("accounts.step_up_minutes") == "10"


@pytest.mark.proves("A-26")
def test_a_person_is_disabled_only_by_who_has_just_proved_who_they_are(admin, person):
    page = page_of(person, "/disable")
    answers = form_of(admin.get(page)) | {"reason": "Left at once"}
    stale()
    assert admin.get(page).location == f"/prove?next={quote(page, safe='')}"
    assert admin.post(page, data=answers).location.startswith("/prove?")
    db.session.rollback()
    assert db.session.get_one(Staff, person.id).disabled_at is None


@pytest.mark.proves("A-26")
@pytest.mark.parametrize("whose", ["of one person", "of everybody"])
def test_to_sign_others_out_at_once_no_proof_is_asked(admin, desk, person, whose):
    theirs = desk(person=person)
    stale()
    everybody = whose == "of everybody"
    order(admin, "/admin/security/end-sessions" if everybody else page_of(person, "/end-sessions"))
    assert theirs.get("/").status_code == 302
    assert admin.get("/admin/").status_code == 200


@pytest.mark.proves("Z-13")
def test_nobody_changes_their_own_roles(admin):
    me = admin.person_id
    page = f"/admin/staff/{me}/change"
    answer = admin.post(page, data=form_of(admin.get(page)) | {"roles": ["auditor"]})
    assert "You cannot change your own roles" in text_of(answer)
    again = admin.post(page, data=form_of(admin.get(page)))
    assert again.status_code == 200
    db.session.rollback()
    assert db.session.get_one(Staff, me).roles == {Role.ADMINISTRATOR}
    assert entries("accounts.changed") == []
    assert "/change" not in admin.get(f"/admin/staff/{me}").get_data(as_text=True)


@pytest.mark.proves("Z-13")
@pytest.mark.parametrize("page", ["disable", "enable", "factor"])
def test_nobody_decides_about_their_own_account(admin, page):
    answer = admin.submit(f"/admin/staff/{admin.person_id}/{page}")
    assert "There is a problem" in text_of(answer)


def test_a_last_day_that_has_passed_shuts_the_account(admin, desk, person):
    theirs = desk(person=person)
    gone = clock.today() - timedelta(days=1)
    day = [str(gone.day), str(gone.month), str(gone.year)]
    assert admin.submit(page_of(person, "/change"), ends_on=day).status_code == 302
    assert theirs.get("/").status_code == 302
    assert admin.submit(page_of(person, "/change"), ends_on=["", "", ""]).status_code == 302
    assert theirs.get("/").status_code == 200


def test_a_partner_needs_an_agency(admin, person):
    page = admin.submit(page_of(person, "/change"), roles=["partner"])
    assert "needs its agency" in text_of(page)


@pytest.mark.proves("S-08")
def test_an_administrator_signs_a_person_out_everywhere(admin, desk, person):
    one, other, bystander = desk(person=person), desk(person=person), desk(Role.AUDITOR)
    order(admin, page_of(person, "/end-sessions"))
    assert [browser.get("/").status_code for browser in (one, other)] == [302, 302]
    assert bystander.get("/").status_code == admin.get("/").status_code == 200
    assert [one.object_id for one in entries("accounts.sessions_ended")] == [str(person.id)]


@pytest.mark.proves("S-08")
def test_an_administrator_signs_everybody_out_but_themselves(admin, desk, person):
    mine_too = desk(person=db.session.get_one(Staff, admin.person_id))
    others = [desk(person=person), desk(Role.AUDITOR), mine_too]
    order(admin, "/admin/security/end-sessions")
    assert [browser.get("/").status_code for browser in others] == [302] * 3
    assert admin.get("/").status_code == 200
    (entry,) = entries("accounts.sessions_ended")
    assert '"rows":3' in entry.facts
    assert entry.actor_id == admin.person_id


def test_ones_own_browser_stays_signed_in(admin, desk):
    me = db.session.get_one(Staff, admin.person_id)
    other = desk(person=me)
    order(admin, page_of(me, "/end-sessions"))
    assert admin.get("/").status_code == 200
    assert other.get("/").status_code == 302


@pytest.mark.proves("S-06")
def test_a_factor_that_is_taken_off_ends_every_session_and_is_told(admin, desk, person):
    a_factor(person)
    theirs = desk(person=person)
    assert "Set up on" in text_of(admin.get(page_of(person)))
    assert admin.submit(page_of(person, "/factor")).status_code == 302
    assert theirs.get("/").status_code == 302
    assert queries.factor_since(person.id) is None
    db.session.rollback()
    assert db.session.scalars(sa.select(RecoveryCode)).all() == []
    assert db.session.scalars(sa.select(Notice.kind)).all() == [NoticeKind.FACTOR_RESET]
    assert db.session.scalars(sa.select(OutboundMail)).one().to == "kim@example.org"
    assert len(entries("accounts.factor_reset")) == 1


@pytest.mark.proves("S-06")
def test_a_disabled_person_is_refused_with_the_next_request(admin, desk, person):
    theirs = desk(person=person)
    assert admin.submit(page_of(person, "/disable")).status_code == 302
    assert theirs.get("/").status_code == 302
    assert "Disabled" in text_of(admin.get(page_of(person)))


def test_who_comes_back_needs_a_new_password(admin, person, client):
    commands.set_password(person, PASSWORD, actor=TEST)
    commands.disable(person, actor=TEST)
    assert admin.submit(page_of(person, "/enable")).status_code == 302
    entry = client.submit("/sign-in", email="kim@example.org", password=PASSWORD)
    assert entry.status_code == 200
    link = admin.submit(page_of(person, "/invite")).get_data(as_text=True)
    assert "Give Kim Sample this link" in link


@pytest.mark.proves("Z-17")
def test_a_leaver_with_cases_in_hand_is_not_disabled_until_somebody_says_why(admin, desk, person):
    cases = [a_case(manager=person) for _ in range(3)]
    theirs, page = desk(person=person), page_of(person, "/disable")
    assert "3 open cases" in text_of(admin.get(page))
    refused = text_of(admin.submit(page))
    assert "Kim Sample still has 3 open cases" in refused
    assert theirs.get("/").status_code == 200
    assert admin.submit(page, reason="Left today without notice").status_code == 302
    assert theirs.get("/").status_code == 302
    db.session.rollback()
    team = db.session.get_one(Staff, person.id).team_id
    assert {(case.manager_id, case.team_id) for case in cases} == {(None, team)}


@pytest.mark.proves("Z-19")
def test_an_administrator_sees_how_many_cases_and_not_which(admin, person):
    case = a_case(manager=person)
    for page in ("", "/disable"):
        shown = admin.get(page_of(person, page)).get_data(as_text=True)
        assert "1 open case" in shown
        assert case.reference not in shown
        assert case.victim.last_name not in shown


def test_a_page_of_nobody_is_not_there(admin):
    for rest in ("", "/change", "/disable", "/enable", "/factor", "/invite"):
        assert admin.get(f"/admin/staff/999999{rest}").status_code == 404


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_nobody_else_opens_them(desk, person, role):
    browser = desk(role, agency="Haven" if role is Role.PARTNER else None)
    for rest in ("", "/change", "/disable", "/factor", "/invite"):
        assert browser.get(page_of(person, rest)).status_code == 403
    assert browser.get("/admin/security").status_code == 403


@pytest.mark.proves("A-09")
def test_the_security_page_says_plainly_that_no_list_is_loaded(app, admin, tmp_path):
    assert "Passwords that thieves know are not refused" in text_of(admin.get("/admin/security"))
    words = tmp_path / "list.txt"
    words.write_text("amber birch copper dune\nember fjord garnet hazel\n")
    denylist.compile_list(words, app.config["BEACON"].instance / FILE)
    page = text_of(admin.get("/admin/security"))
    assert "2 passwords are refused" in page
    assert "are not refused" not in page


def test_the_security_page_shows_who_is_locked_and_who_has_long_been_away(app, admin, person):
    commands.set_password(person, PASSWORD, actor=TEST)
    client = app.test_client()
    for email in ("kim@example.org", "nobody@example.org"):
        for _ in range(10):
            client.submit("/sign-in", email=email, password="x" * 129)
    with transaction() as session:
        away = a_member_of_staff(name="Lee Away")
        session.get_one(Staff, away.id).last_signed_in_at = clock.now() - timedelta(days=46)
    page = text_of(admin.get("/admin/security"))
    locked, _, rest = page.partition("Without an authenticator app")
    assert "Kim Sample" in locked
    assert "1 address that nobody here has" in locked
    assert "Lee Away" in rest
    assert "Kim Sample" not in rest
    assert "Lee Away Lee Away" not in page
    assert "Not for 45 days" in text_of(admin.get("/admin/"))
    assert "Not for 45 days" in text_of(admin.get(page_of(away)))


@pytest.mark.proves("A-11", "A-18")
@pytest.mark.parametrize("kind", [AttemptKind.PASSWORD, AttemptKind.CODE])
def test_the_security_page_shows_a_lock_to_its_last_minute(admin, person, kind):
    start = clock.now()
    with transaction() as session:
        for number in range(10):
            at = start - timedelta(minutes=26) + timedelta(minutes=1.3) * number
            known = {"email_index": person.email_index, "kind": kind, "created_at": at}
            session.add(SignInAttempt(**known, succeeded=False))
    assert queries.lock_on(person.email_index, kind).is_locked
    assert [one.id for one in queries.watch().locked] == [person.id]
    assert person.name in text_of(admin.get("/admin/security"))
    with clock.fixed(start + timedelta(minutes=1)):
        assert queries.watch().locked == []


def test_a_reset_that_was_asked_for_often_is_no_lock(person):
    for _ in range(12):
        commands.ask_for_reset("kim@example.org", ip="192.0.2.1")
    assert (queries.watch().locked, queries.watch().locked_unknown) == ([], 0)


def test_another_feature_adds_its_line_to_the_security_page(app, admin):
    security_page.add(app, lambda: security_page.Line("The log", "anchored today", is_well=False))
    try:
        page = text_of(admin.get("/admin/security"))
    finally:
        app.extensions["beacon_security_lines"].pop()
    assert "The log anchored today Look at this" in page


def test_an_actor_may_not_disable_themselves(person):
    with pytest.raises(RuleBroken, match="your own account"):
        commands.disable(person, actor=an_actor(person))
