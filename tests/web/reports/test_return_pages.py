"""The ministry's return: exact for who counts, as published for all, and its columns kept."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.people.models import Victim
from beacon.reports.models import ReturnColumn
from tests.duties import OCTOBER
from tests.factories import a_case, a_crime
from tests.pages import text_of

AUGUST = datetime(2026, 8, 12, 10, tzinfo=UTC)
DAYS = "first=1&first=8&first=2026&last=31&last=8&last=2026"
YEAR = "first=1&first=1&first=2026&last=30&last=9&last=2026"
RETURN = "/reports/return"
LATER = OCTOBER + timedelta(minutes=9)
TODAY = ["20", "10", "2026"]
LINK = ">Put it right<span"
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(autouse=True)
def october(app):
    with clock.fixed(OCTOBER):
        yield


@pytest.fixture
def leader(desk):
    return desk(Role.TEAM_LEADER)


@pytest.fixture
def analyst(desk):
    return desk(Role.ANALYST)


@pytest.fixture
def administrator(desk):
    return desk(Role.ADMINISTRATOR)


def august(**of_districts: int) -> None:
    with clock.fixed(AUGUST):
        for district, number in of_districts.items():
            for _ in range(number):
                a_case(crime=a_crime(district="" if district == "nowhere" else district))


def sheets_of(answer) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(answer.data))
    return {one.title: list(one.iter_rows(values_only=True)) for one in book}


def column(counted: str) -> ReturnColumn:
    rows = sa.select(ReturnColumn).where(ReturnColumn.counted == counted)
    return db.session.scalars(rows.order_by(ReturnColumn.id.desc())).first()


def test_an_empty_county_says_what_will_be_here(leader, analyst):
    assert "Nothing was recorded in these days" in text_of(leader.get(RETURN))
    assert analyst.get(RETURN).headers["Location"] == f"{RETURN}/published"
    assert "No page of outcomes was published yet" in text_of(analyst.get(f"{RETURN}/published"))
    assert analyst.get(f"{RETURN}/published.xlsx").headers["Location"] == f"{RETURN}/published"


def test_each_column_has_its_number_and_each_lack_its_cases(leader, analyst):
    august(Watford=3, nowhere=2)
    with transaction() as session:
        by_district = {"counted": "cases.district.Watford", "heading": "Watford"}
        session.execute(
            sa.update(ReturnColumn).where(ReturnColumn.counted == "cases").values(**by_district)
        )
    words = text_of(leader.get(f"{RETURN}?{DAYS}"))
    assert "Watford 3" in words
    assert "No district 2" in words
    listed = leader.get(f"{RETURN}/missing?fact=district&{DAYS}").get_data(as_text=True)
    assert listed.count(LINK) == 2
    assert analyst.get(f"{RETURN}/missing?fact=district&{DAYS}").status_code == 403
    assert leader.get(f"{RETURN}/missing?fact=other").headers["Location"] == RETURN


@pytest.mark.parametrize("fact", ["religion", "contact", "told", "age", "attendance", "outcome"])
def test_a_list_of_what_is_missing_opens_and_its_links_lead_somewhere(leader, fact):
    august(Watford=1)
    page = leader.get(f"{RETURN}/missing?fact={fact}&{DAYS}")
    assert page.status_code == 200
    for part in page.get_data(as_text=True).split('href="')[1:]:
        address, _, anchor = part.partition('"')[0].partition("#")
        if LINK in part.partition("</a>")[0]:
            target = leader.get(address)
            assert target.status_code == 200
            assert not anchor or f'id="{anchor}"' in target.get_data(as_text=True)


def test_a_case_of_another_team_is_neither_counted_nor_listed(desk, leader):
    august(nowhere=2)
    other = desk(Role.TEAM_LEADER, team="South")
    with transaction() as session:
        for name, which in (("North", "max"), ("South", "min")):
            session.execute(
                sa.text(
                    "UPDATE case_file SET team_id = (SELECT id FROM team WHERE name = :name) "
                    f"WHERE id = (SELECT {which}(id) FROM case_file)"
                ),
                {"name": name},
            )
    for browser in (leader, other):
        listed = browser.get(f"{RETURN}/missing?fact=district&{DAYS}").get_data(as_text=True)
        assert listed.count(LINK) == 1
        assert "No sex or gender 1 to look at" in text_of(browser.get(f"{RETURN}?{DAYS}"))


def test_the_workbook_has_a_line_for_each_quarter_and_no_formula(leader):
    august(Watford=3)
    with transaction() as session:
        session.execute(
            sa.update(ReturnColumn).where(ReturnColumn.counted == "cases").values(heading=FORMULA)
        )
    answer = leader.get(f"{RETURN}/exact.xlsx?{YEAR}")
    sheets = sheets_of(answer)
    assert list(sheets) == ["Return", "About", "Missing"]
    head, *lines = sheets["Return"]
    at = head.index(FORMULA)
    assert [line[0] for line in lines] == [
        "1 January 2026 to 31 March 2026",
        "1 April 2026 to 30 June 2026",
        "1 July 2026 to 30 September 2026",
    ]
    assert [line[at] for line in lines] == [0, 0, 3]
    book = load_workbook(io.BytesIO(answer.data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}


def test_what_leaves_is_what_was_published_and_has_the_same_bytes_later(leader, analyst, desk):
    august(Watford=9, Dacorum=7, Stevenage=2)
    with transaction() as session:
        session.execute(sa.update(Victim).values(gender="Male"))
        few = sa.select(Victim.id).order_by(Victim.id).limit(2)
        session.execute(sa.update(Victim).where(Victim.id.in_(few)).values(gender="Female"))
    where = leader.submit(f"/reports/outcomes/publish?{DAYS}", sure="y").headers["Location"]
    page = where.rpartition("=")[2]
    sheet = f"{RETURN}/published.xlsx?page={page}"
    book = analyst.get(sheet)
    assert list(sheets_of(book)) == ["Return", "About"]
    head, line = sheets_of(book)["Return"]
    said = dict(zip(head, line, strict=True))
    assert said["Cases opened"] == 18
    assert said["Sex: Female"] == "hidden"
    assert said["Updates: due"] == "not published"
    assert "It may leave" in text_of(analyst.get(f"{RETURN}/published"))
    with clock.fixed(LATER):
        august(Broxbourne=6)
        administrator = desk(Role.ADMINISTRATOR)
        one = column("cases")
        answer = administrator.submit(
            f"{RETURN}/columns/{one.id}",
            heading="All", counted="cases", place="1", from_on=TODAY,
        )  # fmt: skip
        assert answer.headers["Location"] == f"{RETURN}/columns"
        assert analyst.get(sheet).data == book.data
    assert analyst.get(f"{RETURN}/published?page=999").status_code == 404


def test_an_administrator_adds_changes_and_ends_a_column(administrator):
    added = administrator.submit(
        f"{RETURN}/columns/new",
        heading="Stevenage", counted="cases.district.Stevenage", place="15", from_on=TODAY,
    )  # fmt: skip
    assert added.headers["Location"] == f"{RETURN}/columns"
    one = column("cases.district.Stevenage")
    assert (one.heading, one.place, one.from_on) == ("Stevenage", 15, OCTOBER.date())
    ended = administrator.submit(f"{RETURN}/columns/{one.id}/end", until_on=TODAY)
    assert ended.headers["Location"] == f"{RETURN}/columns"
    words = text_of(administrator.get(f"{RETURN}/columns"))
    assert "Stevenage" in words
    again = administrator.submit(f"{RETURN}/columns/{one.id}/end", until_on=TODAY)
    assert "Somebody else has changed this column" in text_of(again)


def test_a_day_that_has_been_is_refused_by_its_box(administrator):
    answer = administrator.submit(
        f"{RETURN}/columns/new",
        heading="X", counted="cases", place="1", from_on=["1", "10", "2026"],
    )  # fmt: skip
    assert "a return of days that have ended keeps the columns it had" in text_of(answer)


def test_nobody_else_keeps_the_columns(leader, analyst, administrator):
    for place in ("columns", "columns/new", f"columns/{column('cases').id}"):
        assert leader.get(f"{RETURN}/{place}").status_code == 403
        assert analyst.get(f"{RETURN}/{place}").status_code == 403
    assert administrator.get(RETURN).status_code == 403
    assert administrator.get(f"{RETURN}/columns/999999").status_code == 404


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ("first=2&first=8&first=2026&last=1&last=8&last=2026", "must not be before the first"),
        ("first=1&first=8&first=2027&last=2&last=8&last=2027", "these are ahead"),
        ("first=1&first=8&first=2020&last=2&last=8&last=2026", "two years at most"),
    ],
)
def test_days_that_cannot_be_used_are_refused_in_words(leader, days, why):
    page = leader.get(f"{RETURN}?{days}")
    assert page.status_code == 200
    assert why in text_of(page)


def test_days_before_any_column_say_so(leader):
    days = "first=1&first=1&first=2014&last=31&last=3&last=2014"
    words = text_of(leader.get(f"{RETURN}?{days}"))
    assert "No column was in force on the last of these days" in words
