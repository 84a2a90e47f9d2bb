"""Anti-social behaviour: incidents counted in each district, the task, and the application."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.risk import commands, queries
from beacon.risk.commands import ApplicationGiven, ThresholdGiven
from beacon.risk.models import AsbIncident, AsbReport, AsbThreshold
from beacon.risk.reference import load_reference
from beacon.risk.rules import CEILING
from beacon.risk.terms import DISTRICTS, Applicant, AsbBody, Reporter
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.risk.builders import MONDAY, an_asb_case, an_incident, reported, tasks_of

TODAY = MONDAY.date()
DAY = timedelta(days=1)
REACHED = TaskKind.CASE_REVIEW_REACHED
ANN = {"reporter": Reporter.SOMEBODY, "name": "Ann Example"}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(name="Priya Shah")


def standing(case: CaseFile, manager: Staff, on: date = TODAY) -> queries.AsbOf:
    db.session.rollback()
    return queries.asb_of(an_actor(manager), case, on)


def three(case: CaseFile) -> None:
    for days in (30, 20, 10):
        an_incident(case, TODAY - days * DAY)


@pytest.mark.parametrize("district", DISTRICTS)
def test_three_incidents_reach_the_threshold_of_every_district(district, manager):
    case = an_asb_case(district, manager=manager)
    three(case)
    asb = standing(case, manager)
    assert asb.figures.is_reached
    assert asb.is_verified is (district in {"East Hertfordshire", "Three Rivers"})


def test_the_third_incident_tells_once_that_it_is_reached(manager):
    case = an_asb_case(manager=manager)
    an_incident(case, TODAY - 30 * DAY)
    an_incident(case, TODAY - 20 * DAY)
    assert tasks_of(case, REACHED) == []
    an_incident(case, TODAY - 10 * DAY)
    an_incident(case, TODAY - 5 * DAY)
    assert [(one.due_on, one.done_at) for one in tasks_of(case, REACHED)] == [(TODAY, None)]


def test_one_incident_reported_to_two_agencies_counts_once(manager):
    case = an_asb_case(manager=manager)
    first = an_incident(case, TODAY - 20 * DAY)
    an_incident(case, TODAY - 10 * DAY)
    again = reported(TODAY - 19 * DAY, body=AsbBody.POLICE)
    commands.record_report(case, first, again, actor=TEST)
    assert standing(case, manager).figures.incidents == 2
    assert tasks_of(case, REACHED) == []


def test_a_report_to_somebody_who_does_not_count_is_kept_and_not_counted(manager):
    case = an_asb_case(manager=manager)
    on = TODAY - 3 * DAY
    an_incident(case, on, report=reported(on, body=AsbBody.OTHER))
    assert standing(case, manager).figures.incidents == 0
    assert db.session.scalar(sa.select(AsbReport.body)) is AsbBody.OTHER


def test_three_people_reach_it_in_three_rivers_and_are_known_again_however_spelt(manager):
    case = an_asb_case("Three Rivers", manager=manager)
    an_incident(case, TODAY - 9 * DAY)
    on = TODAY - 8 * DAY
    an_incident(case, on, report=reported(on, **ANN))
    on = TODAY - 7 * DAY
    same = reported(on, reporter=Reporter.SOMEBODY, name="ann  EXAMPLE")
    an_incident(case, on, report=same)
    figures = standing(case, manager).figures
    assert (figures.incidents, figures.people, figures.is_reached) == (2, 2, False)
    on = TODAY - 6 * DAY
    an_incident(case, on, report=reported(on, reporter=Reporter.SOMEBODY, name="Ben Sample"))
    figures = standing(case, manager).figures
    assert (figures.people, figures.is_reached) == (3, True)


def test_where_only_the_act_is_reached_that_is_said_and_may_be_applied_for(manager):
    case = an_asb_case("Three Rivers", manager=manager)
    an_incident(case, TODAY - 9 * DAY)
    an_incident(case, TODAY - 8 * DAY)
    on = TODAY - 7 * DAY
    an_incident(case, on, report=reported(on, **ANN))
    asb = standing(case, manager)
    assert (asb.figures.is_reached, asb.only_by_the_act) == (False, True)
    assert apply(case, district="Three Rivers").district == "Three Rivers"


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("East Herts", "East Hertfordshire"),
        ("EAST HERTFORDSHIRE DISTRICT COUNCIL", "East Hertfordshire"),
        ("Watford Borough Council", "Watford"),
        ("St. Albans", "St Albans"),
        ("Luton", ""),
        ("", ""),
    ],
)
def test_a_district_is_known_however_a_feed_writes_it(written, known, manager):
    assert queries.known_district(written) == known


def test_an_unknown_district_is_counted_by_the_act_and_says_so(manager):
    case = an_asb_case("Luton", manager=manager)
    three(case)
    asb = standing(case, manager)
    assert (asb.row, asb.local) == (None, None)
    assert asb.figures.is_reached


def test_an_incident_that_was_taken_back_stays_and_counts_no_more(manager):
    case = an_asb_case(manager=manager)
    three(case)
    last = db.session.scalars(sa.select(AsbIncident).order_by(AsbIncident.id.desc())).first()
    with pytest.raises(RuleBroken) as refusal:
        commands.take_incident_back(case, last, reason=" ", actor=TEST)
    assert refusal.value.field == "reason"
    commands.take_incident_back(case, last, reason="Another street.", actor=TEST)
    asb = standing(case, manager)
    assert (asb.figures.incidents, len(asb.withdrawn)) == (2, 1)
    assert [one.done_at is not None for one in tasks_of(case, REACHED)] == [True]
    with pytest.raises(RuleBroken, match="taken back meanwhile"):
        commands.record_report(case, last, reported(TODAY), actor=TEST)


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"what": ""}, "what"),
        ({"on": TODAY + DAY}, "on"),
        ({"report": reported(TODAY + DAY)}, "reported_on"),
        ({"report": reported(TODAY - 40 * DAY)}, "reported_on"),
        ({"report": reported(TODAY, reporter=Reporter.SOMEBODY)}, "name"),
        ({"report": reported(TODAY, name="Ann Example")}, "name"),
    ],
)
def test_what_cannot_be_so_is_refused_by_its_box(known, field, manager):
    case = an_asb_case(manager=manager)
    with pytest.raises(RuleBroken) as refusal:
        an_incident(case, **{"on": TODAY - 2 * DAY} | known)
    assert refusal.value.field == field
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AsbIncident)) == 0


def test_what_happened_and_who_reported_it_are_kept_sealed(manager):
    case = an_asb_case(manager=manager)
    an_incident(case, TODAY, report=reported(TODAY, **ANN))
    what, who = db.session.execute(
        sa.select(AsbIncident.what_sealed, AsbReport.reporter_sealed)
        .join(AsbReport, AsbReport.incident_id == AsbIncident.id)
    ).one()  # fmt: skip
    assert b"bottles" not in what
    assert b"Ann" not in who


def test_a_form_that_was_sent_twice_is_one_incident_with_one_report(manager):
    case = an_asb_case(manager=manager)
    assert an_incident(case, TODAY).id == an_incident(case, TODAY).id
    row = db.session.scalars(sa.select(AsbIncident)).one()
    commands.record_report(case, row, reported(TODAY), actor=TEST)
    assert len(db.session.scalars(sa.select(AsbReport)).all()) == 1


def apply(case: CaseFile, **known):
    usual = {"district": "East Hertfordshire", "applicant": Applicant.VICTIM}
    return commands.prepare_application(case, ApplicationGiven(**usual | known), actor=TEST)


def test_an_application_is_prepared_once_enough_counts_and_its_task_is_done(manager):
    case = an_asb_case(manager=manager)
    an_incident(case, TODAY)
    with pytest.raises(RuleBroken, match="Only 1 of 3 incidents"):
        apply(case)
    three(case)
    made = apply(case, effect="No sleep", asked="A camera")
    assert (made.prepared_on, made.effect, made.asked) == (TODAY, "No sleep", "A camera")
    assert [one.done_at is not None for one in tasks_of(case, REACHED)] == [True]
    assert apply(case, effect="No sleep", asked="A camera").id == made.id


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"applicant": Applicant.ANONYMOUS}, "applicant"),
        ({"applicant": Applicant.BEHALF, "consent_on": TODAY}, "name"),
        ({"applicant": Applicant.BEHALF, "name": "A neighbour"}, "consent_on"),
        (
            {"applicant": Applicant.BEHALF, "name": "A neighbour", "consent_on": TODAY + DAY},
            "consent_on",
        ),
        ({"name": "A neighbour"}, "applicant"),
        ({"district": "Luton"}, "district"),
    ],
)
def test_nobody_applies_without_a_name_or_for_the_victim_without_consent(known, field, manager):
    case = an_asb_case(manager=manager)
    three(case)
    with pytest.raises(RuleBroken) as refusal:
        apply(case, **known)
    assert refusal.value.field == field


def test_a_friend_applies_with_the_victims_consent(manager):
    case = an_asb_case(manager=manager)
    three(case)
    made = apply(case, applicant=Applicant.BEHALF, name="Ann Example, neighbour", consent_on=TODAY)
    assert made.applicant_name == "Ann Example, neighbour"


def row_of(district: str) -> AsbThreshold:
    return db.session.scalars(
        sa.select(AsbThreshold).where(AsbThreshold.district == district)
    ).one()


def threshold_given(**known) -> ThresholdGiven:
    usual = {
        "threshold": CEILING,
        "friend_may_apply": True,
        "anonymous_accepted": False,
        "source": "Rang the council",
        "note": "",
        "verified_on": TODAY,
    }
    return ThresholdGiven(**usual | known)


def test_an_administrator_says_what_a_district_asks_for_and_an_upgrade_keeps_it(manager):
    admin = an_actor(a_member_of_staff(Role.ADMINISTRATOR, team=None, name="Leonie Garside"))
    given = threshold_given(threshold=replace(CEILING, hate_count=1))
    row = row_of("Watford")
    commands.change_threshold(row, given, version=row.version, actor=admin)
    load_reference()
    db.session.rollback()
    kept = row_of("Watford")
    assert (kept.hate_count, kept.verified_by, kept.version) == (1, "Leonie Garside", 2)
    case = an_asb_case("Watford", manager=manager)
    an_incident(case, TODAY, is_hate=True)
    assert standing(case, manager).figures.reached_by == ("a hate incident",)
    with pytest.raises(RuleBroken, match="Somebody else has changed"):
        commands.change_threshold(row, given, version=1, actor=admin)


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"threshold": replace(CEILING, count=4)}, "count"),
        ({"threshold": replace(CEILING, count=0)}, "count"),
        ({"threshold": replace(CEILING, window_months=5)}, "window_months"),
        ({"threshold": replace(CEILING, report_within_months=0)}, "report_within_months"),
        ({"source": ""}, "source"),
        ({"verified_on": TODAY + DAY}, "verified_on"),
    ],
)
def test_no_district_asks_for_more_than_the_act_allows(known, field):
    with pytest.raises(RuleBroken) as refusal:
        commands.change_threshold(
            row_of("Watford"), threshold_given(**known), version=1, actor=TEST
        )
    assert refusal.value.field == field


def test_a_case_manager_changes_no_district(manager):
    with pytest.raises(RuleBroken, match="You may no longer do this"):
        commands.change_threshold(
            row_of("Watford"), threshold_given(), version=1, actor=an_actor(manager)
        )
