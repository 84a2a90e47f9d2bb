"""Writing the log: a change inside its own transaction, a read before the page leaves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session
from structlog.contextvars import get_contextvars

from beacon.audit.commands.keys import audit_key
from beacon.audit.models import AuditEntry, AuditObject
from beacon.audit.rules import GENESIS, chained, key_id, named, written
from beacon.audit.terms import Operation, Outcome
from beacon.core import bulk, clock
from beacon.core.actor import Actor
from beacon.core.db import Base, db, in_transaction
from beacon.core.errors import Unavailable

NOT_WRITTEN = "Beacon cannot write its log at the moment, so it shows nothing. Try again soon."
# One lock for every appender: the chain is a line (security.md R5).
LOCK = 0x6265_6163
# Clocks of several machines differ a little; a step back is more.
CLOCK_DIFFERS = timedelta(seconds=1)

Subject = Base | tuple[str, int | str]
# An entry that is not chained yet, and what it names.
Recorded = tuple[dict[str, object], list[tuple[str, str]]]


def record(
    action: str,
    subject: Subject,
    actor: Actor,
    *,
    operation: Operation = Operation.ALTERATION,
    outcome: Outcome = Outcome.DONE,
    fields: Iterable[str] = (),
    reason: str = "",
    **ids: object,
) -> None:
    """Write down a change, in the transaction of the change. Ids and field names, no content."""
    if not in_transaction():
        raise RuntimeError(f"{action} was about to be recorded outside transaction()")
    session = db.session()
    if isinstance(subject, Base):
        session.flush()  # the row needs its id before it can be named
    append(
        session,
        action,
        subject,
        actor,
        operation=operation,
        outcome=outcome,
        fields=tuple(fields),
        reason=reason,
        ids=ids,
    )


def shown(
    actor: Actor,
    object_type: str,
    ids: Iterable[int | str],
    fields: Iterable[str],
    *,
    action: str = "",
    operation: Operation = Operation.CONSULTATION,
    reason: str = "",
    although_none: bool = False,
) -> None:
    """Write down what is about to be shown, on its own short connection, before the page leaves.

    Every record is named, however many they are. Where nothing is found nothing is written, except
    `although_none`: a search is written down whatever it finds. Where it cannot be written the page
    is not shown (fails closed): Unavailable.
    """
    listed = [str(one) for one in dict.fromkeys(ids)]
    if not listed and not although_none:
        return
    subject = (object_type, listed[0] if len(listed) == 1 else f"{len(listed)} rows")
    facts: dict[str, object] = {"ids": listed} if len(listed) > 1 else {}
    with apart() as session:
        append(
            session,
            action or f"{object_type}.shown",
            subject,
            actor,
            operation=operation,
            fields=tuple(fields),
            reason=reason,
            ids=facts,
        )


def refused(action: str, subject: tuple[str, int | str], actor: Actor, **ids: object) -> None:
    """Write down that something was refused, on its own short connection."""
    with apart() as session:
        append(session, action, subject, actor, outcome=Outcome.REFUSED, ids=ids)


@contextmanager
def apart() -> Iterator[Session]:
    """A short connection for the log alone, committed at the end; Unavailable where it fails."""
    try:
        with Session(db.engine.execution_options(writing=True)) as session:
            yield session
            session.commit()
    except sa.exc.SQLAlchemyError as fault:
        raise Unavailable(NOT_WRITTEN) from fault


def append(
    session: Session,
    action: str,
    subject: Subject,
    actor: Actor,
    *,
    operation: Operation = Operation.CONSULTATION,
    outcome: Outcome = Outcome.DONE,
    fields: Iterable[str] = (),
    reason: str = "",
    ids: Mapping[str, object],
) -> None:
    """Put one row by, to be chained and written when the transaction commits."""
    kind, identity = (
        (subject.__tablename__, str(subject.id))  # type: ignore[attr-defined]
        if isinstance(subject, Base)
        else (subject[0], str(subject[1]))
    )
    facts = {name: _plain(value) for name, value in ids.items() if value is not None}
    facts |= {"fields": list(fields)} if fields else {}
    row: dict[str, object] = {
        "at": clock.now().isoformat(timespec="microseconds"),
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name[:100],
        "session": actor.session or "",
        "ip": (actor.ip or "")[:45],
        "action": action,
        "operation": operation.value,
        "object_type": kind,
        "object_id": identity,
        "facts": written(facts),
        "reason": reason,
        "outcome": outcome.value,
        "request_id": str(get_contextvars().get("request_id", ""))[:40],
        "key_id": key_id(audit_key()),
    }
    session.info.setdefault("audit_rows", []).append((row, named(kind, identity, facts)))


def handed_over() -> list[Recorded]:
    """What was recorded here since the last time, and is written elsewhere."""
    rows: list[Recorded] = db.session().info.pop("audit_rows", [])
    return rows


def take_in(rows: Iterable[Recorded]) -> None:
    """Put by what was recorded in another process: it is done now, when it is written."""
    at = clock.now().isoformat(timespec="microseconds")
    waiting = db.session().info.setdefault("audit_rows", [])
    waiting += [(row | {"at": at}, others) for row, others in rows]


@sa.event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    """Chain what was recorded and write it, in the transaction of the change, as its last act.

    The lock of the chain is taken last and held only until the commit, so that no command waits
    for another's rows while it holds the log (and none can wait for it the other way round).
    """
    rows: list[Recorded] = session.info.pop("audit_rows", [])
    if not rows:
        return
    seq, mac, last = _head(session)
    written, lines = [], []
    for row, others in rows:
        seq, previous = seq + 1, mac
        signed = _marked(row, last) | {"seq": seq}
        mac = chained(audit_key(), previous, signed)
        written.append(signed | {"previous": previous, "mac": mac})
        lines += [{"object_type": kind, "object_id": one, "seq": seq} for kind, one in others]
    connection = session.connection()
    bulk.put(connection, AuditEntry.__table__, written)  # type: ignore[arg-type]
    if lines:
        bulk.put(connection, AuditObject.__table__, lines)  # type: ignore[arg-type]


def lock(session: Session) -> None:
    """Let nobody else write the log until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _head(session: Session) -> tuple[int, str, datetime | None]:
    lock(session)
    last = session.execute(
        sa.select(AuditEntry.seq, AuditEntry.mac, AuditEntry.at)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    ).first()
    return (last.seq, last.mac, datetime.fromisoformat(last.at)) if last else (0, GENESIS, None)


def _marked(row: dict[str, object], last: datetime | None) -> dict[str, object]:
    """The row; where the clock now stands before the row above, it says by how many seconds."""
    behind = last - clock.now() if last else timedelta(0)
    if behind <= CLOCK_DIFFERS:
        return row
    facts = json.loads(str(row["facts"])) | {"clock_back": round(behind.total_seconds())}
    return row | {"facts": written(facts)}


@sa.event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    """What was undone was not done."""
    session.info.pop("audit_rows", None)


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | bool | list) else str(value)
