"""What the steps with an out-of-court disposal come to, and whether a view came in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from beacon.core import clock
from beacon.restorative.terms import VIEWS, Decided, ViewStep


class Step(Protocol):
    """What is asked of a step that counts."""

    @property
    def id(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def kind(self) -> ViewStep: ...
    @property
    def happened_at(self) -> datetime: ...
    @property
    def decided(self) -> Decided | None: ...
    @property
    def takes_back_id(self) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class ViewState:
    """Where a disposal stands; the names are those of the columns that keep it."""

    asked_on: date | None = None
    view_at: datetime | None = None
    passed_on: date | None = None
    decided: Decided | None = None
    decided_at: datetime | None = None


def steps_that_stand(steps: Iterable[Step]) -> list[Step]:
    """The steps that nothing has taken back, in the order in which they were written down."""
    held = sorted(steps, key=lambda step: step.id)
    gone = {step.takes_back_id for step in held if step.takes_back_id is not None}
    return [s for s in held if s.kind is not ViewStep.TAKEN_BACK and s.id not in gone]


def view_state_of(steps: Iterable[Step]) -> ViewState:
    """Where it stands: a view counts from the moment in which it was written down.

    Whoever has said their view was asked, so the day of the view stands for a day of asking that
    nobody wrote down.
    """
    standing = steps_that_stand(steps)
    newest = {step.kind: step for step in standing}
    views = [step for step in standing if step.kind in VIEWS]
    view = views[-1] if views else None
    asked = newest.get(ViewStep.ASKED) or (views[0] if views else None)
    passed, decided = newest.get(ViewStep.PASSED), newest.get(ViewStep.DECIDED)
    return ViewState(
        asked_on=clock.london_day(asked.happened_at) if asked else None,
        view_at=view.created_at if view else None,
        passed_on=clock.london_day(passed.happened_at) if passed else None,
        decided=decided.decided if decided else None,
        decided_at=decided.happened_at if decided else None,
    )
