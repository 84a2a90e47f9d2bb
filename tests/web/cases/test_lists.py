"""The list of cases: whose, in what order, a page at a time, and what the log keeps of it."""

import json
import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel, EnhancedGround
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.pages import text_of
from tests.web.cases.conftest import MONDAY

DOMESTIC_ABUSE = [(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")]


def named(last_name, **known):
    return a_case(victim=a_victim(last_name=last_name), **known)


@pytest.mark.parametrize(
    "role",
    [Role.COURT_OFFICER, Role.PARTNER, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR],
)
def test_who_does_no_casework_may_not_open_the_list_or_search(desk, role):
    browser = desk(role, agency="Safer Homes" if role is Role.PARTNER else None)
    assert browser.get("/cases/").status_code == 403
    assert browser.get("/search").status_code == 403
    assert b"/cases/" not in browser.get("/").data


def test_a_manager_sees_their_own_cases_first_and_the_one_due_soonest_in_front(browser, manager):
    named("Later", manager=manager)
    with clock.fixed(MONDAY - timedelta(days=3)):
        named("Sooner", manager=manager)
    named("Elsewhere", manager=a_member_of_staff(team="South"))
    words = text_of(browser.get("/cases/"))
    assert words.index("Sooner") < words.index("Later")
    assert "Elsewhere" not in words


def test_a_manager_sees_the_cases_of_their_team_when_they_ask(browser, manager):
    named("Beside", manager=a_member_of_staff(team="North"))
    assert "Beside" not in text_of(browser.get("/cases/"))
    assert "Beside" in text_of(browser.get("/cases/?whose=team"))


def test_a_team_leader_finds_the_enhanced_cases_that_nobody_answers_for(leader):
    named("Alone", proposals=DOMESTIC_ABUSE)
    named("Ordinary")
    words = text_of(leader.get("/cases/?whose=enhanced-without-manager"))
    assert "Alone" in words
    assert "Ordinary" not in words


def test_only_what_is_late_and_only_what_is_closed(browser, manager):
    with clock.fixed(MONDAY - timedelta(days=30)):
        named("Forgotten", manager=manager)
    named("Intime", manager=manager)
    words = text_of(browser.get("/cases/?whose=mine&late=y"))
    assert "Forgotten" in words
    assert "Intime" not in words
    assert "No case is like that." in text_of(browser.get("/cases/?whose=mine&status=closed"))


def test_a_list_without_cases_says_where_cases_come_from(browser):
    assert "Cases come from referrals" in text_of(browser.get("/cases/"))


def test_a_filter_nobody_offered_shows_the_usual_list_and_says_so(browser, case):
    words = text_of(browser.get("/cases/?whose=everything&status=strange"))
    assert "There is a problem" in words
    assert "Amelia Hartwell" in words


def test_a_long_list_comes_a_page_at_a_time_without_a_case_twice(browser, manager):
    for number in range(55):
        named(f"Person{number:03}", manager=manager)
    first = browser.get("/cases/")
    link = first.get_data(as_text=True).split('rel="next" href="')[1].split('"')[0]
    second = browser.get(link.replace("&amp;", "&"))
    pages = [
        {word for word in text_of(page).split() if word.startswith("Person")}
        for page in (first, second)
    ]
    assert [len(names) for names in pages] == [50, 5]
    assert not pages[0] & pages[1]


def test_the_log_names_every_case_whose_name_was_shown(browser, case):
    browser.get("/cases/")
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.object_id) == ("case.listed", str(case.id))
    assert json.loads(entry.facts)["fields"] == ["people.name"]


def test_the_list_takes_as_many_statements_for_forty_cases_as_for_two(
    browser, manager, count_queries
):
    sent = []
    for more in (2, 38):
        for _ in range(more):
            a_case(manager=manager)
        count_queries.clear()
        browser.get("/cases/")
        sent.append(len(count_queries))
    assert sent[0] == sent[1]


def test_an_intake_officer_sees_every_case_and_may_not_assign(desk, case):
    browser = desk(Role.INTAKE_OFFICER)
    assert "Amelia Hartwell" in text_of(browser.get("/cases/"))
    assert browser.get(f"/cases/{case.reference}/assign").status_code == 403


def test_a_fraud_officer_sees_fraud_cases_only(desk, case):
    browser = desk(Role.FRAUD_OFFICER)
    assert "Amelia Hartwell" not in text_of(browser.get("/cases/?whose=all"))
    assert browser.get(f"/cases/{case.reference}").status_code == 404


def test_a_closed_case_is_found_under_closed(browser, case, manager):
    other = named("Finished", manager=manager)
    commands.log_contact(
        other,
        channel=Channel.PHONE,
        outcome=ContactOutcome.SPOKE,
        notes="",
        at=MONDAY,
        actor=TEST,
    )
    commands.close_case(other, note="Supported and settled.", version=other.version, actor=TEST)
    assert "Finished" in text_of(browser.get("/cases/?whose=mine&status=closed"))
    assert "Finished" not in text_of(browser.get("/cases/?whose=mine"))


@pytest.mark.proves("Z-03", "I-07")
def test_a_place_in_one_list_opens_no_other(desk):
    manager = a_member_of_staff()
    for _ in range(51):
        a_case(manager=manager)
    leader = desk(Role.TEAM_LEADER)
    link = re.search(r'rel="next" href="([^"]+)"', leader.get("/cases/?whose=all").text)
    place = parse_qs(urlsplit(unescape(link[1])).query)["from"][0]
    closed = {"whose": "all", "status": "closed"}
    for address, asked in (("/cases/", closed), ("/fraud/cases/", {}), ("/oversight/reviews", {})):
        answer = leader.get(address, query_string=asked | {"from": place})
        assert answer.status_code == 200
        assert 'rel="prev"' not in answer.text
    again = leader.get("/cases/", query_string={"whose": "all", "from": place})
    assert 'rel="prev"' in again.text
