"""Plain text, and emails saved as EML with what is attached to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from beacon.core.errors import RuleBroken
from beacon.documents.rules.refusing import refuse
from beacon.documents.terms import FileType

TypeOf = Callable[[bytes], FileType]
PARTS_AT_MOST = 50
HEAD_AT_MOST = 256 * 1024
_HEAD = re.compile(rb"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_SENT = (b"\nfrom:", b"\ndate:")
_NOT_PLAIN = "This is not plain text, or any other file that is kept here."
_ADVICE = "Add a PDF, a Word or Excel file, a picture (JPEG, PNG, HEIC), an email or plain text."
_MARKS = frozenset("\t\n\r\f")


def type_of_text(content: bytes, type_of: TypeOf, *, is_inside: bool) -> FileType:
    """Plain text, or an email whose attachments are of kinds that are kept, by their content."""
    head = _HEAD.match(content[:HEAD_AT_MOST])
    if head and all(name in b"\n" + head.group().lower() for name in _SENT):
        if is_inside:
            refuse("It is an email that is attached as a file.")
        _check_email(content, type_of)
        return FileType.EMAIL
    _check_plain(content)
    return FileType.TEXT


def _check_plain(content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _cp1252(content)
    if any(ord(sign) < 32 and sign not in _MARKS for sign in text):
        refuse(f"{_NOT_PLAIN} {_ADVICE}")
    begins = text.lstrip()[:200].lower()
    if begins.startswith("<"):
        refuse("This is a web page or a drawing (HTML, SVG or XML). Print it to PDF and add that.")
    if begins.startswith("#!"):
        refuse("This is a program. Programs are not kept here.")


def _cp1252(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        refuse(f"{_NOT_PLAIN} {_ADVICE}")


def _check_email(content: bytes, type_of: TypeOf) -> None:
    try:
        parts = [part for part in message_from_bytes(content).walk() if not part.is_multipart()]
    except (MessageError, ValueError, LookupError, RecursionError):
        refuse("The email is damaged. Print it to PDF and add that.")
    if len(parts) > PARTS_AT_MOST:
        refuse("The email has too many parts. Print it to PDF and add that.")
    for part in parts:
        inside = part.get_payload(decode=True)
        if not isinstance(inside, bytes) or not inside or _is_its_text(part):
            continue
        try:
            type_of(inside)
        except RuleBroken as refusal:
            refuse(
                f"Something attached to the email is not kept here. {refusal.message} "
                "Or print the email to PDF and add that."
            )


def _is_its_text(part: Message) -> bool:
    """The words of the email itself; as HTML they are only ever saved, never opened here."""
    is_attached = "attachment" in str(part.get("Content-Disposition", "")).lower()
    return not is_attached and part.get_content_maintype() == "text"
