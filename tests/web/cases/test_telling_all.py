"""The list from which all victims of a crime are told: safe ways, ticks, and what was typed."""

import json

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, Milestone
from beacon.people import commands as people
from beacon.people.commands import ContactAnswers, PointAnswer
from beacon.people.terms import Preferred, Safe
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.pages import form_of, text_of


def duty_of(case, rule="R6_ARREST"):
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == rule)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def confirm(case, *, overall=Safe.YES, preferred=Preferred.PHONE, text=Safe.YES):
    """Somebody asked the victim how they may be reached."""
    victim = case.victim
    answer = PointAnswer(safe=overall, text_ok=text)
    said = ContactAnswers(
        overall=overall,
        preferred=preferred,
        words="Ring after six. Say you are from the library.",
        points={point.id: answer for point in victim.contact_points},
    )
    people.confirm_contact(victim, said, version=victim.version, actor=TEST)


@pytest.fixture
def other(case, manager):
    """A second victim of the same crime."""
    victim = a_victim(first_name="Benedict", last_name="Okafor", mobile="07700 900124", safe="yes")
    made = a_case(crime=case.crime, victim=victim, manager=manager)
    confirm(case)
    confirm(made, text=Safe.NO)
    return made


def place(case):
    return f"/cases/{case.reference}/milestones/{case.crime.milestones[0].id}/told"


def ticked(case, channel="phone"):
    number = duty_of(case).id
    return {f"told_{number}": "y", f"how_{number}": channel}


def test_the_case_page_leads_to_the_list_where_there_are_several_victims(browser, case, other):
    page = browser.get(f"/cases/{case.reference}")
    assert place(case) in page.get_data(as_text=True)


def test_the_case_page_of_an_only_victim_does_not(browser, case):
    assert place(case) not in browser.get(f"/cases/{case.reference}").get_data(as_text=True)


def test_a_victim_in_another_teams_case_is_neither_shown_nor_counted(browser, case):
    stranger = a_member_of_staff(Role.CASE_MANAGER, team="South")
    hidden = a_case(
        crime=case.crime,
        victim=a_victim(first_name="Hildegard", last_name="Hidden"),
        manager=stranger,
    )
    page = browser.get(f"/cases/{case.reference}")
    assert place(case) not in page.get_data(as_text=True)
    words = text_of(browser.get(place(case)))
    assert "Hildegard" not in words
    assert hidden.reference not in words
    assert "Amelia Hartwell" in words


def test_a_tick_for_a_case_out_of_reach_is_refused_as_one_that_is_not_there(browser, case, other):
    stranger = a_member_of_staff(Role.CASE_MANAGER, team="South")
    hidden = a_case(crime=case.crime, manager=stranger)
    answers = []
    for number in (duty_of(hidden).id, 99_999_999):
        answer = browser.submit(
            place(case), **ticked(case), **{f"told_{number}": "y", f"how_{number}": "phone"}
        )
        answers.append(text_of(answer))
    assert answers[0] == answers[1]
    assert "no longer on the list" in answers[0]
    assert duty_of(case).is_open
    assert duty_of(hidden).is_open


def test_each_victims_safe_contact_stands_beside_them(browser, case, other):
    words = text_of(browser.get(place(case)))
    first, second = words.index("Amelia Hartwell"), words.index("Benedict Okafor")
    assert first < words.index("Ring after six.") < second
    assert "07700 900123" not in words
    assert "by Mon 30 Nov" in words
    assert "Not by text message: texts are not agreed." in words[second:]
    assert "Not by email: no email address is recorded as safe." in words[second:]


def test_all_who_are_ticked_are_recorded_with_one_submit(browser, case, other):
    answer = browser.submit(place(case), **ticked(case), **ticked(other, "in_person"))
    assert answer.status_code == 302
    assert "2 victims were told" in text_of(browser.get(f"/cases/{case.reference}"))
    assert (duty_of(case).state, duty_of(case).channel) == (DutyState.MET, Channel.PHONE)
    assert (duty_of(other).state, duty_of(other).channel) == (DutyState.MET, Channel.IN_PERSON)


def test_who_is_not_ticked_is_left_for_another_time(browser, case, other):
    assert browser.submit(place(case), **ticked(other)).status_code == 302
    assert duty_of(case).is_open
    words = text_of(browser.get(place(case)))
    assert "Told in time 23 November 2026 at 9:30am, telephone, recorded by Priya Shah" in words


def test_another_time_may_stand_beside_one_victim(browser, case, other):
    number = duty_of(other).id
    own = {f"at_{number}": ["23", "11", "2026"], f"at_{number}-time": "9:30am"}
    answer = browser.submit(
        place(case),
        **ticked(case) | ticked(other) | own,
        **{"at": ["23", "11", "2026"], "at-time": "9:31am"},
    )
    assert "must be today or in the past" in text_of(answer)
    assert form_of(answer)[f"at_{number}-time"] == "9:30am"
    assert form_of(answer)[f"told_{number}"] == "y"
    with_good = browser.submit(place(case), **ticked(case) | ticked(other) | own)
    assert with_good.status_code == 302


