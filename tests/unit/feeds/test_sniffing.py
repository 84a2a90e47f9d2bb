"""What a file is by its content, and what is refused before it is read."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from beacon.feeds import sniffing
from beacon.feeds.reading import read_file
from beacon.feeds.terms import FileKind, FileRefused
from tests.unit.feeds.builders import LIST, USUAL, csv_bytes, xlsx_bytes

GOOD = csv_bytes(tuple(USUAL), tuple(USUAL.values()))


@pytest.mark.proves("M-07")
def refusal(data: bytes | Path) -> str:
    with pytest.raises(FileRefused) as refused:
        read_file(data, LIST)
    assert "\n" not in refused.value.message
    return refused.value.message


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes(xlsx_bytes(tuple(USUAL), tuple(USUAL.values())))
    assert read_file(file, LIST).kind is FileKind.XLSX


@pytest.mark.proves("M-06")
def test_text_is_known_by_its_content_whatever_its_name(tmp_path):
    file = tmp_path / "list.xlsx"
    file.write_bytes(GOOD)
    assert read_file(file, LIST).kind is FileKind.CSV


def test_the_mark_of_utf_8_at_the_start_is_no_part_of_the_first_header():
    assert read_file(b"\xef\xbb\xbf" + GOOD, LIST).headers[0] == "reference"


@pytest.mark.proves("M-07")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "a picture"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"{\\rtf1 list}", "rich text"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"MZ" + bytes(60), "a program"),
        (b"<!DOCTYPE html><table><tr><td>reference</td></tr></table>", "a web page"),
        (b"\n  <html></html>", "a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "XML"),
        (sniffing._OLE + bytes(600), "an old Excel file"),
        (sniffing._OLE + "EncryptedPackage".encode("utf-16-le"), "a password"),
        ("reference,first_name\n".encode("utf-16"), "UTF-16"),
        ("reference,first_name\n".encode("utf-16-be"), "NUL"),
        (GOOD + b"A2,\x00,x\r\n", "Line 3 holds a NUL"),
        (b"", "empty"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_one_line(data, said):
    assert said in refusal(data)


@pytest.mark.proves("M-06")
@pytest.mark.proves("M-06")
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_the_line_of_the_first_byte_that_is_not_utf_8_is_named(start, ending):
    lines = [b"reference,organisation", b"A1,Fine", b"A2,Caf\xe9", b"A3,\xa35"]
    message = refusal(start + ending.join(lines))
    assert "line 3 holds byte 0xE9" in message
    assert "'CSV UTF-8 (comma delimited)'" in message


@pytest.mark.proves("M-01")
def test_utf_8_and_windows_letters_mixed_are_refused():
    assert "line 3" in refusal("reference,organisation\nA1,Café\n".encode() + b"A2,Caf\xe9\n")


@pytest.mark.proves("M-01")
def test_a_file_of_two_gigabytes_is_refused_without_being_read(tmp_path):
    file = tmp_path / "huge.csv"
    with file.open("wb") as sparse:
        sparse.truncate(2 * 1024**3)
    tracemalloc.start()
    message = refusal(file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "larger than 25 MB" in message
    assert most < 1024**2


@pytest.mark.proves("M-18")
def test_a_long_text_is_never_held_a_second_time_while_its_rows_are_taken():
    row = (*list(USUAL.values())[:-1], "Byrön " * 600)
    long = csv_bytes(tuple(USUAL), *(row for _ in range(600)))
    assert len(long) > 2 * 1024**2
    tracemalloc.start()
    rows = iter(read_file(long, LIST))
    next(rows)
    held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < len(long) / 2
    assert most < len(long) * 5 / 2  # its letters were looked at once, two bytes each


def test_bytes_over_the_limit_are_refused():
    assert "larger than 25 MB" in refusal(bytes(sniffing.MAX_BYTES + 1))


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "There is no file" in refusal(tmp_path / "none.csv")


def test_a_folder_is_no_file(tmp_path):
    assert "is not a file" in refusal(tmp_path)


def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "is not a file" in refusal(tmp_path / "pipe")


def test_a_name_that_no_system_takes_is_refused():
    assert refusal(Path("a\x00b"))


def test_a_name_that_is_too_long_is_refused():
    assert "cannot be opened" in refusal(Path("a" * 5_000))
