"""Each Right of the Code, what it asks for this victim, and where this case stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.queries.one_case import DutyLine
from beacon.cases.queries.opened import Opened, open_to
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.entitlements import queries as entitlements
from beacon.entitlements import rules
from beacon.entitlements.codes import SOURCES, Code, Rule
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import RIGHTS, DutyState, Right

ASIDE = frozenset(
    {
        DutyState.WITHHELD,
        DutyState.DECLINED,
        DutyState.SAFETY_DELAY,
        DutyState.NOT_APPLICABLE,
        DutyState.PAUSED,
    }
)


@dataclass(frozen=True)
class Standing:
    """How many duties are late, still to do, told in time, told late, and set aside."""

    late: int = 0
    to_do: int = 0
    met: int = 0
    met_late: int = 0
    aside: int = 0


@dataclass(frozen=True, kw_only=True)
class RightLine:
    """One Right with its rows of the Code and the duties of this case under it."""

    right: Right
    rules: Sequence[Rule]
    duties: Sequence[DutyLine]
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class RightsPage:
    """All twelve Rights as they stand for one victim today."""

    opened: Opened
    code: Code
    rights: Sequence[RightLine]
    beside: Sequence[DutyLine]  # our own standards, and clocks that are no part of the Code

    @property
    def case(self) -> CaseFile:
        """The case itself."""
        return self.opened.case

    @property
    def sources(self) -> dict[str, str]:
        """The pages on which the rows shown here were read, by the keys that the rows give."""
        rows = [rule for one in self.rights for rule in one.rules]
        rows += [line.rule for one in self.rights for line in one.duties]
        keys = {key for rule in rows for key in rule.source.split(", ") if key}
        return {key: SOURCES[key] for key in sorted(keys)}


def rights_page(viewer: Actor, reference: str) -> RightsPage:
    """The Rights of one victim, in the same number of statements however many duties there are.

    What is asked is by the Code in force today; each duty stays under the Code that opened it.
    """
    opened = open_to(viewer, reference)
    today = clock.today()
    query = sa.select(Duty).where(Duty.case_id == opened.case.id)
    lines = [
        DutyLine(duty, entitlements.rule_of(duty), entitlements.expected_by(duty))
        for duty in db.session.scalars(query.order_by(Duty.event_at, Duty.id))
    ]
    code = rules.code_on(today)
    return RightsPage(
        opened=opened,
        code=code,
        rights=[_line(right, code, lines, today) for right in RIGHTS],
        beside=[line for line in lines if line.rule.right is None],
    )


def _line(right: Right, code: Code, lines: Sequence[DutyLine], today: date) -> RightLine:
    duties = [line for line in lines if line.rule.right == right.number]
    return RightLine(
        right=right,
        rules=[rule for rule in code.rules.values() if rule.right == right.number],
        duties=duties,
        standing=_standing(duties, today),
    )


def _standing(duties: Sequence[DutyLine], today: date) -> Standing:
    late = sum(line.is_late(today) for line in duties)
    states = Counter(line.duty.state for line in duties)
    return Standing(
        late=late,
        to_do=states[DutyState.OPEN] - late,
        met=states[DutyState.MET],
        met_late=states[DutyState.MET_LATE],
        aside=sum(states[state] for state in ASIDE),
    )
