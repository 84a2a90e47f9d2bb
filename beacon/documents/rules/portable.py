"""PDF: whole, open to read, and without what runs, starts or hides something (5.2.2 of ASVS)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from beacon.documents.rules.refusing import refuse, refuse_hidden_archive
from beacon.documents.terms import FileType

_END = b"%%EOF"
_END_WITHIN = 2_048
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_TYPE = re.compile(rb"/Type\s*/([A-Za-z0-9#]{1,30})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_STREAM_ENDS = b"endstream"
_FAR = 4_096  # from what is said of a stream to the stream itself
UNPACKED_AT_MOST = 32 * 1024 * 1024  # of all packed objects together
# Names of the standard (ISO 32000) for what a document of a case never needs.
ACTIVE: tuple[tuple[bytes, str], ...] = (
    (b"/Launch", "starts a program"),
    (b"/JavaScript", "holds a program"),
    (b"/JS", "holds a program"),
    (b"/EmbeddedFile", "holds another file inside it"),
    (b"/EmbeddedFiles", "holds another file inside it"),
    (b"/RichMedia", "holds a film or a program"),
)
_NAMES = re.compile(rb"(" + b"|".join(re.escape(name) for name, _ in ACTIVE) + rb")(?![A-Za-z])")
_ADVICE = "Open it, print it to PDF, and add that PDF."


def check(content: bytes) -> FileType:
    """A PDF that is whole and only to be read. What its objects are packed in is unpacked, to look.

    It is a first look and no virus scan: pages are not drawn, and nothing in it is carried out.
    """
    if _END not in content[-_END_WITHIN:]:
        refuse("The PDF is cut short: its end is missing. Save it again, and add that.")
    if re.search(rb"/Encrypt(?![A-Za-z])", content):
        refuse("The PDF is protected with a password. Take the password away, then add it.")
    _refuse_active(content)
    for objects in _packed(content):
        _refuse_active(objects)
    refuse_hidden_archive(content)
    return FileType.PDF


def _refuse_active(part: bytes) -> None:
    found = _NAMES.search(_unescaped(_outside_streams(part)))
    if found:
        what = next(words for name, words in ACTIVE if name == found.group(1))
        refuse(f"The PDF {what}. {_ADVICE}")


def _outside_streams(part: bytes) -> bytes:
    """What is written in the clear: pictures and texts of pages look like names by chance."""
    clear, at = [], 0
    while begins := _STREAM.search(part, at):
        ends = part.find(_STREAM_ENDS, begins.end())
        if ends < 0:
            break
        clear.append(part[at : begins.start()])
        at = ends + len(_STREAM_ENDS)
    clear.append(part[at:])
    return b"\n".join(clear)


def _packed(content: bytes) -> Iterator[bytes]:
    """The packed objects of the file, unpacked, each once and as far as is bearable."""
    left, at = UNPACKED_AT_MOST, 0
    while mark := _TYPE.search(content, at):
        at = mark.end()
        begins = _STREAM.search(content, at, at + _FAR)
        if _unescaped(mark.group(1)) != b"ObjStm" or begins is None:
            continue
        ends = content.find(_STREAM_ENDS, begins.end())
        at = ends if ends >= 0 else len(content)
        try:
            unpacked = zlib.decompressobj().decompress(content[begins.end() : at], left)
        except zlib.error:
            continue  # packed in another way, or damaged: what reads it has the same trouble
        left -= len(unpacked)
        if left <= 0:
            refuse(f"The PDF would unpack to too much. {_ADVICE}")
        yield unpacked


def _unescaped(part: bytes) -> bytes:
    """Names as they are read: what is escaped in them hides nothing."""
    return _ESCAPED.sub(lambda found: bytes([int(found.group(1), 16)]), part)
