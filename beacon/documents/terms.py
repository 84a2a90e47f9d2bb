"""The words of documents and letters: kinds, what a file is, where it stands, who may do what."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class DocumentKind(StrEnum):
    """What a document is to us. Some of them are read by fewer people."""

    LETTER = "letter"
    EMAIL = "email"
    POLICE = "police"
    COURT = "court"
    STATEMENT = "statement"
    MEDICAL = "medical"
    SAFEGUARDING = "safeguarding"
    FINANCE = "finance"
    HOUSING = "housing"
    CONSENT = "consent"
    PICTURE = "picture"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return KIND_LABELS[self]

    @property
    def is_sensitive(self) -> bool:
        """Whether a document of this kind is always for fewer people."""
        return self in ALWAYS_SENSITIVE


KIND_LABELS: dict[DocumentKind, str] = {
    DocumentKind.LETTER: "Letter",
    DocumentKind.EMAIL: "Email",
    DocumentKind.POLICE: "From the police",
    DocumentKind.COURT: "From the court or the CPS",
    DocumentKind.STATEMENT: "Victim Personal Statement",
    DocumentKind.MEDICAL: "Medical",
    DocumentKind.SAFEGUARDING: "Safeguarding or risk",
    DocumentKind.FINANCE: "Bank, money or compensation",
    DocumentKind.HOUSING: "Housing",
    DocumentKind.CONSENT: "Signed consent",
    DocumentKind.PICTURE: "Photograph",
    DocumentKind.OTHER: "Something else",
}
ALWAYS_SENSITIVE = frozenset(
    {DocumentKind.STATEMENT, DocumentKind.MEDICAL, DocumentKind.SAFEGUARDING}
)


class FileType(StrEnum):
    """What a file is by its content. Nothing else is kept."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPEG = "jpg"
    PNG = "png"
    HEIC = "heic"
    EMAIL = "eml"
    TEXT = "txt"

    @property
    def label(self) -> str:
        """The type as a page says it."""
        return TYPE_LABELS[self]


TYPE_LABELS: dict[FileType, str] = {
    FileType.PDF: "PDF",
    FileType.DOCX: "Word document",
    FileType.XLSX: "Excel workbook",
    FileType.JPEG: "Picture (JPEG)",
    FileType.PNG: "Picture (PNG)",
    FileType.HEIC: "Picture (HEIC)",
    FileType.EMAIL: "Email (EML)",
    FileType.TEXT: "Plain text",
}


class DocumentState(StrEnum):
    """Where a document stands. Only what was scanned, or cannot be, is handed out."""

    WAITING = "waiting"
    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"
    HARMFUL = "harmful"
    REMOVED = "removed"
    ERASED = "erased"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return STATE_WORDS[self][0]

    @property
    def tone(self) -> str:
        """The colour of its tag; the words carry the meaning."""
        return STATE_WORDS[self][1]

    @property
    def may_be_opened(self) -> bool:
        """Whether the file is handed out."""
        return self in {DocumentState.CLEAN, DocumentState.NOT_SCANNED}

    @property
    def is_there(self) -> bool:
        """Whether the file is kept, whoever may open it."""
        return self.may_be_opened or self is DocumentState.WAITING


STATE_WORDS: dict[DocumentState, tuple[str, str]] = {
    DocumentState.WAITING: ("Waiting for the virus scan", "amber"),
    DocumentState.CLEAN: ("Scanned", "green"),
    DocumentState.NOT_SCANNED: ("Not scanned", "amber"),
    DocumentState.HARMFUL: ("Refused by the virus scan", "red"),
    DocumentState.REMOVED: ("Removed", "grey"),
    DocumentState.ERASED: ("Erased with the case", "grey"),
}


class LetterTemplate(StrEnum):
    """The words with which a case manager's letter begins."""

    INTRODUCTION = "introduction"
    APPOINTMENT = "appointment"
    TRIED = "tried"
    NEWS = "news"
    ENDING = "ending"
    EMPTY = "empty"

    @property
    def label(self) -> str:
        """The template as a page says it."""
        return TEMPLATE_LABELS[self]


TEMPLATE_LABELS: dict[LetterTemplate, str] = {
    LetterTemplate.INTRODUCTION: "Who I am, and how I can help",
    LetterTemplate.APPOINTMENT: "An appointment",
    LetterTemplate.TRIED: "I tried to reach you",
    LetterTemplate.NEWS: "What I have found out for you",
    LetterTemplate.ENDING: "Our work together ends",
    LetterTemplate.EMPTY: "An empty letter",
}


class PrintedFor(StrEnum):
    """Why a case is put on paper."""

    SUPERVISION = "supervision"
    MEETING = "meeting"
    COURT = "court"
    AWAY = "away"

    @property
    def label(self) -> str:
        """The reason as a page says it."""
        return PRINTED_FOR_LABELS[self]


PRINTED_FOR_LABELS: dict[PrintedFor, str] = {
    PrintedFor.SUPERVISION: "Supervision, or a review of the case",
    PrintedFor.MEETING: "A meeting about the case",
    PrintedFor.COURT: "A day at court",
    PrintedFor.AWAY: "Work where Beacon cannot be opened",
}


class DocumentPermission(StrEnum):
    """What may be done with documents, beside the work on a case."""

    READ = "documents.read"  # as far as the case may be read
    SENSITIVE = "documents.sensitive"  # statements, medical papers and what is marked so
    PRINT = "documents.print"  # a case on paper, without what must not be printed


_MANAGERS = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER})
GRANTS = {
    DocumentPermission.READ: _MANAGERS,
    DocumentPermission.SENSITIVE: frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER}),
    DocumentPermission.PRINT: _MANAGERS,
}
