"""Word and Excel: a zipped document, weighed by its list of contents before any part is opened."""

from __future__ import annotations

import io
import struct
import zipfile
from xml.parsers import expat

from beacon.documents.rules.refusing import refuse
from beacon.documents.terms import FileType
from beacon.feeds import archive
from beacon.feeds.terms import FileRefused

MAX_UNPACKED = 100 * archive.MIB
MAX_RELATIONS = archive.MIB
_MAIN = {"word/document.xml": FileType.DOCX, "xl/workbook.xml": FileType.XLSX}
_TYPES = "[Content_Types].xml"
_NESTED = (".zip", ".gz", ".7z", ".rar", ".jar", ".exe", ".dll", ".js", ".vbs", ".docm", ".xlsm")
# An outside link that somebody presses is only a link; all the others are fetched by themselves.
_PRESSED = "/hyperlink"
_AGAIN = "Open it, save it again as DOCX or XLSX, and add that."
_AS_PDF = "Print it to PDF and add the PDF."


def check(content: bytes) -> FileType:
    """A Word or Excel file of bearable size, without macros, programs or what it fetches itself."""
    try:
        archive.check_directory(content)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            kind = _kind(packed, entries)
            _check_sizes(entries, len(content))
            for entry in entries:
                if entry.filename.lower().endswith(".rels"):
                    _check_relations(packed, entry)
            return kind
    except (FileRefused, struct.error, *archive.BROKEN_ZIP):
        refuse(f"The file is damaged, or has too many parts to be a document. {_AGAIN}")


def _kind(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> FileType:
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 0x1 for entry in entries):
        refuse("The file is protected with a password. Take the password away, then add it.")
    found = next((kind for name, kind in _MAIN.items() if name in names), None)
    if found is None or _TYPES not in names:
        refuse(_other(names))
    types = packed.getinfo(_TYPES)
    is_small = types.file_size <= archive.MAX_PART
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if has_macros or not is_small or b"macroenabled" in packed.read(types).lower():
        refuse(f"The file holds macros, which are programs. {_AS_PDF}")
    if any("/activex/" in name.lower() for name in names):
        refuse(f"The file holds a program (ActiveX). {_AS_PDF}")
    if any("/embeddings/" in name.lower() for name in names):
        refuse(f"The file holds another file inside it. {_AS_PDF}")
    return found


def _other(names: set[str]) -> str:
    if "ppt/presentation.xml" in names:
        return f"This is a PowerPoint presentation. {_AS_PDF}"
    if {"mimetype", "content.xml"} <= names:
        return "This is an OpenDocument file. Save it as DOCX, XLSX or PDF and add that."
    return "This is an archive (ZIP). Take the files out of it and add them one by one."


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > size * archive.MAX_RATIO:
        refuse(f"The file would unpack to too much for its size. {_AGAIN}")
    for entry in entries:
        if entry.filename.lower().endswith(_NESTED):
            refuse(f"The file holds another file inside it. {_AS_PDF}")


def _check_relations(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse what is fetched from elsewhere when the file is opened: templates, pictures, data."""
    with packed.open(entry) as part:
        told = part.read(MAX_RELATIONS + 1)
    if len(told) > MAX_RELATIONS:
        refuse(f"The file has too many links to look through. {_AS_PDF}")
    parser = expat.ParserCreate()
    parser.StartElementHandler = _check_relation
    parser.StartDoctypeDeclHandler = _refuse_declaration
    try:
        parser.Parse(told, True)
    except expat.ExpatError:
        refuse(f"The file is damaged: a part of it is not well-formed. {_AGAIN}")


def _check_relation(_name: str, told: dict[str, str]) -> None:
    is_outside = told.get("TargetMode", "").lower() == "external"
    if is_outside and not told.get("Type", "").endswith(_PRESSED):
        refuse(f"The file fetches something from elsewhere when it is opened. {_AS_PDF}")


def _refuse_declaration(*_what: object) -> None:
    refuse(f"The file holds a declaration that no document needs. {_AS_PDF}")
