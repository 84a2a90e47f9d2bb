"""No typed word is lost when a session ends: it comes back to its author, and to nobody else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.accounts import commands
from beacon.accounts.models import AuthSession, Draft
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from tests.factories import TEST, a_case, a_member_of_staff
from tests.pages import Page, form_of, text_of

NOTE = "She is staying with Aunt Ruth; ring before six."
BACK = "What you had typed is back. It was not saved."


@pytest.fixture
def manager(app):
    return a_member_of_staff(Role.CASE_MANAGER)


@pytest.fixture
def case(manager):
    return a_case(manager=manager)


@pytest.fixture
def page(case):
    return f"/cases/{case.reference}/contacts/new"


def typed_on(browser, page, **answers):
    """What the person's form would send."""
    return form_of(browser.get(page)) | {"notes": NOTE} | answers


def notes_on(browser, page):
    return form_of(browser.get(page)).get("notes", "").strip()


def drafts():
    db.session.rollback()
    return db.session.scalars(sa.select(Draft).order_by(Draft.id)).all()


def saved_by_script(browser, page, sent, **more):
    """What the page sends by itself while somebody types."""
    body = {name: text for name, text in sent.items() if name != "csrf_token"}
    headers = {"X-CSRFToken": sent["csrf_token"]}
    return browser.post("/drafts", data=body | {"beacon_place": page} | more, headers=headers)


@pytest.mark.proves("V-03", "S-03")
@pytest.mark.parametrize(
    "minutes", [15.02, 600.02], ids=["after a quarter of an hour", "after ten hours"]
)
def test_what_is_sent_after_the_end_of_a_session_is_back_after_signing_in(
    desk, manager, page, minutes
):
    browser = desk(person=manager)
    sent = typed_on(browser, page)
    with clock.fixed(clock.now() + timedelta(minutes=minutes)):
        answer = browser.post(page, data=sent)
        assert answer.location.startswith("/sign-in?next=%2Fcases%2F")
        again = desk(person=manager)
        shown = again.get(page)
        assert BACK in text_of(shown)
        assert form_of(shown)["notes"].strip() == NOTE


@pytest.mark.proves("V-03")
def test_what_is_sent_after_a_session_was_ended_elsewhere_is_shown_for_copying(desk, manager, page):
    browser = desk(person=manager)
    sent = typed_on(browser, page)
    commands.end_sessions(manager, actor=TEST)
    answer = browser.post(page, data=sent)
    assert (answer.status_code, drafts()) == (401, [])
    assert NOTE in text_of(answer)


@pytest.mark.proves("V-03")
def test_nothing_is_kept_for_somebody_who_may_no_longer_sign_in(desk, manager, page):
    browser = desk(person=manager)
    sent = typed_on(browser, page)
    commands.disable(manager, reason="Left at once", actor=TEST)
    browser.post(page, data=sent)
    assert drafts() == []


@pytest.mark.proves("V-03")
def test_nothing_is_kept_for_a_stranger(client, page, desk, manager):
    client.get("/sign-in")
    answer = client.post(page, data=form_of(client.get("/sign-in")) | {"notes": NOTE})
    assert (answer.status_code, drafts()) == (302, [])


@pytest.mark.proves("V-03")
def test_what_was_typed_comes_back_to_its_author_alone_and_on_its_own_page(
    desk, manager, case, page
):
    browser = desk(person=manager)
    assert saved_by_script(browser, page, typed_on(browser, page)).status_code == 204
    leader = desk(Role.TEAM_LEADER)
    shown = leader.get(page)
    assert shown.status_code == 200
    assert BACK not in text_of(shown)
    assert NOTE not in text_of(shown)
    assert BACK not in text_of(browser.get(f"/cases/{case.reference}/close"))
    assert notes_on(browser, page) == NOTE


@pytest.mark.proves("V-03")
def test_a_draft_lies_in_the_database_sealed(desk, manager, page):
    browser = desk(person=manager)
    saved_by_script(browser, page, typed_on(browser, page))
    (draft,) = drafts()
    assert NOTE.encode() not in draft.body_sealed
    assert page not in draft.place
    assert NOTE in draft.body


@pytest.mark.proves("V-03")
def test_typing_is_work_and_keeps_the_session(desk, manager, page):
    browser = desk(person=manager)
    sent, start = typed_on(browser, page), clock.now()
    for minutes in (14, 28, 42):
        with clock.fixed(start + timedelta(minutes=minutes)):
            assert saved_by_script(browser, page, sent).status_code == 204
    with clock.fixed(start + timedelta(minutes=56)):
        assert browser.get(page).status_code == 200


@pytest.mark.proves("V-03")
def test_the_last_words_are_kept_even_after_the_end(desk, manager, page):
    browser = desk(person=manager)
    sent = typed_on(browser, page)
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        assert saved_by_script(browser, page, sent).status_code == 302
        assert notes_on(desk(person=manager), page) == NOTE


@pytest.mark.proves("V-03")
def test_a_later_word_takes_the_place_of_an_earlier_one(desk, manager, page):
    browser = desk(person=manager)
    sent = typed_on(browser, page)
    saved_by_script(browser, page, sent)
    saved_by_script(browser, page, sent, notes="Ring after six.")
    assert [draft.staff_id for draft in drafts()] == [manager.id]
    assert notes_on(browser, page) == "Ring after six."


@pytest.mark.proves("V-03")
def test_a_form_that_was_carried_out_leaves_no_draft(desk, manager, page):
    browser = desk(person=manager)
    sent = typed_on(browser, page, channel="phone", outcome="no_answer")
    saved_by_script(browser, page, sent)
    answer = browser.post(page, data=sent)
    assert (answer.status_code, drafts()) == (302, [])


