"""Files of every kind that a case may meet, made in memory: whole, damaged, and hostile."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_pdf(inside: bytes = b"") -> bytes:
    """A PDF of one empty page, with some more objects in it."""
    return (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
        + inside
        + b"\ntrailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n0\n%%EOF\n"
    )


def packed_objects(inside: bytes, kind: bytes = b"/ObjStm") -> bytes:
    """Objects as newer PDFs pack them."""
    packed = zlib.compress(inside)
    return (
        b"9 0 obj\n<< /Type " + kind + b" /N 1 /First 4 /Filter /FlateDecode /Length "
        + str(len(packed)).encode() + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    )  # fmt: skip


def a_zip(**parts: str | bytes) -> bytes:
    """A zipped file with these parts; two underlines stand for a slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def a_docx(types: str = TYPES, **parts: str | bytes) -> bytes:
    """A Word document, with some more parts in it."""
    main = {"[Content_Types].xml": types, "word__document.xml": "<w/>"}
    return a_zip(**main, **parts)


def an_xlsx(**parts: str | bytes) -> bytes:
    """An Excel workbook, with some more parts in it."""
    return a_zip(**{"[Content_Types].xml": TYPES, "xl__workbook.xml": "<w/>"}, **parts)


def relations(kind: str, target: str = "https://example.org/x", mode: str = "External") -> str:
    """What a part of a document leads to."""
    return (
        f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}" '
        f'TargetMode="{mode}"/></Relationships>'
    )


def a_png() -> bytes:
    """A picture of one white point."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\x00\xff\xff\xff")),
        (b"IEND", b""),
    ]
    made = b"\x89PNG\r\n\x1a\n"
    for kind, content in parts:
        made += struct.pack(">I", len(content)) + kind + content
        made += struct.pack(">I", zlib.crc32(kind + content))
    return made


def a_jpeg() -> bytes:
    """What begins and ends as a JPEG does."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def a_heic() -> bytes:
    """The three boxes that every HEIC has."""
    boxes = ((b"ftyp", b"heic\x00\x00\x00\x00mif1heic"), (b"meta", b"\x00" * 4), (b"mdat", b"ab"))
    return b"".join(struct.pack(">I", 8 + len(inside)) + kind + inside for kind, inside in boxes)


def an_eml(*attached: bytes) -> bytes:
    """An email with its words and what is attached to it."""
    head = b"From: robin@example.org\r\nTo: sam@example.org\r\n"
    head += b"Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"
    if not attached:
        return head + b"Subject: Tuesday\r\n\r\nSee you then.\r\n"
    from base64 import encodebytes

    made = head + b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    made += b"--b\r\nContent-Type: text/html\r\n\r\n<p>See you then.</p>\r\n"
    for content in attached:
        made += (
            b"--b\r\nContent-Type: application/octet-stream\r\n"
            b"Content-Transfer-Encoding: base64\r\n"
            b'Content-Disposition: attachment; filename="x"\r\n\r\n' + encodebytes(content)
        )
    return made + b"--b--\r\n"
