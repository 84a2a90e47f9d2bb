"""A milestone out of order, or there already, is asked about; so is a time that London has not."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.cases import commands
from beacon.cases.models import CrimeMilestone, ProposedMilestone
from beacon.cases.terms import SuspectStatus
from beacon.core import clock
from beacon.core.db import db
from beacon.entitlements.terms import Milestone
from tests.factories import TEST, a_case, a_crime
from tests.pages import form_of, text_of
from tests.web.cases.conftest import MONDAY

SUNDAY = {"at": ["22", "11", "2026"], "at-time": "10am"}
SAID = "“Suspect arrested” usually comes first, and is recorded for 23 November 2026 at 09:30."


def recorded(case, kind):
    query = sa.select(CrimeMilestone.happened_at).where(
        CrimeMilestone.crime_id == case.crime_id, CrimeMilestone.kind == kind
    )
    return sorted(db.session.scalars(query))


def place(case):
    return f"/cases/{case.reference}/milestones/new"


def test_a_milestone_before_its_turn_is_asked_about_and_recorded_on_a_second_word(browser, case):
    answer = browser.submit(place(case), kind="bailed", **SUNDAY)
    assert SAID in text_of(answer)
    assert recorded(case, Milestone.BAILED) == []
    again = form_of(answer)
    assert (again["kind"], again["at-time"]) == ("bailed", "10am")
    assert browser.post(place(case), data=again).status_code == 200
    assert browser.post(place(case), data=again | {"sure": "y"}).status_code == 302
    assert recorded(case, Milestone.BAILED) == [datetime(2026, 11, 22, 10, 0, tzinfo=UTC)]


def test_the_same_for_another_moment_within_a_day_is_asked_about(browser, case):
    answer = browser.submit(
        place(case), kind="arrested", **{"at": ["23", "11", "2026"], "at-time": "9am"}
    )
    assert "is already recorded for 23 November 2026 at 09:30, within a day" in text_of(answer)
    assert len(recorded(case, Milestone.ARRESTED)) == 1
    browser.post(place(case), data=form_of(answer) | {"sure": "y"})
    assert len(recorded(case, Milestone.ARRESTED)) == 2


def test_a_tick_for_other_answers_does_not_count(browser, case):
    asked = form_of(browser.submit(place(case), kind="bailed", **SUNDAY)) | {"sure": "y"}
    answer = browser.post(place(case), data=asked | {"kind": "charged"})
    assert "Choose one of the answers" in text_of(answer)
    answer = browser.post(
        place(case), data=asked | {"kind": "arrested", "at": ["23", "11", "2026"], "at-time": "9am"}
    )
    assert "within a day of this" in text_of(answer)
    assert len(recorded(case, Milestone.ARRESTED)) == 1
    assert "sure" not in form_of(answer)


def test_a_tick_that_nobody_asked_for_does_not_count(browser, case):
    assert SAID in text_of(browser.submit(place(case), kind="bailed", sure="y", **SUNDAY))
    assert recorded(case, Milestone.BAILED) == []


def test_what_is_in_order_is_recorded_at_once(browser, case):
    good = {"at": ["23", "11", "2026"], "at-time": "9:30am"}
    assert browser.submit(place(case), kind="bailed", **good).status_code == 302


def test_who_records_the_very_same_again_is_told_so(browser, case):
    same = {"at": ["23", "11", "2026"], "at-time": "9:30am"}
    assert browser.submit(place(case), kind="arrested", **same).status_code == 302
    words = text_of(browser.get(f"/cases/{case.reference}"))
    assert "recorded already for this moment" in words
    assert len(recorded(case, Milestone.ARRESTED)) == 1


def test_a_milestone_that_the_feed_proposes_is_asked_about_too(browser, case):
    facts = {
        "reference": case.crime.reference,
        "recorded_at": case.crime.recorded_at,
        "suspect_status": SuspectStatus.BAILED,
    }
    commands.record_crime(commands.CrimeFacts(**facts), actor=TEST)
    proposal = db.session.scalars(sa.select(ProposedMilestone)).one()
    address = f"/cases/{case.reference}/proposals/{proposal.id}"
    prefixed = {f"proposal{proposal.id}-{name}": value for name, value in SUNDAY.items()}
    answer = browser.submit(address, **prefixed)
    assert SAID in text_of(answer)
    sure = {f"proposal{proposal.id}-sure": "y"}
    assert browser.post(address, data=form_of(answer) | sure).status_code == 302
    assert len(recorded(case, Milestone.BAILED)) == 1


def test_a_london_time_that_comes_twice_is_asked_about(browser, manager):
    case = a_case(manager=manager, crime=a_crime(offence_on=None))
    twice = {"at": ["25", "10", "2026"], "at-time": "1:30am"}
    answer = browser.submit(place(case), kind="bailed", **twice)
    assert "this time comes twice. Say which you mean." in text_of(answer)
    assert recorded(case, Milestone.BAILED) == []
    chosen = form_of(answer) | {"at-which": "second"}
    assert browser.post(place(case), data=chosen).status_code == 302
    assert recorded(case, Milestone.BAILED) == [datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]


def test_the_first_of_two_times_is_an_hour_earlier(browser, manager):
    case = a_case(manager=manager, crime=a_crime(offence_on=None))
    first = {"at": ["25", "10", "2026"], "at-time": "1:30am", "at-which": "first"}
    assert browser.submit(place(case), kind="bailed", **first).status_code == 302
    assert recorded(case, Milestone.BAILED) == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_a_london_time_that_does_not_exist_is_refused_with_what_to_do(browser, manager):
    case = a_case(manager=manager, crime=a_crime(offence_on=None))
    gone = {"at": ["29", "3", "2026"], "at-time": "1:30am"}
    answer = browser.submit(place(case), kind="bailed", **gone)
    words = text_of(answer)
    assert "01:30 on 29 March 2026 does not exist: the clocks go forward." in words
    assert form_of(answer)["at-time"] == "1:30am"
    assert recorded(case, Milestone.BAILED) == []


@pytest.mark.parametrize("word", ["charged", "nonsense", ""])
def test_an_address_that_names_nothing_to_record_here_chooses_nothing(browser, case, word):
    assert form_of(browser.get(f"{place(case)}?kind={word}"))["kind"] == ""


def test_a_milestone_of_the_next_day_is_not_the_same(desk, manager, case):
    with clock.fixed(MONDAY + timedelta(days=2)):
        browser = desk(person=manager)
        later = {"at": ["24", "11", "2026"], "at-time": "9:31am"}
        assert browser.submit(place(case), kind="arrested", **later).status_code == 302
