"""The desk: each of the nine roles sees its own work, and no link that would turn it away."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands
from beacon.cases.terms import ReminderKind, TaskKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.desk.queries import Tile
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import EnhancedGround, Milestone
from beacon.partners.models import PartnerReferral
from beacon.partners.terms import ReferralState
from beacon.people import commands as people
from beacon.people.models import SafeContact
from beacon.people.terms import Fact
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.pages import form_of, text_of

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PROPOSED = [(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")]
SEEN_BY = {
    Role.INTAKE_OFFICER: "referrals waiting for a decision",
    Role.CASE_MANAGER: "late: tell them now",
    Role.TEAM_LEADER: "without a case manager",
    Role.FRAUD_OFFICER: "claims waiting for a reply",
    Role.COURT_OFFICER: "texts that need a person",
    Role.PARTNER: "referrals of yours that wait",
    Role.ANALYST: "cases opened in four weeks",
    Role.AUDITOR: "rows in the log",
    Role.ADMINISTRATOR: "people who may sign in",
}
LINK = re.compile(r"<main.*</main>", re.DOTALL)
HREF = re.compile(r'href="(/[^"#]*)"')


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday):
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")


def signed_in(desk, role):
    return desk(role, agency="Safer Homes" if role is Role.PARTNER else None)


def a_county(manager):
    """Something of everything for somebody to do."""
    early = MONDAY - timedelta(days=10)
    with clock.fixed(early):
        told_late = a_case(victim=a_victim(last_name="Late", safe="no"), manager=manager)
        commands.record_milestone(told_late.crime, kind=Milestone.ARRESTED, at=early, actor=TEST)
        commands.record_milestone(told_late.crime, kind=Milestone.SENTENCED, at=early, actor=TEST)
        a_case(victim=a_victim(last_name="Nobodys"), proposals=PROPOSED)
    commands.add_task(
        told_late.id,
        kind=TaskKind.SAFEGUARDING_NUMBER,
        about="hearing:1",
        due_on=MONDAY.date(),
        actor=TEST,
    )
    return told_late


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_something_useful(desk, manager, role):
    a_county(manager)
    answer = signed_in(desk, role).get("/")
    assert answer.status_code == 200
    assert SEEN_BY[role] in text_of(answer)


@pytest.mark.parametrize("role", list(Role))
def test_no_link_on_a_desk_turns_its_owner_away(desk, manager, role):
    a_county(manager)
    browser = signed_in(desk, role)
    main = LINK.search(browser.get("/").get_data(as_text=True)).group()
    for address in set(HREF.findall(main)):
        assert browser.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_manager_is_shown_whom_to_tell_what_by_when_and_how_safely(desk, manager):
    case = a_county(manager)
    words = text_of(desk(person=manager).get("/"))
    assert "Fri 20 Nov 3 days late" in words
    assert "Told that a suspect was arrested" in words
    assert "Alex Late" in words
    assert "Not safe" in words
    assert "Ask Witness Care" in words
    assert words.index("Safeguarding") > words.index("Whom to tell")
    assert case.reference in words


def test_a_caution_on_a_linked_record_is_heeded_on_the_desk(desk, manager):
    here, there = a_victim(last_name="Linked", safe="yes"), a_victim(last_name="Linked", safe="no")
    a_case(victim=here, manager=manager)
    said = db.session.scalars(sa.select(SafeContact).where(SafeContact.victim_id == there.id)).one()
    with transaction():
        said.confirmed_at = MONDAY
    people.link(here, there, facts=[Fact.NAME, Fact.BORN], actor=TEST)
    assert "Not safe" in text_of(desk(person=manager).get("/"))


def test_a_manager_without_anything_to_do_is_told_so(desk):
    words = text_of(desk(Role.CASE_MANAGER).get("/"))
    assert "Nobody has to be told anything in the next seven days." in words


def test_a_reminder_stands_on_the_desk_of_its_manager_only(desk, manager):
    case = a_case(manager=manager)
    commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    duty = db.session.scalars(sa.select(Duty).where(Duty.rule == "R6_ARREST")).one()
    commands.remind_manager(duty.id, kind=ReminderKind.DAY_BEFORE, actor=TEST)
    assert "Due next working day" in text_of(desk(person=manager).get("/"))
    assert "Due next working day" not in text_of(desk(Role.CASE_MANAGER).get("/"))


@pytest.mark.parametrize(
    ("days", "kind", "words"),
    [
        (4, ReminderKind.DAY_BEFORE, "Due next working day"),
        (6, ReminderKind.DAY_BEFORE, "Tomorrow"),
        (7, ReminderKind.ON_THE_DAY, "Today"),
        (8, ReminderKind.LATE, "1 day late"),
    ],
)
def test_a_reminder_says_how_near_it_is(desk, manager, days, kind, words):
    case = a_case(manager=manager)
    commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    duty = db.session.scalars(sa.select(Duty).where(Duty.rule == "R6_ARREST")).one()
    commands.remind_manager(duty.id, kind=kind, actor=TEST)
    with clock.fixed(MONDAY + timedelta(days=days)):
        page = text_of(desk(person=manager).get("/"))
    here = page[page.rindex("Reminders") :]
    assert ("Mon 30 Nov" in here, "Seen" in here) == (True, True)
    assert words in here


def test_what_stayed_late_or_has_nobody_stands_on_the_leaders_desk_until_it_is_seen(desk, manager):
    leader = a_member_of_staff(Role.TEAM_LEADER, name="Lee Able")
    late, nobodys = a_case(manager=manager), a_case()
    for case, kind in ((late, ReminderKind.ESCALATED), (nobodys, ReminderKind.NOBODYS)):
        commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
        duty = next(duty for duty in case.duties if duty.rule == "R6_ARREST")
        commands.remind_leader(duty.id, kind=kind, leader_id=leader.id, actor=TEST)
    with clock.fixed(MONDAY + timedelta(days=9)):
        browser = desk(person=leader)
        answer = browser.get("/")
        token = {"csrf_token": form_of(answer)["csrf_token"]}
        page = text_of(answer)
        here = page[page.rindex("Late in your team, or with nobody") :]
        assert "Case manager: Priya Shah" in here
        assert "2 days late" in here
        assert "Nobody has this case" in here
        assert f"/cases/{nobodys.reference}/assign" in answer.get_data(as_text=True)
        assert "Late in your team, or with nobody" not in text_of(desk(person=manager).get("/"))
        for case in (late, nobodys):
            duty = next(duty for duty in case.duties if duty.rule == "R6_ARREST")
            seen = f"/cases/{case.reference}/duties/{duty.id}/seen"
            assert browser.post(seen, data=token).status_code == 302
        page = text_of(browser.get("/"))
    assert "Late in your team, or with nobody" not in page


def test_a_leader_is_led_from_the_alert_to_the_assigning_of_the_case(desk, manager):
    a_county(manager)
    html = desk(Role.TEAM_LEADER).get("/").get_data(as_text=True)
    assert "1 enhanced victim without a case manager" in html
    assert "/assign" in html
    assert "Priya Shah" in html


def test_nobody_who_does_no_casework_sees_a_name_of_a_victim(desk, manager):
    a_county(manager)
    for role in (Role.COURT_OFFICER, Role.PARTNER, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR):
        words = text_of(signed_in(desk, role).get("/"))
        assert "Late" not in words
        assert "Nobodys" not in words


def test_an_analyst_sees_no_total_under_five(desk, manager):
    for _ in range(4):
        a_case(manager=manager)
    words = text_of(desk(Role.ANALYST).get("/"))
    assert "Under 5 cases that are not closed" in words
    a_case(manager=manager)
    assert "5 cases that are not closed" in text_of(desk(Role.ANALYST).get("/"))


def test_a_person_with_two_roles_sees_both(desk):
    words = text_of(desk(Role.TEAM_LEADER, Role.COURT_OFFICER).get("/"))
    assert SEEN_BY[Role.TEAM_LEADER] in words
    assert SEEN_BY[Role.COURT_OFFICER] in words


def test_whose_names_were_on_a_desk_is_written_down(desk, manager):
    case = a_county(manager)
    desk(person=manager).get("/")
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.object_id) == ("desk.shown", str(case.id))


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.TEAM_LEADER, Role.INTAKE_OFFICER])
def test_a_desk_takes_as_many_statements_for_a_hundred_cases_as_for_four(
    desk, manager, role, count_queries
):
    browser = desk(person=manager) if role is Role.CASE_MANAGER else desk(role)
    sent = []
    for more in (4, 8, 88):
        for number in range(more):
            mine = a_case(manager=manager if number % 2 == 0 else None, proposals=PROPOSED)
            if number < 10:
                commands.record_milestone(
                    mine.crime, kind=Milestone.SENTENCED, at=MONDAY, actor=TEST
                )
        count_queries.clear()
        assert browser.get("/").status_code == 200
        sent.append(len(count_queries))
    assert sent[0] == sent[1] == sent[2]
    assert sent[0] <= 20


def test_nobody_sees_a_desk_before_signing_in(client):
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (302, "/sign-in")


TILE = re.compile(r'<a class="beacon-tile__link" href="([^"]+)">(.*?)</a>', re.DOTALL)


def tiles_of(browser):
    """Of each tile that opens a list: its number and words, and the address of the list."""
    found = TILE.findall(browser.get("/").text)
    return {
        " ".join(re.sub(r"<[^>]+>", " ", said).split()): address.replace("&amp;", "&")
        for address, said in found
    }


def rows_behind(browser, words):
    (address,) = [one for said, one in tiles_of(browser).items() if said == words]
    return browser.get(address).text.count('data-label="Tell by"')


def test_a_number_of_what_is_late_is_that_of_the_rows_behind_it(desk, manager):
    a_county(manager)
    own, leader = desk(person=manager), desk(Role.TEAM_LEADER)
    assert rows_behind(own, "1 case with something late: tell them now") == 1
    assert re.search(r"late: tell them now [2-9] things to tell", text_of(own.get("/")))
    assert rows_behind(leader, "2 cases with something late in your team") == 2
    assert re.search(r"late in your team [3-9] things to tell", text_of(leader.get("/")))
    assert "Cases with something late" in text_of(leader.get("/"))


def test_the_first_contacts_open_a_list_of_themselves(desk, manager):
    a_county(manager)
    a_case(victim=a_victim(last_name="Fresh"))
    officer = desk(Role.INTAKE_OFFICER, team=None)
    assert rows_behind(officer, "2 first contacts due or late") == 2
    address = tiles_of(officer)["2 first contacts due or late"]
    page = officer.get(address)
    assert "Fresh" not in text_of(page)
    assert "Keep this filter" not in text_of(page)
    assert "Fresh" in text_of(officer.get("/cases/"))


def test_all_enhanced_victims_without_a_manager_are_a_list_of_them(desk, manager):
    for _ in range(7):
        a_case(proposals=PROPOSED)
    a_case(victim=a_victim(last_name="Standard"))
    leader = desk(Role.TEAM_LEADER)
    href = re.search(r'href="([^"]+)">All 7 enhanced victims', leader.get("/").text).group(1)
    page = leader.get(href)
    assert page.text.count('data-label="Tell by"') == 7
    assert "Standard" not in text_of(page)


def asked_of(agency, due_on, state=ReferralState.SENT):
    with transaction() as session:
        session.add(
            PartnerReferral(
                case_id=a_case().id,
                agency=agency,
                state=state,
                sent_at=MONDAY,
                reply_due_on=due_on,
                expires_on=MONDAY.date() + timedelta(days=60),
            )
        )


def test_an_agency_sees_first_what_waits_for_its_answer(desk, monday):
    browser = desk(Role.PARTNER, agency="Safer Homes")
    assert tiles_of(browser) == {"0 referrals to you wait for an answer": "/our-referrals/"}
    asked_of("Safer Homes", MONDAY.date() + timedelta(days=9))
    asked_of("Other Homes", MONDAY.date())
    asked_of("Safer Homes", MONDAY.date(), ReferralState.ACCEPTED)
    said = "1 referral to you waits for an answer (by Wed 2 Dec)"
    assert tiles_of(browser) == {said: "/our-referrals/"}
    assert text_of(browser.get("/")).index(said) < text_of(browser.get("/")).index("of yours")
    assert "beacon-tile--red" not in browser.get("/").text
    asked_of("Safer Homes", MONDAY.date() - timedelta(days=3), ReferralState.NO_REPLY)
    said = "2 referrals to you wait for an answer (the first by Fri 20 Nov)"
    assert said in tiles_of(browser)
    assert "beacon-tile--red" in browser.get("/").text


def test_one_of_something_is_said_as_one():
    tile = Tile(number=1, words="cases of yours", one="case of yours")
    assert tile.said == "case of yours"
    assert [replace(tile, number=number).said for number in (0, 2)] == ["cases of yours"] * 2
    assert Tile(number=1, words="to tell today").said == "to tell today"
