"""Compliance: what a commissioner reads, what a team leader counts, lists, draws and saves."""

import csv
import io
import json
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements.terms import DutyState
from beacon.reports.rules import digest_of
from beacon.reports.terms import Cut
from tests.duties import OCTOBER, a_duty, many, write_down
from tests.factories import a_case, a_crime, a_member_of_staff
from tests.pages import text_of

ALL_OF_THEM = (
    "/reports/compliance", "/reports/compliance/print", "/reports/compliance.svg",
    "/reports/compliance.csv", "/reports/compliance.xlsx",
)  # fmt: skip
OF_CASES = (
    "/reports/compliance/cases", "/reports/compliance/duties", "/reports/compliance/sample",
    "/reports/compliance/pack.json",
)  # fmt: skip
DAYS = "first=1&first=7&first=2026&last=30&last=9&last=2026"


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


def logged(action: str) -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == action)))


@pytest.mark.proves("Z-21")
def test_a_commissioner_reads_totals_and_never_a_case(analyst, app):
    cases = many(300)
    for address in ALL_OF_THEM:
        answer = analyst.get(address)
        assert answer.status_code == 200
        assert not any(case.reference.encode() in answer.data for case in cases)
        assert b"/cases/" not in answer.data
    assert [analyst.get(address).status_code for address in OF_CASES] == [403] * 4


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ANALYST, Role.TEAM_LEADER}))
def test_nobody_else_opens_any_of_it(desk, role):
    browser = desk(role, agency="Sample Agency" if role is Role.PARTNER else None)
    answers = {browser.get(address).status_code for address in (*ALL_OF_THEM, *OF_CASES)}
    assert answers == {403}


@pytest.mark.proves("Z-21", "X-11")
def test_no_count_under_five_stands_in_any_published_file_or_page(analyst, app):
    many(300)
    rows = list(csv.reader(io.StringIO(analyst.get(ALL_OF_THEM[3]).data.decode("utf-8-sig"))))
    numbers = [cell for row in rows[1:] for cell in row[3:-1]]
    assert "hidden" in numbers
    assert [one for one in numbers if one in {"1", "2", "3", "4"}] == []
    page = analyst.get(ALL_OF_THEM[0]).get_data(as_text=True)
    assert re.findall(r'<td class="numeric">[1-4]</td>', page) == []
    assert "⁂" in page


