"""Headers, rows and cells, from text and from workbooks."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta

import openpyxl
import pytest

from beacon.feeds.columns import parse_row
from beacon.feeds.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from beacon.feeds.reading import read_file
from beacon.feeds.terms import FileRefused, RowRejected
from beacon.feeds.workbooks import Workbook
from tests.unit.feeds.builders import (
    LIST,
    SHEET,
    USUAL,
    csv_bytes,
    rows_of,
    saved,
    sheet,
    with_parts,
    xlsx_bytes,
)

HEADERS = tuple(USUAL)
ROW = tuple(USUAL.values())


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read_file(data, LIST)
    return refused.value.message


def facts(data: bytes) -> dict[str, object]:
    (raw,) = read_file(data, LIST)
    return parse_row(LIST, raw).facts


def one_cell(name: str, value: object, *, mac: bool = False) -> object:
    return facts(xlsx_bytes((*HEADERS, name), (*ROW, value), mac=mac))[name]


def test_headers_are_known_in_any_order_and_case_with_space_around_them():
    data = csv_bytes((" LAST_NAME ", "Reference", "first_name"), ("Byron", "A1", "Ada"))
    assert facts(data)["last_name"] == "Byron"


def test_an_unknown_column_is_listed_as_it_stands_and_kept():
    table = read_file(csv_bytes((*HEADERS, "Force ID"), (*ROW, " 7 ")), LIST)
    assert table.unknown == ("Force ID",)
    assert parse_row(LIST, next(iter(table))).unknown == {"force id": " 7 "}


def test_a_column_without_a_header_is_kept_under_its_place():
    table = read_file(csv_bytes((*HEADERS, "", "x"), (*ROW, "7", "8")), LIST)
    assert next(iter(table)).cells["(column 4)"] == "7"


def test_a_column_twice_refuses_the_file_and_is_named():
    assert "twice: reference" in refusal(csv_bytes((*HEADERS, "Reference "), (*ROW, "A2")))


def test_the_missing_columns_are_named():
    message = refusal(csv_bytes(("last_name", "born"), ("Byron", "")))
    assert message == (
        "This is not a list file: its header row lacks reference, "
        "a name (first_name and last_name, or organisation)."
    )


def test_the_other_way_to_give_a_name_is_enough():
    assert read_file(csv_bytes(("reference", "organisation"), ("A1", "Shop")), LIST).total == 1


@pytest.mark.proves("M-09")
@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_marks_between_cells_are_named(mark):
    assert "other than commas" in refusal(mark.join(HEADERS).encode())


def test_rows_without_headers_are_refused():
    assert "lacks reference" in refusal(csv_bytes(ROW, ROW))


@pytest.mark.parametrize("data", [b"\n\n,,\n", xlsx_bytes(), xlsx_bytes(("", None, " "))])
def test_a_file_of_blank_rows_is_refused(data):
    assert "every row is blank" in refusal(data)


@pytest.mark.parametrize("data", [csv_bytes(HEADERS), xlsx_bytes(HEADERS)])
def test_headers_alone_are_no_fault(data):
    assert list(read_file(data, LIST)) == []


@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes])
def test_blank_rows_are_not_counted_but_keep_their_numbers(make):
    rows = rows_of(make(HEADERS, ("", "", ""), ROW, (" ", "", "\u00a0"), ROW))
    assert [row.row_no for row in rows] == [3, 5]


def test_a_row_with_a_line_break_inside_counts_once_as_a_spreadsheet_shows_it():
    data = csv_bytes((*HEADERS, "notes"), (*ROW, "one\ntwo\r\nthree"), (*ROW, ""))
    assert [row.row_no for row in rows_of(data)] == [2, 3]


@pytest.mark.proves("M-09")
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_of_three_ways(ending):
    data = ending.join([",".join(HEADERS), ",".join(ROW), ",".join(ROW)]).encode()
    assert [row.row_no for row in rows_of(data)] == [2, 3]


@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes])
def test_a_row_with_more_cells_than_the_header_is_rejected_alone(make):
    first, second = rows_of(make(HEADERS, (*ROW, "", "extra"), ROW))
    with pytest.raises(RowRejected, match="^has more cells than the header$"):
        parse_row(LIST, first)
    assert first.texts == (*ROW, "", "extra")
    assert parse_row(LIST, second)


@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes])
def test_blank_cells_beyond_the_headers_are_no_fault(make):
    (row,) = rows_of(make(HEADERS, (*ROW, "", " ")))
    assert row.fault is None


def test_a_row_with_fewer_cells_than_the_header_leaves_the_rest_unknown():
    (row,) = rows_of(csv_bytes((*HEADERS, "born", "notes"), ROW))
    assert parse_row(LIST, row).facts["notes"] is None


@pytest.mark.proves("M-09")
@pytest.mark.parametrize(
    "tail",
    ['A2,"Ada,Byron\nA3,Ann,Lee\n', 'A2,"Ada" x,Byron\n', '"'],
    ids=["never closed", "something follows", "at the end"],
)
def test_a_quotation_mark_that_is_not_closed_refuses_the_file_and_names_the_row(tail):
    data = f"{','.join(HEADERS)}\n{','.join(ROW)}\n{tail}".encode()
    assert "Row 3 (line 3)" in refusal(data)


def test_a_quotation_mark_inside_a_name_is_text():
    assert facts(b'reference,organisation\nA1,The "Old" Shop')["organisation"] == 'The "Old" Shop'


@pytest.mark.proves("M-04")
@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes])
def test_a_huge_cell_refuses_the_file_by_row_and_column(make):
    # One longer than the csv module takes by itself, and one longer than Excel does.
    length = 131_073 if make is csv_bytes else MAX_CELL + 1
    data = make((*HEADERS, "notes"), ROW, (*ROW, "x"))
    if make is csv_bytes:
        data = make((*HEADERS, "notes"), ROW, (*ROW, "x" * length))
    else:
        data = long_cell(length)
    assert "Row 3, column notes" in refusal(data)


def long_cell(length: int) -> bytes:
    """Written by hand: openpyxl cuts a cell that is too long."""
    texts = [(*HEADERS, "notes"), ROW, (*ROW, "x" * length)]
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in row) + "</row>"
        for row in texts
    )
    filler = {"xl/media/a.png": bytes(range(256)) * 8}
    return with_parts(xlsx_bytes(HEADERS), {SHEET: sheet(rows)} | filler, stored=[SHEET])


@pytest.mark.proves("M-04")
@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes])
def test_a_header_row_with_too_many_columns_is_refused(make):
    wide = (*HEADERS, *(f"x{number}" for number in range(16_000)))
    assert f"Row 1 has more than {MAX_COLUMNS} columns" in refusal(make(wide))


@pytest.mark.proves("M-04")
@pytest.mark.proves("M-04")
@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes])
def test_a_row_with_too_many_columns_is_refused_by_its_number(make):
    wide = (*ROW, *("x" for _ in range(MAX_COLUMNS)))
    assert f"Row 3 has more than {MAX_COLUMNS} columns" in refusal(make(HEADERS, ROW, wide))


def test_too_many_rows_are_refused():
    data = b"reference,organisation\n" + b"A1,Shop\n" * (MAX_ROWS + 1)
    assert "more than 200,000 rows" in refusal(data)


def test_the_digest_is_the_files_own():
    data = csv_bytes(HEADERS, ROW)
    assert read_file(data, LIST).digest == hashlib.sha256(data).hexdigest()


def test_a_table_can_be_read_again_from_the_beginning():
    table = read_file(xlsx_bytes(HEADERS, ROW), LIST)
    assert list(table) == list(table)


@pytest.mark.parametrize("most_kept", [0, 4, 1_000])
def test_a_workbook_too_large_to_keep_is_read_again(most_kept):
    book = Workbook(xlsx_bytes(HEADERS, ROW, ROW), most_kept)
    assert list(book.records()) == list(book.records()) == [(1, HEADERS), (2, ROW), (3, ROW)]


def test_only_the_first_sheet_is_read():
    book = openpyxl.Workbook()
    book.active.append(list(HEADERS))
    book.create_sheet().append(["other"])
    assert read_file(saved(book), LIST).total == 0


def test_a_sheet_that_states_a_smaller_size_than_it_has_loses_no_row():
    cells = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in HEADERS)
    inner = f"<row>{cells}</row><row>{cells}</row><row>{cells}</row>"
    small = sheet(inner).replace(b"<sheetData>", b'<dimension ref="A1:A1"/><sheetData>')
    assert read_file(with_parts(xlsx_bytes(HEADERS), {SHEET: small}), LIST).total == 2


@pytest.mark.proves("M-15")
@pytest.mark.proves("M-15")
@pytest.mark.parametrize("mac", [False, True], ids=["since 1900", "since 1904"])
@pytest.mark.parametrize(
    ("name", "value", "fact"),
    [
        ("born", date(1987, 2, 1), date(1987, 2, 1)),
        ("born", datetime(1987, 2, 1, 10, 30), date(1987, 2, 1)),
        ("at", time(9, 30), time(9, 30)),
        ("at", datetime(2026, 11, 24, 9, 30), time(9, 30)),
        ("at", timedelta(hours=9, minutes=30), time(9, 30)),
        ("at", 0.395833333333333, time(9, 30)),
        ("recorded_at", datetime(2026, 7, 1, 9, 30), datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("recorded_at", date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_typed_cells_are_read_as_typed(mac, name, value, fact):
    assert one_cell(name, value, mac=mac) == fact


def test_a_bare_number_in_a_column_of_dates_counts_from_the_workbooks_own_first_day():
    assert one_cell("born", 31_809) == date(1987, 2, 1)
    assert one_cell("born", 30_347, mac=True) == date(1987, 2, 1)


@pytest.mark.parametrize("name", ["born", "recorded_at"])
def test_a_year_alone_is_no_date_of_the_year_1905(name):
    with pytest.raises(RowRejected, match=f"{name} cannot be read as a date"):
        one_cell(name, 2012)


def test_a_bare_number_as_text_is_no_date():
    with pytest.raises(RowRejected, match="born cannot be read as a date"):
        facts(csv_bytes((*HEADERS, "born"), (*ROW, "46419")))


@pytest.mark.parametrize(
    ("name", "value", "fact"),
    [
        ("mobile", 7700900123, "+447700900123"),
        ("mobile", 7700900123.0, "+447700900123"),
        ("mobile", 447700900123, "+447700900123"),
        ("collar", 2317, "2317"),
        ("collar", 2317.0, "2317"),
        ("collar", 23.5, "23.5"),
        ("collar", True, "TRUE"),
        ("reference", 41100, "41100"),
        ("amount", 266, 26_600),
        ("amount", 0.1 + 0.2, 30),
        ("amount", 1_234.56, 123_456),
        ("vulnerable", True, True),
        ("vulnerable", 0, False),
        ("vulnerable", 1.0, True),
        ("notes", "one_x000D_\ntwo", "one\ntwo"),
    ],
)
def test_numbers_and_truths_become_what_the_column_holds(name, value, fact):
    row = dict(zip(HEADERS, ROW, strict=True)) | {name: value}
    assert facts(xlsx_bytes(tuple(row), tuple(row.values())))[name] == fact


@pytest.mark.proves("M-11")
def test_a_formula_gives_the_value_that_was_stored_with_it():
    cells = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in HEADERS)
    row = (
        '<c t="str"><f>"A"&amp;1</f><v>A1</v></c>'
        '<c t="inlineStr"><is><t>Ada</t></is></c><c t="inlineStr"><is><t>=1+1</t></is></c>'
    )
    data = with_parts(xlsx_bytes(HEADERS), {SHEET: sheet(f"<row>{cells}</row><row>{row}</row>")})
    assert facts(data)["reference"] == "A1"
    assert facts(data)["last_name"] == "=1+1"


def test_a_formula_without_a_stored_value_is_kept_as_the_text_that_it_is():
    data = xlsx_bytes((*HEADERS, "notes", "mobile"), (*ROW, '=cmd|"/c calc"!A1', "+447700900123"))
    assert facts(data)["notes"] == '=cmd|"/c calc"!A1'
    assert facts(data)["mobile"] == "+447700900123"


def test_a_formula_that_gave_an_empty_text_is_an_empty_cell():
    cells = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in (*HEADERS, "notes"))
    row = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in ROW)
    row += '<c t="str"><f>IF(A1="","",A1)</f><v></v></c>'
    data = with_parts(xlsx_bytes(HEADERS), {SHEET: sheet(f"<row>{cells}</row><row>{row}</row>")})
    assert facts(data)["notes"] is None


def test_an_array_formula_without_a_stored_value_is_kept_as_text():
    book = openpyxl.Workbook()
    book.active.append([*HEADERS, "notes"])
    book.active.append([*ROW])
    book.active["D2"] = openpyxl.worksheet.formula.ArrayFormula("D2", "=SUM(A1:A2)")
    assert facts(saved(book))["notes"] == "=SUM(A1:A2)"


def test_a_formula_without_a_stored_value_is_no_amount():
    with pytest.raises(RowRejected, match="amount cannot be read"):
        facts(xlsx_bytes((*HEADERS, "amount"), (*ROW, "=1+1")))


def test_an_error_of_excel_is_not_known_and_a_warning():
    (raw,) = read_file(xlsx_bytes((*HEADERS, "born"), (*ROW, "#N/A")), LIST)
    parsed = parse_row(LIST, raw)
    assert parsed.facts["born"] is None
    assert parsed.warnings == ["born holds an Excel error; taken as not known"]


def test_an_error_of_excel_where_a_value_is_required_rejects_the_row():
    with pytest.raises(RowRejected, match="reference holds an Excel error"):
        facts(xlsx_bytes(HEADERS, ("#REF!", "Ada", "Byron")))


def test_a_reference_that_excel_turned_into_a_date_is_rejected_not_guessed():
    with pytest.raises(RowRejected, match="reference was turned into a date by Excel"):
        facts(xlsx_bytes(HEADERS, (date(2026, 5, 1), "Ada", "Byron")))