@pytest.mark.proves("V-03")
def test_a_form_that_was_refused_keeps_its_draft(desk, manager, page):
    browser = desk(person=manager)
    sent = typed_on(browser, page)
    saved_by_script(browser, page, sent)
    answer = browser.post(page, data=sent | {"channel": ""})
    assert "There is a problem" in text_of(answer)
    assert notes_on(browser, page) == NOTE


@pytest.mark.proves("V-03")
def test_a_form_that_is_answered_with_a_page_leaves_no_draft(desk):
    browser = desk(Role.ADMINISTRATOR)
    page = "/admin/staff/new"
    sent = form_of(browser.get(page)) | {"name": "Jo Bloggs", "email": "jo@example.org"}
    saved_by_script(browser, page, sent)
    assert browser.post(page, data=sent).status_code == 200  # no role was chosen
    assert len(drafts()) == 1
    answer = browser.post(page, data=sent | {"roles": ["auditor"]})
    assert "/set-password/" in answer.get_data(as_text=True)
    assert drafts() == []


@pytest.mark.proves("V-03")
def test_a_draft_is_thrown_away_when_its_author_says_so(desk, manager, page):
    browser = desk(person=manager)
    saved_by_script(browser, page, typed_on(browser, page))
    thrown = next(
        form["values"]
        for form in Page(browser.get(page).get_data(as_text=True)).forms
        if set(form["values"]) == {"csrf_token", "beacon_place"}
    )
    answer = browser.post("/drafts/throw-away", data=thrown)
    assert (answer.location, drafts()) == (page, [])
    assert notes_on(browser, page) == ""


@pytest.mark.proves("V-03")
def test_a_changed_record_still_conflicts_with_what_comes_back(desk, manager, case):
    browser, page = desk(person=manager), f"/cases/{case.reference}/close"
    said = {"note": NOTE, "reason": "done", "not_assessed": "declined"}
    sent = form_of(browser.get(page)) | said
    saved_by_script(browser, page, sent)
    with transaction():
        case.version += 1
    shown = form_of(browser.get(page))
    assert (shown["note"].strip(), shown["version"]) == (NOTE, sent["version"])
    answer = browser.post(page, data=shown)
    assert answer.status_code == 200
    assert "There is a problem" in text_of(answer)
    assert "Both versions" in text_of(answer)
    assert NOTE in answer.get_data(as_text=True)


@pytest.mark.proves("V-03")
def test_an_old_draft_is_neither_shown_nor_held(desk, manager, page):
    browser = desk(person=manager)
    saved_by_script(browser, page, typed_on(browser, page))
    with clock.fixed(clock.now() + timedelta(days=14, minutes=1)):
        assert notes_on(desk(person=manager), page) == ""
        assert commands.sweep_drafts() == 1
        assert drafts() == []


@pytest.mark.proves("V-03")
@pytest.mark.parametrize(
    "place", ["/search", "/sign-in", "/stay", "/nowhere", "/", "", "/drafts", "//x", "/cases/\0"]
)
def test_only_the_words_of_a_page_with_a_form_are_kept(desk, manager, page, place):
    browser = desk(person=manager)
    answer = saved_by_script(browser, place, typed_on(browser, page))
    assert (answer.status_code, drafts()) == (400, [])


@pytest.mark.proves("V-03")
def test_the_words_of_a_search_are_not_kept_when_the_session_has_ended(desk, manager):
    browser = desk(person=manager)
    sent = form_of(browser.get("/search")) | {"words": "Robin Sample"}
    assert "data-keep" not in browser.get("/search").get_data(as_text=True)
    commands.end_sessions(manager, actor=TEST)
    browser.post("/search", data=sent)
    assert drafts() == []


@pytest.mark.proves("V-03")
def test_too_much_is_not_kept_and_its_author_is_shown_it_for_copying(desk, manager, page):
    browser = desk(person=manager)
    long = typed_on(browser, page, notes="x" * 70_000 + " and the end")
    assert saved_by_script(browser, page, long).status_code == 400
    commands.end_sessions(manager, actor=TEST)
    answer = browser.post(page, data=long)
    assert (answer.status_code, drafts()) == (401, [])
    assert "and the end" in answer.get_data(as_text=True)


@pytest.mark.proves("V-03")
def test_nobody_has_more_than_fifty_drafts(desk, manager, case):
    browser = desk(person=manager)
    sent = typed_on(browser, f"/cases/{case.reference}/contacts/new")
    for number in range(52):
        page = f"/cases/{case.reference}/milestones/{number + 1}/take-back"
        saved_by_script(browser, page, sent, notes=f"number {number}")
    kept = [draft.body for draft in drafts()]
    assert len(kept) == 50
    assert "number 2" in kept[0]
    assert "number 51" in kept[-1]


@pytest.mark.proves("V-03", "U-13")
def test_the_log_says_nothing_of_a_draft(desk, manager, page):
    from beacon.audit.models import AuditEntry

    browser = desk(person=manager)
    sent = typed_on(browser, page)
    before = db.session.scalar(sa.select(sa.func.max(AuditEntry.seq)))
    saved_by_script(browser, page, sent)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.max(AuditEntry.seq))) == before


def test_a_session_that_typing_kept_is_not_revived_once_it_is_revoked(desk, manager, page):
    browser = desk(person=manager)
    sent = typed_on(browser, page)
    commands.end_sessions(manager, actor=TEST)
    saved_by_script(browser, page, sent)
    db.session.rollback()
    assert db.session.scalars(sa.select(AuthSession.revoked_at)).all().count(None) == 0