def test_the_workbook_says_what_the_csv_says_and_every_text_is_a_text(analyst, app):
    bad = '=HYPERLINK("http://example.org")'
    case = a_case(crime=a_crime(district=bad))
    with transaction() as session:
        for number in range(6):
            session.add(
                a_duty(case, "R6_ARREST", date(2026, 8, 3), DutyState.MET, about=f"m:{number}")
            )
    book = openpyxl.load_workbook(io.BytesIO(analyst.get(ALL_OF_THEM[4]).data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}  # "f" is a formula
    assert bad in {cell.value for cell in cells}
    rows = csv.reader(io.StringIO(analyst.get(ALL_OF_THEM[3]).data.decode("utf-8-sig")))
    guarded = {row[2] for row in rows}
    assert f"'{bad}" in guarded
    assert bad not in guarded


@pytest.mark.parametrize("quarter", ["2026-07-01", "", "2026-08-01", "soon", "2026-10-01"])
def test_only_whole_quarters_that_have_ended_are_published(analyst, app, quarter):
    many(60)
    words = text_of(analyst.get(f"/reports/compliance?quarter={quarter}"))
    assert "The whole service, July to September 2026" in words


def test_without_a_duty_the_page_says_so(analyst, app):
    assert "No duty of the Code was due" in text_of(analyst.get("/reports/compliance"))
    assert analyst.get("/reports/compliance.svg").status_code == 200


def test_of_four_duties_nothing_is_published(analyst, app):
    case = a_case()
    with transaction() as session:
        for number in range(4):
            session.add(
                a_duty(case, "R6_ARREST", date(2026, 8, 3), DutyState.MET, about=f"m:{number}")
            )
    words = text_of(analyst.get("/reports/compliance"))
    assert "Fewer than 5 duties were due" in words
    assert "R6_ARREST" not in words


def test_our_own_standards_stand_apart(analyst, app):
    many(60)
    case = a_case()
    with transaction() as session:
        for number in range(7):
            known = {"code": "standard", "right": None, "about": f"m:{number}"}
            session.add(a_duty(case, "FIRST_CONTACT", date(2026, 8, 3), DutyState.MET, **known))
    code, _, own = text_of(analyst.get("/reports/compliance")).partition("Our own standards")
    assert "FIRST_CONTACT" not in code
    assert "FIRST_CONTACT" in own


def team_of_one(leader) -> tuple[list[CaseFile], CaseFile]:
    """Cases of the leader's team with their duties, and one of another team."""
    manager = a_member_of_staff(team="North")
    theirs = many(40, cases=5, manager=manager)
    other = a_case(manager=a_member_of_staff(team="South"))
    with transaction() as session:
        session.add(a_duty(other, "R6_ARREST", date(2026, 8, 3), DutyState.MET))
    write_down()
    return theirs, other


def test_a_leader_counts_exactly_the_duties_that_are_listed(leader, app):
    team_of_one(leader)
    words = text_of(leader.get(f"/reports/compliance/cases?{DAYS}"))
    assert "All 40 " in words
    listed = leader.get(f"/reports/compliance/duties?{DAYS}").get_data(as_text=True)
    assert listed.count('data-label="Due"') == 40


def test_a_figure_leads_to_its_duties_and_to_no_others(leader, app):
    team_of_one(leader)
    links = figures_with_links(leader)
    assert {cut_of(address) for address in links} == {"", *Cut}
    one_of_each = {(cut_of(address), number): address for address, number in links.items()}
    assert len(one_of_each) > 30
    for (_, number), address in one_of_each.items():
        assert listed_by(leader, address) == number


def figures_with_links(leader) -> dict[str, int]:
    """Where each figure of the exact page leads, and the figure."""
    page = leader.get(f"/reports/compliance/cases?{DAYS}").get_data(as_text=True)
    links = re.findall(r'href="(/reports/compliance/duties\?[^"]+)">(\d+)<', page)
    return {address.replace("&amp;", "&"): int(number) for address, number in links}


def cut_of(address: str) -> str:
    """By which cut a link narrows; empty where by a rule or by none."""
    return parse_qs(urlsplit(address).query).get("cut", [""])[0]


def listed_by(leader, address: str) -> int:
    """How many duties the page behind a figure lists."""
    return leader.get(address).get_data(as_text=True).count('data-label="Due"')


def test_the_rows_of_a_cut_lead_to_all_duties_each_once(leader, app):
    team_of_one(leader)
    links = figures_with_links(leader)
    for cut in Cut:
        rows = [one for one in links if cut_of(one) == cut and "outcome" not in one]
        assert sum(listed_by(leader, address) for address in rows) == 40


def test_a_list_by_what_people_are_says_so_in_the_log(leader, app):
    team_of_one(leader)
    leader.get(f"/reports/compliance/duties?{DAYS}&cut=sex&row=Female")
    leader.get(f"/reports/compliance/duties?{DAYS}&cut=month&row=2026-08")
    fields = [json.loads(entry.facts)["fields"] for entry in logged("case_file.shown")]
    assert fields == [["name", "duties", "sex"], ["name", "duties"]]


@pytest.mark.parametrize(
    "row",
    ["cut=month&row=soon", "cut=month&row=9999-12", "cut=age&row=17", "cut=team&row=x", "row=x"],
)
def test_a_row_that_is_none_lists_nothing_and_breaks_nothing(leader, app, row):
    team_of_one(leader)
    page = leader.get(f"/reports/compliance/duties?{DAYS}&{row}")
    assert page.status_code == 200
    assert (page.get_data(as_text=True).count('data-label="Due"') == 0) is ("cut=" in row)


def test_no_published_figure_leads_to_a_list_even_for_who_may_count(leader, app):
    many(300)
    for address in ALL_OF_THEM[:2]:
        tables = leader.get(address).get_data(as_text=True).partition("<table")[2]
        assert tables
        assert "/reports/compliance/duties" not in tables


def test_a_rule_from_memory_is_marked_on_each_page_and_in_each_file(analyst, leader, app):
    case = a_case(manager=a_member_of_staff(team="North"))
    with transaction() as session:
        for number in range(7):
            for rule in ("R6_CHARGE", "R6_ARREST"):
                session.add(
                    a_duty(case, rule, date(2026, 8, 3), DutyState.MET, about=f"m:{number}")
                )
    for browser, address in ((analyst, "/reports/compliance"), (leader, OF_CASES[0])):
        words = text_of(browser.get(f"{address}?{DAYS}"))
        assert "(R6_CHARGE) Unverified" in words
        assert "(R6_ARREST) Unverified" not in words
        assert "rests on memory" in words
    rows = csv.reader(io.StringIO(analyst.get(ALL_OF_THEM[3]).data.decode("utf-8-sig")))
    marked = [row[2] for row in rows if row[2].endswith(" (unverified)")]
    assert [name.rpartition(" (R")[2] for name in marked] == ["6_CHARGE) (unverified)"]


def test_a_case_of_another_team_is_in_no_list_no_sample_and_no_pack(leader, app):
    theirs, other = team_of_one(leader)
    for address in ("duties", "sample"):
        page = leader.get(f"/reports/compliance/{address}?{DAYS}").get_data(as_text=True)
        assert other.reference not in page
        assert any(case.reference in page for case in theirs)
    pack = json.loads(leader.get(f"/reports/compliance/pack.json?{DAYS}").data)
    assert len(pack["duties"]) == 40
    assert sum(row["due"] for row in pack["rights"]) == 40


def test_a_pack_bears_the_hash_of_what_it_says(leader, app):
    team_of_one(leader)
    content = leader.get(f"/reports/compliance/pack.json?{DAYS}").data
    assert json.loads(content)["sha256"] == digest_of(content)
    assert logged("compliance.packed")[0].operation == "disclosure"


def test_the_same_seed_draws_the_same_cases_and_says_so_in_the_log(leader, app):
    many(200, cases=30, manager=a_member_of_staff(team="North"))

    def drawn(seed: str) -> list[str]:
        page = leader.get(f"/reports/compliance/sample?{DAYS}&number=8&seed={seed}")
        return re.findall(r'href="/cases/(BCN-\w+)"', page.get_data(as_text=True))

    first = drawn("spring")
    assert len(first) == 8
    assert drawn("spring") == first
    assert drawn("autumn") != first
    ids = {one.reference: one.id for one in db.session.scalars(sa.select(CaseFile))}
    assert json.loads(logged("case.sampled")[0].facts)["ids"] == [str(ids[one]) for one in first]


@pytest.mark.parametrize("number", ["0", "51", "many", "-1", "1e1"])
def test_a_number_that_is_none_is_refused_in_words(leader, app, number):
    words = text_of(leader.get(f"/reports/compliance/sample?{DAYS}&number={number}"))
    assert "Enter a number from 1 to 50." in words


@pytest.mark.parametrize("page", ["cases", "duties", "sample"])
@pytest.mark.parametrize(
    ("days", "why"),
    [
        ("first=1&first=9&first=2026&last=1&last=7&last=2026", "must not be before the first"),
        ("first=1&first=9&first=2020&last=1&last=7&last=2026", "two years at most"),
    ],
)
def test_days_that_are_no_period_are_refused_in_words(leader, app, page, days, why):
    assert why in text_of(leader.get(f"/reports/compliance/{page}?{days}"))


def test_what_was_read_is_written_down(analyst, leader, app):
    many(60, manager=a_member_of_staff(team="North"))
    for address in ALL_OF_THEM:
        analyst.get(address)
    for address in OF_CASES:
        leader.get(f"{address}?{DAYS}")
    counted = {
        name: len(logged(f"compliance.{name}"))
        for name in ("shown", "printed", "exported", "counted", "packed")
    }
    assert counted == {"shown": 1, "printed": 1, "exported": 2, "counted": 1, "packed": 1}
    assert json.loads(logged("case_file.shown")[0].facts)["fields"] == ["name", "duties"]


@pytest.mark.parametrize("address", ["/reports/compliance", "/reports/compliance/cases"])
def test_a_page_asks_as_often_for_three_hundred_duties_as_for_ten(
    leader, app, count_queries, address
):
    many(10, manager=a_member_of_staff(team="North"))
    leader.get(address)
    count_queries.clear()
    leader.get(address)
    few = len(count_queries)
    many(300, seed=5, manager=a_member_of_staff(team="North"))
    count_queries.clear()
    leader.get(address)
    assert len(count_queries) == few
    assert sum("FROM duty" in one for one in count_queries) == 1


def test_the_drawing_has_no_script_and_no_style(analyst, app):
    many(300)
    drawn = analyst.get("/reports/compliance.svg").get_data(as_text=True)
    assert "July 2026" in drawn
    assert "<style" not in drawn
    assert "<script" not in drawn
