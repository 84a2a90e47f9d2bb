"""Writing the log: a change inside its own transaction, a read before the page leaves."""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session
from structlog.contextvars import get_contextvars

from beacon.audit.models import AuditEntry
from beacon.audit.rules import GENESIS, chained, key_id
from beacon.audit.terms import Operation, Outcome
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import Base, db, in_transaction
from beacon.core.errors import Unavailable

# One lock for every appender: the chain is a line (security.md R5).
LOCK = 0x6265_6163
SHOWN_IDS_AT_MOST = 200


# Made once, and given to the connection: the log is written more often than anything else.
_INSERT = sa.insert(AuditEntry)


class _Key:
    """The audit key of this process, given by create_app; never in the database."""

    held: bytes = b""


def configure(key: bytes) -> None:
    """Give the process its audit key. Called once, by create_app."""
    _Key.held = key


def audit_key() -> bytes:
    """The audit key of this process."""
    return _Key.held


Subject = Base | tuple[str, int | str]


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
    _append(session, action, subject, actor, operation, outcome, tuple(fields), reason, ids)


def shown(
    actor: Actor,
    object_type: str,
    ids: Iterable[int | str],
    fields: Iterable[str],
    *,
    action: str = "",
    reason: str = "",
) -> None:
    """Write down what is about to be shown, on its own short connection, before the page leaves.

    Where it cannot be written the page is not shown (fails closed): Unavailable.
    """
    listed = [str(i) for i in ids]
    if not listed:
        return
    subject = (object_type, listed[0] if len(listed) == 1 else f"{len(listed)} rows")
    facts: dict[str, object] = {} if len(listed) == 1 else {"ids": listed[:SHOWN_IDS_AT_MOST]}
    _apart(
        action or f"{object_type}.shown",
        subject,
        actor,
        Operation.CONSULTATION,
        Outcome.DONE,
        tuple(fields),
        reason,
        facts,
    )


def refused(action: str, subject: tuple[str, int | str], actor: Actor, **ids: object) -> None:
    """Write down that something was refused, on its own short connection."""
    _apart(action, subject, actor, Operation.CONSULTATION, Outcome.REFUSED, (), "", ids)


def _apart(
    action: str,
    subject: Subject,
    actor: Actor,
    operation: Operation,
    outcome: Outcome,
    fields: tuple[str, ...],
    reason: str,
    ids: dict[str, object],
) -> None:
    try:
        with Session(db.engine.execution_options(writing=True)) as session:
            _append(session, action, subject, actor, operation, outcome, fields, reason, ids)
            session.commit()
    except sa.exc.SQLAlchemyError as fault:
        raise Unavailable(
            "Beacon cannot write its log at the moment, so it shows nothing. Try again soon."
        ) from fault


def _append(
    session: Session,
    action: str,
    subject: Subject,
    actor: Actor,
    operation: Operation,
    outcome: Outcome,
    fields: tuple[str, ...],
    reason: str,
    ids: dict[str, object],
) -> None:
    kind, identity = (
        (subject.__tablename__, str(subject.id))  # type: ignore[attr-defined]
        if isinstance(subject, Base)
        else (subject[0], str(subject[1]))
    )
    facts = {name: _plain(value) for name, value in ids.items() if value is not None}
    if fields:
        facts["fields"] = list(fields)
    row: dict[str, object] = {
        "at": clock.now().isoformat(timespec="microseconds"),
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name[:100],
        "session": actor.session or "",
        "ip": actor.ip or "",
        "action": action,
        "operation": operation.value,
        "object_type": kind,
        "object_id": identity,
        "facts": json.dumps(facts, sort_keys=True, separators=(",", ":")),
        "reason": reason,
        "outcome": outcome.value,
        "request_id": str(get_contextvars().get("request_id", ""))[:40],
        "key_id": key_id(audit_key()),
    }
    session.info.setdefault("audit_rows", []).append(row)


@sa.event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    """Chain what was recorded and write it, in the transaction of the change, as its last act.

    The lock of the chain is taken last and held only until the commit, so that no command waits
    for another's rows while it holds the log (and none can wait for it the other way round).
    """
    rows: list[dict[str, object]] = session.info.pop("audit_rows", [])
    if not rows:
        return
    seq, mac = _head(session)
    written = []
    for row in rows:
        seq, previous = seq + 1, mac
        signed = row | {"seq": seq}
        mac = chained(audit_key(), previous, signed)
        written.append(signed | {"previous": previous, "mac": mac})
    session.connection().execute(_INSERT, written)


def _head(session: Session) -> tuple[int, str]:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    last = session.execute(
        sa.select(AuditEntry.seq, AuditEntry.mac).order_by(AuditEntry.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.mac) if last else (0, GENESIS)


@sa.event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    """What was undone was not done."""
    session.info.pop("audit_rows", None)


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | bool | list) else str(value)
