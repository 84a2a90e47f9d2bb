"""Making accounts, and changing what people do here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from beacon.accounts import leaving, queries
from beacon.accounts.models import Staff, StaffRole, Team
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
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
        address = read_mailbox(email)
    except ValueError as wrong:
        raise RuleBroken(str(wrong), field="email") from wrong
    _check(roles, agency)
    with transaction() as session:
        if queries.by_email(address) is not None:
            raise RuleBroken("There is already an account with that email address.", field="email")
        person = Staff(
            name=name.strip(),
            email_index=queries.email_index(address),
            team=_team(team) if team else None,
            agency=agency or None,
            role_rows=[StaffRole(role=role) for role in sorted(set(roles))],
        )
        person.email = address
        session.add(person)
        audit.record(
            "accounts.created",
            person,
            actor,
            operation=Operation.COLLECTION,
            roles=",".join(sorted(roles)),
        )
    return person


def change_staff(
    person: Staff,
    *,
    roles: Collection[Role],
    team: str | None,
    agency: str | None,
    ends_on: date | None,
    actor: Actor,
) -> None:
    """Change what a person does here and until when; it holds from their next request on.

    Refused where it would leave what they have in hand to somebody who may not do it, or is gone
    (security.md Z-17).
    """
    if actor.id == person.id:
        raise RuleBroken("You cannot change your own roles. Ask another administrator.", "roles")
    _check(roles, agency)
    with transaction() as session:
        row = session.get(Staff, person.id, with_for_update={"of": Staff}, populate_existing=True)
        if row is None:
            raise NotFound
        was, wanted = row.roles, frozenset(roles)
        new = {"team": _team(team) if team else None, "agency": agency or None, "ends_on": ends_on}
        changed = [name for name, fact in new.items() if getattr(row, name) != fact]
        _refuse_while_in_hand(row, wanted, ends_on if "ends_on" in changed else None)
        for name in changed:
            setattr(row, name, new[name])
        if was != wanted:
            changed.insert(0, "roles")
            row.role_rows = [one for one in row.role_rows if one.role in wanted] + [
                StaffRole(role=role) for role in sorted(wanted - was)
            ]
        if changed:
            audit.record(
                "accounts.changed",
                row,
                actor,
                fields=changed,
                was=",".join(sorted(was)),
                now=",".join(sorted(wanted)),
            )


def _refuse_while_in_hand(person: Staff, roles: Collection[Role], ends_on: date | None) -> None:
    held = leaving.held_by(person.id, beyond=roles)
    if held and person.roles != roles:
        raise RuleBroken(
            f"{person.name} still has {leaving.in_words(held)} that these roles may not do. Let a "
            "team leader hand them over first.",
            field="roles",
        )
    held = leaving.held_by(person.id)
    if held and ends_on is not None and ends_on <= clock.today():
        raise RuleBroken(
            f"{person.name} still has {leaving.in_words(held)}. Let a team leader hand them over "
            "first, or give a later day.",
            field="ends_on",
        )


def _check(roles: Collection[Role], agency: str | None) -> None:
    if not roles:
        raise RuleBroken("Choose at least one role.", field="roles")
    if Role.PARTNER in roles and not agency:
        raise RuleBroken("A partner's account needs its agency.", field="agency")


def _team(name: str) -> Team:
    with transaction() as session:
        team = session.scalar(sa.select(Team).where(Team.name == name.strip()))
        if team is None:
            team = Team(name=name.strip())
            session.add(team)
            session.flush()
        return team
