"""The caller on the line, messages, the pass-phrase and the contact round, as pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.calls import commands
from beacon.calls.models import CallMessage, PassPhrase
from beacon.calls.terms import Proof, RingBack
from beacon.cases import commands as cases
from beacon.cases.models import CaseTask, ContactLog
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.pages import form_of, text_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = ["23", "11", "2026"]


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday):
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")


@pytest.fixture
def browser(desk, monday):
    return desk(Role.CASE_MANAGER, name="Cal League")


@pytest.fixture
def case(manager):
    victim = a_victim(
        first_name="Amelia",
        last_name="Hartwell",
        mobile="07700 900123",
        safe="yes",
        safe_notes="Ring after six.",
    )
    return a_case(victim=victim, manager=manager)


def sent(browser, address, page=None, **answers):
    """The form of a page, sent with these answers."""
    first = browser.get(page or address)
    token = form_of(first)["csrf_token"]
    return browser.post(address, data={"csrf_token": token, **answers})


def set_phrase(case, browser):
    return sent(
        browser, f"/cases/{case.reference}/pass-phrase",
        version="0", phrase="Three brown owls", hint="Birds",
    )  # fmt: skip


def test_a_pass_phrase_is_set_on_the_case_and_never_shown(browser, case):
    answer = set_phrase(case, browser)
    assert answer.headers["Location"].endswith(f"{case.reference}#calls")
    page = browser.get(f"/cases/{case.reference}")
    assert "Pass-phrase set" in text_of(page)
    form = browser.get(f"/cases/{case.reference}/pass-phrase").get_data(as_text=True)
    assert "owls" not in page.get_data(as_text=True) + form


def test_a_pass_phrase_that_is_weak_is_refused_by_its_box(browser, case):
    answer = sent(
        browser, f"/cases/{case.reference}/pass-phrase", version="0", phrase="owl", hint="Bird"
    )
    assert "Choose a pass-phrase of 6 letters or more" in text_of(answer)
    assert db.session.scalars(sa.select(PassPhrase)).all() == []


def test_a_pass_phrase_of_an_older_page_is_not_kept(browser, case):
    set_phrase(case, browser)
    answer = sent(
        browser, f"/cases/{case.reference}/pass-phrase", version="0", phrase="green geese", hint="x"
    )
    assert "Somebody else has set this pass-phrase" in text_of(answer)


def test_a_pass_phrase_is_taken_away(browser, case):
    set_phrase(case, browser)
    page = f"/cases/{case.reference}/pass-phrase"
    answer = sent(browser, f"{page}/remove", page=page, version="1")
    assert answer.status_code == 302
    assert "No pass-phrase" in text_of(browser.get(f"/cases/{case.reference}"))


def test_a_caller_is_found_known_and_logged_in_one_step(browser, case):
    set_phrase(case, browser)
    found = sent(browser, "/calls/", words="Hartwell")
    assert f'href="/calls/{case.reference}"' in found.get_data(as_text=True)
    line = f"/calls/{case.reference}"
    page = browser.get(line)
    assert "Say nothing of them" in text_of(page)
    assert "Hint: Birds" in text_of(page)
    assert "Log the call" not in text_of(page)
    wrong = sent(browser, f"{line}/check", page=line, said="two geese")
    assert wrong.headers["Location"].endswith(line)
    shown = browser.get(line)
    assert "That is not right" in text_of(shown)
    assert "geese" not in shown.get_data(as_text=True)
    sent(browser, f"{line}/check", page=line, said="three brown OWLS")
    known = browser.get(line)
    assert "Known: pass-phrase" in text_of(known)
    assert sent(browser, f"{line}/log", page=line, notes="Asked for the date").status_code == 302
    logged = db.session.scalars(sa.select(ContactLog)).one()
    assert "Asked for the date" in logged.notes


def test_after_three_wrong_answers_the_page_asks_no_more(browser, case):
    set_phrase(case, browser)
    line = f"/calls/{case.reference}"
    for said in ("one", "two", "three"):
        sent(browser, f"{line}/check", page=line, said=said)
    page = browser.get(line)
    assert "Locked until tomorrow" in text_of(page)
    assert 'name="said"' not in page.get_data(as_text=True)
    again = sent(browser, f"{line}/check", page=line, said="three brown owls")
    assert "until tomorrow" in text_of(again)


def test_two_facts_are_asked_where_there_is_no_pass_phrase(browser, case):
    line = f"/calls/{case.reference}"
    assert "Their crime reference" in text_of(browser.get(line))
    sent(
        browser, f"{line}/check", page=line,
        crime_reference=case.crime.reference, born="1 5 1980",
    )  # fmt: skip
    assert "Known: two facts, a weaker check" in text_of(browser.get(line))


def test_a_message_is_left_on_the_line_and_dealt_with_by_the_manager(browser, case, desk, manager):
    line = f"/calls/{case.reference}"
    answer = sent(
        browser, f"{line}/message", page=line,
        words="When is the hearing?", ring_on=DAY, hours="after two", way="phone",
    )  # fmt: skip
    assert answer.status_code == 302
    own = desk(person=manager)
    assert "Messages of callers 1" in text_of(own.get("/"))
    message = db.session.scalars(sa.select(CallMessage)).one()
    assert "Amelia Hartwell" in text_of(own.get("/calls/messages/"))
    page = own.get(f"/calls/messages/{message.id}")
    assert "Not checked: it may be somebody else" in text_of(page)
    assert browser.get(f"/calls/messages/{message.id}").status_code == 404
    done = sent(own, f"/calls/messages/{message.id}/done", page=f"/calls/messages/{message.id}")
    assert done.status_code == 302
    assert "No caller waits" in text_of(own.get("/calls/messages/"))


def test_a_message_is_a_link_for_whom_it_is_alone(browser, case, desk, manager):
    left = commands.Left(words="x", ring_on=MONDAY.date(), hours="", way=RingBack.THEY_RING)
    message = commands.leave_message(case, left, proof=Proof.NONE, actor=an_actor(manager))
    address = f"/calls/messages/{message.id}"
    pages = (f"/calls/{case.reference}", f"/cases/{case.reference}")
    assert browser.get(address).status_code == 404
    for page in pages:
        theirs = browser.get(page)
        assert RingBack.THEY_RING.label in text_of(theirs)  # that a message waits is seen
        assert address not in theirs.text
        assert address in desk(person=manager).get(page).text


def test_what_was_typed_is_still_there_where_the_way_is_not_safe(browser, case):
    line = f"/calls/{case.reference}"
    answer = sent(
        browser, f"{line}/message", page=line,
        words="When is the hearing?", ring_on=DAY, hours="", way="text",
    )  # fmt: skip
    assert "That way is not safe" in text_of(answer)
    assert "When is the hearing?" in answer.get_data(as_text=True)


def test_the_page_of_nobody_says_the_same_whether_there_is_a_case_or_not(desk, case):
    stranger = desk(Role.CASE_MANAGER, team="South")
    assert stranger.get(f"/calls/{case.reference}").status_code == 404
    said = []
    for name in ("Amelia Hartwell", "Nora Newcomer"):
        answer = sent(
            stranger, "/calls/message",
            name=name, born="1 5 1980", words="Ring me", way="phone", number="07700 900321",
            ring_on=DAY,
        )  # fmt: skip
        said.append((answer.status_code, answer.headers["Location"]))
        said.append(text_of(stranger.get("/calls/")))
    assert said[:2] == said[2:]
    assert "somebody will ring them back" in said[1]


def test_the_number_that_a_caller_gave_is_shown_on_a_press_and_written_down(desk):
    intake = desk(Role.INTAKE_OFFICER)
    sent(
        intake, "/calls/message",
        name="Nora Newcomer", words="Ring me", way="phone", number="07700 900321", ring_on=DAY,
    )  # fmt: skip
    message = db.session.scalars(sa.select(CallMessage)).one()
    page = f"/calls/messages/{message.id}"
    assert "900321" not in intake.get(page).get_data(as_text=True).replace(" ", "")
    shown = sent(intake, f"{page}/number", page=page)
    assert "07700 900321" in text_of(shown)
    rows = db.session.scalars(sa.select(AuditEntry.action)).all()
    assert "call_message.number_shown" in rows


def rows_of(page):
    return re.findall(r'name="seen_([0-9]+)"', page.get_data(as_text=True))


def test_twelve_attempts_are_logged_from_one_page(desk, manager):
    for _ in range(13):
        a_case(victim=a_victim(safe="yes"), manager=manager)
    own = desk(person=manager)
    page = own.get("/calls/round")
    ids = rows_of(page)
    assert len(ids) == 12
    answers = form_of(page)
    for number in ids:
        answers |= {f"outcome_{number}": "no_answer", f"again_{number}": ["24", "11", "2026"]}
    assert own.post("/calls/round", data=answers).status_code == 302
    assert "12 attempts are logged" in text_of(own.get("/calls/round"))
    assert len(db.session.scalars(sa.select(ContactLog)).all()) == 12
    assert len(db.session.scalars(sa.select(CaseTask).filter_by(kind="ring_again")).all()) == 12


def test_the_round_says_how_each_would_rather_be_reached(desk, manager):
    for wish in ("none", "post"):
        a_case(victim=a_victim(safe="yes", preferred=wish), manager=manager)
    said = text_of(desk(person=manager).get("/calls/round"))
    assert "No contact They would rather have no contact. Before you ring" in said
    assert said.count("Would rather have") == 1
    assert "Would rather have: letter." in said


def test_the_round_says_in_which_language_each_is_rung(desk, manager):
    a_case(victim=a_victim(safe="yes", language="Polish", interpreter="Polish"), manager=manager)
    a_case(victim=a_victim(safe="yes"), manager=manager)
    said = text_of(desk(person=manager).get("/calls/round"))
    assert said.count("Language: Polish. Interpreter: Polish.") == 1
    assert said.count("Interpreter") == 1


def test_a_mistake_in_one_row_keeps_none_of_the_others_back(desk, manager, case):
    others = [a_case(victim=a_victim(safe="yes"), manager=manager) for _ in range(2)]
    own = desk(person=manager)
    page = own.get("/calls/round")
    answers = form_of(page)
    cases.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.NO_ANSWER, notes="", at=MONDAY,
        actor=TEST,
    )  # fmt: skip
    good, bad = others
    answers |= {
        f"outcome_{case.id}": "spoke", f"notes_{case.id}": "They asked for a screen",
        f"outcome_{good.id}": "no_answer",
        f"notes_{bad.id}": "Rang out twice",
    }  # fmt: skip
    answer = own.post("/calls/round", data=answers)
    shown = text_of(answer)
    assert "1 attempt is logged" in shown
    assert "Amelia Hartwell: Somebody else has logged a contact" in shown
    assert "Choose what came of the call to" in shown
    html = answer.get_data(as_text=True)
    assert "They asked for a screen" in html
    assert "Rang out twice" in html
    assert rows_of(answer) == [str(case.id), str(bad.id)]
    again = form_of(answer)
    again[f"outcome_{bad.id}"] = "no_answer"
    assert own.post("/calls/round", data=again).status_code == 302
    logged = db.session.scalars(sa.select(ContactLog.case_id).order_by(ContactLog.id)).all()
    assert logged == [case.id, good.id, case.id, bad.id]


def test_a_page_that_is_sent_twice_logs_an_attempt_once(desk, manager, case):
    own = desk(person=manager)
    answers = form_of(own.get("/calls/round")) | {f"outcome_{case.id}": "no_answer"}
    own.post("/calls/round", data=answers)
    with clock.fixed(MONDAY + timedelta(minutes=1)):
        own.post("/calls/round", data=answers)
    assert len(db.session.scalars(sa.select(ContactLog)).all()) == 1


def test_a_round_shows_the_rule_and_no_number(desk, manager, case):
    page = desk(person=manager).get("/calls/round")
    assert "Ring after six." in text_of(page)
    assert "900123" not in page.get_data(as_text=True).replace(" ", "")


def test_a_row_of_a_case_out_of_sight_is_left_out(browser, case, desk):
    stranger = desk(Role.CASE_MANAGER, team="South")
    token = form_of(stranger.get("/calls/message"))["csrf_token"]
    answers = {"csrf_token": token, f"seen_{case.id}": "0", f"outcome_{case.id}": "spoke"}
    stranger.post("/calls/round", data=answers)
    assert db.session.scalars(sa.select(ContactLog)).all() == []


def test_a_case_with_a_message_is_not_closed_before_it_is_dealt_with(desk, manager, case):
    left = commands.Left(words="x", ring_on=MONDAY.date(), hours="", way=RingBack.THEY_RING)
    commands.leave_message(case, left, proof=Proof.NONE, actor=an_actor(manager))
    page = desk(person=manager).get(f"/cases/{case.reference}/close")
    assert "A caller's message that nobody has answered" in text_of(page)


def test_a_leader_answers_the_message_that_keeps_a_case_open(desk, manager, case):
    left = commands.Left(words="x", ring_on=MONDAY.date(), hours="", way=RingBack.THEY_RING)
    message = commands.leave_message(case, left, proof=Proof.NONE, actor=an_actor(manager))
    leader, address = desk(Role.TEAM_LEADER, name="Lee Able"), f"/calls/messages/{message.id}"
    closing = f"/cases/{case.reference}/close"
    assert f'href="{address}"' in leader.get(closing).text
    assert "Messages of callers" not in text_of(leader.get("/"))
    assert leader.get(address).status_code == 200
    assert sent(leader, f"{address}/done", page=address).status_code == 302
    assert "A caller's message" not in text_of(leader.get(closing))
