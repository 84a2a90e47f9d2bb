"""What a file is, by its content: what is kept, what is refused, and the words that say why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beacon.core.errors import RuleBroken
from beacon.documents.rules import MAX_BYTES, name_to_save, name_to_show, type_of
from beacon.documents.terms import FileType
from tests.files_of_cases import (
    TYPES,
    a_docx,
    a_heic,
    a_jpeg,
    a_pdf,
    a_png,
    a_zip,
    an_eml,
    an_xlsx,
    packed_objects,
    relations,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (a_pdf(), FileType.PDF),
        (a_pdf(packed_objects(b"1 0 << /Type /Page >>")), FileType.PDF),
        (a_docx(), FileType.DOCX),
        (a_docx(word___rels__document=b"x"), FileType.DOCX),
        (a_docx(**{"word___rels__document.xml.rels": relations("hyperlink")}), FileType.DOCX),
        (an_xlsx(), FileType.XLSX),
        (a_jpeg(), FileType.JPEG),
        (a_jpeg() + b"a short film behind it", FileType.JPEG),
        (a_png(), FileType.PNG),
        (a_heic(), FileType.HEIC),
        (an_eml(), FileType.EMAIL),
        (an_eml(a_pdf(), a_png()), FileType.EMAIL),
        ("She rang at nine. £20, Zoë.".encode(), FileType.TEXT),
        ("She rang at nine. £20, Zoë.".encode("cp1252"), FileType.TEXT),
    ],
)
def test_what_is_kept_is_known_by_its_content(content: bytes, kind: FileType):
    assert type_of(content) is kind


def answer_to(content: bytes) -> str:
    """The name of the type, or the words of the refusal."""
    try:
        return type_of(content).label
    except RuleBroken as refusal:
        return refusal.message


REFUSED = [
    (b"", "is empty"),
    (b"a" * (MAX_BYTES + 1), "larger than 10 MB"),
    (b"MZ\x90\x00" + b"\x00" * 60, "program"),
    (b"\x7fELF" + b"\x00" * 60, "program"),
    (b"#!/bin/sh\nrm -r /", "program"),
    (b"Rar!\x1a\x07\x00", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08\x00", "archive"),
    (a_zip(**{"a.txt": "a"}), r"archive \(ZIP\)"),
    (a_zip(**{"mimetype": "x", "content.xml": "x"}), "OpenDocument"),
    (a_zip(**{"[Content_Types].xml": TYPES, "ppt__presentation.xml": "x"}), "PowerPoint"),
    (OLE, "old Word, Excel or PowerPoint"),
    (OLE + "__substg1.0_".encode("utf-16-le"), "Outlook message"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
    (b"<!doctype html><script>alert(1)</script>", "web page or a drawing"),
    (b'\xef\xbb\xbf  <svg xmlns="http://www.w3.org/2000/svg"/>', "web page or a drawing"),
    (b"{\\rtf1 Hello}", "rich text"),
    (b"GIF89a\x01\x00", r"picture \(GIF\)"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
    (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42", "film or a recording"),
    (b"words with\x00a nought", "not plain text"),
    ("In another way".encode("utf-16"), "not plain text"),
    # PDF
    (a_pdf()[:-10], "cut short"),
    (a_pdf(b"4 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"), "holds a program"),
    (a_pdf(b"4 0 obj << /S /Java#53cript >> endobj"), "holds a program"),
    (a_pdf(b"4 0 obj << /S /Launch /F (cmd.exe) >> endobj"), "starts a program"),
    (a_pdf(b"4 0 obj << /Type /EmbeddedFile >> endobj"), "another file inside"),
    (a_pdf(packed_objects(b"4 0 << /S /JavaScript >>")), "holds a program"),
    (a_pdf(packed_objects(b"4 0 << /S /Launch >>", b"/Obj#53tm")), "starts a program"),
    (a_pdf(packed_objects(b"a" * (40 * 1024 * 1024))), "unpack to too much"),
    (a_pdf(b"4 0 obj << /Encrypt 5 0 R >> endobj"), "protected with a password"),
    (a_pdf() + a_zip(**{"a.txt": "a"}) + b"%%EOF", "archive inside"),
    # Office
    (a_docx(**{"word__vbaProject.bin": b"x"}), "macros"),
    (a_docx(types=TYPES + "macroEnabled"), "macros"),
    (an_xlsx(**{"xl__activeX__activeX1.bin": b"x"}), "ActiveX"),
    (a_docx(**{"word__embeddings__oleObject1.bin": b"x"}), "another file inside"),
    (a_docx(**{"word__media__x.exe": b"x"}), "another file inside"),
    (a_docx(**{"word___rels__s.rels": relations("attachedTemplate")}), "fetches something"),
    (a_docx(**{"word___rels__s.rels": relations("image", mode="&#69;xternal")}), "fetches"),
    (a_docx(**{"word___rels__s.rels": "<!DOCTYPE x><x/>"}), "declaration"),
    (a_docx(**{"word___rels__s.rels": "<x"}), "damaged"),
    (a_docx(**{"word__big.xml": b"\x00" * (30 * 1024 * 1024)}), "unpack to too much"),
    (a_docx()[:-30], "damaged"),
    (a_zip(**{f"a{n}": "" for n in range(1_200)}), "too many parts"),
    # Pictures
    (a_png()[:-6], "damaged"),
    (a_png() + b"<script>", "something else behind it"),
    (a_png().replace(b"IDAT", b"IDAX"), "damaged"),
    (b"\xff\xd8\xff\xe0 without an end", "damaged"),
    (a_jpeg() + a_zip(**{"a.txt": "a"}), "archive inside"),
    (a_heic()[:-1], "damaged"),
    # Email
    (an_eml(b"MZ\x90\x00" + b"\x00" * 60), "attached to the email is not kept here. This is a pro"),
    (an_eml(a_docx(**{"word__vbaProject.bin": b"x"})), "macros"),
    (an_eml(an_eml()), "attached as a file"),
    (an_eml(*[b"a"] * 60), "too many parts"),
]  # fmt: skip


@pytest.mark.proves("M-07", "M-02", "M-08")
@pytest.mark.parametrize(("content", "why"), REFUSED)
def test_what_is_refused_says_why_and_what_to_do(content: bytes, why: str):
    with pytest.raises(RuleBroken, match=why) as refusal:
        type_of(content)
    assert refusal.value.field == "file"
    assert refusal.value.message.endswith(".")


@pytest.mark.proves("I-07")
@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(
        [
            b"",
            b"%PDF-",
            b"PK\x03\x04",
            b"\x89PNG\r\n\x1a\n",
            b"\x00\x00\x00\x18ftypheic",
            b"\xff\xd8\xff",
        ]
    ),
    st.binary(max_size=400),
)
def test_whatever_a_file_holds_it_is_known_or_refused_in_words(begins: bytes, rest: bytes):
    assert answer_to(begins + rest)


@pytest.mark.proves("I-16")
@pytest.mark.parametrize(
    "content",
    [
        a_pdf(b"stream\n" * 1_400_000),
        a_pdf(b"/Type /ObjStm stream\n" * 400_000),
        b"a:" + b"b\n a:" * 1_500_000,
        b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x00aaaa" * 800_000,
    ],
)
def test_what_is_made_to_be_slow_is_answered_all_the_same(content: bytes):
    assert answer_to(content)


@pytest.mark.proves("M-17")
@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\letter.pdf", "letter.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
        ("x" * 300, "x" * 200),
        ("", "file"),
    ],
)
def test_the_senders_name_is_only_shown(given_name: str, shown: str):
    assert name_to_show(given_name) == shown


@pytest.mark.proves("X-12")
def test_the_name_to_save_names_nobody():
    assert name_to_save("BCN-7K2M4", 3, "pdf") == "BCN-7K2M4-document-3.pdf"
