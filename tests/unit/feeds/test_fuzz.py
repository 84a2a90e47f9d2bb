"""Whatever comes in, there are two ways out besides a row: file refused, or row rejected."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from beacon.courts.columns import COURT_LIST
from beacon.feeds.columns import parse_row
from beacon.feeds.reading import RawRow, read_file
from beacon.feeds.terms import FileRefused, RowRejected
from beacon.referrals.columns import FRAUD, PARTNER, POLICE
from tests.unit.feeds.builders import (
    HEADERS,
    LIST,
    SHEET,
    USUAL,
    csv_bytes,
    sheet,
    with_parts,
    xlsx_bytes,
)

CSV = csv_bytes(tuple(USUAL), tuple(USUAL.values()), ("A2", "Ann", 'L"ee\nx'))
XLSX = xlsx_bytes(
    (*USUAL, "born", "amount"), (*USUAL.values(), date(1987, 2, 1), 3.5), ("A2", "Ann", "Lee")
)
with zipfile.ZipFile(io.BytesIO(XLSX)) as _file:
    PARTS = {name: _file.read(name) for name in _file.namelist()}

LIKELY = st.sampled_from(
    [
        "2026-10-25 01:30", "29/03/2026 01:30", "0000-00-00", "9999-12-31T23:59", "1/1/1", "-0",
        "£", "١٢", "9.30am", "²", "1e999", "+", "(0)", "00", "#N/A", "=1+1", "\x00", "\ufeff",
        "２０２６-01-01", "24:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "a@b", "yes",
    ]
)  # fmt: skip
CELLS = st.one_of(
    st.none(),
    st.text(max_size=40),
    LIKELY,
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


def read_out(data: bytes, spec=LIST) -> None:
    with suppress(FileRefused):
        for raw in read_file(data, spec):
            with suppress(RowRejected):
                parse_row(spec, raw)


def changed(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    made = bytearray(data)
    for place, byte in changes:
        made[place % len(made)] = byte
    return bytes(made)


CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6)


@given(st.binary(max_size=400))
def test_any_bytes(data):
    read_out(data)


@given(st.text(max_size=400))
def test_any_text_under_good_headers(text):
    read_out(f"{','.join(HEADERS)}\n{text}".encode("utf-8", "surrogatepass"))


@given(CHANGES)
def test_a_text_file_with_a_few_bytes_changed(changes):
    read_out(changed(CSV, changes))


@given(CHANGES)
@settings(deadline=None)
def test_a_workbook_with_a_few_bytes_changed(changes):
    read_out(changed(XLSX, changes))


@given(st.sampled_from(sorted(PARTS)), CHANGES)
@settings(deadline=None)
def test_a_workbook_with_a_few_bytes_of_one_part_changed(name, changes):
    read_out(with_parts(XLSX, {name: changed(PARTS[name], changes)}))


@given(st.sampled_from(sorted(PARTS)), st.integers(0, 3_000), st.integers(0, 3_000))
@settings(deadline=None)
def test_a_workbook_with_a_piece_of_one_part_left_out(name, begin, length):
    own = PARTS[name]
    begin %= len(own)
    read_out(with_parts(XLSX, {name: own[:begin] + own[begin + length :]}))


_VALUES = st.one_of(
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["", "#N/A", "1e999", "nan", "-1", "2958466", "60", "2026-11-24T09:30:00"]),
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["n", "s", "b", "d", "e", "str", "inlineStr", "?"]),
            st.sampled_from(["", ' s="1"', ' s="2"', ' s="99"']),
            _VALUES,
        ),
        max_size=6,
    )
)
@settings(deadline=None)
def test_cells_of_any_type_and_value(cells):
    headers = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in HEADERS)
    row = "".join(f'<c t="{kind}"{style}><v>{value}</v></c>' for kind, style, value in cells)
    read_out(with_parts(XLSX, {SHEET: sheet(f"<row>{headers}</row><row>{row}</row>")}))


@given(st.data(), st.sampled_from([LIST, POLICE, FRAUD, PARTNER, COURT_LIST]))
@settings(max_examples=300, deadline=None)
def test_a_row_of_any_cells(data, spec):
    cells = {column.name: data.draw(CELLS) for column in spec.columns}
    with suppress(RowRejected):
        row = parse_row(spec, RawRow(row_no=2, cells=cells, texts=()))
        assert set(row.facts) == set(spec.by_name)
        for fact in row.facts.values():
            assert fact is None or isinstance(fact, (str, bool, int, date, time, datetime))
            assert not isinstance(fact, timedelta)
