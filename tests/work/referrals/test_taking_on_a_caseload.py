"""Take-on day: live cases of another system, as they stood there, and a sheet whose totals tie."""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook

from beacon.accounts import commands as accounts
from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.cases.terms import CaseStatus, CrimeKind
from beacon.core.db import Base, db
from beacon.core.roles import Role
from beacon.entitlements.codes import FIRST_CONTACT
from beacon.entitlements.terms import DutyState, VictimCategory
from beacon.feeds.models import ImportBatch
from beacon.people.models import Victim
from beacon.referrals.imports import Caseload, import_file, reconciliation, take_on_caseload
from beacon.referrals.imports.reconciling import ties
from beacon.referrals.models import Referral
from beacon.referrals.queries import to_acknowledge
from beacon.referrals.terms import Place
from beacon.search.queries import find
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.feed_rows import POLICE, a_file

LIVE = POLICE | {
    "victim_reference": "V-1",
    "manager": "priya@example.org",
    "category": "standard",
    "status": "open",
    "opened_at": "2026-11-20T12:00",
    "first_contact_at": "2026-11-20T15:00",
    "open_duties": "R6_CHARGE 2026-11-21 10:30",
}


@pytest.fixture
def priya(app: Flask):
    return a_member_of_staff(Role.CASE_MANAGER, email="priya@example.org", name="Priya Shah")


@pytest.fixture
def take_on(priya) -> Callable[..., Caseload]:
    """Take on a file of some live cases."""

    def of(*rows: Mapping[str, str], **known: Any) -> Caseload:
        content = a_file(*rows, like=LIVE)
        return take_on_caseload(content, file_name="live.csv", actor=TEST, **known)

    return of


def cases() -> list[CaseFile]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(CaseFile).order_by(CaseFile.id)))


def figures(taken: Caseload) -> dict[str, int]:
    assert ties(taken)
    return taken.report.figures("created", "updated", "unchanged")


def refused(taken: Caseload) -> str:
    """Why the only row was sent back, with nothing of it stored."""
    assert figures(taken) == {"read": 1, "created": 0, "updated": 0, "unchanged": 0, "rejected": 1}
    assert cases() == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Victim)) == 0
    ((_, reason),) = taken.report.rejects
    return reason


def duties(case: CaseFile) -> dict[str, DutyState]:
    return {duty.rule: duty.state for duty in case.duties}


def everything() -> dict[str, int]:
    """How many rows every table holds."""
    db.session.rollback()
    count = sa.func.count()
    return {
        name: db.session.scalar(sa.select(count).select_from(table)) or 0
        for name, table in Base.metadata.tables.items()
    }


def test_a_live_case_stands_as_it_stood(take_on, priya):
    assert figures(take_on({}))["created"] == 1
    (case,) = cases()
    assert (case.manager_id, case.team_id) == (priya.id, priya.team_id)
    assert (case.status, case.category) == (CaseStatus.OPEN, VictimCategory.STANDARD)
    assert case.category_decided_at is not None
    assert case.opened_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert case.first_contact_at == datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert duties(case) == {
        "R4_REFER": DutyState.MET,
        FIRST_CONTACT: DutyState.MET,
        "R6_CHARGE": DutyState.OPEN,
    }
    assert case.next_due_on == date(2026, 11, 27)
    (referral,) = db.session.scalars(sa.select(Referral)).all()
    assert (referral.place, referral.case_id) == (Place.DONE, case.id)


def test_nobody_who_was_taken_on_is_told_that_their_referral_came_in(take_on):
    take_on({})
    (referral,) = db.session.scalars(sa.select(Referral)).all()
    assert referral.decided_at is not None
    assert to_acknowledge() == []


def test_the_same_file_again_changes_nothing(take_on):
    rows = [{}, {"victim_reference": "V-2", "last_name": "Poole", "mobile": "", "email": ""}]
    take_on(*rows)
    before = everything()
    again = take_on(*rows)
    assert figures(again)["unchanged"] == 2
    told = {"audit_entry", "audit_object", "import_batch"}
    assert {name for name, count in everything().items() if count != before[name]} <= told


