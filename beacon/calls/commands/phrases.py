"""Setting the pass-phrase that a victim says on the telephone, and taking it away."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.calls import rules
from beacon.calls.commands.ground import held_for_call
from beacon.calls.models import PassPhrase
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken, Stale

STALE = "Somebody else has set this pass-phrase since you opened the page. Ask them again."


def set_phrase(case: CaseFile, *, phrase: str, hint: str, version: int, actor: Actor) -> PassPhrase:
    """Keep what the victim chose, sealed; nobody can read it again, so it is set anew or removed.

    ``version`` is that of the page: nought where it showed none.
    """
    with transaction() as session:
        row = _held(case, version, actor)
        weak = rules.weakness(phrase, hint, case.victim.full_name)
        if weak:
            raise RuleBroken(weak, "hint" if weak.startswith("Leave") else "phrase")
        if not hint.strip():
            raise RuleBroken("Enter a hint that helps them to remember.", "hint")
        if row is None:
            row = PassPhrase(victim_id=case.victim_id, version=0)
            session.add(row)
        row.words, row.hint = phrase.strip(), hint.strip()
        row.set_at, row.set_by_id = clock.now(), actor.id
        row.version += 1
        session.flush()
        audit.record(
            "pass_phrase.set",
            row,
            actor,
            operation=Operation.ALTERATION,
            fields=("pass_phrase",),
            case_id=case.id,
        )
        return row


def remove_phrase(case: CaseFile, *, version: int, actor: Actor) -> None:
    """Take the pass-phrase away: somebody else may know it. A second time changes nothing."""
    with transaction():
        row = _held(case, version, actor)
        if row is None or not row.words:
            return
        row.words, row.hint = "", ""
        row.set_at, row.set_by_id = clock.now(), actor.id
        row.version += 1
        audit.record("pass_phrase.removed", row, actor, case_id=case.id)


def _held(case: CaseFile, version: int, actor: Actor) -> PassPhrase | None:
    """The row, held with its victim; refused where the page was an older version."""
    held_for_call(case, actor)
    with transaction() as session:
        row = session.scalars(
            sa.select(PassPhrase)
            .where(PassPhrase.victim_id == case.victim_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).first()
    if (row.version if row else 0) != version:
        raise Stale(STALE)
    return row
