"""Workbooks that are bombs, lie about themselves or hide something (security.md M-02 to M-08)."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from beacon.feeds import archive
from beacon.feeds.reading import read_file
from beacon.feeds.terms import FileRefused
from tests.unit.feeds.builders import LIST, SHEET, USUAL, sheet, with_parts, xlsx_bytes

GOOD = xlsx_bytes(tuple(USUAL), tuple(USUAL.values()))
DOCTYPE = b'<!DOCTYPE worksheet [<!ENTITY a "ha">]>'


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read_file(data, LIST)
    return refused.value.message


def with_sheet(inner: str) -> bytes:
    return with_parts(GOOD, {SHEET: sheet(inner)})


def zipped(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return made.getvalue()


@pytest.mark.proves("M-02")
def test_a_plain_workbook_passes():
    assert archive.check(GOOD) is False


@pytest.mark.proves("M-02")
def test_a_bomb_is_refused_by_its_list_of_contents_at_once_and_in_little_memory():
    bomb = with_sheet('<row r="1"><c r="A1"><v>0</v></c></row>' * 2_200_000)
    assert len(bomb) < 600_000
    tracemalloc.start()
    begun = time.perf_counter()
    message = refusal(bomb)
    took = time.perf_counter() - begun
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "too much for its size" in message
    assert most < 5 * archive.MIB
    print(f"refused in {took * 1000:.1f} ms")


@pytest.mark.proves("M-02")
def test_one_part_that_is_a_bomb_is_refused_though_the_whole_is_large():
    filler = {"xl/media/image1.png": bytes(range(256)) * 20_000}
    data = with_parts(GOOD, filler | {"xl/theme/x.xml": b" " * 2_000_000}, stored=filler)
    assert "a hundred times" in refusal(data)


def test_ten_thousand_parts_are_refused_before_they_are_listed():
    data = with_parts(GOOD, {f"xl/x{number}.xml": b"" for number in range(10_000)})
    tracemalloc.start()
    message = refusal(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "more than 1,000 parts" in message
    assert most < archive.MIB


@pytest.mark.proves("M-02")
def test_a_number_of_parts_told_in_the_long_form_is_read_there():
    data = zipped({"xl/workbook.xml": b"<workbook/>"})
    at = data.rfind(b"PK\x05\x06")
    long_form = struct.pack("<4s28xQQ8x", b"PK\x06\x06", 5_000_000, 400_000_000)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    assert "more than 1,000 parts" in refusal(data[:at] + long_form + locator + data[at:])


@pytest.mark.proves("M-03")
def test_a_file_inside_the_file_is_refused():
    assert "another file" in refusal(with_parts(GOOD, {"xl/embeddings/b.zip": zipped({})}))


@pytest.mark.proves("M-03")
def test_a_declared_size_that_is_a_lie_is_refused():
    long = sheet('<row r="1"><c r="A1"><v>0</v></c></row>' * 5_000)
    data = bytearray(with_parts(GOOD, {SHEET: long}))
    directory = data.find(b"PK\x01\x02")
    while SHEET.encode() != data[directory + 46 : directory + 46 + len(SHEET)]:
        directory = data.find(b"PK\x01\x02", directory + 4)
    data[directory + 24 : directory + 28] = struct.pack("<L", 1_000)
    assert "damaged" in refusal(bytes(data))


def test_parts_that_lie_over_each_other_are_refused():
    # One packed part, listed again and again: the packed sizes come to more than the file.
    data = with_parts(GOOD, {"xl/media/a.png": bytes(range(256)) * 50}, stored=["xl/media/a.png"])
    at, end = data.find(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    listed = data[at:end]
    entries = struct.unpack("<H", data[end + 10 : end + 12])[0]
    ending = bytearray(data[end:])
    ending[8:16] = struct.pack("<HHL", entries * 9, entries * 9, len(listed) * 9)
    assert "too much for its size" in refusal(data[:at] + listed * 9 + bytes(ending))


@pytest.mark.parametrize("cut", [1, 10, 200, 2_000])
def test_a_workbook_cut_short_is_refused(cut):
    assert refusal(GOOD[:-cut])


@pytest.mark.proves("M-08")
@pytest.mark.parametrize("place", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_a_document_type_is_refused_wherever_it_stands(place):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as file:
        own = file.read(place)
    body = own[own.index(b"?>") + 2 :] if own.startswith(b"<?xml") else own
    assert "declaration" in refusal(with_parts(GOOD, {place: DOCTYPE + body}))


@pytest.mark.proves("M-08")
def test_a_document_type_in_utf_16_is_refused_too():
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
    assert "declaration" in refusal(with_parts(GOOD, {SHEET: text.encode("utf-16")}))


@pytest.mark.proves("M-08")
def test_a_billion_laughs_is_refused_unread():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l9;</a>'
    assert "declaration" in refusal(with_parts(GOOD, {"xl/sharedStrings.xml": text.encode()}))


def test_an_entity_that_reads_a_file_is_refused():
    text = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert "declaration" in refusal(with_parts(GOOD, {"docProps/core.xml": text}))


@pytest.mark.proves("M-08")
def test_a_sheet_under_the_name_of_a_picture_is_refused():
    assert "picture" in refusal(with_parts(GOOD, {"xl/media/a.png": b"<worksheet/>"}))


@pytest.mark.proves("M-07")
def test_a_workbook_that_takes_values_from_other_files_is_refused():
    assert "other files" in refusal(with_parts(GOOD, {"xl/externalLinks/externalLink1.xml": b""}))


def test_a_workbook_with_macros_is_refused():
    assert "macros" in refusal(with_parts(GOOD, {"xl/vbaProject.bin": b"x"}))


@pytest.mark.proves("M-07")
def test_a_workbook_of_the_kind_that_holds_macros_is_refused():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as file:
        types = file.read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    kind = types.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert "macros" in refusal(with_parts(GOOD, {"[Content_Types].xml": kind}))


def test_an_open_document_sheet_is_refused_by_name():
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("mimetype", kind)
        file.writestr("content.xml", "<a/>")
    assert "OpenDocument" in refusal(made.getvalue())


def test_a_zipped_file_that_is_no_workbook_is_refused():
    assert "not an Excel workbook" in refusal(zipped({"word/document.xml": b"<a/>"}))


def test_a_workbook_protected_part_by_part_is_refused():
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password" in refusal(bytes(data))


def test_a_part_packed_in_a_rare_way_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("xl/workbook.xml", "<a/>")
    assert "packed in a way" in refusal(made.getvalue())


def test_a_row_of_a_million_empty_cells_is_refused_before_it_is_kept():
    filler = {"xl/media/a.png": bytes(range(256)) * 20_000}
    # Differing letters between them, so that the part is not refused for its ratio.
    cells = "".join(f"<c/>{hash((number, 'x')) & 0xFFFFFFFF:x}" for number in range(250_000))
    parts = {SHEET: sheet(f'<row r="1">{cells}</row>')}
    data = with_parts(GOOD, filler | parts, stored=filler)
    assert "more cells" in refusal(data)


def test_markup_a_thousand_deep_is_refused():
    assert "more cells" in refusal(with_sheet("<c>" * 1_000 + "</c>" * 1_000))


@pytest.mark.parametrize("markup", [b"", b"<a>", b"not markup", b"<a></b>", b"<a/>\x00"])
def test_markup_that_is_not_well_formed_is_refused(markup):
    assert "damaged" in refusal(with_parts(GOOD, {"xl/styles.xml": markup}))


@pytest.mark.parametrize("number", ["99999999999", "1048577", "1e300"])
def test_a_row_number_beyond_any_sheet_is_refused(number):
    cells = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in USUAL)
    rows = f'<row r="1">{cells}</row><row r="{number}">{cells}</row>'
    assert "beyond row 1,048,576" in refusal(with_sheet(rows))


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><v>99</v></c>',
        '<c t="s"><v>x</v></c>',
        '<c t="n"><v>x</v></c>',
        '<c t="b"><v>x</v></c>',
        '<c t="d"><v>x</v></c>',
        '<c r="1A"><v>1</v></c>',
        '<c s="x"><v>1</v></c>',
        f'<c t="n"><v>{"9" * 5_000}</v></c>',
    ],
)
def test_a_cell_that_breaks_the_standard_refuses_the_file_and_names_the_row(cell):
    headers = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in USUAL)
    assert "row 2" in refusal(with_sheet(f'<row r="1">{headers}</row><row r="2">{cell}</row>'))


def test_a_workbook_whose_parts_do_not_fit_together_is_refused():
    parts = {"xl/_rels/workbook.xml.rels": b"<a/>"}
    assert "do not fit together" in refusal(with_parts(GOOD, parts))


def test_a_workbook_without_a_sheet_is_refused():
    assert "no sheet" in refusal(with_parts(GOOD, {"xl/workbook.xml": b"<workbook/>"}))
