"""What may be asked of, and said about, a person around a victim."""

from __future__ import annotations

from dataclasses import dataclass

from beacon.people.rules.reaching import Guard
from beacon.people.terms import Around, Safe

NUMBERS = ("mobile", "phone")


@dataclass(frozen=True, kw_only=True)
class AroundFacts:
    """What somebody says of a person around a victim."""

    kind: Around
    name: str
    relation: str = ""
    mobile: str = ""
    phone: str = ""
    notes: str = ""
    speak: Safe = Safe.NOT_ASKED


def guard_around(
    *, speak: Safe, notes: str, is_retired: bool, in_hand: bool, restricted: bool
) -> Guard:
    """What stands before such a person's number, as before a victim's own (security.md P-04)."""
    return Guard(
        heed=speak is not Safe.YES or bool(notes) or is_retired,
        reason=speak is Safe.NO or restricted or not in_hand,
        proof=restricted,
    )


def why_around(*, speak: Safe, in_hand: bool, restricted: bool) -> str:
    """Why a reason is asked, as the box says it; empty where none is."""
    if restricted:
        return "The case is restricted."
    if not in_hand:
        return "The victim is not in your caseload."
    return "We must not speak to them." if speak is Safe.NO else ""