def test_a_way_that_is_not_agreed_is_neither_offered_nor_taken(browser, case, other):
    page = browser.get(place(case)).get_data(as_text=True)
    box = page.split(f'id="how_{duty_of(other).id}"')[1].split("</select>")[0]
    assert 'value="phone"' in box
    assert 'value="text"' not in box
    answer = browser.submit(place(case), **ticked(case), **ticked(other, "text"))
    words = text_of(answer)
    assert "Benedict Okafor, text message: texts are not agreed. Choose another way." in words
    assert form_of(answer)[f"how_{duty_of(other).id}"] == "text"
    assert form_of(answer)[f"told_{duty_of(case).id}"] == "y"
    assert duty_of(case).is_open


def test_a_victim_whose_safe_contact_nobody_confirmed_is_reached_only_in_person(
    browser, case, other, manager
):
    third = a_case(
        crime=case.crime,
        victim=a_victim(first_name="Cerys", last_name="Unasked", safe="yes"),
        manager=manager,
    )
    answer = browser.submit(place(case), **ticked(third))
    assert "nobody has confirmed how they may be reached" in text_of(answer)
    assert duty_of(third).is_open
    assert browser.submit(place(case), **ticked(third, "in_person")).status_code == 302


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"overall": Safe.NO}, "They said that contact is not safe."),
        ({"preferred": Preferred.NONE}, "They asked not to be contacted."),
    ],
)
def test_who_is_not_to_be_contacted_cannot_be_ticked(browser, case, other, said, why):
    confirm(other, **said)
    page = browser.get(place(case))
    assert f"told_{duty_of(other).id}" not in form_of(page)
    assert why in text_of(page)
    answer = browser.submit(place(case), **ticked(other, "in_person"))
    words = text_of(answer)
    assert f"{other.reference}, Benedict Okafor: {why} You had typed: in person" in words
    assert duty_of(other).is_open


def test_what_somebody_else_recorded_meanwhile_is_said_by_case_and_nothing_is_lost(
    browser, case, other
):
    held = form_of(browser.get(place(case))) | ticked(case) | ticked(other, "in_person")
    commands.tell_victim(
        other, duty_of(other), at=other.opened_at, channel=Channel.PHONE, actor=TEST
    )
    answer = browser.post(place(case), data=held)
    words = text_of(answer)
    assert f"{other.reference}, Benedict Okafor: somebody else has dealt with this" in words
    assert "You had typed: in person, 23.11.2026 09:30." in words
    assert duty_of(case).is_open
    again = form_of(answer)
    assert again[f"told_{duty_of(case).id}"] == "y"
    assert again[f"how_{duty_of(case).id}"] == "phone"
    assert browser.post(place(case), data=again).status_code == 302
    assert duty_of(case).state is DutyState.MET
    assert duty_of(other).channel is Channel.PHONE


def test_a_way_without_a_tick_and_a_tick_without_a_way_are_asked_about(browser, case, other):
    first, second = duty_of(case).id, duty_of(other).id
    answer = text_of(
        browser.submit(place(case), **{f"how_{first}": "phone", f"told_{second}": "y"})
    )
    assert "Tick that Amelia Hartwell was told" in answer
    assert "Choose how Benedict Okafor was told." in answer


def test_nobody_ticked_is_said(browser, case, other):
    assert "Tick at least one victim who was told." in text_of(browser.submit(place(case)))


def test_a_colleagues_case_is_not_opened_through_the_list_without_a_reason(browser, case, other):
    with transaction() as session:
        session.add(Setting(name="access.reason_outside_caseload", text="yes"))
    colleague = a_member_of_staff(Role.CASE_MANAGER)
    commands.assign_manager(other, colleague, version=other.version, actor=TEST)
    page = browser.get(place(case))
    assert "You must say why you open this case" in text_of(page)
    assert f"/cases/{other.reference}/why" in page.get_data(as_text=True)
    answer = browser.submit(place(case), **ticked(other))
    assert "You must say why you open this case" in text_of(answer)
    assert duty_of(other).is_open


def test_every_case_on_the_list_is_written_down_as_shown(browser, case, other):
    browser.get(place(case))
    query = sa.select(AuditEntry).where(AuditEntry.action == "case.shown")
    shown = db.session.scalars(query.order_by(AuditEntry.seq)).all()[-1]
    assert json.loads(shown.facts)["ids"] == [str(case.id), str(other.id)]


def test_a_milestone_taken_back_has_no_list(browser, case, other):
    address = place(case)
    commands.withdraw_milestone(case.crime.milestones[0], reason="Another suspect", actor=TEST)
    assert browser.get(address).status_code == 404


def test_a_milestone_that_owes_nobody_anything_says_so(browser, case, other):
    pled = commands.record_milestone(
        case.crime, kind=Milestone.PLEADED_GUILTY, at=case.opened_at, actor=TEST
    )
    words = text_of(browser.get(f"/cases/{case.reference}/milestones/{pled.id}/told"))
    assert "Nobody is owed anything by this milestone." in words
