"""Who may be given a case, whom a rule proposes and why: said at start by the feature that knows.

A case knows neither working patterns nor leave. Whoever does says so in its ``routes.init_app``::

    choosing.by(chooser)

and the page on which a case is given away asks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One person who may take a case: what speaks for them, and whether the rule proposes them."""

    staff_id: int
    name: str
    team: str
    words: str
    is_proposed: bool = False


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Whom to give one case to: the proposed first, the best in front."""

    weighs: str
    candidates: Sequence[Candidate] = ()
    nobody: str = ""  # why nobody is proposed

    @property
    def proposed(self) -> list[Candidate]:
        """Those whom the rule proposes, the best first."""
        return [one for one in self.candidates if one.is_proposed]


class Chooser(Protocol):
    """Advises on a case, and gives it away with its reason in one transaction."""

    def advise(self, viewer: Actor, case: CaseFile) -> Advice: ...

    def give(
        self,
        case: CaseFile,
        manager: Staff,
        *,
        reason: str,
        although_full: bool,
        version: int,
        actor: Actor,
    ) -> None: ...


_choosers: list[Chooser] = []


def by(chooser: Chooser) -> None:
    """Say who advises. Said again, it takes the place of whoever advised before."""
    _choosers[:] = [chooser]


def chooser() -> Chooser:
    """Whoever advises."""
    return _choosers[0]
