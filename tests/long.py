"""What runs for one or two roles in the suite, and for every role in the long evidence."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from beacon.core.roles import Role


def first_of(ways: Iterable[str]) -> list[object]:
    """Every way as an answer for a test; all but the first are left to `make prove`."""
    return [
        pytest.param(way, marks=(pytest.mark.long,) if number else ())
        for number, way in enumerate(ways)
    ]


def each(roles: Iterable[Role], *, soon: Iterable[Role]) -> list[object]:
    """Every role as an answer for a test; all but those of `soon` are left to `make prove`."""
    first = frozenset(soon)
    return [
        pytest.param(role, id=role.value, marks=() if role in first else (pytest.mark.long,))
        for role in roles
    ]
