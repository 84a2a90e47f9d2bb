"""The commissioner's page: exact for who counts, published once for all, and its rows."""

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from beacon.cases.models import Crime
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements.models import PublishedFigures
from tests.duties import OCTOBER
from tests.factories import a_case, a_crime
from tests.pages import text_of

AUGUST = datetime(2026, 8, 12, 10, tzinfo=UTC)
DAYS = "first=1&first=8&first=2026&last=31&last=8&last=2026"
QUARTER = "first=1&first=7&first=2026&last=30&last=9&last=2026"
PUBLISH = "/reports/outcomes/publish"
LATER = OCTOBER + timedelta(minutes=9)


@pytest.fixture(autouse=True)
def october(app):
    with clock.fixed(OCTOBER):
        yield


@pytest.fixture
def analyst(desk):
    return desk(Role.ANALYST)


@pytest.fixture
def leader(desk):
    return desk(Role.TEAM_LEADER)


def august(**of_districts: int) -> None:
    """So many cases of each district, opened in August."""
    with clock.fixed(AUGUST):
        for district, number in of_districts.items():
            for _ in range(number):
                a_case(crime=a_crime(district=district))


def main_of(page) -> bytes:
    """What a page says, without the head that names who is signed in."""
    return re.search(rb"<main.*</main>", page.data, re.S).group(0)


def published(leader) -> str:
    """August, published by the page; where it stands."""
    august(Watford=9, Dacorum=7, Stevenage=2)
    answer = leader.submit(f"{PUBLISH}?{DAYS}", sure="y")
    return answer.headers["Location"]


def test_an_empty_county_says_what_will_be_here(leader, analyst):
    assert "Nothing was recorded in these days" in text_of(leader.get("/reports/outcomes"))
    assert analyst.get("/reports/outcomes").headers["Location"] == "/reports/outcomes/published"
    assert "No page was published yet" in text_of(analyst.get("/reports/outcomes/published"))
    assert "There are no cases yet" in text_of(leader.get("/reports/quality"))


def test_a_count_opens_to_its_definition_and_its_rows(leader, analyst):
    august(Watford=3)
    page = leader.get(f"/reports/outcomes?{DAYS}")
    assert "Cases that were opened in the period, each once, by the district" in text_of(page)
    where = f"/reports/outcomes/rows?grid=cases.district&name=Watford&{DAYS}"
    rows = leader.get(where)
    assert len(set(re.findall(r"/cases/(BCN-[A-Z0-9]+)", rows.get_data(as_text=True)))) == 3
    assert analyst.get(where).status_code == 403
    assert analyst.get("/reports/outcomes/exact.xlsx").status_code == 403


def test_a_group_of_three_is_not_published(leader):
    august(Watford=3)
    words = text_of(leader.get(f"{PUBLISH}?{DAYS}"))
    assert "This table is not published" in words
    assert "Watford" not in words


def test_what_was_published_has_the_same_bytes_whatever_changes(leader, analyst):
    where = published(leader)
    sheet = where.replace("fixed?", "fixed.xlsx?")
    page, book = main_of(analyst.get(where)), analyst.get(sheet).data
    assert b"hidden" in page
    assert len(load_workbook(io.BytesIO(book)).sheetnames) > 10
    with clock.fixed(LATER):
        with transaction() as session:
            session.execute(sa.update(Crime).values(district="Hertsmere"))
        august(Broxbourne=6)
        assert main_of(analyst.get(where)) == page
        assert analyst.get(sheet).data == book
        assert "Hertsmere 18" in text_of(leader.get(f"/reports/outcomes?{DAYS}"))


def test_no_two_pages_share_a_day(leader):
    published(leader)
    days = "first=31&first=8&first=2026&last=10&last=9&last=2026"
    words = text_of(leader.submit(f"{PUBLISH}?{days}", sure="y"))
    assert "Some of these days are in figures that were published already" in words
    assert len(db.session.scalars(sa.select(PublishedFigures)).all()) == 1


def test_the_code_of_a_quarter_is_published_first(leader):
    august(Watford=9)
    words = text_of(leader.submit(f"{PUBLISH}?{QUARTER}", sure="y"))
    assert "Publish the figures of the Code of July to September 2026 first" in words
    leader.submit("/reports/compliance/publish", sure="y")
    answer = leader.submit(f"{PUBLISH}?{QUARTER}", sure="y")
    assert answer.headers["Location"].startswith("/reports/outcomes/fixed")


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ("first=2&first=8&first=2026&last=1&last=8&last=2026", "must not be before the first"),
        ("first=1&first=8&first=2027&last=2&last=8&last=2027", "these are ahead"),
        ("first=1&first=8&first=2020&last=2&last=8&last=2026", "two years at most"),
    ],
)
def test_days_that_cannot_be_used_are_refused_in_words(leader, days, why):
    page = leader.get(f"/reports/outcomes?{days}")
    assert page.status_code == 200
    assert why in text_of(page)


def test_days_that_run_are_not_published(leader):
    august(Watford=9)
    days = "first=1&first=8&first=2026&last=31&last=12&last=2026"
    assert "These days have not ended" in text_of(leader.submit(f"{PUBLISH}?{days}", sure="y"))


def test_a_page_that_is_not_there_is_not_found(analyst):
    assert analyst.get("/reports/outcomes/fixed?page=999").status_code == 404
    assert analyst.get("/reports/outcomes/fixed").headers["Location"].endswith("/published")


def test_a_terminal_prints_hearings_and_outcomes(app):
    august(Watford=2)
    for name in ("outcomes", "hearings"):
        days = ("--from", date(2026, 8, 1).isoformat(), "--to", "2026-08-31")
        answer = app.test_cli_runner().invoke(args=["reports", name, *days])
        assert answer.exit_code == 0, answer.output
        assert answer.stdout.strip()
