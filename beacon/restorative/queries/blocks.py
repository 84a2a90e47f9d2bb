"""What stands against an offer in some cases, and what was decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from beacon.cases import stops
from beacon.cases.models import CaseOrder
from beacon.cases.stops import Stop
from beacon.core import clock, together
from beacon.core.together import Asking, asking
from beacon.restorative import rules
from beacon.restorative.models import RestorativeRuling
from beacon.restorative.rules import Standing, Weighed

PAGE = "cases.show"


@dataclass(frozen=True)
class Block:
    """Whether an offer may be made in a case, what stands against it, and the newest ruling."""

    standing: Standing = Standing.FREE
    stops: Sequence[Stop] = field(default_factory=tuple)
    ruling: RestorativeRuling | None = None

    @property
    def is_blocked(self) -> bool:
        """Whether the next step of the offer is refused."""
        return self.standing.is_blocked

    @property
    def why(self) -> str:
        """What stands against it, in one line."""
        found = [stop.words for stop in self.stops]
        if self.standing is Standing.KEPT and self.ruling and self.ruling.until:
            until = self.ruling.until
            found.append(f"kept blocked until {until.day} {until:%B %Y}")
        return "; ".join(found)


@asking
def blocks(cases: sa.Select[int], at: datetime | None = None) -> Asking[Mapping[int, Block]]:
    """Where an offer stands in each of these cases; one with nothing against it is not in it."""
    moment = at or clock.now()
    today = clock.london_day(moment)
    newest = (
        sa.select(sa.func.max(RestorativeRuling.id))
        .where(RestorativeRuling.case_id.in_(cases), RestorativeRuling.created_at <= moment)
        .group_by(RestorativeRuling.case_id)
    )
    orders, told, rulings = yield from together.at_once(
        together.rows(_orders(cases, moment, today)),
        stops.of.ask(cases, at),
        together.scalars(
            sa.select(RestorativeRuling)
            .where(RestorativeRuling.id.in_(newest))
            .order_by(RestorativeRuling.id)
        ),
    )
    against: dict[int, list[Stop]] = {}
    for one in (*map(_stop_of, orders), *told):
        against.setdefault(one.case_id, []).append(one)
    decided = {ruling.case_id: ruling for ruling in rulings}
    found = {
        case_id: _block(against.get(case_id, ()), decided.get(case_id), today, moment)
        for case_id in {*against, *decided}
    }
    return {case_id: one for case_id, one in found.items() if one.stops or one.is_blocked}


def _orders(cases: sa.Select[int], moment: datetime, today: date) -> sa.Select[*tuple[object, ...]]:
    """The orders and conditions that are in force on that day, as they were recorded by then."""
    return (
        sa.select(CaseOrder.id, CaseOrder.case_id, CaseOrder.kind, CaseOrder.created_at)
        .where(
            CaseOrder.case_id.in_(cases),
            CaseOrder.created_at <= moment,
            CaseOrder.starts_on <= today,
            sa.or_(CaseOrder.ends_on.is_(None), CaseOrder.ends_on >= today),
            sa.or_(CaseOrder.ended_on.is_(None), CaseOrder.ended_on > today),
            sa.or_(CaseOrder.replaced_at.is_(None), CaseOrder.replaced_at > moment),
        )
        .order_by(CaseOrder.id)
    )


def _stop_of(row: sa.Row) -> Stop:  # type: ignore[type-arg]
    return Stop(
        case_id=row.case_id,
        key=f"order:{row.id}",
        words=row.kind.label,
        since=row.created_at,
        endpoint=PAGE,
    )


def _block(
    against: Sequence[Stop], ruling: RestorativeRuling | None, today: date, moment: datetime
) -> Block:
    weighed = None
    if ruling is not None:
        weighed = Weighed(
            ruling=ruling.ruling,
            stops=ruling.weighed,
            until=ruling.until,
            used=ruling.used_at is not None and ruling.used_at <= moment,
        )
    keys = {stop.key for stop in against}
    return Block(rules.standing(keys, weighed, today), tuple(against), ruling)


def block_of(case_id: int) -> Block:
    """Where an offer stands in one case, for the work."""
    return blocks(only(case_id)).get(case_id, Block())


def only(case_id: int) -> sa.Select[int]:
    """A select of one case."""
    return sa.select(sa.literal(case_id))
