"""Attendance by what became of the text, and the numbers that do not serve."""

from datetime import date

import pytest

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.sealed import blind_index
from beacon.courts import commands, queries
from beacon.courts.models import Hearing
from beacon.courts.queries import faults_of
from beacon.courts.terms import Attendance, HearingOutcome, NumberFault, TextEnd, unit_of
from beacon.notify.models import OutboundText, SuppressedNumber
from beacon.notify.terms import Audience, NumberFlag, TextState
from tests.factories import TEST
from tests.hearings import MONDAY_MORNING, TUESDAY, a_hearing, a_row, take_list

MONDAY = date(2026, 11, 23)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
S, A, F = TextState, Attendance, NumberFault


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


def over(state: TextState | None, came: Attendance | None, reason: str = "", **known) -> Hearing:
    """A hearing of today with what its text came to, and whether the defendant came."""
    hearing = a_hearing(held_on=MONDAY, **known)
    if state is not None:
        with transaction() as session:
            session.add(
                OutboundText(
                    kind="court_reminder",
                    about_id=hearing.id,
                    on_day=MONDAY,
                    audience=Audience.DEFENDANT,
                    state=state,
                    reason=reason,
                )
            )
    if came is not None:
        commands.record_outcome(
            hearing.id,
            outcome=HearingOutcome.DISCONTINUED,
            attendance=came,
            version=1,
            actor=TEST,
        )
    return hearing


def table() -> dict[TextEnd, tuple[int, int, int]]:
    db.session.rollback()
    rows = queries.attendance(TEST, *YEAR).rows
    return {row.end: (row.came, row.stayed_away, row.left_out) for row in rows}


def test_attendance_is_counted_by_what_became_of_the_text():
    over(S.DELIVERED, A.ATTENDED)
    over(S.DELIVERED, A.DID_NOT_ATTEND)
    over(S.FAILED, A.DID_NOT_ATTEND)
    over(S.SENT, A.ATTENDED)
    over(S.SUPPRESSED, A.ATTENDED, "landline")
    over(S.SUPPRESSED, A.ATTENDED, "custody")
    over(None, A.ATTENDED)
    over(S.DELIVERED, A.NOT_REQUIRED)
    over(S.DELIVERED, A.NOT_KNOWN)
    assert table() == {
        TextEnd.DELIVERED: (1, 1, 2),
        TextEnd.NOT_DELIVERED: (0, 1, 0),
        TextEnd.NO_RECEIPT: (1, 0, 0),
        TextEnd.NO_NUMBER: (1, 0, 0),
        TextEnd.OTHER: (2, 0, 0),
    }


def test_what_has_no_outcome_is_said_and_not_counted():
    over(S.DELIVERED, None)
    a_hearing(held_on=TUESDAY)
    found = queries.attendance(TEST, MONDAY, MONDAY)
    assert (found.not_recorded, found.counted) == (1, 0)


def test_several_hearings_of_one_text_count_once():
    for code in ("FH", "GAP"):
        a_hearing(last_name="Twice", mobile="07700 900601", type_code=code)
    commands.plan_texts(TUESDAY, actor=TEST)
    hearings = db.session.query(Hearing).all()
    with transaction() as session:
        session.query(OutboundText).one().state = S.DELIVERED
    with clock.fixed(MONDAY_MORNING.replace(day=24, hour=17)):
        for hearing in hearings:
            commands.record_outcome(
                hearing.id,
                outcome=HearingOutcome.HELD,
                attendance=A.ATTENDED,
                version=1,
                actor=TEST,
            )
    assert table()[TextEnd.DELIVERED] == (1, 0, 0)


def test_a_rate_of_fewer_than_five_is_not_given():
    for _ in range(4):
        over(S.DELIVERED, A.ATTENDED)
    (row, *_) = queries.attendance(TEST, *YEAR).rows
    assert (row.percent, row.interval) == (None, None)
    over(S.DELIVERED, A.DID_NOT_ATTEND)
    (row, *_) = queries.attendance(TEST, *YEAR).rows
    assert row.percent == 80
    assert (row.interval.low, row.interval.high) == pytest.approx((0.3755, 0.9638), abs=0.0001)


