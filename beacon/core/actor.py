"""Who asks: a member of staff at a page, or a machine at its job."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from beacon.core.roles import Role


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who does a thing, as the audit writes it down. Holds no password and no session row."""

    kind: str
    name: str
    id: int | None = None
    session: str | None = None
    ip: str | None = None
    team_id: int | None = None
    agency: str | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    # Only looking: what is open to be read, such as a linked case, is in scope as well (scope.py).
    is_reading: bool = False

    @property
    def is_machine(self) -> bool:
        """Whether no person stands behind this."""
        return self.kind == "machine"

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds one of these roles."""
        return not self.roles.isdisjoint(roles)


def reader(actor: Actor) -> Actor:
    """The same person, only looking: for a page that changes nothing."""
    return replace(actor, is_reading=True)


def machine(name: str) -> Actor:
    """The actor of a scheduled job or a command at the terminal."""
    return Actor(kind="machine", name=name)
