"""Somebody leaves, or comes back."""

from __future__ import annotations

from beacon.accounts import leaving
from beacon.accounts.commands.passwords import use_up_links
from beacon.accounts.commands.sessions import end_sessions
from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken


def disable(person: Staff, *, reason: str = "", actor: Actor) -> int:
    """Stop a person from signing in, from the next request on; give how much they left behind.

    Refused while they have anything in hand, unless somebody says why it is left to nobody: the
    reason stays with each thing that is left (security.md Z-17).
    """
    if actor.id == person.id:
        raise RuleBroken("You cannot disable your own account. Ask another administrator.")
    with transaction():
        left = 0
        if reason.strip():
            left = leaving.release_all(
                person.id, name=person.name, reason=reason.strip(), actor=actor
            )
        row = _held(person)
        _refuse_while_in_hand(row)
        row.disabled_at = row.disabled_at or clock.now()
        use_up_links(row)
        end_sessions(row, actor=actor)
        audit.record(
            "accounts.disabled", row, actor, fields=("disabled_at",), left_to_nobody=left or None
        )
    return left


def enable(person: Staff, *, actor: Actor) -> None:
    """Let a person sign in again, by a password that they set anew."""
    if actor.id == person.id:
        raise RuleBroken("You cannot enable your own account. Ask another administrator.")
    with transaction():
        row = _held(person)
        row.disabled_at = None
        row.password_hash = ""  # nosec B105
        use_up_links(row)  # only what is sent from now on sets a password
        audit.record("accounts.enabled", row, actor, fields=("disabled_at", "password_hash"))


def _held(person: Staff) -> Staff:
    """The row as it is now, held: nobody gives the person anything meanwhile."""
    row = db.session.get(
        Staff, person.id, with_for_update={"key_share": True, "of": Staff}, populate_existing=True
    )
    if row is None:
        raise NotFound
    return row


def _refuse_while_in_hand(person: Staff) -> None:
    held = leaving.held_by(person.id)
    if not held:
        return
    raise RuleBroken(
        f"{person.name} still has {leaving.in_words(held)}. Let a team leader hand them over "
        "first, or say here why they are left to nobody.",
        field="reason",
    )
