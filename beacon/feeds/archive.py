"""A zipped workbook, weighed before anything in it is unpacked (security.md M-02, M-03, M-08)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import IO, NoReturn
from xml.parsers import expat

from beacon.feeds.limits import MAX_SHEET_ROWS
from beacon.feeds.terms import FileRefused

MIB = 1024 * 1024
MAX_ENTRIES = 1_000
MAX_DIRECTORY = MIB // 2
MAX_UNPACKED = 200 * MIB
MAX_RATIO = 100
MAX_STRINGS = 64 * MIB
MAX_PART = 8 * MIB
MAX_DRAWING = MIB
# What one row, one shared text or one small part may hold; a wide, rich row has some thousands.
MAX_ELEMENTS = 200_000
MAX_UNITS = 1_100_000
MAX_DEPTH = 100

_ENDING = struct.Struct("<4s4xHHLL2x")
_ENDING_64 = struct.Struct("<4s28xQQ8x")
_LOCATOR_64 = b"PK\x06\x07"
_UNITS = frozenset({"row", "si"})
_NESTED = (".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".docm", ".gz", ".7z", ".rar", ".jar")
_INSPECTED = (".xml", ".rels")
_MARKUP = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# What reading a zip that is broken or lies about itself can raise, by the library's own list.
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError,
)  # fmt: skip


def check(data: bytes) -> bool:
    """Refuse a zipped file that is no plain workbook, would unpack too large, or hides markup.

    Gives whether it holds a formula whose value was never stored, as programs write them.
    """
    check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            _check_kind(names)
            _check_sizes(entries, len(data))  # before anything is read: some Pythons mind overlaps
            _check_types(archive, names)
            # Every part, not only up to the first with such a formula.
            return max(_inspect(archive, entry) for entry in entries)
    except BROKEN_ZIP as fault:
        raise FileRefused(
            "The workbook is damaged: a part is not what its list of contents says. "
            "Open it in Excel, save it again, and import that file."
        ) from fault


def _refuse(what: str) -> NoReturn:
    raise FileRefused(f"The workbook {what}. Save the sheet as 'CSV UTF-8' and import that file.")


def check_directory(data: bytes) -> None:
    """Read the two figures at the end of the file, so that a huge list is never loaded."""
    at = len(data) - _ENDING.size
    if at < 0 or data[at : at + 4] != b"PK\x05\x06" or data[-2:] != b"\x00\x00":
        at = data.rfind(b"PK\x05\x06", max(0, len(data) - _ENDING.size - 65_535))
    if at < 0 or at + _ENDING.size > len(data):
        raise FileRefused("The workbook is cut short: its end is missing. Send the file again.")
    _, _, entries, size, _ = _ENDING.unpack_from(data, at)
    before = at - 20 - _ENDING_64.size
    if before >= 0 and data[at - 20 : at - 16] == _LOCATOR_64:
        _, entries_64, size_64 = _ENDING_64.unpack_from(data, before)
        entries, size = max(entries, entries_64), max(size, size_64)
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        _refuse(f"holds more than {MAX_ENTRIES:,} parts")


def _check_kind(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        _refuse("holds macros")
    if not any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names):
        raise FileRefused(
            "This is a zipped file but not an Excel workbook (XLSX). "
            "Save the sheet as XLSX or 'CSV UTF-8' and import that file."
        )
    if any(name.startswith("xl/externalLinks/") for name in names):
        _refuse("takes values from other files")


def _check_types(archive: zipfile.ZipFile, names: set[str]) -> None:
    types = "[Content_Types].xml"
    small = types in names and archive.getinfo(types).file_size <= MAX_PART
    if small and b"macroenabled" in archive.read(types).lower():
        _refuse("is of the kind that holds macros")


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > size * MAX_RATIO or packed > size:
        _refuse(f"would unpack to {unpacked / MIB:,.0f} MB, too much for its size")
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.lower()
    if entry.flag_bits & 0x1:
        _refuse("is protected with a password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        _refuse("is packed in a way that Excel does not use")
    if name.endswith(_NESTED):
        _refuse("holds another file inside it")
    if entry.file_size > 65_536 and entry.file_size > entry.compress_size * MAX_RATIO:
        _refuse("holds a part that would unpack to more than a hundred times its size")
    if entry.file_size > _most(name):
        _refuse("holds a part that is too large")


def _most(name: str) -> int:
    if name.endswith("sharedstrings.xml"):
        return MAX_STRINGS
    if name.endswith(".vml"):
        return MAX_DRAWING
    return MAX_PART if name.endswith(_INSPECTED) and "/worksheets/" not in name else MAX_UNPACKED


def _inspect(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.lower()
    with archive.open(entry) as part:
        if name.endswith(_INSPECTED):
            return _weigh(part)
        if not name.endswith(".vml") and part.read(64).lstrip().startswith(_MARKUP):
            _refuse("holds markup under the name of a picture")
    return False


def _weigh(part: IO[bytes]) -> bool:
    """Walk one part in constant memory; refuse declarations, and more elements than a sheet has."""
    parser = expat.ParserCreate()
    scale = _Scale(parser)
    parser.StartElementHandler = scale.start
    parser.EndElementHandler = scale.end
    parser.StartDoctypeDeclHandler = scale.declaration
    parser.EntityDeclHandler = scale.declaration
    try:
        while piece := part.read(65_536):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        raise FileRefused(
            "The workbook is damaged: a part of it is not well-formed. "
            "Open it in Excel, save it again, and import that file."
        ) from fault
    return scale.bare_formula


class _Scale:
    """Counts elements; what is kept in memory later is one row or one shared text at a time."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.depth = self.units = self.elements = 0
        self.in_formula = self.bare_formula = self.text_result = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        bare = name.rpartition(":")[2]
        if bare in _UNITS:
            self._unit(attributes)
        elif bare == "c":
            # A text result is stored even where it is empty, as IF(A1="","",A1) gives it.
            self.text_result = attributes.get("t") == "str"
        elif bare == "f":
            self.in_formula = not self.text_result
        elif bare == "v" and self.in_formula:
            self.parser.CharacterDataHandler = self.value
        if self.elements > MAX_ELEMENTS or self.units > MAX_UNITS or self.depth > MAX_DEPTH:
            _refuse("holds more cells or formatting than a sheet of rows would")

    def _unit(self, attributes: dict[str, str]) -> None:
        self.units += 1
        self.elements = 0
        # The reader would count up to it, row by row.
        if len(attributes.get("r", "")) > len(str(MAX_SHEET_ROWS)):
            _refuse(f"has a row beyond row {MAX_SHEET_ROWS:,}")

    def value(self, _text: str) -> None:
        self.in_formula = False
        self.parser.CharacterDataHandler = None

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.in_formula and name.rpartition(":")[2] == "c":
            self.bare_formula, self.in_formula = True, False
            self.parser.CharacterDataHandler = None

    def declaration(self, *_what: object) -> None:
        _refuse("holds a document type or entity declaration, which no spreadsheet needs")
