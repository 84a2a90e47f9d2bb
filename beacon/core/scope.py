"""Who may see which rows, and which fields: one function and one table for everybody.

Features register a scope for each model (`access.py`); a model without one cannot be queried for a
page. Field scope is one table, read by `may_see`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

import sqlalchemy as sa

from beacon.core.db import Base
from beacon.core.roles import Role


class Viewer(Protocol):
    """Anyone who looks: an Actor."""

    @property
    def id(self) -> int | None: ...
    @property
    def team_id(self) -> int | None: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def is_machine(self) -> bool: ...
    @property
    def is_reading(self) -> bool: ...


M = TypeVar("M", bound=Base)
Condition = Callable[[Viewer], sa.ColumnElement[bool]]
_scopes: dict[type[Base], Condition] = {}

WORKERS = frozenset({Role.INTAKE_OFFICER, Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER})

# What a field group shows, and the roles that may see it (security.md Z-05).
FIELDS: dict[str, frozenset[Role]] = {
    "people.name": WORKERS | {Role.COURT_OFFICER},
    "people.contact": WORKERS,
    "people.safe_contact": WORKERS,
    "people.identity": WORKERS,
    "cases.needs": frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER}),
    "cases.notes": WORKERS,
    "cases.officer": WORKERS | {Role.COURT_OFFICER},
    "courts.defendant": frozenset({Role.COURT_OFFICER, Role.TEAM_LEADER, Role.CASE_MANAGER}),
    "courts.defendant_mobile": frozenset({Role.COURT_OFFICER}),
    "fraud.money": frozenset({Role.FRAUD_OFFICER, Role.TEAM_LEADER, Role.CASE_MANAGER}),
    "fraud.bank": frozenset({Role.FRAUD_OFFICER}),
    "notify.body": frozenset({Role.COURT_OFFICER}),
}


def register(model: type[Base], condition: Condition) -> None:
    """Say which rows of a model a viewer may see. Said once for each model, in its access.py."""
    _scopes[model] = condition


def condition(viewer: Viewer, model: type[Base]) -> sa.ColumnElement[bool]:
    """The scope of a model as one SQL condition; a model without one is a fault."""
    if model not in _scopes:
        raise LookupError(f"no scope is registered for {model.__name__}")
    return sa.true() if viewer.is_machine else _scopes[model](viewer)


def visible(viewer: Viewer, model: type[M]) -> sa.Select[M]:
    """Every row of the model that the viewer may see, to be narrowed and ordered further."""
    return sa.select(model).where(condition(viewer, model))


def registered() -> frozenset[type[Base]]:
    """The models that have a scope, for the test that none was forgotten."""
    return frozenset(_scopes)


def may_see(viewer: Viewer, group: str) -> bool:
    """Whether the viewer may see a group of fields; an unknown group is an error."""
    return viewer.is_machine or not FIELDS[group].isdisjoint(viewer.roles)
