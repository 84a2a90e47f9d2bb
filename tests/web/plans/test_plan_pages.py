"""The pages of a plan, its promises and its end, as a case manager and a leader meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.models import ContactLog
from beacon.cases.terms import CaseStatus
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.plans.models import Action, Goal, Promise
from beacon.plans.terms import PromiseState
from beacon.web.charts import ACCENT, LIGHT
from tests.factories import a_case
from tests.pages import form_of, text_of
from tests.web.cases.conftest import MONDAY

FRIDAY, SATURDAY, MONDAY_AGAIN = ["27", "11", "2026"], ["28", "11", "2026"], ["30", "11", "2026"]


def at(case, rest=""):
    return f"/cases/{case.reference}{rest}"


def one(model):
    db.session.rollback()
    return db.session.scalars(sa.select(model)).one()


@pytest.fixture
def goal(browser, case):
    browser.submit(at(case, "/plan/goals/new"), category="n1", words="To sleep at night")
    return one(Goal)


@pytest.fixture
def promise(browser, case):
    browser.submit(at(case, "/promises/new"), words="I will ring", due_on=FRIDAY)
    return one(Promise)


def test_a_goal_and_what_is_to_be_done_stand_on_the_plan_the_case_and_the_desk(browser, case, goal):
    where = at(case, f"/plan/goals/{goal.id}/actions/new")
    browser.submit(where, words="Ask the surgery", due_on=FRIDAY)
    for page in (at(case, "/plan"), at(case), "/"):
        assert "Ask the surgery" in text_of(browser.get(page))
    action = one(Action)
    done = form_of(browser.get(at(case, "/plan"))) | {"next": "/"}
    answer = browser.post(at(case, f"/plan/actions/{action.id}/done"), data=done)
    assert answer.location == "/"
    assert "Ask the surgery" not in text_of(browser.get("/"))


def test_every_change_is_read_on_the_plan_with_its_reason_and_who(browser, case, goal):
    where = at(case, f"/plan/goals/{goal.id}")
    assert "Enter why it is changed" in text_of(browser.submit(where, words="To sleep"))
    browser.submit(where, words="To sleep", reason="So she says it now.")
    words = text_of(browser.get(at(case, "/plan")))
    assert "Goal, words: To sleep at night" in words
    assert "became To sleep" in words
    assert "Priya Shah. Why: So she says it now." in words


def test_i_will_ring_by_friday_is_a_field_with_a_date_on_the_contact(browser, case):
    where = at(case, "/contacts/new")
    said = {"channel": "phone", "outcome": "spoke", "promise": "I will ring", "promise_by": FRIDAY}
    assert browser.submit(where, **said).status_code == 302
    promise, contact = one(Promise), one(ContactLog)
    assert (promise.words, promise.contact_id) == ("I will ring", contact.id)
    assert "I will ring" in text_of(browser.get("/"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"promise": "I will ring"}, "Enter the day by which you promised it"),
        ({"promise_by": FRIDAY}, "Enter what you promised"),
        ({"promise": "I will ring", "promise_by": ["20", "11", "2026"]}, "has not passed"),
    ],
)
def test_half_a_promise_is_asked_for_and_nothing_is_lost(browser, case, said, words):
    where = at(case, "/contacts/new")
    answer = browser.submit(where, channel="phone", outcome="spoke", notes="Long words", **said)
    assert words in text_of(answer)
    assert form_of(answer)["notes"] == "Long words"
    db.session.rollback()
    assert db.session.scalars(sa.select(ContactLog)).all() == []


def test_a_saturday_is_asked_about_once(browser, case):
    where = at(case, "/promises/new")
    answer = browser.submit(where, words="I will ring", due_on=SATURDAY)
    assert "weekend or a bank holiday: nobody is at work" in text_of(answer)
    sent = form_of(answer) | {"sure": "y"}
    assert browser.post(where, data=sent).status_code == 302
    assert one(Promise).due_on.isoformat() == "2026-11-28"


def test_a_promise_is_kept_with_one_press_from_the_desk(browser, case, promise):
    desk = browser.get("/")
    assert f"/promises/{promise.id}/kept" in desk.text
    token = {"csrf_token": form_of(desk)["csrf_token"], "next": "/"}
    assert browser.post(at(case, f"/promises/{promise.id}/kept"), data=token).location == "/"
    assert one(Promise).state is PromiseState.KEPT


def test_broken_asks_for_its_reason_by_the_box(browser, case, promise):
    where = at(case, f"/promises/{promise.id}")
    answer = browser.submit(where, state="broken")
    assert "Enter the reason" in text_of(answer)
    browser.submit(where, state="broken", reason="I was ill.")
    assert "Broken" in text_of(browser.get(at(case, "/plan")))


def test_the_leader_sees_broken_promises_on_the_desk_and_in_the_report(case, promise, leader, desk):
    assert "Promises of your team" not in text_of(leader.get("/"))
    with clock.fixed(MONDAY + timedelta(days=7)):
        leader = desk(Role.TEAM_LEADER)
        words = text_of(leader.get("/"))
        assert "Promises of your team, due or broken" in words
        assert "3 days late" in words
        report = text_of(leader.get("/promises/"))
        assert "November 2026 North 1 0 0 1 0 0" in report
        assert "Nobody has said" in report
        file = leader.get("/promises/promises.csv").get_data(as_text=True)
        assert "2026-11,North,1,0,0,1,0,0" in file
        assert "Hartwell" not in file
        drawing = leader.get("/promises/chart.svg")
        assert drawing.mimetype == "image/svg+xml"
        assert "Nov 2026" in drawing.text


def test_a_case_manager_has_no_report(browser, case):
    assert browser.get("/promises/").status_code == 403


def test_a_plan_is_sent_and_approved_where_the_setting_asks_for_it(browser, leader, case, goal):
    assert "approval" not in text_of(browser.get(at(case, "/plan")))
    with transaction() as session:
        session.add(Setting(name="plans.approval", text="yes"))
    page = browser.get(at(case, "/plan"))
    assert "Not yet sent for approval" in text_of(page)
    token = {"csrf_token": form_of(page)["csrf_token"]}
    browser.post(at(case, "/plan/submit"), data=token)
    assert "Plans to approve" in text_of(leader.get("/"))
    assert browser.get(at(case, "/plan/decide")).status_code == 403
    leader.submit(at(case, "/plan/decide"), approved="no", words="Add a date.")
    assert "Sent back. Add a date." in text_of(browser.get(at(case, "/plan")))


def test_the_safety_plan_is_left_out_of_print(browser, case):
    browser.submit(at(case, "/plan/safety"), steps="Go to the neighbour")
    html = browser.get(at(case, "/plan")).text
    before = html[: html.index("Go to the neighbour")]
    assert before.rindex("beacon-unprinted") > before.rindex("</section>")
    form = browser.get(at(case, "/plan/safety")).text
    assert form.index("beacon-unprinted") < form.index("Go to the neighbour")


def test_a_case_is_closed_with_each_goal_and_outcome_answered(browser, manager):
    case = a_case(manager=manager)
    browser.submit(at(case, "/contacts/new"), channel="phone", outcome="spoke")
    browser.submit(at(case, "/plan/goals/new"), category="n1", words="To sleep at night")
    goal = one(Goal)
    where = at(case, "/close")
    said = {"reason": "done", "note": "She is well.", "safety": "yes", "not_assessed": "declined"}
    answer = browser.submit(where, **said)
    assert "Say of each goal how far it was reached" in text_of(answer)
    sent = form_of(answer) | {f"goal{goal.id}": "reached", f"goal{goal.id}_words": "Six hours."}
    assert browser.post(where, data=sent).status_code == 302
    words = text_of(browser.get(at(case, "/plan")))
    for line in (
        "What was planned is done. She is well.",
        "Increased feelings of safety: yes",
        "Improved health and wellbeing: not asked",
        "Mental and physical health: reached. Six hours.",
    ):
        assert line in words
    browser.submit(at(case, "/reopen"), note="She rang.")
    assert "Opened again since" in text_of(browser.get(at(case, "/plan")))
    assert "She is well." in text_of(browser.get(at(case, "/plan")))


def test_an_open_promise_is_answered_before_the_case_is_closed(browser, case, promise):
    page = browser.get(at(case, "/close"))
    assert "Promised: I will ring" in text_of(page)
    assert at(case, f"/promises/{promise.id}") in page.text
    answer = browser.submit(at(case, "/close"), note="x", reason="done", not_assessed="declined")
    assert answer.status_code == 200
    assert case.status is not CaseStatus.CLOSED


def test_how_far_they_have_come_is_drawn_with_its_table(browser, case):
    scores = {f"n{number}": "4" for number in range(1, 9)}
    browser.submit(at(case, "/needs/new"), **scores)
    assert "How far they have come" not in text_of(browser.get(at(case)))
    later = scores | {"n1": "2", "n2": "declined", "n3": "not_discussed"}
    browser.submit(at(case, "/needs/new"), stage="review", **later)
    words = text_of(browser.get(at(case)))
    assert "How far they have come" in words
    assert "Shelter and accommodation 4 Declined" in words
    assert "Family, friends and children 4 Not discussed" in words
    drawing = browser.get(at(case, "/needs/distance.svg"))
    assert drawing.mimetype == "image/svg+xml"
    lighter, darker = (drawing.text.count(f'fill="{tone}"') for tone in (LIGHT, ACCENT))
    assert (lighter, darker) == (8, 6)  # the two that have no score have no bar


def test_needs_at_the_close_are_asked_for_on_the_page_that_closes(browser, case):
    page = browser.get(at(case, "/close"))
    link = at(case, "/needs/new?stage=close")
    assert link in page.text
    assert form_of(browser.get(link))["stage"] == "close"


def test_what_helps_them_stands_beside_how_they_may_be_reached(browser, case):
    where = f"/people/{case.victim_id}/communication"
    browser.submit(where, language="Polish", needs=["large_print", "easy_read"], words="Slowly")
    for page in (at(case), at(case, "/plan"), at(case, "/contacts/new")):
        words = text_of(browser.get(page))
        assert "What helps: Large print, Easy Read. Slowly." in words
        assert "Language: Polish." in words


def test_what_was_looked_at_is_written_down(browser, case, goal):
    browser.get(at(case, "/plan"))
    db.session.rollback()
    query = sa.select(AuditEntry.facts).where(AuditEntry.action == "plan.shown")
    assert "safety plan" in str(db.session.scalars(query).first())


def test_the_plan_is_read_in_as_many_statements_however_long_it_is(
    browser, case, goal, count_queries
):
    sent = []
    for lines in (1, 12):
        with transaction() as session:
            for number in range(lines):
                row = Action(
                    case_id=case.id,
                    goal_id=goal.id,
                    due_on=MONDAY.date(),
                    by_name="A test",
                )
                row.words = f"To do {number}"
                session.add(row)
        count_queries.clear()
        browser.get(at(case, "/plan"))
        sent.append(len(count_queries))
    assert sent[0] == sent[1]


def test_an_intake_officer_sees_no_plan(desk, case, goal):
    officer = desk(Role.INTAKE_OFFICER)
    assert officer.get(at(case, "/plan")).status_code == 403
    assert "To sleep at night" not in text_of(officer.get(at(case)))
