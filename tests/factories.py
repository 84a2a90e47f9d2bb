"""Builders: say only what your test is about."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from beacon.accounts import commands as accounts
from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import Consent
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.roles import Role
from beacon.people import commands as people
from beacon.people.models import Victim
from beacon.people.rules import PersonFacts

TEST = machine("a test")
_number = count(1)


def a_member_of_staff(*roles: Role, team: str | None = "North", **known: Any) -> Staff:
    """Somebody who works here; without roles, a case manager."""
    number = next(_number)
    usual = {"email": f"staff{number}@example.org", "name": f"Sam Example {number}"}
    return accounts.create_staff(
        **usual | known, roles=roles or (Role.CASE_MANAGER,), team=team, actor=TEST
    )


def an_actor(person: Staff) -> Actor:
    """This member of staff, as one who asks."""
    return Actor(
        kind="staff",
        id=person.id,
        name=person.name,
        team_id=person.team_id,
        agency=person.agency,
        roles=person.roles,
    )


def a_victim(**known: Any) -> Victim:
    """A made-up person whom a feed told us of."""
    number = next(_number)
    usual = {
        "first_name": "Alex",
        "last_name": f"Sample{number}",
        "date_of_birth": date(1980, 5, 1),
        "mobile": f"07700 900{number % 500:03}",
    }
    return people.register(PersonFacts(**usual | known), source="police", actor=TEST)


def a_crime(**known: Any) -> Crime:
    """A burglary recorded at this moment."""
    usual = {
        "reference": f"41/{next(_number)}/26",
        "recorded_at": clock.now(),
        "offence": "Burglary in a dwelling",
        "district": "Dacorum",
    }
    return cases.record_crime(cases.CrimeFacts(**usual | known), actor=TEST)


def a_case(
    *, manager: Staff | None = None, received_at: datetime | None = None, **known: Any
) -> CaseFile:
    """A standard case of a new crime and a new victim, with a manager if one is named."""
    usual = {
        "crime": known.get("crime") or a_crime(),
        "victim": known.get("victim") or a_victim(),
        "consent": Consent.YES,
        "proposals": (),
        "under_18": False,
        "domestic_abuse": False,
        "received_at": received_at or clock.now(),
        "actor": TEST,
    }
    case = cases.open_case(**usual | known)
    if manager is not None:
        cases.assign_manager(case, manager, version=case.version, actor=TEST)
    return case
