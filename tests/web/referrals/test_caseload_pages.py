"""Take-on day by page: a team leader previews, confirms, and saves the reconciliation."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people.models import Victim
from beacon.referrals.routes.caseloads import ROWS_AT_MOST
from tests.factories import a_case, a_member_of_staff, a_victim
from tests.feed_rows import POLICE, a_file
from tests.kin import declare
from tests.pages import form_of, text_of

LIVE = POLICE | {"victim_reference": "V-1", "manager": "priya@example.org", "status": "open"}


@pytest.fixture
def leader(desk):
    a_member_of_staff(Role.CASE_MANAGER, email="priya@example.org", name="Priya Shah")
    return desk(Role.TEAM_LEADER)


def upload(browser, *rows, content: bytes | None = None):
    page = browser.get("/cases/take-on")
    content = a_file(*rows, like=LIVE) if content is None else content
    data = form_of(page) | {"file": (io.BytesIO(content), "live.csv")}
    return browser.post("/cases/take-on", data=data, content_type="multipart/form-data")


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_caseload_is_previewed_then_confirmed_then_reconciled(leader):
    preview = upload(leader, {}, {"manager": "nobody@example.org", "victim_reference": "V-2"})
    assert "manager is not known" in text_of(preview)
    assert "Take them on without the 1 row left out" in text_of(preview)
    assert count(Victim) == 0
    taken = leader.post("/cases/take-on/confirm", data=form_of(preview))
    assert "What became of the caseload" in text_of(taken)
    case = db.session.scalars(sa.select(CaseFile)).one()
    assert case.manager.name == "Priya Shah"
    sheet = leader.post("/cases/take-on/reconciliation", data=form_of(taken))
    book = load_workbook(io.BytesIO(sheet.data))
    rows = [[cell.value for cell in row] for row in book["Rows"].iter_rows(min_row=2)]
    assert [row[3:5] for row in rows] == [["created", case.reference], ["rejected", None]]
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.operation) == ("caseload.reconciled", "disclosure")
    again = leader.post("/cases/take-on/confirm", data=form_of(preview))
    assert again.location == "/cases/take-on"
    assert count(CaseFile) == 1


@pytest.mark.proves("M-16")
def test_a_leader_takes_on_no_case_for_another_teams_manager(leader):
    a_member_of_staff(Role.CASE_MANAGER, email="sol@example.org", team="South")
    preview = upload(leader, {"manager": "sol@example.org"})
    assert "manager is of another team" in text_of(preview)
    assert "Rejected 1" in text_of(preview)


@pytest.mark.proves("M-16")
def test_a_row_of_a_case_that_the_leader_may_not_open_tells_nothing_of_it(leader, desk):
    a_member_of_staff(Role.CASE_MANAGER, email="sol@example.org", team="South")
    other = desk(Role.TEAM_LEADER, team="South")
    own = {"manager": "sol@example.org"}
    other.post("/cases/take-on/confirm", data=form_of(upload(other, own)))
    case = db.session.scalars(sa.select(CaseFile)).one()
    for row in (own, {"offence": "Robbery"}):
        preview = upload(leader, row)
        taken = leader.post("/cases/take-on/confirm", data=form_of(preview))
        assert case.reference not in text_of(preview) + text_of(taken)
    db.session.rollback()
    assert db.session.scalars(sa.select(CaseFile)).one().crime.offence == POLICE["offence"]


def test_a_leaders_own_kin_is_taken_on_without_them(desk):
    person = a_member_of_staff(Role.TEAM_LEADER)
    declare(person, mobile="07700 900123")
    leader = desk(person=person)
    taken = leader.post(
        "/cases/take-on/confirm", data=form_of(upload(leader, {"manager": "", "status": "new"}))
    )
    case = db.session.scalars(sa.select(CaseFile)).one()
    assert "somebody else must look at it" in text_of(taken)
    assert case.reference not in text_of(taken)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"first_name\nRobin\n", "not a caseload file"),
        (b"\x89PNG\r\n", "picture"),
    ],
)
def test_a_file_that_is_no_caseload_is_refused_at_its_box(leader, content, says):
    page = upload(leader, content=content)
    assert says in text_of(page)
    assert "There is a problem" in text_of(page)


def test_a_file_too_long_for_a_page_is_refused_whole(leader):
    page = upload(leader, *({"victim_reference": f"V-{n}"} for n in range(ROWS_AT_MOST + 1)))
    assert f"more than {ROWS_AT_MOST:,} rows" in text_of(page)


def test_only_who_sent_the_file_in_confirms_it_or_saves_its_sheet(leader, desk):
    preview = form_of(upload(leader, {}))
    other = desk(Role.TEAM_LEADER)
    token = form_of(other.get("/cases/take-on"))["csrf_token"]
    for where in ("confirm", "reconciliation"):
        answer = other.post(f"/cases/take-on/{where}", data=preview | {"csrf_token": token})
        assert answer.location == "/cases/take-on"
    assert count(CaseFile) == 0


def test_the_list_of_cases_leads_a_leader_there_and_nobody_else(leader, desk):
    a_case(victim=a_victim())
    assert "Take on live cases" in text_of(leader.get("/cases/"))
    assert "Take on live cases" not in text_of(desk(Role.CASE_MANAGER).get("/cases/"))
