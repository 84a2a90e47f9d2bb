"""The groups of a cut as a page may show them: no number under five, and none to be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beacon.surveys.queries.measuring import Group, Said
from beacon.surveys.rules import TOGETHER, hidden
from beacon.surveys.terms import Measure


@dataclass(frozen=True, kw_only=True)
class Row:
    """One group as it is shown; a number that is hidden is None."""

    name: str
    invited: int | None
    silent: int | None
    answered: int
    said: Mapping[Measure, Said | None]

    @property
    def label(self) -> str:
        """The group as a row says it."""
        return "Groups too small to be told apart" if self.name == TOGETHER else self.name

    @property
    def rate(self) -> int | None:
        """Answers for each hundred who were invited; None where either is hidden, or none was."""
        if not self.invited or self.silent is None:
            return None
        return (200 * (self.invited - self.silent) + self.invited) // (2 * self.invited)


def rows_of(groups: Sequence[Group]) -> list[Row]:
    """The rows of one cut; those that are too small are counted together in the last."""
    small = hidden({one.name: one.invited for one in groups})
    quiet = hidden({one.name: one.silent for one in groups})
    unsaid = {
        measure: hidden({one.name: one.said[measure].answers for one in groups})
        for measure in Measure
    }
    pooled = sum(one.invited for one in groups if one.name in small)
    rows = [
        Row(
            name=one.name,
            invited=None if one.name in small else one.invited,
            silent=None if one.name in small | quiet else one.silent,
            answered=one.answered,
            said={
                measure: None if one.name in unsaid[measure] else one.said[measure]
                for measure in Measure
            },
        )
        for one in groups
        if one.name != TOGETHER and (one.answered or one.name not in small)
    ]
    last = next((one for one in groups if one.name == TOGETHER), None)
    if last is None and not pooled:
        return rows
    said: dict[Measure, Said | None] = {
        measure: ((None if TOGETHER in unsaid[measure] else last.said[measure]) if last else Said())
        for measure in Measure
    }
    is_few = 0 < pooled < 5 or len(small) == 1
    return [
        *rows,
        Row(
            name=TOGETHER,
            invited=None if is_few else pooled,
            silent=None,
            answered=last.answered if last else 0,
            said=said,
        ),
    ]
