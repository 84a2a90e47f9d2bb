"""Which special measures a person may be given, and which small numbers are not shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from beacon.courts.rules.rates import LEAST
from beacon.courts.terms import CourtKind, Ground, Measure
from beacon.entitlements.terms import EnhancedGround

ADULT = 18
# Section 29 and 30 are for those of section 16 alone (domain.md 3.7).
NOT_INTIMIDATED = frozenset({Measure.INTERMEDIARY, Measure.AIDS})
# Automatic under section 17, unless they opt out.
AUTOMATIC = frozenset(
    {
        EnhancedGround.SEXUAL_OFFENCE,
        EnhancedGround.TRAFFICKING,
        EnhancedGround.DOMESTIC_ABUSE,
        EnhancedGround.INTIMIDATED,
    }
)


def grounds_for(
    born_on: date | None, held_on: date, known: Collection[EnhancedGround]
) -> list[Ground]:
    """The grounds that what is known of a victim proposes (RULE 3.5); a person decides."""
    found = []
    if born_on is not None and _age(born_on, held_on) < ADULT:
        found.append(Ground.CHILD)
    if EnhancedGround.VULNERABLE in known:
        found.append(Ground.CONDITION)
    if AUTOMATIC.intersection(known):
        found.append(Ground.INTIMIDATED)
    return found


def why_not(measure: Measure, ground: Ground, court: CourtKind) -> str:
    """Why a measure cannot be given on this ground in this court; nothing where it can."""
    if measure in NOT_INTIMIDATED and ground is Ground.INTIMIDATED:
        return "This measure is for section 16 alone: it is not given for fear or distress."
    if measure is Measure.WIGS and court is not CourtKind.CROWN:
        return "Wigs and gowns are worn in the Crown Court alone."
    return ""


def shown(parts: Sequence[int]) -> tuple[int | None, list[int | None]]:
    """The whole and its parts with small numbers taken out, so that none can be worked out.

    None stands for a number that is not shown. Noughts are shown. A whole under five is not shown,
    nor any part of it. Where one part alone is small, the next smallest goes as well; so it does
    where the hidden ones would have to be one each.
    """
    whole = sum(parts)
    if 0 < whole < LEAST:
        return None, [None if number else 0 for number in parts]
    by_size = sorted((number, place) for place, number in enumerate(parts) if number)
    gone = [place for number, place in by_size if number < LEAST]
    rest = [place for number, place in by_size if number >= LEAST]
    while gone and (len(gone) == 1 or sum(parts[place] for place in gone) == len(gone)):
        if not rest:
            return None, [None if number else 0 for number in parts]
        gone.append(rest.pop(0))
    return whole, [None if place in gone else number for place, number in enumerate(parts)]


def shown_below(
    rows: Sequence[Sequence[int]],
) -> tuple[int | None, list[int | None]]:
    """The row of the sums under some rows, and its whole, so that no hidden number comes out of it.

    `rows`: the parts of each row, which ``shown`` shows. A sum goes where one number alone is
    hidden above it, or where the hidden ones would have to be one each; and where one sum alone is
    hidden, the whole goes too.
    """
    seen = [shown(parts) for parts in rows]
    whole, below = shown([sum(column) for column in zip(*rows, strict=True)])
    for place in range(len(below)):
        above = zip(rows, seen, strict=True)
        if _comes_out([parts[place] for parts, (_, kept) in above if kept[place] is None]):
            below[place] = None
    wholes = zip(rows, seen, strict=True)
    if _comes_out([sum(parts) for parts, (kept, _) in wholes if kept is None]):
        whole = None
    return (None if below.count(None) == 1 else whole), below


def _comes_out(gone: Sequence[int]) -> bool:
    """Whether the sum of what is hidden says what each of it is: a nought is never hidden."""
    return bool(gone) and (len(gone) == 1 or sum(gone) == len(gone))


def _age(born_on: date, on: date) -> int:
    before = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - before
