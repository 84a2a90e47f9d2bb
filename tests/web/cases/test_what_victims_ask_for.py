"""The part of the case for wishes, reviews and orders: what it shows, records and refuses."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.cases import commands
from beacon.cases.commands import OrderFacts, StepGiven, Wish
from beacon.cases.jobs import raise_alarms
from beacon.cases.models import CaseFact, CaseOrder, CaseTask, FactStepTaken, UpdateWish
from beacon.cases.terms import (
    ContactOutcome,
    FactChoice,
    FactKind,
    FactStep,
    OrderKind,
    UpdateEvery,
)
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel, Milestone
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim
from tests.pages import form_of, text_of
from tests.web.cases.conftest import MONDAY

TODAY = MONDAY.date()
DAY = timedelta(days=1)
TWENTY_THIRD = ["23", "11", "2026"]


def at(case, rest=""):
    return f"/cases/{case.reference}{'/' if rest else ''}{rest}"


def wish(case, every=UpdateEvery.WEEK, asked_on=TODAY, channel=Channel.PHONE):
    said = Wish(every=every, channel=channel, asked_on=asked_on)
    return commands.record_wish(case, said, actor=TEST)


def order(case, ends_on=TODAY + 30 * DAY, **known):
    usual = {
        "kind": OrderKind.RESTRAINING,
        "starts_on": TODAY,
        "conditions": "Not to come near her school.",
    }
    return commands.record_order(case, OrderFacts(**usual | known, ends_on=ends_on), actor=TEST)


def fact(case, kind=FactKind.REVIEW_CPS, step=FactStep.TOLD, on=TODAY, **known):
    known = known or {"choice": FactChoice.NOT_CHARGED}
    return commands.start_fact(case, kind, StepGiven(step=step, on=on, **known), actor=TEST)


def only(model):
    db.session.rollback()
    return db.session.scalars(sa.select(model)).one()


def test_a_case_without_anything_says_so_and_leads_to_the_forms(browser, case):
    page = text_of(browser.get(at(case)))
    assert "Nobody has asked yet how often they want to hear from us." in page
    assert "No order or bail condition is recorded that holds now." in page
    html = browser.get(at(case)).get_data(as_text=True)
    for rest in ("wishes/new", "orders/new", "facts/lenient/sentenced/new"):
        assert f'href="{at(case, rest)}"' in html
    assert 'href="#wishes-reviews-and-orders"' in html


def test_a_wish_is_recorded_and_its_clock_shown(browser, case):
    answer = browser.submit(at(case, "wishes/new"), every="every_7_days", channel="phone")
    assert answer.location.endswith("#wishes-reviews-and-orders")
    page = text_of(browser.get(at(case)))
    assert "Every 7 days, telephone" in page
    assert "Next update by Mon 30 Nov" in page
    assert "they have not been reached yet" in page
    commands.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=MONDAY, actor=TEST
    )
    page = text_of(browser.get(at(case)))
    assert "Counted from 23 November 2026, when they were last reached." in page


def test_a_late_update_is_said_so_on_the_case_and_on_the_desk(browser, case):
    wish(case, asked_on=TODAY - 12 * DAY)
    raise_alarms()
    for address in (at(case), "/"):
        assert "5 days late" in text_of(browser.get(address))
    desk = text_of(browser.get("/"))
    assert "Updates they asked for" in desk
    assert "Every 7 days, telephone" in desk
    assert "Give them the update that they asked for" not in desk  # it has its line above


def test_a_desk_without_wishes_has_no_such_list(browser, case):
    assert "Updates they asked for" not in text_of(browser.get("/"))


def test_the_desk_leads_to_a_contact_that_takes_the_line_off(browser, case):
    wish(case, asked_on=TODAY - 12 * DAY)
    assert f'href="{at(case, "contacts/new")}"' in browser.get("/").get_data(as_text=True)
    browser.submit(at(case, "contacts/new"), channel="phone", outcome="spoke")
    assert "Updates they asked for" in text_of(browser.get("/"))  # the next, in seven days
    assert "days late" not in text_of(browser.get("/"))


def test_a_way_that_is_not_safe_is_taken_only_where_they_say_so(browser, case):
    refused = browser.submit(at(case, "wishes/new"), every="monthly", channel="letter")
    assert "Choose another way, or tick that they say it is safe." in text_of(refused)
    assert form_of(refused)["every"] == "monthly"
    answer = browser.submit(at(case, "wishes/new"), every="monthly", channel="letter", was_safe="y")
    assert (answer.status_code, only(UpdateWish).channel) == (302, Channel.LETTER)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Choose how often"),
        ({"every": "monthly"}, "Choose how they want to hear from us."),
        ({"every": "monthly", "channel": "x"}, "Choose one of the answers in the list."),
        (
            {"every": "monthly", "channel": "phone", "asked_on": ["24", "11", "2026"]},
            "When they asked for it must be today or in the past.",
        ),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_words(browser, case, answers, words):
    assert words in text_of(browser.submit(at(case, "wishes/new"), **answers))


def test_what_they_asked_for_before_stays_on_the_page(browser, case):
    wish(case)
    wish(case, UpdateEvery.NO_CONTACT, channel=None)
    page = text_of(browser.get(at(case)))
    assert "They asked for no contact" in page
    assert "What they asked for before (1)" in page


def test_beyond_the_calendar_the_page_says_what_to_load(desk, manager, case):
    with clock.fixed(MONDAY.replace(year=2039, month=12, day=27)):
        wish(case, asked_on=date(2039, 12, 27))
        assert "not known: load the bank holidays of 2040" in text_of(
            desk(person=manager).get(at(case))
        )


def test_a_fact_is_recorded_step_by_step(browser, case):
    first = browser.submit(
        at(case, "facts/review_police/told/new"), on=TWENTY_THIRD, choice="no_proceedings"
    )
    assert first.status_code == 302
    page = text_of(browser.get(at(case)))
    assert "Told of the decision: Mon 23 Nov , Not to bring proceedings" in page
    assert "Tue 23 Feb 2027" in page
    held = only(CaseFact)
    assert browser.submit(at(case, f"facts/{held.id}/asked"), on=TWENTY_THIRD).status_code == 302
    page = text_of(browser.get(at(case)))
    assert "Request for a review of a police decision acknowledged" in page
    assert "Tue 23 Feb 2027" not in page  # they have asked: the window is settled


def test_a_step_asks_only_for_what_it_needs(browser, case):
    form = form_of(browser.get(at(case, "facts/expenses/claimed/new")))
    assert {"on", "pence", "words"} <= set(form)
    assert "choice" not in form
    form = form_of(browser.get(at(case, "facts/property/held/new")))
    assert not {"choice", "pence"} & set(form)
    refused = browser.submit(at(case, "facts/property/held/new"), on=TWENTY_THIRD)
    assert "Enter this: what was taken." in text_of(refused)


def test_money_is_typed_in_pounds_and_kept_in_pence(browser, case):
    browser.submit(at(case, "facts/compensation/ordered/new"), on=TWENTY_THIRD, pence="1,250.50")
    assert only(FactStepTaken).pence == 1_250_50
    assert "Compensation ordered: Mon 23 Nov , £1,250.50" in text_of(browser.get(at(case)))
    number = only(CaseFact).id
    refused = browser.submit(at(case, f"facts/{number}/paid"), on=TWENTY_THIRD, pence="1250.51")
    assert "£1,250.51 paid is more than the £1,250.50 ordered. Check both amounts." in text_of(
        refused
    )


def test_a_step_that_cannot_be_is_refused_and_nothing_typed_is_lost(browser, case):
    held = fact(case)
    refused = browser.submit(
        at(case, f"facts/{held.id}/asked"), on=["22", "11", "2026"], words="By letter"
    )
    assert "That is before “Told of the decision” on 23 November 2026." in text_of(refused)
    assert form_of(refused)["words"] == "By letter"
    future = browser.submit(at(case, f"facts/{held.id}/asked"), on=["24", "11", "2026"])
    assert "Date must be today or in the past." in text_of(future)


def test_a_step_is_put_right_with_what_stands_there_in_the_boxes(browser, case):
    held = fact(case)
    form = form_of(browser.get(at(case, f"facts/{held.id}/told")))
    assert (form["on"], form["choice"]) == (TWENTY_THIRD, "not_charged")
    browser.submit(at(case, f"facts/{held.id}/told"), choice="discontinued")
    page = text_of(browser.get(at(case)))
    assert "Told of the decision: Mon 23 Nov , To discontinue all proceedings" in page
    assert "Told of the decision: Mon 23 Nov , Not to charge" not in page


def test_what_was_taken_back_leaves_the_page_and_stays_in_the_history(browser, case):
    held = fact(case)
    answer = browser.submit(at(case, f"facts/{held.id}/take-back"), reason="Of another case")
    assert answer.status_code == 302
    page = text_of(browser.get(at(case)))
    assert "Told of the decision: Mon" not in page
    assert "Right to Review of a CPS decision (Of another case)" in page
    assert browser.get(at(case, f"facts/{held.id}/asked")).status_code == 404


@pytest.mark.parametrize(
    "rest",
    [
        "facts/nothing/told/new",
        "facts/expenses/read/new",
        "facts/expenses/x/new",
        "facts/0/told",
        "orders/0/end",
    ],
)
def test_a_kind_or_step_that_is_not_there_is_no_page(browser, case, rest):
    assert browser.get(at(case, rest)).status_code == 404


def test_the_day_of_the_sentence_stands_in_the_box_and_its_last_day_on_the_page(browser, case):
    commands.record_milestone(case.crime, kind=Milestone.SENTENCED, at=MONDAY, actor=TEST)
    page = text_of(browser.get(at(case)))
    assert "An unduly lenient sentence can be referred until 21 December 2026" in page
    form = form_of(browser.get(at(case, "facts/lenient/sentenced/new")))
    assert form["on"] == TWENTY_THIRD


def test_a_child_is_told_to_ask_about_criminal_injuries(browser, manager):
    crime = a_crime(offence_on=date(2026, 10, 1))
    child = a_case(manager=manager, crime=crime, victim=a_victim(date_of_birth=date(2012, 1, 1)))
    assert "Ask: they were under 18" in text_of(browser.get(at(child)))


def test_an_order_is_recorded_changed_and_ended(browser, case):
    browser.submit(
        at(case, "orders/new"),
        kind="restraining",
        starts_on=TWENTY_THIRD,
        ends_on=["7", "12", "2026"],
        conditions="Not to come near her school.",
    )
    page = text_of(browser.get(at(case)))
    assert "Mon 23 Nov to Mon 7 Dec" in page
    assert "Not to come near her school." in page
    number = only(CaseOrder).id
    assert (
        browser.submit(at(case, f"orders/{number}/change"), ends_on=["", "", ""]).status_code == 302
    )
    page = text_of(browser.get(at(case)))
    assert "Mon 23 Nov to further notice" in page
    assert "No longer in force (1)" in page
    later = db.session.scalars(sa.select(CaseOrder).where(CaseOrder.replaced_at.is_(None))).one()
    assert browser.submit(at(case, f"orders/{later.id}/end"), reason="Lifted").status_code == 302
    assert "No longer in force (2)" in text_of(browser.get(at(case)))
    assert browser.get(at(case, f"orders/{later.id}/change")).status_code == 404


def test_an_order_that_ends_before_it_begins_is_refused(browser, case):
    refused = browser.submit(
        at(case, "orders/new"),
        kind="police_bail",
        starts_on=TWENTY_THIRD,
        ends_on=["22", "11", "2026"],
        conditions="Not to ring her.",
    )
    assert "It cannot end before it begins. Check both dates." in text_of(refused)
    assert form_of(refused)["conditions"] == "Not to ring her."


def test_an_alarm_is_on_the_case_and_on_the_desk_and_goes_when_it_is_done(browser, case):
    order(case, ends_on=TODAY + 10 * DAY)
    assert raise_alarms() == 1
    words = "Restraining order: ends soon, ask whether it will be renewed"
    for address in (at(case), "/"):
        assert words in text_of(browser.get(address))
    page = browser.get(at(case))
    browser.post(
        at(case, f"tasks/{case_task(case)}/done"),
        data={"csrf_token": form_of(page)["csrf_token"]},
    )
    assert words not in text_of(browser.get("/"))
    assert raise_alarms() == 0


def case_task(case):
    db.session.rollback()
    return db.session.scalars(sa.select(CaseTask.id).where(CaseTask.case_id == case.id)).one()


def test_who_only_reads_sees_it_and_is_led_to_no_form(desk, case):
    wish(case)
    held, made = fact(case), order(case)
    intake = desk(Role.INTAKE_OFFICER)
    html = intake.get(at(case)).get_data(as_text=True)
    assert "Restraining order" in html
    assert "Every 7 days" in html
    for rest in ("wishes/new", "orders/new", f"facts/{held.id}", f"orders/{made.id}", "facts/"):
        assert at(case, rest) not in html
    assert intake.get(at(case, "wishes/new")).status_code == 403


def test_a_closed_case_shows_it_and_is_led_to_no_form(browser, manager):
    case = a_case(manager=manager)
    wish(case)
    commands.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=MONDAY, actor=TEST
    )
    commands.close_case(case, note="Done", version=case.version, actor=TEST)
    html = browser.get(at(case)).get_data(as_text=True)
    assert "Every 7 days" in html
    assert at(case, "wishes/new") not in html
    refused = browser.submit(at(case, "wishes/new"), every="no_contact")
    assert "This case is closed." in text_of(refused)


def test_somebody_elses_case_is_not_there(desk, case):
    held, made = fact(case), order(case)
    stranger = desk(person=a_member_of_staff(Role.CASE_MANAGER, team="South"))
    for rest in (
        "wishes/new",
        f"facts/{held.id}/told",
        f"facts/{held.id}/take-back",
        f"orders/{made.id}/end",
    ):
        assert stranger.get(at(case, rest)).status_code == 404


def test_the_part_takes_as_many_statements_for_twenty_facts_as_for_one(
    browser, case, count_queries
):
    wish(case)
    fact(case)
    order(case)
    sent = []
    for _ in range(2):
        browser.get(at(case))
        count_queries.clear()
        browser.get(at(case))
        sent.append(len(count_queries))
        for number in range(20):
            fact(case, FactKind.EXPENSES, FactStep.CLAIMED, pence=number)
            order(case, conditions=f"Number {number}")
    assert sent[0] == sent[1]