def test_a_row_that_says_more_updates_and_takes_nothing_back(take_on, priya):
    take_on({})
    other = a_member_of_staff(Role.CASE_MANAGER, email="omar@example.org")
    again = take_on({"offence": "Robbery", "manager": other.email, "category": "enhanced"})
    assert figures(again)["updated"] == 1
    (case,) = cases()
    assert case.crime.offence == "Robbery"
    assert (case.manager_id, case.category) == (priya.id, VictimCategory.STANDARD)


def test_a_dry_run_says_the_same_and_stores_nothing(take_on):
    rows = [{}, {}, {"victim_reference": "V-2", "last_name": "Poole"}, {"manager": "x@example.org"}]
    rows.append({"victim_reference": "V-2", "last_name": "Poole", "offence": "Theft"})
    before = everything()
    dry = figures(take_on(*rows, dry_run=True))
    assert everything() == before
    assert dry == figures(take_on(*rows))
    assert dry == {"read": 5, "created": 2, "updated": 1, "unchanged": 1, "rejected": 1}


def test_the_next_daily_file_knows_those_who_were_taken_on(take_on, take):
    take_on({})
    report = take({"victim_reference": "V-1", "suspect_status": "arrested"})
    assert (report.counts["created"], report.counts["updated"]) == (0, 1)
    assert len(cases()) == 1
    take_on({})
    assert len(cases()) == 1


def test_somebody_whom_the_daily_file_brought_first_is_not_taken_on_twice(take_on, take, priya):
    take({"victim_reference": "V-1", "consent_to_referral": "no"})
    assert cases() == []
    assert figures(take_on({}))["updated"] == 1
    (case,) = cases()
    assert (case.manager_id, duties(case)["R6_CHARGE"]) == (priya.id, DutyState.OPEN)
    assert figures(take_on({}))["unchanged"] == 1


def test_a_report_fraud_reference_makes_it_a_fraud_that_the_monthly_list_knows_again(take_on):
    take_on({"crime_reference": "NFRC261100000001", "open_duties": ""})
    (case,) = cases()
    assert case.crime.kind is CrimeKind.FRAUD
    row = {"fraud_reference": "nfrc 2611 0000 0001", "reported_at": "2026-11-20T10:00",
           "first_name": "Robin", "last_name": "Marsh"}  # fmt: skip
    report = import_file("fraud", a_file(row, like=row), file_name="f.csv", actor=TEST)
    assert (report.counts["created"], report.counts["updated"]) == (0, 1)
    assert len(cases()) == 1


def test_enhanced_with_its_grounds_is_decided_and_without_one_waits_for_a_person(take_on):
    taken = take_on(
        {"category": "enhanced", "grounds": "Domestic abuse; vulnerable"},
        {"category": "enhanced", "victim_reference": "V-2", "last_name": "Poole"},
        {"category": "standard", "victim_reference": "V-3", "last_name": "Reed",
         "domestic_abuse": "yes"},
    )  # fmt: skip
    given, bare, contested = cases()
    assert (given.category, given.enhanced) == (VictimCategory.ENHANCED, True)
    assert {ground.ground.value for ground in given.grounds if ground.holds} == {
        "domestic_abuse",
        "vulnerable",
    }
    assert (bare.enhanced, bare.category_decided_at) == (True, None)
    assert (contested.enhanced, contested.category_decided_at) == (True, None)
    assert given.was_enhanced(given.opened_at)
    assert bare.was_enhanced(bare.opened_at)
    notes = [line.note for line in taken.lines]
    assert notes[0] == ""
    assert "must confirm the category" in notes[1]
    assert "must decide" in notes[2]


def test_what_is_not_listed_as_owed_is_not_owed_and_an_empty_cell_says_nothing(take_on):
    take_on({})
    second = {"victim_reference": "V-2", "last_name": "Poole"}
    third = {"victim_reference": "V-3", "last_name": "Reed", "open_duties": ""}
    take_on(second | {"open_duties": "R6_ARREST 2026-11-21 09:00"}, third)
    _, two, three = cases()
    assert duties(two)["R6_CHARGE"] is DutyState.NOT_APPLICABLE
    assert duties(two)["R6_ARREST"] is DutyState.OPEN
    assert duties(three)["R6_CHARGE"] is DutyState.OPEN
    kinds = db.session.scalars(sa.select(CrimeMilestone.kind)).all()
    assert sorted(kinds) == ["arrested", "charged"]


