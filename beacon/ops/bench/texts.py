"""Court reminders planned and handed over as on any evening, beside the bare client."""

from __future__ import annotations

from statistics import mean

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.courts.commands.texts import plan_texts
from beacon.notify.commands import send_due
from beacon.notify.models import OutboundText
from beacon.notify.rules import THREADS
from beacon.notify.terms import TextState
from beacon.ops.bench.county import BENCH, County
from beacon.ops.bench.figures import Figure, Floor, code_of, must, seconds
from beacon.ops.bench.ground import Ground
from beacon.ops.bench.official import Plain, hand_over
from beacon.ops.bench.rows import EVENING, TOMORROW
from beacon.ops.bench.stub import LATENCY, Stub


def measure(ground: Ground, county: County, stub: Stub) -> Figure:
    """Texts a second through claim, journal, call and record, each claim and record committed."""
    with ground.app.app_context(), clock.fixed(EVENING):
        planning = seconds(lambda: plan_texts(TOMORROW, actor=BENCH))
        waiting = db.session.scalars(sa.select(OutboundText).order_by(OutboundText.id)).all()
        plain = [Plain(text.to, text.body) for text in waiting]
        db.session.remove()
        must(len(plain) == county.texts, f"{len(plain)} of {county.texts} texts were planned.")
        floors = [_floor(plain, stub)]
        ours = seconds(send_due)
        _check(stub, len(plain))
        accepted = sa.select(sa.func.count()).where(OutboundText.state == TextState.ACCEPTED)
        must(db.session.scalar(accepted) == len(plain), "Some texts were not accepted.")
        db.session.remove()
        floors.append(_floor(plain, stub))
    took = mean(floors)
    return Figure(
        name="texts",
        database=ground.name,
        value=len(plain) / ours,
        unit="texts/s",
        floor=Floor(
            what=f"the official client with {THREADS} threads against the same stand-in",
            value=len(plain) / took,
            ms=took * 1000,
            code=code_of(hand_over),
        ),
        more={
            "texts": len(plain),
            "latency_ms": LATENCY * 1000,
            "threads": THREADS,
            "seconds": round(ours, 3),
            "floor_seconds": [round(one, 3) for one in floors],
            "planned_per_second": round(len(plain) / planning, 1),
        },
    )


def _floor(plain: list[Plain], stub: Stub) -> float:
    stub.taken()
    took = seconds(lambda: hand_over(plain, stub.url))
    _check(stub, len(plain))
    return took


def _check(stub: Stub, count: int) -> None:
    """Every text arrived, and to as many numbers: none twice."""
    taken = stub.taken()
    wanted = {"accepted": count, "different": count}
    must(taken == wanted, f"{count} texts were handed over, and {taken} arrived.")
