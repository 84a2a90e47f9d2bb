"""The page of one case: safe contact before any number, and only what each role may see."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands, panels
from beacon.cases.commands import CrimeFacts
from beacon.cases.models import ProposedMilestone
from beacon.cases.terms import (
    ContactOutcome,
    EventKind,
    NeedAnswer,
    NeedCategory,
    Stage,
    SuspectStatus,
    TimelineEvent,
)
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel, EnhancedGround, Milestone
from beacon.people import commands as people
from beacon.people.rules import AroundFacts
from beacon.people.terms import Around, Safe
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.pages import text_of
from tests.web.cases.conftest import MONDAY

NUMBER = "+44 77•• •••123"
SCORED = {one: commands.NeedGiven(NeedAnswer.SCORED, 4, "Sleeps badly") for one in NeedCategory}


def page_of(browser, case, anchor=""):
    answer = browser.get(f"/cases/{case.reference}")
    assert answer.status_code == 200
    return answer


def test_the_instruction_for_safe_contact_stands_before_any_number_and_each_is_masked(
    browser, case
):
    words = text_of(page_of(browser, case))
    assert words.index("Ring after six.") < words.index(NUMBER)
    assert "a•••••@•••••" in words
    assert "Call: yes" in words
    assert "Post: not agreed" in words


def test_what_to_tell_by_when_and_where_it_stands_in_the_code(browser, case):
    words = text_of(page_of(browser, case))
    assert "Told that a suspect was arrested" in words
    assert "Mon 30 Nov" in words
    assert "Right 6 of the 2020 Code, paragraph 6.1; 5 working days; source BED6" in words


def test_a_row_of_the_code_that_nobody_has_checked_says_so(browser, case):
    commands.record_milestone(
        case.crime, kind=Milestone.OUT_OF_COURT_DISPOSAL, at=MONDAY, actor=TEST
    )
    assert "Unverified" in text_of(page_of(browser, case))


def test_a_duty_that_waits_for_witness_care_has_no_date_but_a_latest_day(browser, case):
    commands.record_milestone(
        case.crime, kind=Milestone.BAIL_HEARING_OUTCOME, at=MONDAY, actor=TEST
    )
    words = text_of(page_of(browser, case))
    assert "Not yet known" in words
    assert "Mon 7 Dec at the latest" in words
    assert "Witness Care heard" in words


@pytest.mark.parametrize("team", ["South", None])
def test_a_manager_of_another_team_finds_no_such_case(desk, case, team):
    stranger = desk(Role.CASE_MANAGER, team=team)
    assert stranger.get(f"/cases/{case.reference}").status_code == 404
    assert stranger.get("/cases/BCN-ZZZZZ").status_code == 404
    assert stranger.get("/cases/nonsense").status_code == 404


def test_a_restricted_case_is_open_to_its_manager_and_closed_to_the_team(desk, browser, case):
    with transaction():
        case.restricted = True
    colleague = desk(Role.CASE_MANAGER)
    assert colleague.get(f"/cases/{case.reference}").status_code == 404
    assert "Restricted" in text_of(page_of(browser, case))


@pytest.mark.parametrize("role", [Role.COURT_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_does_no_casework_never_gets_a_victims_number(desk, case, role):
    answer = desk(role).get(f"/cases/{case.reference}")
    assert answer.status_code == 403
    assert NUMBER.encode() not in answer.data


def test_an_intake_officer_sees_no_needs_and_may_log_a_first_contact(desk, browser, case):
    commands.assess_needs(case, stage=Stage.START, answers=SCORED, at=MONDAY, actor=TEST)
    words = text_of(page_of(desk(Role.INTAKE_OFFICER), case))
    assert "Sleeps badly" not in words
    assert "Log a contact" in words
    assert "Record a milestone" not in words
    assert "Sleeps badly" in text_of(page_of(browser, case))


def test_opening_a_case_is_written_down_before_the_page_leaves(browser, case):
    page_of(browser, case)
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.actor_id) == ("case.shown", browser.person_id)
    assert entry.object_id == str(case.id)
    assert "people.contact" in entry.facts
    assert "Amelia" not in entry.facts


def test_an_enhanced_victim_without_a_manager_raises_an_alert(leader):
    case = a_case(proposals=[(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")])
    words = text_of(page_of(leader, case))
    assert "Nobody answers for this case" in words
    assert "proposed (domestic abuse flag)" in words


def test_what_the_feed_proposes_is_confirmed_with_its_moment(browser, case):
    facts = CrimeFacts(
        reference=case.crime.reference,
        recorded_at=case.crime.recorded_at,
        suspect_status=SuspectStatus.NONE,
    )
    commands.record_crime(facts, actor=TEST)
    changed = CrimeFacts(
        reference=facts.reference,
        recorded_at=facts.recorded_at,
        suspect_status=SuspectStatus.BAILED,
    )
    commands.record_crime(changed, actor=TEST)
    proposal = db.session.scalars(sa.select(ProposedMilestone)).one()
    assert "The police feed says: on police bail" in text_of(page_of(browser, case))
    name = f"proposal{proposal.id}-at"
    address = f"/cases/{case.reference}/proposals/{proposal.id}"
    refused = browser.submit(address, **{name: ["", "", ""]})
    assert "Enter when it happened" in text_of(refused)
    done = browser.submit(address, **{name: ["23", "11", "2026"], f"{name}-time": "9:30am"})
    assert done.status_code == 302
    words = text_of(page_of(browser, case))
    assert "Told that a suspect was released on police bail" in words
    assert "The police feed says: on police bail" not in words


def test_a_charge_that_the_feed_proposes_leads_to_the_page_of_charges(browser, case):
    for status in (SuspectStatus.NONE, SuspectStatus.CHARGED):
        commands.record_crime(
            CrimeFacts(
                reference=case.crime.reference,
                recorded_at=case.crime.recorded_at,
                suspect_status=status,
            ),
            actor=TEST,
        )
    html = page_of(browser, case).get_data(as_text=True)
    assert f"/cases/{case.reference}/charge" in html
    assert "Confirm</button>" not in html


def test_a_feature_puts_its_panel_on_the_page_for_those_who_may_see_it(browser, case, desk):
    titles = {panel.title: panel.permission for panel in panels.registered()}
    assert "Hearings" in titles
    assert "No hearing is listed" in text_of(page_of(browser, case))
    intake = text_of(page_of(desk(Role.INTAKE_OFFICER), case))
    assert "No hearing is listed" not in intake


def test_a_closed_case_offers_to_be_opened_again_and_nothing_else(browser, manager):
    case = a_case(manager=manager)
    commands.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=MONDAY, actor=TEST
    )
    commands.close_case(case, note="Supported and settled.", version=case.version, actor=TEST)
    html = page_of(browser, case).get_data(as_text=True)
    assert "Open the case again" in html
    assert "Supported and settled." in html
    for gone in ("contacts/new", "milestones/new", "needs/new", "/assign", "/close"):
        assert f"/cases/{case.reference}/{gone.lstrip('/')}" not in html


def test_distance_travelled_is_shown_only_where_both_were_scored(browser, case):
    commands.assess_needs(case, stage=Stage.START, answers=SCORED, at=MONDAY, actor=TEST)
    later = dict.fromkeys(NeedCategory, commands.NeedGiven(NeedAnswer.SCORED, 2))
    later[NeedCategory.FINANCE] = commands.NeedGiven(NeedAnswer.DECLINED)
    with clock.fixed(MONDAY + timedelta(minutes=5)):
        commands.assess_needs(case, stage=Stage.REVIEW, answers=later, at=clock.now(), actor=TEST)
        words = text_of(page_of(browser, case))
    assert words.count("2 better") == 7
    assert words.count("Not yet known") == 1


def test_the_page_takes_as_many_statements_with_a_long_history_as_with_a_short(
    browser, case, count_queries
):
    commands.assess_needs(case, stage=Stage.START, answers=SCORED, at=MONDAY, actor=TEST)
    commands.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=MONDAY, actor=TEST
    )
    sent = []
    for more in (0, 20):
        for number in range(more):
            at = MONDAY - timedelta(minutes=number + 1)
            commands.log_contact(
                case,
                channel=Channel.PHONE,
                outcome=ContactOutcome.NO_ANSWER,
                notes="Rang",
                at=at,
                actor=TEST,
            )
            commands.record_milestone(case.crime, kind=Milestone.BAIL_CHANGED, at=at, actor=TEST)
        count_queries.clear()
        page_of(browser, case)
        sent.append(len(count_queries))
    assert sent[0] == sent[1]
    assert sent[0] <= 20


def test_another_case_of_the_same_crime_is_named_beside_it(browser, case, manager):
    a_case(crime=case.crime, victim=a_victim(last_name="Bystander"), manager=manager)
    assert "Bystander" in text_of(page_of(browser, case))
    elsewhere = a_member_of_staff(team="South")
    a_case(crime=case.crime, victim=a_victim(last_name="Linked"), manager=elsewhere)
    hidden = a_case(crime=case.crime, victim=a_victim(last_name="Unseen"), manager=elsewhere)
    with transaction():
        hidden.restricted = True
    words = text_of(page_of(browser, case))
    assert "Linked" in words
    assert "Unseen" not in words


def history_of(browser, case, **asked):
    """The history as the page shows it, and the whole page."""
    html = browser.get(f"/cases/{case.reference}", query_string=asked).get_data(as_text=True)
    return html[html.index('id="history"') :], html


def a_long_history(case, many):
    for number in range(many):
        commands.log_contact(
            case,
            channel=Channel.PHONE,
            outcome=ContactOutcome.NO_ANSWER,
            notes=f"Try {number}.",
            at=MONDAY - timedelta(minutes=number + 1),
            actor=TEST,
        )


def test_each_kind_of_event_has_a_template_of_its_own():
    folder = Path(commands.__file__).parents[1] / "templates" / "cases" / "events"
    assert {file.stem for file in folder.iterdir()} == {kind.value for kind in EventKind}
    assert set().union(*(kind.events for kind in EventKind)) == set(TimelineEvent)


def test_the_history_says_of_each_event_what_it_is_about(browser, case):
    a_long_history(case, 1)
    shown, _ = history_of(browser, case)
    assert "Contacts</strong>" in shown
    assert "Investigation and court</strong>" in shown
    assert 'href="#contacts"' in shown


def test_a_history_is_narrowed_to_several_kinds_at_once(browser, case):
    a_long_history(case, 2)
    commands.assess_needs(case, stage=Stage.START, answers=SCORED, at=MONDAY, actor=TEST)
    shown, _ = history_of(browser, case, kind=["contact", "needs"])
    assert "tried to make contact" in shown
    assert "recorded a needs assessment" in shown
    assert "opened the case" not in shown
    assert shown.count(" checked") == 2
    shown, _ = history_of(browser, case, kind="access")
    assert "Nothing of these kinds has happened" in shown
    assert 'href="/cases/' in shown


def test_a_kind_that_is_none_narrows_nothing(browser, case):
    shown, _ = history_of(browser, case, kind="nonsense")
    assert "opened the case" in shown


def test_a_history_is_read_a_page_at_a_time_and_stays_narrowed(browser, case):
    a_long_history(case, 60)
    seen, address = [], f"/cases/{case.reference}?kind=contact"
    while address:
        html = browser.get(address).get_data(as_text=True)
        shown = html[html.index('id="history"') :]
        seen.append(shown.count("tried to make contact"))
        onward = re.search(r'rel="next" href="([^"]+)#history"', shown)
        address = unescape(onward.group(1)) if onward else None
    assert seen == [25, 25, 10]


def test_contacts_beyond_the_last_fifty_are_shown_when_they_are_asked_for(browser, case):
    a_long_history(case, 52)
    _, html = history_of(browser, case)
    assert "Try 49." in html
    assert "Try 51." not in html
    assert "All contacts" in html
    _, html = history_of(browser, case, contacts="all")
    assert "Try 51." in html
    assert "All contacts" not in html


def test_people_around_the_victim_are_links_and_say_whether_we_may_speak_to_them(
    browser, case, manager
):
    mother = AroundFacts(kind=Around.NEXT_OF_KIN, name="Wanda Example", speak=Safe.NO)
    people.add_around(case.victim, mother, actor=TEST)
    other = a_case(crime=case.crime, victim=a_victim(last_name="Bystander"), manager=manager)
    html = page_of(browser, case).get_data(as_text=True)
    here = html[html.index('id="around"') : html.index('id="facts"')]
    assert f'href="/people/{case.victim_id}/around' in here
    assert "Wanda Example" in here
    assert "We must not speak to them" in here
    assert f'href="/cases/{other.reference}"' in here


def test_who_they_are_and_how_to_reach_them_stands_above_everything(browser, case):
    html = page_of(browser, case).get_data(as_text=True)
    places = [html.index(words) for words in ("<h1", "Born ", "beacon-safe", "Log a contact")]
    assert places == sorted(places)
    assert places[-1] < html.index('id="to-tell"')


def test_that_the_people_around_were_shown_is_written_down(browser, case):
    page_of(browser, case)
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert "people.around" in entry.facts
