"""The cases to which an address leads that names none of them: by a person, a referral, a hearing.

A case knows nothing of the features above, so each says at start to which cases its own numbers
lead. In a feature's ``routes.init_app``::

    leads.by("hearing_id", queries.cases_of_hearing)

where ``cases_of_hearing(hearing_id)`` is a condition on `CaseFile`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any  # the parts of an address are text and numbers

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.people.models import ProposedChange

Condition = sa.ColumnElement[bool]
Lead = Callable[[int], Condition]
_leads: dict[str, Lead] = {}


def by(name: str, lead: Lead) -> None:
    """Say to which cases a number of this name in an address leads."""
    _leads[name] = lead


def from_address(parts: Mapping[str, Any]) -> Condition | None:
    """The cases to which these parts of an address lead; None where they lead to none."""
    found = [lead(parts[name]) for name, lead in _leads.items() if name in parts]
    return sa.or_(*found) if found else None


def _of_victim(victim_id: int) -> Condition:
    return CaseFile.victim_id == victim_id


def _of_change(change_id: int) -> Condition:
    victim = sa.select(ProposedChange.victim_id).where(ProposedChange.id == change_id)
    return CaseFile.victim_id.in_(victim)


by("victim_id", _of_victim)
by("change_id", _of_change)
