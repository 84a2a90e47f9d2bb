"""The documents of a case, what is in them, and the letters that its case manager writes."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core.db import Base, Kept
from beacon.core.sealed import Sealed, Sealing, new_seal_key, seal_bytes, unseal_bytes
from beacon.documents.terms import DocumentKind, DocumentState, FileType, LetterTemplate

_COLUMN = "content_sealed"


class Document(Sealing, Kept, Base):
    """One document of one case: what is known of it. The file lies in its own table."""

    __tablename__ = "document"
    __table_args__ = (
        sa.CheckConstraint("size > 0", name="size_is_more_than_nought"),
        sa.CheckConstraint(
            "(state IN ('removed', 'erased')) = (gone_at IS NOT NULL)", name="gone_has_moment"
        ),
        sa.UniqueConstraint("case_id", "number", name="uq_document_number"),
        sa.Index("ix_document_of_case", "case_id", "id"),
        sa.Index("ix_document_state", "state", "id"),
        sa.Index("ix_document_same", "case_id", "fingerprint"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    number: Mapped[int]  # within its case, from one; a number is given once
    kind: Mapped[DocumentKind]
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    title_sealed: Mapped[bytes | None]
    title = Sealed("title_sealed")
    about_sealed: Mapped[bytes | None]
    about = Sealed("about_sealed")
    file_name_sealed: Mapped[bytes | None]
    file_name = Sealed("file_name_sealed")  # as whoever sent it calls it; never a name of ours
    dated_on: Mapped[date | None]  # the day that stands on it
    file_type: Mapped[FileType]
    size: Mapped[int]  # in bytes
    digest_sealed: Mapped[bytes | None]
    digest = Sealed("digest_sealed")  # SHA-256 of the file, by which anybody can check a copy
    fingerprint: Mapped[str] = mapped_column(sa.String(32))  # keyed, to find the same file again
    state: Mapped[DocumentState]
    scanned_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    gone_at: Mapped[datetime | None]
    gone_by: Mapped[str] = mapped_column(sa.String(100), default="")
    reason_sealed: Mapped[bytes | None]
    reason = Sealed("reason_sealed")  # why it was removed
    version: Mapped[int] = mapped_column(default=1)


class DocumentFile(Sealing, Kept, Base):
    """The file of a document, sealed; it goes when the document does."""

    __tablename__ = "document_file"
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), unique=True)
    content_sealed: Mapped[bytes]

    @classmethod
    def of(cls, document_id: int, content: bytes) -> DocumentFile:
        """The file, sealed for the row that it is to lie in."""
        key = new_seal_key()
        blob = seal_bytes(content, table=cls.__tablename__, column=_COLUMN, row=key)
        return cls(document_id=document_id, seal_key=key, content_sealed=blob)

    @property
    def content(self) -> bytes:
        """The file in the clear. Raises CannotUnseal where it was altered or moved."""
        return unseal_bytes(
            self.content_sealed, table=self.__tablename__, column=_COLUMN, row=self.seal_key
        )


class CaseLetter(Sealing, Kept, Base):
    """A letter of the case manager to the victim, until it is in the print run or thrown away."""

    __tablename__ = "case_letter"
    __table_args__ = (
        sa.CheckConstraint(
            "notice_id IS NULL OR dropped_at IS NULL", name="is_sent_or_thrown_away"
        ),
        sa.Index("ix_case_letter_of_case", "case_id", "id"),
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    template: Mapped[LetterTemplate]
    words_sealed: Mapped[bytes | None]
    words = Sealed("words_sealed")
    notice_id: Mapped[int | None] = mapped_column(sa.ForeignKey("victim_notice.id"), unique=True)
    queued_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(sa.String(100))
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written on."""
        return self.notice_id is None and self.dropped_at is None
