"""The page of a victim's Rights: plain words, limits, how sure we are, and how the case stands."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.codes import CODES
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import RIGHTS, Channel, DutyState, EnhancedGround, Milestone
from tests.factories import TEST, a_case, a_crime, an_actor
from tests.pages import Page, text_of
from tests.web.cases.conftest import MONDAY

DOMESTIC_ABUSE = [(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")]


def page_of(browser, case):
    return browser.get(f"/cases/{case.reference}/rights")


def part(answer, number):
    """The words of one Right on the page."""
    html = answer.get_data(as_text=True)
    section = html.split(f'aria-labelledby="right-{number}"')[1].split("</section>")[0]
    return " ".join(" ".join(Page(f"<section {section}").text).split())


def duty_of(case, rule):
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == rule)
    return db.session.scalars(query).one()


def test_all_twelve_rights_are_there_in_plain_words(browser, case):
    page = text_of(page_of(browser, case))
    assert [right.number for right in RIGHTS] == list(range(1, 13))
    for right in RIGHTS:
        assert f"Right {right.number}. {right.name}" in page
        assert right.words in page


def test_every_row_of_the_code_in_force_stands_under_its_right(browser, case):
    answer = page_of(browser, case)
    for rule in CODES[max(CODES)].rules.values():
        assert rule.title in part(answer, rule.right)


def test_the_limit_is_that_of_this_victim(browser, manager, case):
    enhanced = a_case(manager=manager, proposals=DOMESTIC_ABUSE)
    assert "Told that a suspect was arrested Police 5 working days" in part(
        page_of(browser, case), 6
    )
    assert "Told that a suspect was arrested Police 1 working day" in part(
        page_of(browser, enhanced), 6
    )


def test_a_row_that_nobody_has_checked_says_so(browser, case):
    words = part(page_of(browser, case), 11)
    assert "Unverified Doubtful: to be checked before it is relied on" in words
    assert "20 working days was the limit of the 2015 Code" in words


def test_a_right_says_what_is_open_late_met_and_set_aside(browser, case):
    for kind in (Milestone.BAILED, Milestone.INTERVIEWED_UNDER_CAUTION, Milestone.NOT_CHARGED):
        commands.record_milestone(case.crime, kind=kind, at=MONDAY, actor=TEST)
    told = {"at": MONDAY, "channel": Channel.PHONE, "actor": TEST}
    commands.tell_victim(case, duty_of(case, "R6_BAIL"), **told)
    commands.set_duty_aside(
        case,
        duty_of(case, "R6_IUC"),
        state=DutyState.DECLINED,
        reason="Wants to hear of charges only.",
        actor=TEST,
    )
    with clock.fixed(MONDAY + timedelta(days=8)):
        commands.tell_victim(
            case,
            duty_of(case, "R6_NOCHARGE"),
            **told | {"at": MONDAY + timedelta(days=8)},
            late_because="They were away.",
            recovery="Somebody stands in.",
        )
    words = part(page_of(browser, case), 6)
    assert "To do" in words
    assert "Told in time 23 November 2026" in words
    assert "Told late 1 December 2026" in words
    assert "Wants to hear of charges only." in words
    line = queries.rights_page(an_actor_of(case), case.reference).rights[5]
    assert (line.standing.to_do, line.standing.met) == (1, 1)
    assert (line.standing.met_late, line.standing.aside, line.standing.late) == (1, 1, 0)


def an_actor_of(case):
    return an_actor(case.manager)


def test_a_duty_whose_day_has_passed_is_late(browser, case):
    with clock.fixed(MONDAY + timedelta(days=8)):
        assert queries.rights_page(an_actor_of(case), case.reference).rights[5].standing.late == 1


def test_a_right_with_nothing_yet_says_so(browser, case):
    assert "No duty under this Right has been opened" in part(page_of(browser, case), 12)


def test_our_own_standard_stands_beside_the_code(browser, case):
    page = text_of(page_of(browser, case))
    assert page.index("Beside the Code") < page.index("First attempt to reach the victim")


def test_a_duty_of_the_earlier_code_is_shown_as_of_that_code(browser, manager):
    before = datetime(2021, 3, 29, 9, 0, tzinfo=UTC)
    crime = a_crime(recorded_at=before - timedelta(days=1))
    case = a_case(manager=manager, crime=crime)
    with clock.fixed(before):
        commands.record_milestone(crime, kind=Milestone.ARRESTED, at=before, actor=TEST)
    assert "Right 6 of the 2015 Code" in part(page_of(browser, case), 6)


def test_the_case_page_leads_to_the_rights(browser, case):
    answer = browser.get(f"/cases/{case.reference}")
    assert f"/cases/{case.reference}/rights" in answer.get_data(as_text=True)


def test_seeing_the_rights_is_written_down(browser, case):
    page_of(browser, case)
    query = sa.select(AuditEntry).where(AuditEntry.action == "case.shown")
    assert [entry.object_id for entry in db.session.scalars(query)][-1] == str(case.id)


def test_a_case_of_another_team_is_not_there(desk, case):
    stranger = desk(Role.CASE_MANAGER, team="South")
    assert page_of(stranger, case).status_code == 404


def test_the_page_takes_as_many_statements_for_many_duties_as_for_few(browser, case, count_queries):
    commands.tell_victim(
        case, duty_of(case, "R6_ARREST"), at=MONDAY, channel=Channel.PHONE, actor=an_actor_of(case)
    )
    sent = []
    few = (Milestone.HEARING_HELD, Milestone.SENTENCED)  # one that waits asks the calendar too
    for kinds in (few, (Milestone.BAILED, Milestone.NOT_CHARGED, Milestone.TRIAL_OUTCOME)):
        for kind in kinds:
            commands.record_milestone(case.crime, kind=kind, at=MONDAY, actor=TEST)
        page_of(browser, case)
        count_queries.clear()
        page_of(browser, case)
        sent.append(len(count_queries))
    assert sent[0] == sent[1]


@pytest.mark.parametrize("role", [Role.COURT_OFFICER, Role.AUDITOR])
def test_who_works_no_cases_sees_no_rights(desk, case, role):
    assert page_of(desk(role), case).status_code == 403
