"""The six operations of section 62 of the Data Protection Act 2018, and who may read the log."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role

ANCHORED = "audit.anchored"
BACKED_UP = "backup.made"
EXCEEDED = "access.pace_exceeded"
RESTORED = "database.restored"


class Operation(StrEnum):
    """What was done with personal data, in the words of DPA 2018 s.62(1)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"

    @property
    def label(self) -> str:
        """The word as the Act has it."""
        return self.value.capitalize()


class Outcome(StrEnum):
    """Whether it was done or refused."""

    DONE = "done"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The word as a person says it."""
        return self.value.capitalize()


class Pace(StrEnum):
    """What one person may read only so often."""

    CASES = "cases"
    LISTS = "lists"
    SEARCHES = "searches"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return {
            "cases": "Opening records",
            "lists": "Opening lists",
            "searches": "Searching",
        }[self]


class AuditPermission(StrEnum):
    """What may be done with the log."""

    READ = "audit.read"


GRANTS = {AuditPermission.READ: frozenset({Role.AUDITOR})}