def test_open_without_a_first_contact_is_open_and_counts_neither_as_kept_nor_as_broken(take_on):
    take_on({"first_contact_at": ""})
    (case,) = cases()
    assert (case.status, case.first_contact_at) == (CaseStatus.OPEN, None)
    assert duties(case)[FIRST_CONTACT] is DutyState.NOT_APPLICABLE


def test_a_new_case_still_owes_its_first_contact(take_on):
    take_on({"status": "new", "first_contact_at": "", "manager": "", "category": ""})
    (case,) = cases()
    assert (case.status, case.manager_id) == (CaseStatus.NEW, None)
    assert case.category_decided_at is None
    assert duties(case)[FIRST_CONTACT] is DutyState.OPEN


@pytest.mark.parametrize(
    "said",
    [
        {"category": "enhanced"},
        {"category": "enhanced", "grounds": "domestic_abuse"},
        {"category": "", "grounds": "domestic_abuse"},
        {"category": "standard", "grounds": "domestic_abuse"},
    ],
)
@pytest.mark.parametrize("waited", ["", "yes", "no"])
def test_who_was_enhanced_there_is_promised_a_first_contact_as_enhanced(
    take_on, take, said, waited
):
    if waited:
        take({"victim_reference": "V-1", "consent_to_referral": "no"})
    new = {"status": "new", "first_contact_at": "", "manager": "", "open_duties": ""}
    taken = take_on(new | said | {"consent_to_referral": waited})
    (case,) = cases()
    (promised,) = (duty for duty in case.duties if duty.rule == FIRST_CONTACT)
    assert (promised.enhanced, promised.amount) == (True, 1)
    assert case.enhanced
    assert [ground.ground.value for ground in case.grounds] == [said.get("grounds", "discretion")]
    assert ("must decide" in taken.lines[0].note) is (said["category"] == "standard")


def test_kin_are_not_given_the_case_and_the_sheet_says_that_it_has_no_manager(take_on, priya):
    from tests.kin import declare

    declare(priya, mobile="07700 900123")
    taken = take_on({})
    (case,) = cases()
    assert case.manager_id is None
    assert "left without a manager" in taken.lines[0].note


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ({"manager": "nobody@example.org"}, "manager is not known"),
        ({"status": "closed"}, "only live cases are taken on"),
        ({"category": "enhanced", "grounds": "bad luck"}, "no ground"),
        ({"open_duties": "R6_CHARGE"}, "give the rule and the moment"),
        ({"open_duties": "R6_CHARGE tomorrow"}, "open_duties"),
        ({"open_duties": "R99_NONE 2026-11-21 10:30"}, "has no rule R99_NONE"),
        ({"open_duties": "R6_CHARGE 2027-01-05 10:30"}, "open_duties"),
        ({"open_duties": "R6_CHARGE 2026-11-01 10:30"}, "before the day of the offence"),
        ({"opened_at": "2027-01-05 10:30"}, "opened_at"),
        ({"first_contact_at": "yesterday"}, "first_contact_at"),
        ({"first_name": "", "last_name": ""}, "a name is missing"),
    ],
)
def test_a_bad_row_is_sent_back_with_its_reason_and_leaves_nothing(take_on, cell, reason):
    assert reason in refused(take_on(cell))


def test_a_manager_who_may_not_have_the_case_sends_the_row_back(take_on, priya):
    a_member_of_staff(Role.FRAUD_OFFICER, email="fraud@example.org", name="Fay Fraud")
    assert "takes fraud cases only" in refused(take_on({"manager": "fraud@example.org"}))
    a_member_of_staff(Role.INTAKE_OFFICER, email="intake@example.org", name="Ina Intake")
    assert "does not manage cases" in refused(take_on({"manager": "intake@example.org"}))
    accounts.disable(priya, actor=TEST)
    assert "no longer works here" in refused(take_on({}))


def test_somebody_who_has_a_case_of_this_crime_is_not_given_a_second(take_on):
    born = {"address": "1 High Street", "postcode": "AL1 3LB"}
    take_on(born)
    again = take_on(born | {"victim_reference": "V-9"})
    ((_, reason),) = again.report.rejects
    assert "already a victim of this crime" in reason
    assert len(cases()) == 1


