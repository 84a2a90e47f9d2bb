"""The return counts what plain SQL counts, and a changed template leaves the old quarter alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken, Stale
from beacon.people.models import Victim
from beacon.reports import commands
from beacon.reports.models import ReturnColumn
from beacon.reports.queries import returning
from beacon.reports.reference import first_columns, load_reference
from beacon.reports.return_sheets import return_workbook
from beacon.reports.rules import Period
from beacon.reports.rules.returning import figure, lacking
from beacon.reports.terms.returning import Fact
from tests.duties import OCTOBER
from tests.factories import TEST, a_case, a_crime

AUGUST = datetime(2026, 8, 12, 10, tzinfo=UTC)
MAY = datetime(2026, 5, 12, 10, tzinfo=UTC)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
WHO = machine("test")


@pytest.fixture(autouse=True)
def october(app):
    with clock.fixed(OCTOBER):
        yield


def opened(at: datetime, **of_districts: int) -> None:
    with clock.fixed(at):
        for district, number in of_districts.items():
            for _ in range(number):
                a_case(crime=a_crime(district="" if district == "nowhere" else district))


def given(**known):
    usual = {"heading": "Watford", "counted": "cases.district.Watford", "place": 5}
    return commands.ColumnGiven(**usual | {"from_on": clock.today()} | known)


PLAIN = {
    "cases": "SELECT count(*) FROM case_file WHERE {days}",
    "cases.district.Watford": (
        "SELECT count(*) FROM case_file JOIN crime ON crime.id = case_file.crime_id "
        "WHERE crime.district = 'Watford' AND {days}"
    ),
    "cases.standard": "SELECT count(*) FROM case_file WHERE NOT enhanced AND {days}",
    "cases.enhanced": "SELECT count(*) FROM case_file WHERE enhanced AND {days}",
    "cases.crime.theft": (
        "SELECT count(*) FROM case_file JOIN crime ON crime.id = case_file.crime_id "
        "WHERE lower(crime.offence) LIKE '%burglary%' AND {days}"
    ),
    "cases.sex.female": (
        "SELECT count(*) FROM case_file JOIN victim ON victim.id = case_file.victim_id "
        "WHERE lower(victim.gender) = 'female' AND {days}"
    ),
    "cases.religion.sikh": (
        "SELECT count(*) FROM case_file JOIN victim ON victim.id = case_file.victim_id "
        "WHERE victim.religion = 'sikh' AND {days}"
    ),
    "cases.missed": (
        "SELECT count(*) FROM case_file JOIN duty ON duty.case_id = case_file.id "
        "WHERE duty.rule = 'FIRST_CONTACT' AND duty.state = 'open' "
        "AND duty.due_on < '2026-10-01' AND {days}"
    ),
}
DAYS = "case_file.opened_at >= :first AND case_file.opened_at < :after"
BOUNDS = {
    "first": datetime(2026, 6, 30, 23, tzinfo=UTC),
    "after": datetime(2026, 9, 30, 23, tzinfo=UTC),
}


def test_each_number_is_what_plain_sql_counts(app):
    opened(AUGUST, Watford=3, Dacorum=2, nowhere=2)
    opened(MAY, Watford=1)
    with transaction() as session:
        people = session.scalars(sa.select(Victim.id)).all()
        chosen = sa.update(Victim).where(Victim.id.in_(people[:2]))
        session.execute(chosen.values(gender="Female", religion="sikh"))
    (out,) = returning.quarters(WHO, QUARTER, clock.now())
    kinds = {"first": sa.DateTime(timezone=True), "after": sa.DateTime(timezone=True)}
    for counted, query in PLAIN.items():
        text = sa.text(query.format(days=DAYS)).bindparams(
            *(sa.bindparam(name, BOUNDS[name], kinds[name]) for name in kinds)
        )
        assert figure(out, counted).number == db.session.scalar(text), counted
    assert figure(out, "cases").number == 7
    assert figure(out, "cases.missed").number > 0


def test_what_is_missing_is_listed_case_by_case(app):
    opened(AUGUST, Watford=3, nowhere=4)
    opened(MAY, nowhere=1)
    (out,) = returning.quarters(TEST, QUARTER, clock.now())
    for fact in Fact:
        page = returning.missing(TEST, fact, QUARTER, clock.today()).page()
        assert len(page) == min(lacking(out, fact), 50), fact
    assert lacking(out, Fact.DISTRICT) == 4
    assert lacking(out, Fact.RELIGION) == 7


def test_a_page_of_what_is_missing_goes_on_by_its_key(app):
    opened(AUGUST, nowhere=5)
    listed = returning.missing(TEST, Fact.DISTRICT, QUARTER, clock.today())
    first = listed.page(size=2)
    second = listed.page(first.next, size=2)
    third = listed.page(second.next, size=2)
    ids = [row.case_id for page in (first, second, third) for row in page]
    assert len(ids) == len(set(ids)) == 5
    assert third.next is None


def test_a_changed_template_does_not_change_an_old_quarter(app):
    opened(AUGUST, Watford=3)
    (out,) = returning.quarters(WHO, QUARTER, clock.now())
    before = return_workbook({"Q": out}, returning.columns_on(QUARTER.last))
    row = commands.add_column(given(), actor=TEST)
    first = next(one for one in returning.all_columns() if one.counted == "cases")
    commands.change_column(first, given(heading="All", counted="cases", place=1), actor=TEST)
    other = next(one for one in returning.all_columns() if one.counted == "cases.contacted")
    commands.end_column(other, clock.today(), actor=TEST)
    assert return_workbook({"Q": out}, returning.columns_on(QUARTER.last)) == before
    now = {one.heading for one in returning.columns_on(clock.today() + timedelta(days=1))}
    assert {"All", "Watford"} <= now
    assert first.heading not in now
    assert other.heading not in now
    assert row.key != first.key


def test_a_change_keeps_the_key_and_says_who_made_it(app):
    first = returning.all_columns()[0]
    new = commands.change_column(first, given(heading="Anew"), actor=TEST)
    assert (new.key, new.by_name) == (first.key, TEST.name)
    assert first.until_on == clock.today() - timedelta(days=1)
    actions = db.session.scalars(
        sa.select(AuditEntry.action).where(AuditEntry.object_type == "return_column")
    ).all()
    assert actions == ["return_column.changed"]


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"from_on": OCTOBER.date() - timedelta(days=1)}, "Choose today or a day to come"),
        ({"from_on": OCTOBER.date() + timedelta(days=900)}, "within two years"),
        ({"heading": "  "}, "Enter a heading"),
        ({"heading": "cases OPENED"}, "has this heading already"),
        ({"counted": "cases.of_everything"}, "Choose what is counted"),
        ({"place": 0}, "Enter a place"),
    ],
)
def test_a_column_that_cannot_be_is_refused(app, known, why):
    before = db.session.scalar(sa.select(sa.func.count(ReturnColumn.id)))
    with pytest.raises(RuleBroken, match=why):
        commands.add_column(given(**known), actor=TEST)
    assert db.session.scalar(sa.select(sa.func.count(ReturnColumn.id))) == before


def test_two_who_change_a_column_at_once_do_not_make_two(app):
    first = returning.all_columns()[0]
    commands.change_column(first, given(heading="Mine"), actor=TEST)
    with pytest.raises(Stale):
        commands.change_column(first, given(heading="Theirs"), actor=TEST)
    with pytest.raises(Stale):
        commands.end_column(first, clock.today(), actor=TEST)


def test_a_column_that_was_wrong_today_is_mended_today(app):
    row = commands.add_column(given(heading="Wrong"), actor=TEST)
    commands.change_column(row, given(heading="Right"), actor=TEST)
    now = [one.heading for one in returning.columns_on(clock.today())]
    assert "Right" in now
    assert "Wrong" not in now


def test_an_upgrade_keeps_what_was_changed(app):
    known = len(returning.all_columns())
    assert known == len(list(first_columns()))
    commands.end_column(returning.all_columns()[0], clock.today(), actor=TEST)
    load_reference()
    assert len(returning.all_columns()) == known
