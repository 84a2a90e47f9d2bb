"""Making a restored or copied database this environment's own (security.md R10, E-02, B-07..B-10).

One transaction: until it ends the database belongs to nobody, and nothing starts on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.audit import anchors, queries
from beacon.audit import commands as audit
from beacon.audit.anchors import Anchor
from beacon.audit.terms import RESTORED, Operation
from beacon.core import restored
from beacon.core.actor import machine
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.core.reference_rows import environment_of_database
from beacon.core.restored import RestoredFrom
from beacon.core.settings import Environment
from beacon.notify import commands as texts
from beacon.ops.scrub import scrub
from config import Config

ADOPTING = machine("env-adopt")
MUST_SCRUB = (
    "This is {here}, and the database bears the name of {origin}: it may be {origin}'s own, not a "
    "copy. If it is a copy, give --scrub, which takes every number and e-mail out of it for good; "
    "if not, set DATABASE_URL or BEACON_ENV right."
)


@dataclass(frozen=True)
class Adopted:
    """What adopting came to."""

    origin: str
    scrubbed: int  # rows; nought where the database came from this environment itself
    given_up: int  # heads of the log, written down elsewhere, that the restore left behind
    is_new: bool = True


def adopt(config: Config, *, may_scrub: bool = False) -> Adopted:
    """Make the database this environment's own.

    Sessions end, links and recovery codes are dead, codes of authenticator apps that were used are
    not taken again; the sender stands still. From another environment, numbers and e-mails go.
    """
    owner = environment_of_database()
    origin, is_copy = restored.origin(owner), restored.is_restored(owner)
    if owner == config.env:
        return Adopted(origin, 0, 0, is_new=False)
    is_foreign = origin != config.env
    if is_foreign and not is_copy and not may_scrub and owner is not None:
        raise RuleBroken(MUST_SCRUB.format(here=config.env, origin=origin))
    facts = restored.read(config.instance) if is_copy else None
    with transaction() as session:
        lost = _record_restore(facts, origin)
        scrubbed = _scrubbed() if is_foreign else 0
        accounts.end_every_proof(actor=ADOPTING)
        texts.stand_still(session, actor=ADOPTING)
        session.execute(sa.delete(Environment))
        session.add(Environment(name=config.env))
        audit.record("database.adopted", ("environment", config.env), ADOPTING, origin=origin)
    audit.anchor_now()
    return Adopted(origin, scrubbed, len(lost))


def _record_restore(facts: RestoredFrom | None, origin: str) -> list[Anchor]:
    """Write down where the log goes on from, and which heads kept elsewhere it left behind (B-08).

    `verify` then knows these heads, and no others, to be of the branch that was given up.
    """
    head, mac = queries.head()
    written = anchors.read(audit.anchors_place())
    begins = facts.head_seq if facts else head
    lost = [one for one in written if one.seq > begins and queries.row_at(one.seq) != one.mac]
    last = written[-1] if written else None
    audit.record(
        RESTORED,
        ("environment", origin or "none"),
        ADOPTING,
        made_at=facts.made_at if facts else None,
        checksum=facts.checksum if facts else None,
        head_seq=head,
        head_mac=mac,
        outside_seq=last.seq if last else None,
        outside_mac=last.mac if last else None,
        given_up=[f"{one.seq} {one.mac}" for one in lost],
    )
    return lost


def _scrubbed() -> int:
    changed = scrub()
    audit.record(
        "database.scrubbed",
        ("environment", "copy"),
        ADOPTING,
        operation=Operation.ERASURE,
        rows=changed,
    )
    return changed
