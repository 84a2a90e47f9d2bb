"""Keeping the directory: what agencies offer, and who checked it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.terms import NeedCategory
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.partners.models import Agency, PartnerService
from beacon.partners.models.directory import in_one
from beacon.partners.terms import CrimeType, District, PartnerPermission, ServiceKind

OLDEST = 120
WEEKS_AT_MOST = 260
STALE = "Somebody else has saved this since you opened the page. Both versions are below."
NEVER_HERE = (
    "A programme for perpetrators is never in this directory: nobody may send a victim there. "
    "Leave it out."
)


@dataclass(frozen=True, kw_only=True)
class ServiceGiven:
    """What a service offers, to whom, and how somebody gets there."""

    name: str
    kind: ServiceKind
    needs: frozenset[NeedCategory]
    active_from: date
    districts: frozenset[District] = frozenset()
    crimes: frozenset[CrimeType] = frozenset()
    age_from: int | None = None
    age_to: int | None = None
    what: str = ""
    how: str = ""
    opening: str = ""
    waiting_weeks: int | None = None
    waiting_told_on: date | None = None
    active_to: date | None = None


def add_service(agency_id: int, given: ServiceGiven, *, actor: Actor) -> PartnerService:
    """Put a service into the directory, checked today. The same form sent twice puts in one."""
    with transaction() as session:
        still_may(actor, PartnerPermission.CONTACTS)
        if session.get(Agency, agency_id) is None:
            raise RuleBroken("Choose one of the agencies.", field="agency")
        values = _values(given)
        same = sa.select(PartnerService).filter_by(agency_id=agency_id, name=values["name"])
        if (before := session.scalar(same)) is not None:
            if all(getattr(before, name) == new for name, new in values.items()):
                return before
            raise RuleBroken("This agency has a service of that name already.", field="name")
        row = PartnerService(
            agency_id=agency_id, checked_on=clock.today(), checked_by=actor.name, **values
        )
        session.add(row)
        audit.record(
            "partner_service.added",
            row,
            actor,
            operation=Operation.COLLECTION,
            agency_id=agency_id,
        )
        return row


def change_service(
    service: PartnerService, given: ServiceGiven, *, version: int, actor: Actor
) -> None:
    """Change what the directory says of a service; whoever changes it has checked it."""
    with transaction() as session:
        row = _held(service, version, actor)
        values = _values(given)
        same = sa.select(PartnerService.id).filter_by(agency_id=row.agency_id, name=values["name"])
        if session.scalar(same.where(PartnerService.id != row.id)) is not None:
            raise RuleBroken("This agency has a service of that name already.", field="name")
        changed = [name for name, new in values.items() if getattr(row, name) != new]
        for name in changed:
            setattr(row, name, values[name])
        _checked(row, actor)
        audit.record("partner_service.changed", row, actor, fields=changed)


def check_service(service: PartnerService, *, version: int, actor: Actor) -> None:
    """Say that what stands there was checked today and still holds."""
    with transaction():
        row = _held(service, version, actor)
        _checked(row, actor)
        audit.record("partner_service.checked", row, actor)


def _checked(row: PartnerService, actor: Actor) -> None:
    row.checked_on, row.checked_by = clock.today(), actor.name
    row.version += 1


def _held(service: PartnerService, version: int, actor: Actor) -> PartnerService:
    still_may(actor, PartnerPermission.CONTACTS)
    row = db.session.get(PartnerService, service.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale(STALE)
    return row


def _values(given: ServiceGiven) -> dict[str, object]:
    """The columns, once everything that was given holds together."""
    _check(given)
    return {
        "name": " ".join(given.name.split()),
        "kind": given.kind,
        "needs": in_one(given.needs),
        "districts": in_one(given.districts),
        "crimes": in_one(given.crimes),
        "age_from": given.age_from,
        "age_to": given.age_to,
        "what": given.what.strip(),
        "how": given.how.strip(),
        "opening": given.opening.strip(),
        "waiting_weeks": given.waiting_weeks,
        "waiting_told_on": given.waiting_told_on,
        "active_from": given.active_from,
        "active_to": given.active_to,
    }


def _check(given: ServiceGiven) -> None:
    if not given.kind.is_for_victims:
        raise RuleBroken(NEVER_HERE, field="kind")
    if not given.name.strip():
        raise RuleBroken("Enter the name of the service.", field="name")
    if not given.needs:
        raise RuleBroken("Choose at least one need that it meets.", field="needs")
    _check_ages(given)
    if given.active_to is not None and given.active_to < given.active_from:
        raise RuleBroken("Its last day must not be before its first.", field="active_to")
    if given.waiting_weeks is not None and not 0 <= given.waiting_weeks <= WEEKS_AT_MOST:
        raise RuleBroken(f"Enter weeks from 0 to {WEEKS_AT_MOST}.", field="waiting_weeks")
    if given.waiting_weeks is not None and given.waiting_told_on is None:
        raise RuleBroken("Enter when they told us how long one waits.", field="waiting_told_on")
    if given.waiting_told_on is not None and given.waiting_told_on > clock.today():
        raise RuleBroken("That day has not come yet. Check the date.", field="waiting_told_on")


def _check_ages(given: ServiceGiven) -> None:
    for name, age in (("age_from", given.age_from), ("age_to", given.age_to)):
        if age is not None and not 0 <= age <= OLDEST:
            raise RuleBroken(f"Enter an age from 0 to {OLDEST}.", field=name)
    if given.age_from is not None and given.age_to is not None and given.age_from > given.age_to:
        raise RuleBroken("The oldest must not be younger than the youngest.", field="age_to")
