"""Reading the log, and proving that nobody has altered it."""

from beacon.audit.queries.looking import (
    Line,
    LogSearch,
    Viewer,
    actions_used,
    by_person,
    opened,
    refusals,
    seen,
)
from beacon.audit.queries.pacing import Lately, exceeded_since, lately, was_exceeded
from beacon.audit.queries.proving import (
    Verdict,
    head,
    keyed,
    last_anchored,
    last_done,
    row_at,
    verify,
)

__all__ = [
    "Lately",
    "Line",
    "LogSearch",
    "Verdict",
    "Viewer",
    "actions_used",
    "by_person",
    "exceeded_since",
    "head",
    "keyed",
    "last_anchored",
    "last_done",
    "lately",
    "opened",
    "refusals",
    "row_at",
    "seen",
    "verify",
    "was_exceeded",
]
