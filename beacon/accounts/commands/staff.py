"""Making accounts, and stopping people from signing in."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from beacon.accounts import queries
from beacon.accounts.commands.sessions import end_sessions
from beacon.accounts.models import Staff, StaffRole, Team
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.core.mailbox import read_mailbox
from beacon.core.roles import Role


def create_staff(
    *,
    email: str,
    name: str,
    roles: Collection[Role],
    team: str | None = None,
    agency: str | None = None,
    actor: Actor,
) -> Staff:
    """Make an account without a password. The same e-mail twice is refused."""
    if not name.strip():
        raise RuleBroken("Enter the person's name.", field="name")
    try:
        email = read_mailbox(email)
    except ValueError as wrong:
        raise RuleBroken(str(wrong), field="email") from wrong
    if not roles:
        raise RuleBroken("Choose at least one role.", field="roles")
    if Role.PARTNER in roles and not agency:
        raise RuleBroken("A partner's account needs its agency.", field="agency")
    with transaction() as session:
        if queries.by_email(email) is not None:
            raise RuleBroken("There is already an account with that email address.", field="email")
        person = Staff(
            name=name.strip(),
            email_index=queries.email_index(email),
            team=_team(team) if team else None,
            agency=agency or None,
            role_rows=[StaffRole(role=role) for role in sorted(set(roles))],
        )
        person.email = email
        session.add(person)
        audit.record(
            "accounts.created",
            person,
            actor,
            operation=Operation.COLLECTION,
            roles=",".join(sorted(roles)),
        )
    return person


def _team(name: str) -> Team:
    with transaction() as session:
        team = session.scalar(sa.select(Team).where(Team.name == name.strip()))
        if team is None:
            team = Team(name=name.strip())
            session.add(team)
            session.flush()
        return team


def disable(person: Staff, *, actor: Actor) -> None:
    """Stop a person from signing in, from the next request on."""
    if actor.id == person.id:
        raise RuleBroken("You cannot disable your own account. Ask another administrator.")
    with transaction():
        person.disabled_at = person.disabled_at or clock.now()
        end_sessions(person, actor=actor)
        audit.record("accounts.disabled", person, actor, fields=("disabled_at",))
