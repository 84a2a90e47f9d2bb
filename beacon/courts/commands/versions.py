"""Every change of a hearing is a version of it, kept with who made it."""

from __future__ import annotations

from collections.abc import Iterable

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.courts.models import Hearing, HearingVersion
from beacon.courts.terms import ListChange


def keep_version(
    hearing: Hearing, change: ListChange, *, changed: Iterable[str] = (), actor: Actor
) -> None:
    """Write down how the hearing stands after a change, and put it on the log."""
    names = sorted(changed)
    with transaction() as session:
        session.flush()  # the hearing needs its id before its first version
        is_new = change is ListChange.CREATED
        hearing.version = 1 if is_new else hearing.version + 1
        session.add(
            HearingVersion(
                hearing_id=hearing.id,
                number=hearing.version,
                change=change,
                court_id=hearing.court_id,
                held_on=hearing.held_on,
                starts_at=hearing.starts_at,
                type_code=hearing.type_code,
                room=hearing.room,
                status=hearing.status,
                remand=hearing.remand,
                changed=", ".join(names)[:200],
                by_name=actor.name[:100],
                by_id=actor.id,
            )
        )
        audit.record(
            f"hearing.{change.value}",
            hearing,
            actor,
            operation=Operation.COLLECTION if is_new else Operation.ALTERATION,
            fields=names,
            version=hearing.version,
        )