def test_a_formula_and_a_hostile_name_are_kept_as_text_and_the_sheet_holds_no_formula(take_on):
    taken = take_on({"first_name": "=cmd|' /C calc'!A0", "victim_reference": "@SUM(1)"})
    book = load_workbook(io.BytesIO(reconciliation(taken)))
    cells = [cell for row in book["Rows"].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not any("calc" in str(cell.value) for cell in cells)
    assert cases()[0].victim.first_name == "=cmd|' /C calc'!A0"


def test_they_are_found_by_their_managers_at_once(take_on, priya):
    take_on({})
    assert [row.victim_name for row in find(an_actor(priya), "marsh").cases] == ["Robin Marsh"]


def run(app: Flask, *order: str) -> Any:
    return app.test_cli_runner().invoke(args=["cases", "import", *order])


def test_the_command_gives_its_figures_the_rejects_and_a_sheet_that_ties(
    app: Flask, priya, tmp_path: Path
):
    file = tmp_path / "live.csv"
    file.write_bytes(a_file({}, {"manager": "x@example.org", "victim_reference": "V-2"}, like=LIVE))
    dry = run(app, str(file), "--dry-run", "--at", "2026-11-23T09:00", "--json")
    assert dry.exit_code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["live.csv"]
    done = run(app, str(file), "--at", "2026-11-23T09:00", "--json")
    told = json.loads(done.stdout)
    seconds = told.pop("seconds")
    assert seconds >= 0
    assert told == {"read": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    assert done.exit_code == 1
    made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert made.pop("live.csv")
    assert made == {"live.csv.rejected.csv": 0o600, "live.csv.reconciliation.xlsx": 0o600}
    book = load_workbook(tmp_path / "live.csv.reconciliation.xlsx")
    (case,) = cases()
    rows = [[cell.value for cell in row] for row in book["Rows"].iter_rows(min_row=2)]
    assert rows[0][:6] == [2, "41/100/26", "V-1", "created", case.reference, "priya@example.org"]
    assert rows[1][3:5] == ["rejected", None]
    assert "manager is not known" in rows[1][-1]
    totals = {row[0].value: row[1].value for row in book["Totals"].iter_rows() if row[0].value}
    assert (totals["Rows read"], totals["Sum of the four"], totals["Ties"]) == (2, 2, "yes")
    assert (totals["Created"], totals["Rejected"], totals["All"]) == (1, 1, 2)
    assert "Marsh" not in str(rows)


def test_a_dry_run_gives_its_sheet_where_it_is_asked_for_and_stores_nothing(
    app: Flask, priya, tmp_path: Path
):
    file, sheet = tmp_path / "live.csv", tmp_path / "before.xlsx"
    other = {"category": "enhanced", "victim_reference": "V-2", "last_name": "Poole"}
    file.write_bytes(a_file({}, other, like=LIVE))
    order = ("--dry-run", "--at", "2026-11-23T09:00", "--sheet", str(sheet))
    done = run(app, str(file), *order)
    assert (done.exit_code, cases()) == (0, [])
    assert f"What became of each row is in {sheet}" in done.stdout
    book = load_workbook(sheet)
    notes = [row[-1].value for row in book["Rows"].iter_rows(min_row=2)]
    assert notes[0] is None
    assert "must confirm the category" in notes[1]
    assert ["Dry run", "yes"] in [[cell.value for cell in row[:2]] for row in book["Totals"].rows]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"", ""),
        (b"crime_reference,recorded_at\n1,2\n", "lacks"),
        (b"\x89PNG\r\n\x1a\n", ""),
    ],
)
def test_a_file_that_is_no_caseload_is_refused_whole_in_one_line(app, tmp_path, content, why):
    file = tmp_path / "live.csv"
    file.write_bytes(content)
    answer = run(app, str(file))
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert why in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportBatch)) == 0


def test_headers_alone_are_no_fault(app, tmp_path):
    file = tmp_path / "live.csv"
    file.write_text(",".join(LIVE) + "\n", "utf-8")
    answer = run(app, str(file), "--json")
    assert (answer.exit_code, json.loads(answer.stdout)["read"]) == (0, 0)
