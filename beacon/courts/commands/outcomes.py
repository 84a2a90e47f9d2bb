"""The outcomes of a whole day's list: each row is in or out by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beacon.core.actor import Actor
from beacon.core.errors import BeaconError, RuleBroken
from beacon.courts.commands.hearings import record_outcome
from beacon.courts.terms import Attendance, HearingOutcome


@dataclass(frozen=True, kw_only=True)
class OutcomeRow:
    """What a person wrote beside one hearing; either answer may be missing."""

    hearing_id: int
    outcome: HearingOutcome | None
    attendance: Attendance | None
    version: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written: the hearing is left for later."""
        return self.outcome is None and self.attendance is None


def record_outcomes(rows: Iterable[OutcomeRow], *, actor: Actor) -> Mapping[int, RuleBroken | None]:
    """Record each row that was filled in, each in its own transaction.

    What came of each by its hearing: None where it is recorded, else the refusal. A row that is
    refused costs the others nothing (domain.md RULE 5.1).
    """
    return {row.hearing_id: _record(row, actor) for row in rows if not row.is_empty}


def _record(row: OutcomeRow, actor: Actor) -> RuleBroken | None:
    if row.outcome is None:
        return RuleBroken("Say what came of the hearing as well.", field="outcome")
    if row.attendance is None:
        return RuleBroken("Say whether the defendant came as well.", field="attendance")
    try:
        record_outcome(
            row.hearing_id,
            outcome=row.outcome,
            attendance=row.attendance,
            version=row.version,
            actor=actor,
        )
    except RuleBroken as refusal:
        return refusal
    except BeaconError as gone:
        return RuleBroken(gone.message)
    return None
