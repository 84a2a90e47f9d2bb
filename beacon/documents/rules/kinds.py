"""What a file is, by its content alone; anything that is not on the list is refused with advice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from beacon.documents.rules import emails, office, pictures, portable
from beacon.documents.rules.refusing import refuse
from beacon.documents.terms import FileType

MAX_MEGABYTES = 10
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024

_PDF = "Print it to PDF and add the PDF."
_ARCHIVE = "Take the files out of it and add them one by one."
_SAVE_AS = "In Word or Excel choose Save As, then DOCX, XLSX or PDF, and add that."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What begins like this is named in the refusal, so that the person knows what they chose.
OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "a picture (GIF)", "Save it as PNG or JPEG and add that."),
    (b"II*\x00", "a picture (TIFF)", "Save it as PNG, JPEG or PDF and add that."),
    (b"MM\x00*", "a picture (TIFF)", "Save it as PNG, JPEG or PDF and add that."),
    (b"{\\rtf", "a rich text document (RTF)", _SAVE_AS),
    (b"\x1f\x8b", "an archive (gzip)", _ARCHIVE),
    (b"BZh", "an archive (bzip2)", _ARCHIVE),
    (b"\xfd7zXZ", "an archive (xz)", _ARCHIVE),
    (b"7z\xbc\xaf", "an archive (7-Zip)", _ARCHIVE),
    (b"Rar!", "an archive (RAR)", _ARCHIVE),
    (b"MZ", "a program", "Programs are not kept here."),
    (b"\x7fELF", "a program", "Programs are not kept here."),
    (b"\xca\xfe\xba\xbe", "a program", "Programs are not kept here."),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut", "Add the file to which it leads."),
    (b"SQLite format 3", "a database", "Save what matters of it as PDF or XLSX and add that."),
    (b"ID3", "a sound recording", "Recordings are not kept here: note where it is held."),
    (b"OggS", "a sound recording", "Recordings are not kept here: note where it is held."),
)


def type_of(content: bytes, *, is_inside: bool = False) -> FileType:
    """What the file is. Raises RuleBroken where it is none that is kept, and says what to do.

    ``is_inside`` says that it came attached to an email (security.md I-11, M-07).
    """
    if not content:
        refuse("The file is empty. Choose another, or save it again first.")
    if len(content) > MAX_BYTES:
        refuse(
            f"The file is larger than {MAX_MEGABYTES} MB. Save it smaller, for instance a picture "
            "with less detail or a scan in black and white, or add it in parts."
        )
    for begins, kind_of in ACCEPTED:
        if begins(content):
            return kind_of(content)
    _refuse_by_name(content)
    return emails.type_of_text(content, partial(type_of, is_inside=True), is_inside=is_inside)


def _is_zip(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


ACCEPTED: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], FileType]], ...] = (
    (_is_pdf, portable.check),
    (_is_zip, office.check),
    (pictures.is_jpeg, pictures.check_jpeg),
    (pictures.is_png, pictures.check_png),
    (pictures.is_heic, pictures.check_heic),
)


def _refuse_by_name(content: bytes) -> None:
    if content.startswith(_OLE):
        refuse(_old_office(content))
    for begins, name, advice in OTHERS:
        if content.startswith(begins):
            refuse(f"This is {name}. {advice}")
    if content[4:8] == b"ftyp" or (content.startswith(b"RIFF") and content[8:12] != b"WEBP"):
        refuse("This is a film or a recording. It is not kept here: note where it is held.")
    if content.startswith(b"RIFF"):
        refuse("This is a picture (WebP). Save it as PNG or JPEG and add that.")


def _old_office(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "The file is protected with a password. Take the password away, then add it."
    if "__substg1.0_".encode("utf-16-le") in content:
        return f"This is an Outlook message (MSG). {_PDF}"
    return f"This is an old Word, Excel or PowerPoint file. {_SAVE_AS}"
