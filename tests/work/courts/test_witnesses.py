"""Victims and witnesses at court: called, supported, measures by section, and whether they came."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.core.roles import Role
from beacon.courts import commands, queries
from beacon.courts.commands import CallGiven
from beacon.courts.models import (
    CourtWitness,
    Hearing,
    SpecialMeasure,
    SpecialMeasureStep,
    WitnessCame,
)
from beacon.courts.terms import Called, Came, Ground, Measure, MeasureStep, Support, WhyNot
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, EnhancedGround, Milestone
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ST_ALBANS_CROWN = "C45SA00"


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(Role.CASE_MANAGER)


@pytest.fixture
def officer(monday: None):
    return an_actor(a_member_of_staff(Role.COURT_OFFICER, team=None))


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    victim = a_victim(
        first_name="Amelia",
        last_name="Hartwell",
        address="12 Secrecy Row, Hertford",
        postcode="SG14 1AB",
    )
    return a_case(manager=manager, victim=victim)


@pytest.fixture
def hearing(case: CaseFile) -> Hearing:
    return a_hearing(case)


def a_hearing(case: CaseFile, **known: Any) -> Hearing:
    """A first hearing of somebody charged, today in Hatfield."""
    usual = {
        "first_name": "Robin",
        "last_name": "Accused",
        "court": "B41ME00",
        "held_on": clock.today(),
        "starts_at": None,
        "mobile": None,
    }
    charge = commands.Charge(**usual | known)
    return commands.record_charge(case, charge, at=clock.now(), actor=TEST)


def call(
    hearing: Hearing, case: CaseFile, called: Called = Called.VICTIM, *, actor=TEST, **known: Any
) -> CourtWitness:
    """Somebody called to a hearing."""
    given = CallGiven(**{"called": called, "case": case} | known)
    return commands.call_witness(hearing, given, actor=actor)


def came(row: CourtWitness, how: Came, why: WhyNot | None = None, *, actor=TEST) -> None:
    commands.record_came(row, how, why, version=row.version, actor=actor)


def step(row: CourtWitness, measure: SpecialMeasure, kind: MeasureStep, *, actor=TEST) -> None:
    commands.take_measure_step(row, measure, kind, on=clock.today(), actor=actor)


def owed(case: CaseFile) -> list[Duty]:
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == "R8_SPECIAL")
    return list(db.session.scalars(query))


def test_a_victim_is_called_once_and_a_witness_by_name(hearing, case):
    first = call(hearing, case)
    assert call(hearing, case).id == first.id
    call(hearing, case, Called.WITNESS, who="Wanda  Passer")
    names = [line.name for line in queries.witnesses_of(an_actor(case.manager), hearing.id)]
    assert names == ["Amelia Hartwell", "Wanda Passer"]


@pytest.mark.parametrize(
    ("called", "who", "sentence"),
    [
        (Called.VICTIM, "Amelia", "case says who"),
        (Called.WITNESS, " ", "name of the witness"),
        (Called.WITNESS, "x" * 101, "100 characters"),
    ],
)
def test_names_are_only_those_of_witnesses(hearing, case, called, who, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        call(hearing, case, called, who=who)


def test_a_case_of_another_crime_cannot_be_called(hearing, manager):
    with pytest.raises(RuleBroken, match="case of the crime"):
        call(hearing, a_case(manager=manager))


def test_a_court_officer_sees_neither_name_nor_case_and_no_address_stands_anywhere(
    hearing, case, officer
):
    call(hearing, case, support=frozenset({Support.VISIT}))
    (line,) = queries.witnesses_of(officer, hearing.id)
    assert (line.name, line.reference) == ("", "")
    assert line.row.offered == [Support.VISIT]
    other = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    assert queries.witnesses_of(other, hearing.id) == []
    kept = {column.name for column in CourtWitness.__table__.columns}
    assert not {name for name in kept if "address" in name or "postcode" in name}


def test_a_court_officer_records_attendance_but_calls_nobody(hearing, case, officer):
    row = call(hearing, case)
    came(row, Came.ATTENDED, actor=officer)
    assert row.came is Came.ATTENDED
    with pytest.raises(RuleBroken):
        call(hearing, case, Called.WITNESS, who="Wanda", actor=officer)
    with pytest.raises(RuleBroken):
        commands.offer_support(row, [Support.VISIT], version=row.version, actor=officer)


def test_somebody_of_another_team_finds_nothing(hearing, case):
    row = call(hearing, case)
    other = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    with pytest.raises(NotFound):
        came(row, Came.ATTENDED, actor=other)
    with pytest.raises(NotFound):
        queries.get_witness(other, hearing.id, row.id)


def test_not_coming_needs_a_reason_and_coming_none(hearing, case):
    row = call(hearing, case)
    with pytest.raises(RuleBroken, match="why they did not come"):
        came(row, Came.DID_NOT_ATTEND)
    with pytest.raises(RuleBroken, match="take the reason away"):
        came(row, Came.ATTENDED, WhyNot.ILL)
    came(row, Came.DID_NOT_ATTEND, WhyNot.FEAR)
    came(row, Came.ATTENDED)
    history = db.session.scalars(sa.select(WitnessCame).order_by(WitnessCame.id)).all()
    assert [(one.came, one.why) for one in history] == [
        (Came.DID_NOT_ATTEND, WhyNot.FEAR),
        (Came.ATTENDED, None),
    ]


def test_a_page_that_is_stale_and_a_hearing_to_come_are_refused(case):
    later = a_hearing(case, held_on=clock.today() + timedelta(days=7))
    row = call(later, case)
    with pytest.raises(RuleBroken, match="not been held"):
        came(row, Came.ATTENDED)
    with pytest.raises(Stale):
        commands.offer_support(row, [Support.VISIT], version=99, actor=TEST)
    commands.offer_support(row, [Support.TRANSPORT, Support.VISIT], version=1, actor=TEST)
    assert row.offered == [Support.VISIT, Support.TRANSPORT]


def test_a_measure_from_proposed_to_told_owes_and_meets_the_outcome(hearing, case, manager):
    actor, row = an_actor(manager), call(hearing, case)
    measure = commands.propose_measure(row, Measure.SCREENS, Ground.INTIMIDATED, actor=actor)
    with pytest.raises(RuleBroken, match="decided first"):
        step(row, measure, MeasureStep.TOLD, actor=actor)
    for kind in (MeasureStep.ASKED, MeasureStep.APPLIED):
        step(row, measure, kind, actor=actor)
    assert owed(case) == []
    step(row, measure, MeasureStep.GRANTED, actor=actor)
    assert [duty.state for duty in owed(case)] == [DutyState.OPEN]
    step(row, measure, MeasureStep.IN_PLACE, actor=actor)
    step(row, measure, MeasureStep.TOLD, actor=actor)
    assert [duty.state for duty in owed(case)] == [DutyState.MET]
    assert (measure.decision, measure.in_place) == (MeasureStep.GRANTED, True)
    assert measure.told_on == clock.today()
    step(row, measure, MeasureStep.TOLD, actor=actor)  # sent twice
    held = db.session.scalars(sa.select(SpecialMeasureStep)).all()
    assert len(held) == 6


def test_a_witness_who_is_no_victim_is_owed_nothing_by_the_code(hearing, case):
    row = call(hearing, case, Called.WITNESS, who="Wanda Passer")
    measure = commands.propose_measure(row, Measure.LIVE_LINK, Ground.CONDITION, actor=TEST)
    step(row, measure, MeasureStep.REFUSED)
    assert owed(case) == []


def test_a_court_officer_records_what_the_court_does_and_no_more(hearing, case, officer):
    row = call(hearing, case)
    measure = commands.propose_measure(row, Measure.SCREENS, Ground.INTIMIDATED, actor=TEST)
    step(row, measure, MeasureStep.GRANTED, actor=officer)
    step(row, measure, MeasureStep.NOT_IN_PLACE, actor=officer)
    assert measure.in_place is False
    for kind in (MeasureStep.ASKED, MeasureStep.TOLD):
        with pytest.raises(RuleBroken):
            step(row, measure, kind, actor=officer)


def test_what_a_section_does_not_give_is_refused(hearing, case):
    row = call(hearing, case)
    for measure in (Measure.INTERMEDIARY, Measure.AIDS):
        with pytest.raises(RuleBroken, match="section 16 alone"):
            commands.propose_measure(row, measure, Ground.INTIMIDATED, actor=TEST)
    with pytest.raises(RuleBroken, match="Crown Court alone"):
        commands.propose_measure(row, Measure.WIGS, Ground.CHILD, actor=TEST)


def test_what_is_known_of_the_victim_proposes_a_ground(case, hearing):
    row = call(hearing, case)
    assert queries.proposed_grounds(row, hearing) == []
    cases.propose_grounds(
        case, [(EnhancedGround.DOMESTIC_ABUSE, "a test")], domestic_abuse=True, actor=TEST
    )
    assert queries.proposed_grounds(row, hearing) == [Ground.INTIMIDATED]


@pytest.mark.parametrize(
    ("court", "last"), [("B41ME00", date(2026, 12, 21)), ("crown", date(2026, 12, 7))]
)
def test_the_last_day_to_apply_is_counted_from_the_plea(case, court, last):
    if court == "crown":
        crown = [one.code for one in queries.courts() if one.kind.value == "crown"]
        court = crown[0]
    row = call(a_hearing(case, court=court), case)
    assert queries.apply_by(row) is None
    cases.record_milestone(
        case.crime, kind=Milestone.PLEADED_NOT_GUILTY, at=clock.now(), actor=TEST
    )
    assert queries.apply_by(row) == last


def test_what_was_written_down_only_grows(hearing, case):
    row = call(hearing, case)
    came(row, Came.ATTENDED)
    for model in (WitnessCame,):
        for order in (sa.update(model).values(by_name="Nobody"), sa.delete(model)):
            with pytest.raises(DBAPIError), transaction() as session:
                session.execute(order)
            db.session.rollback()


def test_the_figures_equal_plain_sql_and_are_made_again_as_at_a_moment(manager):
    rows = []
    for number in range(7):
        case = a_case(manager=manager)
        hearing = a_hearing(case, last_name=f"Accused{number}")
        rows.append(call(hearing, case))
        rows.append(call(hearing, case, Called.WITNESS, who=f"Wanda {number}"))
    for row in rows[:6]:
        came(row, Came.ATTENDED)
    came(rows[6], Came.DID_NOT_ATTEND, WhyNot.FEAR)
    came(rows[7], Came.DID_NOT_ATTEND, WhyNot.FEAR)
    came(rows[8], Came.NOT_NEEDED)
    measure = commands.propose_measure(rows[0], Measure.SCREENS, Ground.CHILD, actor=TEST)
    step(rows[0], measure, MeasureStep.REFUSED)
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        step(rows[0], measure, MeasureStep.GRANTED)
    today, then = clock.today(), clock.now() + timedelta(minutes=2)
    found = queries.witnesses_between(today, today, as_at=then)

    def counted(came: str) -> int:
        query = sa.text("SELECT COUNT(*) FROM court_witness WHERE came = :came")
        return db.session.execute(query, {"came": came}).scalar_one()

    assert found.all.called == 14
    assert found.all.came == counted("attended") == 6
    assert found.all.did_not == counted("did_not_attend") == 2
    assert (found.all.not_needed, found.all.not_recorded, found.all.victims) == (1, 5, 7)
    assert list(found.reasons) == [(WhyNot.FEAR, 2)]
    assert (found.measures.measures, found.measures.granted, found.measures.refused) == (1, 1, 0)
    with clock.fixed(then + timedelta(days=1)):
        came(rows[6], Came.ATTENDED)
        commands.propose_measure(rows[1], Measure.SCREENS, Ground.CHILD, actor=TEST)
        assert queries.witnesses_between(today, today, as_at=then) == found
        assert queries.witnesses_between(today, today) != found


def test_an_empty_period_is_nought(hearing):
    day = clock.today() - timedelta(days=900)
    found = queries.witnesses_between(day, day)
    assert (found.all.called, list(found.courts), list(found.reasons)) == (0, [], [])
