"""Pictures: JPEG, PNG and HEIC, walked from end to end without being drawn."""

from __future__ import annotations

import zlib
from itertools import pairwise

from beacon.documents.rules.refusing import refuse, refuse_hidden_archive
from beacon.documents.terms import FileType

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
DAMAGED = "The picture is damaged: it is cut short. Take or copy it again, and add that."


def is_jpeg(content: bytes) -> bool:
    """Whether it begins as a JPEG does."""
    return content.startswith(_JPEG)


def is_png(content: bytes) -> bool:
    """Whether it begins as a PNG does."""
    return content.startswith(_PNG)


def is_heic(content: bytes) -> bool:
    """Whether it begins as the pictures of many telephones do."""
    return content[4:8] == b"ftyp" and content[8:12] in _BRANDS


def check_jpeg(content: bytes) -> FileType:
    """A JPEG that has its end. Some telephones put a short film behind it."""
    if _JPEG_END not in content:
        refuse(DAMAGED)
    refuse_hidden_archive(content)
    return FileType.JPEG


def check_png(content: bytes) -> FileType:
    """A PNG whose parts are whole, each with its checksum, and with nothing behind the last."""
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length = int.from_bytes(content[at : at + 4], "big")
        end = at + 12 + length
        if at + 12 > len(content) or end > len(content):
            refuse(DAMAGED)
        kind = content[at + 4 : at + 8]
        if zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            refuse(DAMAGED)
        at = end
    if at != len(content):
        refuse("The picture has something else behind it. Copy the picture anew, and add that.")
    return FileType.PNG


def check_heic(content: bytes) -> FileType:
    """A HEIC whose boxes fill the file exactly."""
    places = [0]
    while places[-1] < len(content):
        places.append(places[-1] + _box(content, places[-1]))
    if places[-1] != len(content):
        refuse(DAMAGED)
    kinds = {content[at + 4 : at + 8] for at, _ in pairwise(places)}
    if not {b"meta", b"mdat"} <= kinds:
        refuse(DAMAGED)
    refuse_hidden_archive(content)
    return FileType.HEIC


def _box(content: bytes, at: int) -> int:
    """The length of the box at a place; nought stands for the rest of the file."""
    length = int.from_bytes(content[at : at + 4], "big")
    if length == 1:
        length = int.from_bytes(content[at + 8 : at + 16], "big")
    if length == 0:
        length = len(content) - at
    if length < 8:
        refuse(DAMAGED)
    return length
