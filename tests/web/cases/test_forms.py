"""The forms of a case: what they record, what they refuse, and that nothing typed is lost."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.cases import commands
from beacon.cases.models import CaseFile, CaseTask, ContactLog, DutyReminder, NeedsAssessment
from beacon.cases.terms import (
    CaseStatus,
    CrimeKind,
    NeedAnswer,
    NeedCategory,
    ReminderKind,
    TaskKind,
)
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, EnhancedGround, Milestone, VictimCategory
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim
from tests.pages import form_of, text_of
from tests.web.cases.conftest import MONDAY

AT = {"at": ["23", "11", "2026"], "at-time": "9:30am"}

# Why a case is closed, and why needs are not assessed at the close.
CLOSED = {"reason": "done", "not_assessed": "declined"}


def duty_of(case, rule="R6_ARREST"):
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == rule)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def fresh(case):
    return db.session.get(CaseFile, case.id, populate_existing=True)


def at(case, rest):
    return f"/cases/{case.reference}/{rest}"


def test_a_leader_gives_a_case_to_a_manager_and_sees_how_much_each_has(leader, case, manager):
    other = a_case()
    form = leader.get(at(other, "assign"))
    assert "1 of 60 points" in text_of(form)
    assert leader.submit(at(other, "assign"), manager=str(manager.id)).status_code == 302
    assert fresh(other).manager_id == manager.id


def test_a_case_that_somebody_else_changed_is_refused_once_and_nothing_is_lost(
    leader, case, manager
):
    other = a_member_of_staff(Role.CASE_MANAGER, name="Ewa Kowalska")
    held = form_of(leader.get(at(case, "assign"))) | {"manager": str(other.id)}
    commands.assign_manager(case, other, version=case.version, actor=TEST)
    commands.assign_manager(fresh(case), manager, version=fresh(case).version, actor=TEST)
    refused = leader.post(at(case, "assign"), data=held)
    assert "Somebody else has changed this case" in text_of(refused)
    again = form_of(refused)
    assert again["manager"] == str(other.id)
    assert leader.post(at(case, "assign"), data=again).status_code == 302
    assert fresh(case).manager_id == other.id


def test_a_version_that_was_meddled_with_is_an_old_version(leader, case, manager):
    for version in ("", "x", "²", "9" * 40):
        answer = leader.submit(at(case, "assign"), manager=str(manager.id), version=version)
        assert "Somebody else has changed this case" in text_of(answer)


def test_nobody_outside_the_list_may_be_given_a_case(leader, case, desk):
    auditor = a_member_of_staff(Role.AUDITOR)
    answer = leader.submit(at(case, "assign"), manager=str(auditor.id))
    assert "Choose one of the answers in the list." in text_of(answer)


def test_the_category_is_decided_with_its_grounds(browser, case):
    answer = browser.submit(
        at(case, "category"), category="enhanced", grounds=["persistently_targeted"]
    )
    assert answer.status_code == 302
    row = fresh(case)
    assert row.category is VictimCategory.ENHANCED
    assert [ground.ground for ground in row.grounds] == [EnhancedGround.PERSISTENTLY_TARGETED]


def test_enhanced_without_a_ground_is_refused_beside_the_grounds(browser, case):
    answer = browser.submit(at(case, "category"), category="enhanced")
    html = answer.get_data(as_text=True)
    assert 'href="#grounds"' in html
    assert "Choose at least one ground" in html


def test_a_proposed_ground_is_ticked_and_needs_a_reason_to_be_taken_away(browser, manager):
    case = a_case(manager=manager, proposals=[(EnhancedGround.HATE_CRIME, "hate crime flag")])
    page = browser.get(at(case, "category"))
    assert form_of(page)["grounds"] == "hate_crime"
    assert "Proposed: hate crime flag" in text_of(page)
    held = form_of(page) | {"category": "standard"}
    held.pop("grounds")
    assert "Enter why the grounds" in text_of(browser.post(at(case, "category"), data=held))
    held["reason"] = "The flag was set by mistake."
    assert browser.post(at(case, "category"), data=held).status_code == 302


def test_a_contact_is_logged_and_meets_our_own_standard(browser, case):
    answer = browser.submit(
        at(case, "contacts/new"), channel="phone", outcome="spoke", notes="Frightened."
    )
    assert answer.status_code == 302
    assert db.session.scalars(sa.select(ContactLog)).one().notes == "Frightened."
    assert fresh(case).status is CaseStatus.OPEN
    assert duty_of(case, "FIRST_CONTACT").state is DutyState.MET


def test_a_contact_sent_twice_is_one_contact(browser, case):
    sent = form_of(browser.get(at(case, "contacts/new"))) | {
        "channel": "phone",
        "outcome": "spoke",
        "notes": "Frightened.",
    }
    for _ in range(2):
        assert browser.post(at(case, "contacts/new"), data=sent).status_code == 302
    assert len(db.session.scalars(sa.select(ContactLog)).all()) == 1
    browser.post(at(case, "contacts/new"), data=sent | {"notes": "She rang back."})
    assert len(db.session.scalars(sa.select(ContactLog)).all()) == 2


def test_a_fraud_officer_logs_a_contact_on_a_fraud_case(desk):
    case = a_case(crime=a_crime(kind=CrimeKind.FRAUD))
    officer = desk(Role.FRAUD_OFFICER)
    assert b"Log a contact" in officer.get(f"/cases/{case.reference}").data
    officer.submit(at(case, "contacts/new"), channel="phone", outcome="spoke")
    assert duty_of(case, "FIRST_CONTACT").state is DutyState.MET


def test_a_contact_form_shows_safe_contact_first_and_keeps_what_was_typed(browser, case):
    page = browser.get(at(case, "contacts/new"))
    words = text_of(page)
    assert words.index("Ring after six.") < words.index("What came of it")
    answer = browser.submit(at(case, "contacts/new"), notes="A long note about the call.")
    assert "Choose what came of it" in text_of(answer)
    assert form_of(answer)["notes"] == "A long note about the call."


def test_a_contact_that_has_not_happened_yet_is_refused(browser, case):
    answer = browser.submit(
        at(case, "contacts/new"),
        channel="phone",
        outcome="spoke",
        **{"at": ["24", "11", "2026"], "at-time": "9am"},
    )
    assert "must be today or in the past" in text_of(answer)


def test_needs_are_scored_in_all_eight_categories(browser, case):
    answers = {one.value: "3" for one in NeedCategory} | {"n4": "declined", "n1_notes": "Anxious."}
    assert browser.submit(at(case, "needs/new"), **answers).status_code == 302
    assessment = db.session.scalars(sa.select(NeedsAssessment)).one()
    needs = {need.category: need for need in assessment.needs}
    assert needs[NeedCategory.EDUCATION].answer is NeedAnswer.DECLINED
    assert needs[NeedCategory.HEALTH].notes == "Anxious."
    assert form_of(browser.get(at(case, "needs/new")))["stage"] == "review"


def test_a_category_without_an_answer_is_named(browser, case):
    answers = {one.value: "3" for one in NeedCategory if one is not NeedCategory.FINANCE}
    answer = browser.submit(at(case, "needs/new"), **answers)
    assert "Finance and benefits: choose a score" in text_of(answer)
    assert form_of(answer)["n1"] == "3"


def test_a_milestone_opens_what_the_victim_must_be_told(browser, case):
    answer = browser.submit(at(case, "milestones/new"), kind="bailed", **AT)
    assert answer.status_code == 302
    assert duty_of(case, "R6_BAIL").due_on.isoformat() == "2026-11-30"


def test_a_charge_is_not_recorded_without_its_hearing(browser, case):
    answer = browser.submit(at(case, "milestones/new"), kind="charged", **AT)
    assert "Choose one of the answers in the list." in text_of(answer)


def test_a_milestone_recorded_by_mistake_is_taken_back(browser, case):
    milestone = case.crime.milestones[0]
    address = at(case, f"milestones/{milestone.id}/take-back")
    assert "Enter the reason" in text_of(browser.submit(address))
    assert browser.submit(address, reason="Another suspect.").status_code == 302
    assert duty_of(case).state is DutyState.NOT_APPLICABLE
    assert browser.get(address).status_code == 404


def test_telling_the_victim_closes_the_duty_in_time(browser, case):
    address = at(case, f"duties/{duty_of(case).id}/tell")
    assert browser.submit(address, channel="phone").status_code == 302
    duty = duty_of(case)
    assert (duty.state, duty.channel) == (DutyState.MET, Channel.PHONE)


def test_telling_late_is_recorded_as_late(desk, manager, case):
    with clock.fixed(MONDAY + timedelta(days=14)):
        browser = desk(person=manager)
        address = at(case, f"duties/{duty_of(case).id}/tell")
        refused = browser.submit(address, channel="phone")
        assert "Enter why they were told late." in text_of(refused)
        why = {"late_because": "They were away.", "recovery": "Somebody stands in."}
        assert browser.submit(address, channel="phone", **why).status_code == 302
        assert duty_of(case).state is DutyState.MET_LATE
    page = text_of(browser.get(f"/cases/{case.reference}"))
    assert "Late because: They were away." in page


def test_a_clock_is_stopped_and_goes_on_from_the_page(browser, case):
    duty = duty_of(case)
    assert "Enter the reason" in text_of(browser.submit(at(case, f"duties/{duty.id}/pause")))
    stopped = browser.submit(at(case, f"duties/{duty.id}/pause"), reason="They are abroad.")
    assert stopped.status_code == 302
    assert duty_of(case).state is DutyState.PAUSED
    answer = browser.get(f"/cases/{case.reference}")
    assert "They are abroad." in text_of(answer)
    assert "Go on" in text_of(answer)
    token = {"csrf_token": form_of(answer)["csrf_token"]}
    browser.post(at(case, f"duties/{duty.id}/resume"), data=token)
    assert duty_of(case).is_open


def test_a_way_that_was_not_agreed_needs_a_word_that_it_was_safe(browser, case):
    address = at(case, f"duties/{duty_of(case).id}/tell")
    refused = browser.submit(address, channel="letter")
    assert "Letter: letters are not agreed." in text_of(refused)
    assert duty_of(case).is_open
    assert browser.submit(address, channel="letter", was_safe="y").status_code == 302


def test_nothing_may_be_told_without_a_word_to_somebody_who_said_no(browser, manager):
    case = a_case(manager=manager, victim=a_victim(safe="no"))
    commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    address = at(case, f"duties/{duty_of(case).id}/tell")
    for channel in ("phone", "in_person", "text"):
        assert "contact is not safe" in text_of(browser.submit(address, channel=channel))
    assert duty_of(case).is_open


@pytest.mark.parametrize("state", ["withheld", "declined", "safety_delay", "not_applicable"])
def test_why_a_victim_is_not_told_needs_a_reason(browser, case, state):
    address = at(case, f"duties/{duty_of(case).id}/not-told")
    assert "Enter the reason" in text_of(browser.submit(address, state=state))
    assert browser.submit(address, state=state, reason="By order of the court.").status_code == 302
    assert duty_of(case).state == state


def test_the_receipt_of_witness_care_starts_the_clock(browser, case):
    commands.record_milestone(case.crime, kind=Milestone.SENTENCED, at=MONDAY, actor=TEST)
    address = at(case, f"duties/{duty_of(case, 'R9_SENTENCE').id}/receipt")
    assert browser.submit(address, **AT).status_code == 302
    assert duty_of(case, "R9_SENTENCE").due_on.isoformat() == "2026-11-24"


def test_a_duty_of_another_case_is_not_found_here(browser, case, manager):
    other = a_case(manager=manager)
    for act in ("tell", "not-told", "receipt"):
        assert browser.get(at(other, f"duties/{duty_of(case).id}/{act}")).status_code == 404


def test_a_case_with_something_to_tell_cannot_be_closed_and_the_note_is_kept(browser, case):
    refused = browser.submit(at(case, "close"), note="She has moved away.", **CLOSED)
    assert "The victim must still be told something" in text_of(refused)
    assert form_of(refused)["note"] == "She has moved away."


def test_a_closed_case_is_opened_again_with_a_reason(browser, manager):
    case = a_case(manager=manager)
    browser.submit(at(case, "contacts/new"), channel="phone", outcome="spoke")
    assert browser.submit(at(case, "close"), note="Settled.", **CLOSED).status_code == 302
    assert browser.submit(at(case, "reopen"), note="She rang again.").status_code == 302
    assert fresh(case).status is CaseStatus.OPEN


def test_a_task_is_finished_with_one_press(browser, case):
    task = commands.add_task(
        case.id,
        kind=TaskKind.SAFEGUARDING_NUMBER,
        about="hearing:1",
        due_on=MONDAY.date(),
        actor=TEST,
    )
    page = browser.get(f"/cases/{case.reference}")
    assert "Safeguarding" in text_of(page)
    token = {"csrf_token": form_of(page)["csrf_token"]}
    assert browser.post(at(case, f"tasks/{task.id}/done"), data=token).status_code == 302
    assert db.session.get(CaseTask, task.id, populate_existing=True).done_at is not None
    assert browser.post(at(case, f"tasks/{task.id}/done")).status_code == 400


def test_a_reminder_that_was_seen_leaves_the_desk_and_the_duty_stays(browser, case):
    duty = duty_of(case)
    commands.remind_manager(duty.id, kind=ReminderKind.DAY_BEFORE, actor=TEST)
    desk = browser.get("/")
    assert "Reminders" in text_of(desk)
    token = {"csrf_token": form_of(desk)["csrf_token"]}
    assert browser.post(at(case, f"duties/{duty.id}/seen"), data=token).location == "/"
    assert "Reminders" not in text_of(browser.get("/"))
    assert db.session.scalars(sa.select(DutyReminder)).one().seen_at is not None
    assert duty_of(case).is_open


@pytest.mark.parametrize(
    "rest", ["assign", "category", "needs/new", "milestones/new", "contacts/new", "close"]
)
def test_a_form_of_a_case_out_of_scope_is_not_found(desk, case, rest):
    stranger = desk(Role.TEAM_LEADER, team="South")
    assert stranger.get(at(case, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["needs/new", "milestones/new", "close", "assign"])
def test_an_intake_officer_may_not_do_the_work_of_a_manager(desk, case, rest):
    assert desk(Role.INTAKE_OFFICER).get(at(case, rest)).status_code == 403
