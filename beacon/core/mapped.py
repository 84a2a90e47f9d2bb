"""What the models say of themselves, asked once: for rows that are made without a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapper, RelationshipDirection

from beacon.core.db import Base


@cache
def mapper_of(model: type[Base]) -> Mapper[Any]:
    """The mapper of a model."""
    return sa.inspect(model)


@cache
def names(mapper: Mapper[Any]) -> tuple[str, ...]:
    """The attributes that are kept: each has the name of its column."""
    stored = [one for one in mapper.column_attrs if one.columns[0].computed is None]
    assert all(one.key == one.columns[0].name for one in stored), mapper
    return tuple(one.key for one in stored)


@cache
def defaults(mapper: Mapper[Any]) -> tuple[dict[str, Any], list[tuple[str, Callable[..., Any]]]]:
    """What an attribute is where nobody said anything: plain values, and those made anew."""
    plain: dict[str, Any] = {}
    made = []
    for one in mapper.column_attrs:
        default = one.columns[0].default
        if one.key == "id":
            continue
        if default is not None and default.is_callable:
            made.append((one.key, default.arg))
        else:
            plain[one.key] = None if default is None else default.arg
    return plain, made


@cache
def owners(mapper: Mapper[Any]) -> list[str]:
    """The attributes that name a row of another table."""
    return [one.key for one in mapper.column_attrs if one.columns[0].foreign_keys]


@cache
def children(mapper: Mapper[Any]) -> list[tuple[str, str]]:
    """The relationships to what hangs on a row, each with the attribute that names its owner."""
    return [
        (one.key, one.mapper.get_property_by_column(remote).key)
        for one in mapper.relationships
        if one.direction is RelationshipDirection.ONETOMANY
        for remote in one.remote_side
    ]


@cache
def unique(table: sa.Table) -> tuple[str, ...]:
    """The columns of the table's one unique key."""
    (key,) = [one for one in table.constraints if isinstance(one, sa.UniqueConstraint)]
    return tuple(column.name for column in key.columns)


@cache
def in_order(tables: frozenset[sa.Table]) -> list[sa.Table]:
    """The tables, each after those that its rows name."""
    return [table for table in Base.metadata.sorted_tables if table in tables]


class Beside:
    """What a default may ask of the statement that writes its row: the values beside it."""

    def __init__(self, held: Mapping[str, object]) -> None:
        self._held = held

    def get_current_parameters(self) -> Mapping[str, object]:
        """The values that the row has so far."""
        return self._held
