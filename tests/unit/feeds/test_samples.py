"""The sample feeds, with the faults of real files left in, read by this layer alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from beacon.core import clock
from beacon.courts.columns import COURT_LIST, defendant_key
from beacon.feeds.columns import FeedSpec, ParsedRow, parse_row
from beacon.feeds.reading import read_file
from beacon.feeds.terms import Fact, FileRefused, RowRejected
from beacon.referrals.columns import FRAUD, POLICE, fraud_keys, police_keys, same_victim

DATA = Path(__file__).parents[2] / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text())
DAY_ONE = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY_TWO = datetime(2026, 11, 24, 9, tzinfo=UTC)
KNOWN_COURTS = {"B41ME00", "C41ST00", "B41MJ00"}

Facts = Mapping[str, Fact | None]
Kept = dict[str, ParsedRow]


@pytest.fixture
def day_one() -> Iterator[None]:
    with clock.fixed(DAY_ONE):
        yield


def taken_in(file: str, spec: FeedSpec, keys: Callable[[Facts], tuple[str, ...]], kept: Kept):
    """Count a file by its rows alone: the last row of a key decides (contract.md 3)."""
    counts: Counter[str] = Counter()
    for raw in read_file(DATA / file, spec):
        try:
            row = parse_row(spec, raw)
        except RowRejected:
            counts["rejected"] += 1
            continue
        mine = keys(row.facts)
        before = next((kept[key] for key in mine if key in kept), None)
        if before and not same_victim(before.facts, row.facts):
            before = None
        counts[_what(before, row)] += 1
        kept.update(dict.fromkeys(mine, row))
    return counts


def _what(before: ParsedRow | None, row: ParsedRow) -> str:
    if before is None:
        return "created"
    return "unchanged" if before.normal == row.normal else "updated"


def expected(file: str) -> dict[str, int]:
    names = ("created", "updated", "unchanged", "rejected")
    return {name: EXPECTED[file][name] for name in names if EXPECTED[file][name]}


def reasons(file: str, spec: FeedSpec) -> dict[int, str]:
    found = {}
    for raw in read_file(DATA / file, spec):
        try:
            parse_row(spec, raw)
        except RowRejected as rejected:
            found[raw.row_no] = rejected.message
    return found


@pytest.mark.parametrize(
    ("file", "spec"),
    [
        ("police.csv", POLICE),
        ("police-next-day.xlsx", POLICE),
        ("fraud.xlsx", FRAUD),
        ("court-list.csv", COURT_LIST),
        ("court-list-later.csv", COURT_LIST),
    ],
)
def test_as_many_rows_are_read_as_the_file_holds(file, spec):
    table = read_file(DATA / file, spec)
    assert table.total == len(list(table)) == EXPECTED[file]["read"]


@pytest.mark.usefixtures("day_one")
def test_the_police_file_counts_as_agreed():
    assert taken_in("police.csv", POLICE, police_keys, {}) == expected("police.csv")


@pytest.mark.usefixtures("day_one")
def test_the_police_file_taken_in_again_is_unchanged():
    kept: Kept = {}
    taken_in("police.csv", POLICE, police_keys, kept)
    again = taken_in("police.csv", POLICE, police_keys, kept)
    assert again == {"unchanged": 1_222, "rejected": 6}


def test_the_next_day_as_a_workbook_is_compared_with_the_day_before_as_text():
    kept: Kept = {}
    with clock.fixed(DAY_ONE):
        taken_in("police.csv", POLICE, police_keys, kept)
    with clock.fixed(DAY_TWO):
        next_day = taken_in("police-next-day.xlsx", POLICE, police_keys, kept)
    assert next_day == expected("police-next-day.xlsx")


@pytest.mark.usefixtures("day_one")
def test_the_fraud_file_counts_as_agreed():
    assert taken_in("fraud.xlsx", FRAUD, fraud_keys, {}) == expected("fraud.xlsx")


def test_the_fraud_file_in_windows_letters_is_refused_with_the_line_and_what_to_do():
    with pytest.raises(FileRefused, match=r"line 2 holds byte 0xA3.*cp1252.*'CSV UTF-8"):
        read_file(DATA / "fraud-cp1252.csv", FRAUD)


@pytest.mark.usefixtures("day_one")
def test_each_rejected_police_row_is_rejected_for_its_own_fault():
    assert reasons("police.csv", POLICE) == {
        1215: "crime_reference is missing",
        1216: "a name is missing: give first_name and last_name, or organisation",
        1217: "recorded_at holds a date that does not exist",
        1218: "recorded_at cannot be read as a date and time "
        "(YYYY-MM-DD HH:MM or DD/MM/YYYY HH:MM)",
        1219: "offence is missing",
        1220: "recorded_at is later than now",
    }


@pytest.mark.usefixtures("day_one")
def test_each_rejected_fraud_row_is_rejected_for_its_own_fault():
    assert reasons("fraud.xlsx", FRAUD) == {
        704: "fraud_reference is missing",
        705: "amount_lost cannot be read as an amount in pounds",
        706: "amount_lost is below zero",
        707: "a name is missing: give first_name and last_name, or organisation",
    }


@pytest.mark.usefixtures("day_one")
def test_the_court_list_lacks_a_urn_a_date_and_a_known_court():
    known = [
        parse_row(COURT_LIST, raw)
        for raw in read_file(DATA / "court-list.csv", COURT_LIST)
        if raw.row_no not in (162, 163)
    ]
    elsewhere = [row.row_no for row in known if row.facts["court"] not in KNOWN_COURTS]
    assert reasons("court-list.csv", COURT_LIST) == {
        162: "urn is missing",
        163: "hearing_date holds a date that does not exist",
    }
    assert elsewhere == [164]
    assert len(known) - len(elsewhere) == EXPECTED["court-list.csv"]["created"]


def test_the_later_court_list_moves_vacates_changes_and_leaves_what_is_agreed():
    before = {defendant_key(row.facts): row for row in court_rows("court-list.csv")}
    pairs = [(before[defendant_key(row.facts)], row) for row in court_rows("court-list-later.csv")]
    moved = [row for old, row in pairs if old.facts["hearing_date"] != row.facts["hearing_date"]]
    vacated = [row for _, row in pairs if row.facts["status"] == "vacated"]
    unchanged = [row for old, row in pairs if old.normal == row.normal]
    counts = EXPECTED["court-list-later.csv"]
    assert [row.row_no for row in moved] == list(range(8, 18))
    assert [row.row_no for row in vacated] == list(range(2, 8))
    assert len(unchanged) == counts["unchanged"]
    assert len(pairs) - len(moved) - len(vacated) - len(unchanged) == counts["updated"]


def court_rows(file: str) -> list[ParsedRow]:
    rows = []
    for raw in read_file(DATA / file, COURT_LIST):
        try:
            rows.append(parse_row(COURT_LIST, raw))
        except RowRejected:
            continue
    return rows


@pytest.mark.usefixtures("day_one")
def test_the_row_with_a_formula_and_markup_is_kept_as_text():
    table = read_file(DATA / "police.csv", POLICE)
    row = next(parse_row(POLICE, raw) for raw in table if raw.row_no == 1214)
    assert row.facts["first_name"] == '=HYPERLINK("http://example.org","x")'
    assert row.facts["last_name"] == "<script>alert(1)</script>"
    assert row.facts["notes"] == 'line one\nline two, "quoted"'


def test_a_column_that_the_feed_does_not_know_is_named_and_kept_in_the_raw_row():
    table = read_file(DATA / "police.csv", POLICE)
    first = next(iter(table))
    assert table.unknown == ("force_system_id",)
    assert first.cells["force_system_id"] == "ATH000000"


def test_a_victim_reference_that_comes_later_is_the_same_victim():
    row = {"crime_reference": "41/1/26", "first_name": "Ann", "last_name": "Lee"}
    assert set(police_keys(row)) <= set(police_keys(row | {"victim_reference": "P1"}))
    assert same_victim(row, row | {"victim_reference": "P1"})


def test_two_victim_references_are_two_victims_whatever_their_names():
    assert not same_victim({"victim_reference": "P1"}, {"victim_reference": "P2"})


def test_another_date_of_birth_is_another_key():
    row = {"crime_reference": "41/1/26", "first_name": "Ann", "last_name": "Lee"}
    assert police_keys(row | {"date_of_birth": "1990-01-01"}) != police_keys(row)
