"""What a search finds: cases, and the referrals of which no case has come."""

from __future__ import annotations

from dataclasses import dataclass

from beacon.cases import queries as cases
from beacon.cases.queries import CaseRow
from beacon.core import clock
from beacon.core.scope import Viewer
from beacon.people import rules
from beacon.referrals import queries as referrals
from beacon.referrals.queries import FoundReferral


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the words point to, within what the viewer may see, and what they were taken for."""

    cases: list[CaseRow]
    referrals: list[FoundReferral]
    meanings: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.cases) + len(self.referrals)

    @property
    def is_full(self) -> bool:
        """Whether there are, or may be, more than are shown."""
        many_referrals = len(self.referrals) >= referrals.FOUND_AT_MOST
        return len(self.cases) >= cases.FOUND_AT_MOST or many_referrals


def find(viewer: Viewer, words: str) -> Found:
    """Everybody the words point to, within what this person may see."""
    return Found(
        cases=cases.search(viewer, words),
        referrals=referrals.search(viewer, words),
        meanings=rules.sought(words, today=clock.today()).meanings,
    )
