"""What a file is, by its content; too large or of another kind, it is refused unread."""

from __future__ import annotations

import stat
from pathlib import Path

from beacon.feeds import archive
from beacon.feeds.terms import FileKind, FileRefused

MAX_BYTES = 25 * archive.MIB
TEXT = "utf-8-sig"  # UTF-8, with or without a mark

_ADVICE = (
    "In Excel choose Save As, then 'CSV UTF-8 (comma delimited)' or 'Excel Workbook (.xlsx)', "
    "and import that file."
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", ""),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"MZ", ""),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument"


def load(source: Path | bytes) -> bytes:
    """The bytes of a file, refused at the limit without reading on (security.md M-01)."""
    data = source if isinstance(source, bytes) else _from_disk(source)
    if len(data) > MAX_BYTES:
        raise FileRefused(_too_large())
    if not data:
        raise FileRefused("The file is empty.")
    return data


def kind_of(data: bytes) -> FileKind:
    """What the file is; anything but text and a zipped workbook is refused with advice."""
    if data.startswith(b"PK\x03\x04"):
        if _ODS in data[:256]:
            raise FileRefused(f"This is an OpenDocument file, not CSV or XLSX. {_ADVICE}")
        return FileKind.XLSX
    _refuse_other_kinds(data)
    return FileKind.CSV


def refuse_unless_text(data: bytes) -> None:
    """Refuse a text that is not strictly UTF-8, with or without a mark: no letter is guessed."""
    try:
        data.decode(TEXT)
    except UnicodeDecodeError as fault:
        # The mark at the start, if any, is not counted in the place of the fault.
        start = fault.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        raise FileRefused(
            f"The file is not UTF-8: line {_line(data, start)} holds byte 0x{data[start]:02X}, "
            "as files saved in Windows-1252 (cp1252) do. In Excel choose Save As, "
            "'CSV UTF-8 (comma delimited)', and import that file."
        ) from fault
    at = data.find(b"\x00")
    if at >= 0:
        raise FileRefused(f"Line {_line(data, at)} holds a NUL, so this is not text. {_ADVICE}")


def _from_disk(path: Path) -> bytes:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileRefused(f"{path.name} is not a file.")
        if about.st_size > MAX_BYTES:
            raise FileRefused(_too_large())
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as fault:
        raise FileRefused(f"There is no file {path}.") from fault
    except (OSError, ValueError) as fault:
        raise FileRefused(f"The file {path.name} cannot be opened.") from fault


def _too_large() -> str:
    return (
        f"The file is larger than {MAX_BYTES // archive.MIB} MB. "
        "Split it into several files, each with the headers in its first row."
    )


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(_OLE):
        raise FileRefused(_old_office(data))
    if data.startswith(_UTF_16):
        raise FileRefused(f"The file is text in UTF-16, not UTF-8. {_ADVICE}")
    for magic, name in _MAGIC:
        if data.startswith(magic) and (name or b"\x00" in data[:512]):
            raise FileRefused(f"This is {name or 'a program or picture'}, not a list. {_ADVICE}")
    if data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise FileRefused(f"This is a web page or XML, not a spreadsheet. {_ADVICE}")


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"The workbook is protected with a password. Remove it. {_ADVICE}"
    return f"This is an old Excel file (XLS) or another Office file, not CSV or XLSX. {_ADVICE}"


def _line(data: bytes, at: int) -> int:
    """The number of the line that holds a byte, whichever way its lines end."""
    before = data[:at]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
