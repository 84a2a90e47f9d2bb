"""A batch that a program posts: taken in once, however often its program sends it again."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import BeaconError
from beacon.feeds.commands.batches import digest_of
from beacon.feeds.models import Delivery, ImportBatch
from beacon.feeds.queries import is_dead
from beacon.feeds.terms import BatchState

ID = Delivery.__table__.c.id
KEPT_FOR = timedelta(hours=24)
BEGINS_WITHIN = timedelta(minutes=2)
IN_HAND = (
    "The same batch is being taken in at this moment. Send it again in a minute with the same "
    "Idempotency-Key: you are then told what became of it."
)
OTHER_BODY = (
    "This Idempotency-Key was used within the last day for another batch. "
    "Send this batch with a key of its own."
)


class InTheWay(BeaconError):
    """An earlier call with the same key stands in the way."""

    status = 409


def begin_delivery(client_id: int, key: str, body: bytes) -> Delivery:
    """Take a delivery in hand; where it was answered before, its answer stands in it.

    Raises InTheWay where the same call is in hand now, or the key belongs to another body. One that
    was cut short is begun again.
    """
    own = {"client_id": client_id, "key_hash": digest_of(key.encode())}
    with transaction() as session:
        # Of two that come at one moment, one makes the row.
        is_new = session.scalar(_insert(own, digest_of(body))) is not None
        delivery = session.scalars(
            sa.select(Delivery)
            .filter_by(**own)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        if delivery.body_hash != digest_of(body):
            raise InTheWay(OTHER_BODY)
        if delivery.answered_at is None and not is_new:
            if _is_in_hand(delivery):
                raise InTheWay(IN_HAND)
            delivery.begun_at = clock.now()
    return delivery


def _insert(own: dict[str, object], body_hash: str) -> sa.Executable:
    """The row, where nobody has made it: on both databases, each in its own words."""
    now = clock.now()
    row = own | {"body_hash": body_hash, "created_at": now, "begun_at": now, "answer": ""}
    if db.engine.dialect.name == "postgresql":
        return postgresql.insert(Delivery).values(row).on_conflict_do_nothing().returning(ID)
    return sqlite.insert(Delivery).values(row).on_conflict_do_nothing().returning(ID)


def _is_in_hand(delivery: Delivery) -> bool:
    """Whether a process is at it, as far as can be known."""
    batch = db.session.get(ImportBatch, delivery.batch_id) if delivery.batch_id else None
    if batch is None or batch.state is BatchState.WAITING:
        return clock.now() - delivery.begun_at < BEGINS_WITHIN
    return batch.state is BatchState.RUNNING and not is_dead(batch)


def note_batch(delivery: Delivery, batch_id: int) -> None:
    """Say which batch a delivery is taken in as."""
    with transaction():
        delivery.batch_id = batch_id


def answer_delivery(delivery: Delivery, answer: str) -> None:
    """Keep what the program is answered (JSON without any cell), for when it asks again."""
    with transaction():
        delivery.answer = answer
        delivery.answered_at = clock.now()


def drop_delivery(delivery: Delivery) -> None:
    """Nothing of it was taken in: the key may be used for it when it has been put right."""
    with transaction() as session:
        session.delete(delivery)


def sweep_deliveries() -> int:
    """Forget the keys that are a day old (they may be used again); how many."""
    with transaction() as session:
        done = session.execute(
            sa.delete(Delivery).where(Delivery.begun_at < clock.now() - KEPT_FOR)
        )
    return int(done.rowcount)  # type: ignore[attr-defined]
