"""Rows that are sent back in a file of their own."""

from __future__ import annotations

import csv
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.feeds.reading import RawRow, read_file
from beacon.feeds.rejected import guarded, unguarded, write_rejected
from tests.unit.feeds.builders import LIST, USUAL, csv_bytes

HEADERS = ("Reference", "notes")


def row(number: int, *texts: str) -> RawRow:
    return RawRow(row_no=number, cells={}, texts=texts)


def read_back(path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


def test_the_rows_are_written_beside_the_file_as_they_were_with_row_and_reason_last(tmp_path):
    rows = [(row(3, "A2", "one\ntwo"), "born is missing"), (row(7, "A3", "é"), "late")]
    path = write_rejected(tmp_path / "list.csv", HEADERS, rows, tmp_path / "kept")
    assert path == tmp_path / "list.csv.rejected.csv"
    assert read_back(path) == [
        ["Reference", "notes", "rejected_row", "rejected_reason"],
        ["A2", "one\ntwo", "3", "born is missing"],
        ["A3", "é", "7", "late"],
    ]


def test_only_its_owner_can_read_it(tmp_path):
    path = write_rejected(tmp_path / "l.csv", HEADERS, [(row(2, "A"), "x")], tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_open_file_of_the_same_name_is_replaced_by_a_closed_one(tmp_path):
    old = tmp_path / "l.csv.rejected.csv"
    old.write_text("old")
    old.chmod(0o644)
    write_rejected(tmp_path / "l.csv", HEADERS, [(row(2, "A"), "x")], tmp_path)
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
    assert "old" not in old.read_text()


def test_a_link_of_that_name_is_replaced_and_not_followed(tmp_path):
    target = tmp_path / "precious"
    target.write_text("precious")
    (tmp_path / "l.csv.rejected.csv").symlink_to(target)
    write_rejected(tmp_path / "l.csv", HEADERS, [(row(2, "A"), "x")], tmp_path)
    assert target.read_text() == "precious"


def test_nothing_is_written_where_nothing_was_rejected(tmp_path):
    assert write_rejected(tmp_path / "l.csv", HEADERS, [], tmp_path / "kept") is None
    assert list(tmp_path.iterdir()) == []


def test_once_nothing_is_rejected_the_rejects_of_an_earlier_import_are_gone(tmp_path):
    source = tmp_path / "l.csv"
    path = write_rejected(source, HEADERS, [(row(2, "A"), "x")], tmp_path)
    assert write_rejected(source, HEADERS, [], tmp_path, dry_run=True) is None
    assert path.exists()
    assert write_rejected(source, HEADERS, [], tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Reference,notes\r\nrejected_row,rejected_reason\r\n",
        b"\xef\xbb\xbfReference,rejected_row,rejected_reason,mine\r\n",
        b"Reference,rejected_row,rejected_reason\r\n",
        b"\xef\xbb\xbf\xff,rejected_row,rejected_reason\r\n",
    ],
)
def test_a_file_of_that_name_that_another_hand_wrote_stays(tmp_path, content):
    other = tmp_path / "l.csv.rejected.csv"
    other.write_bytes(content)
    write_rejected(tmp_path / "l.csv", HEADERS, [], tmp_path)
    assert other.read_bytes() == content


def test_a_link_to_a_file_of_rejected_rows_stays_and_so_does_a_folder(tmp_path):
    path = write_rejected(tmp_path / "a.csv", HEADERS, [(row(2, "A"), "x")], tmp_path)
    link = tmp_path / "l.csv.rejected.csv"
    link.symlink_to(path)
    (tmp_path / "m.csv.rejected.csv").mkdir()
    for name in ("l.csv", "m.csv"):
        write_rejected(tmp_path / name, HEADERS, [], tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_where_it_cannot_be_written_beside_the_file_it_goes_to_the_fallback(tmp_path):
    kept = tmp_path / "kept"
    path = write_rejected(tmp_path / "gone" / "l.csv", HEADERS, [(row(2, "A"), "x")], kept)
    assert path == kept / "l.csv.rejected.csv"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700


def test_no_draft_is_left_behind(tmp_path):
    write_rejected(tmp_path / "l.csv", HEADERS, [(row(2, "A"), "x")], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["l.csv.rejected.csv"]


def test_cells_beyond_the_headers_keep_their_places(tmp_path):
    rows = [(row(2, "A", "b", "more"), "x"), (row(3, "C"), "y")]
    path = write_rejected(tmp_path / "l.csv", HEADERS, rows, tmp_path)
    assert read_back(path) == [
        ["Reference", "notes", "", "rejected_row", "rejected_reason"],
        ["A", "b", "more", "2", "x"],
        ["C", "", "", "3", "y"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.org","x")',
        "+447700900123",
        "-50",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        " =1+1",
        "\ufeff=1+1",
        "\u3000=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "|calc",
        "%0A",
    ],
)
def test_no_cell_can_be_taken_for_a_formula(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "07700 900123", "a=b", "'quoted'", "O'Neill"])
def test_an_ordinary_cell_is_left_as_it_is(text):
    assert guarded(text) == text


@given(st.text())
def test_a_guarded_cell_can_be_freed_again(text):
    if guarded(text) != text:
        assert unguarded(guarded(text)) == text


def test_a_corrected_file_of_rejected_rows_can_be_taken_in_again(tmp_path):
    headers = (*USUAL, "mobile", "System")
    rows = [
        (
            row(
                9,
                "A1",
                "=Ada",
                "Byron",
                "+447700900123",
                "7",
            ),
            "late",
        )
    ]
    path = write_rejected(tmp_path / "list.csv", headers, rows, tmp_path)
    table = read_file(path, LIST)
    (back,) = table
    assert table.headers == headers
    assert table.unknown == ("System",)
    assert back.texts == rows[0][0].texts
    assert "rejected_reason" not in back.cells


def test_an_apostrophe_in_any_other_file_is_part_of_the_name():
    (back,) = read_file(csv_bytes(tuple(USUAL), ("A1", "'=x", "Byron")), LIST)
    assert back.cells["first_name"] == "'=x"
