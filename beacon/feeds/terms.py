"""The words of files that come in: what a file is, what a column holds, and the two refusals."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from beacon.core.errors import BeaconError

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Fact = str | int | bool | date | datetime | time


class FileKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def label(self) -> str:
        """The kind as a person names it."""
        return FILE_KIND_LABELS[self]


FILE_KIND_LABELS: dict[FileKind, str] = {
    FileKind.CSV: "Comma-separated text (CSV)",
    FileKind.XLSX: "Excel workbook (XLSX)",
}


class BatchState(StrEnum):
    """How far one file has come. A batch whose process died reads as interrupted."""

    CHECKING = "checking"
    CHECKED = "checked"
    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {"checking": "Being checked", "checked": "Checked, waits to be confirmed"}.get(
            self.value, self.value.capitalize()
        )

    @property
    def is_at_work(self) -> bool:
        """Whether a process has the file in hand, or a scheduler is about to."""
        return self in {BatchState.CHECKING, BatchState.WAITING, BatchState.RUNNING}


class Way(StrEnum):
    """How a file came: the four ways in."""

    PAGE = "page"
    COMMAND = "command"
    FOLDER = "folder"
    API = "api"

    @property
    def label(self) -> str:
        """The way as a page says it."""
        return {
            "page": "Sent in on a page",
            "command": "A command at the terminal",
            "folder": "The drop folder",
            "api": "Another program",
        }[self.value]


class Kind(StrEnum):
    """What a column holds, which settles how its cells are read and compared."""

    TEXT = "text"
    NOTES = "notes"
    DATE = "date"
    MOMENT = "moment"
    TIME = "time"
    BOOLEAN = "boolean"
    MONEY = "money"
    WORD = "word"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    REFERENCE = "reference"

    @property
    def label(self) -> str:
        """The kind in words, with the forms in which it is read."""
        return KIND_LABELS[self]


KIND_LABELS: dict[Kind, str] = {
    Kind.TEXT: "Text on one line",
    Kind.NOTES: "Text on any number of lines",
    Kind.DATE: "Date: YYYY-MM-DD or DD/MM/YYYY",
    Kind.MOMENT: "Date and time: YYYY-MM-DD HH:MM or DD/MM/YYYY HH:MM",
    Kind.TIME: "Time: HH:MM or 9.30am",
    Kind.BOOLEAN: "Yes or no",
    Kind.MONEY: "Amount in pounds: 1,234.56",
    Kind.WORD: "One of a list of words",
    Kind.PHONE: "Telephone number",
    Kind.EMAIL: "Email address",
    Kind.POSTCODE: "Postcode",
    Kind.REFERENCE: "Reference",
}


class FileRefused(BeaconError):
    """The whole file is turned away and nothing of it is stored; the message says what to do."""


class RowRejected(BeaconError):
    """One row is sent back with its reason; the others go on."""
