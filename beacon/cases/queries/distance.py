"""How far a victim has come, category by category (domain.md RULE 2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beacon.cases.models import Need, NeedsAssessment
from beacon.cases.terms import NeedCategory, Stage


@dataclass(frozen=True)
class NeedLine:
    """One category: what was said at the start, and what was said last."""

    category: NeedCategory
    start: Need | None
    last: Need | None

    @property
    def travelled(self) -> int | None:
        """Points come down since the start; only where both were scored."""
        if self.start is None or self.last is None or self.start is self.last:
            return None
        if self.start.score is None or self.last.score is None:
            return None
        return self.start.score - self.last.score


def need_lines(assessments: Sequence[NeedsAssessment]) -> list[NeedLine]:
    """The eight categories, from the assessments of one case in any order."""
    in_time = sorted(assessments, key=lambda one: (one.assessed_at, one.id))
    started = next((one for one in in_time if one.stage is Stage.START), None)
    first, last = _by_category(started), _by_category(in_time[-1] if in_time else None)
    return [
        NeedLine(category, first.get(category), last.get(category)) for category in NeedCategory
    ]


def _by_category(assessment: NeedsAssessment | None) -> dict[NeedCategory, Need]:
    return {need.category: need for need in assessment.needs} if assessment else {}
