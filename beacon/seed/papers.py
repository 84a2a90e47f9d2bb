"""Papers of the county: a few documents of every desk, and letters of its case managers."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.terms import CaseStatus
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.documents import commands, queries
from beacon.documents.commands import FileGiven, Given
from beacon.documents.terms import DocumentKind, LetterTemplate
from beacon.seed.diary import at, working_days_back
from beacon.seed.scene import Scene
from beacon.seed.staff import Colleague

CASES_OF = 3  # of each manager
ASKED_OF = 30  # looked through for one to whom a letter may go
DAYS_BACK = 6  # working days
LETTER = (
    "I look forward to meeting you at the library, on the day that we agreed.\n\n"
    "If it does not suit you any more, please ring, and we will find another time."
)
SAID = (
    (DocumentKind.HOUSING, "Letter of the housing officer", "Asks for a date to fit the locks."),
    (DocumentKind.STATEMENT, "Statement, as they read it out", ""),
    (DocumentKind.PICTURE, "The door before it was mended", "Sent by the police officer."),
)


class Papers:
    """Keeps a document with some cases of every desk, and writes to some of the victims."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def write(self) -> None:
        """Put it in the diary of one of the last days."""
        day = working_days_back(self.scene.diary.today, DAYS_BACK)
        self.scene.diary.put(at(day, "15:10"), self.keep)

    def keep(self) -> None:
        """One document a case, and a letter for the first of them where post is safe."""
        for manager in self.scene.office.all(Role.CASE_MANAGER):
            for place, case in enumerate(self._cases_of(manager)):
                kind, title, about = SAID[place % len(SAID)]
                given = Given(
                    kind=kind,
                    title=title,
                    about=about,
                    dated_on=clock.today() - timedelta(days=3 + place),
                )
                commands.add(case, given, _file(kind, title), actor=manager.actor)
            self._letters(manager)

    def _letters(self, manager: Colleague) -> None:
        """One that waits to be printed, where somebody agreed to letters, and one not finished."""
        cases = list(self._cases_of(manager, ASKED_OF))
        safe = (case for case in cases if queries.letter_hindrance(case) is None)
        for case in islice(safe, 1):
            letter = commands.begin(case, LetterTemplate.APPOINTMENT, actor=manager.actor)
            commands.write(letter, LETTER, version=letter.version, actor=manager.actor)
            commands.queue(letter, version=letter.version, actor=manager.actor)
        for case in cases[:1]:
            commands.begin(case, LetterTemplate.NEWS, actor=manager.actor)

    def _cases_of(self, manager: Colleague, at_most: int = CASES_OF) -> Iterator[CaseFile]:
        query = (
            sa.select(CaseFile)
            .where(CaseFile.manager_id == manager.id, CaseFile.status == CaseStatus.OPEN)
            .order_by(CaseFile.enhanced.desc(), CaseFile.id)
            .limit(at_most)
        )
        return iter(db.session.scalars(query).all())


def _file(kind: DocumentKind, title: str) -> FileGiven:
    if kind is DocumentKind.PICTURE:
        return FileGiven("door.png", a_picture())
    return FileGiven("letter.pdf", a_page(title))


def a_page(words: str) -> bytes:
    """A PDF of one page with one line on it, whose table of places is right."""
    line = f"BT /F1 14 Tf 60 770 Td ({words}) Tj ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(line), line),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(made))
    )


def a_picture() -> bytes:
    """A small grey PNG."""
    side = 24
    rows = b"".join(b"\x00" + bytes([150 + row]) * side for row in range(side))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    made = b"\x89PNG\r\n\x1a\n"
    for kind, content in parts:
        made += struct.pack(">I", len(content)) + kind + content
        made += struct.pack(">I", zlib.crc32(kind + content))
    return made