def test_two_groups_are_compared_only_where_both_are_large_enough():
    for _ in range(5):
        over(S.DELIVERED, A.ATTENDED)
    assert queries.attendance(TEST, *YEAR).more_came is None
    for _ in range(5):
        over(S.UNDELIVERED, A.DID_NOT_ATTEND)
    more, interval = queries.attendance(TEST, *YEAR).more_came
    assert more == 100
    assert 0 < interval.low < interval.high <= 1


@pytest.mark.parametrize(
    ("number", "faults"),
    [
        ("", (F.MISSING,)),
        ("07700 9005", (F.UNREADABLE,)),
        ("01632 960512", (F.LANDLINE,)),
        ("+1 202 555 0143", (F.NOT_A_UK_MOBILE,)),
        ("07700 900501", ()),
    ],
)
def test_each_number_has_its_fault(number, faults):
    assert faults_of(number, (), is_shared=False) == faults


def test_a_number_may_have_several_faults():
    flags = (NumberFlag.BAD_NUMBER, NumberFlag.OPTED_OUT)
    assert faults_of("01632 960512", flags, is_shared=True) == (F.LANDLINE, F.BAD, F.SHARED)


@pytest.mark.parametrize(
    ("urn", "unit"),
    [
        ("41E10001224", "41E1 Stevenage"),
        ("41Z90001224", "41Z9"),
        ("", "Unit not known"),
        ("=cmd", "Unit not known"),
    ],
)
def test_a_urn_says_which_unit_gave_the_number(urn, unit):
    assert unit_of(urn) == unit


def test_numbers_are_counted_by_the_unit_of_the_urn_and_by_the_file():
    take_list(
        a_row(mobile="01632 960512"),
        a_row(urn="41F10000126", defendant_reference="D2", crime_reference="41/101/26", mobile=""),
        a_row(urn="41F10000226", defendant_reference="D3", crime_reference="41/102/26",
              mobile="07700 900502"),
    )  # fmt: skip
    found = queries.faulty_numbers(TEST, *YEAR)
    assert [(one.name, one.defendants, one.faulty) for one in found.suppliers] == [
        ("41E1 Stevenage", 1, 1),
        ("41F1 St Albans", 2, 1),
    ]
    assert {row.source for row in found.rows} == {"list.csv"}
    assert [(row.supplier, row.faults) for row in found.rows] == [
        ("41E1 Stevenage", (F.LANDLINE,)),
        ("41F1 St Albans", (F.MISSING,)),
    ]


def test_a_number_that_a_person_wrote_down_is_our_own():
    person = a_hearing(mobile="").defendant
    commands.correct_mobile(
        person.id, "01632 960512", do_not_text=False, version=person.version, actor=TEST
    )
    (row,) = queries.faulty_numbers(TEST, *YEAR).rows
    assert row.supplier == row.source == "Written down here"


def test_a_number_is_shared_only_by_people_of_different_names():
    for name, mobile in (("Same", "07700 900601"), ("Same", "07700 900601")):
        a_hearing(last_name=name, mobile=mobile)
    assert queries.faulty_numbers(TEST, *YEAR).rows == []
    a_hearing(last_name="Other", mobile="+44 7700 900601")
    found = queries.faulty_numbers(TEST, *YEAR)
    assert [row.faults for row in found.rows] == [(F.SHARED,)] * 3
    assert dict(found.by_fault)[F.SHARED] == 3


def test_what_the_provider_and_callers_found_out_counts():
    a_hearing(mobile="07700 900601")
    with transaction() as session:
        session.add(
            SuppressedNumber(
                phone_index=blind_index("phone", "+447700900601"),
                flag=NumberFlag.WRONG_PERSON,
                source="call",
            )
        )
    (row,) = queries.faulty_numbers(TEST, *YEAR).rows
    assert row.faults == (F.WRONG_PERSON,)


def test_only_hearings_of_the_period_count():
    a_hearing(mobile="")
    assert queries.faulty_numbers(TEST, MONDAY, MONDAY).defendants == 0
