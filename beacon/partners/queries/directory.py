"""The directory: which services suit somebody, and which must be checked again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import joinedload

from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import NeedAnswer, NeedCategory
from beacon.core import clock, scope, settings
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.partners import rules
from beacon.partners.models import Agency, PartnerService
from beacon.partners.rules import Offer, Wanted
from beacon.partners.standards import CHECK
from beacon.partners.terms import District

LOWEST_NEED = 1  # no need


@dataclass(frozen=True, kw_only=True)
class ServiceRow:
    """One service as a list shows it."""

    service: PartnerService
    is_stale: bool
    is_active: bool


def directory(viewer: Viewer, wanted: Wanted, *, with_ended: bool = False) -> list[ServiceRow]:
    """The services that suit, those that meet most of the needs in front; then by agency and name.

    ``with_ended``: those too that do not take anybody now, for those who keep the directory.
    """
    query = scope.visible(viewer, PartnerService).join(PartnerService.agency)
    query = query.options(joinedload(PartnerService.agency))
    rows = db.session.scalars(
        query.order_by(Agency.name_key, PartnerService.name, PartnerService.id)
    )
    days = settings.count(CHECK)
    found = [(offer_of(one), one) for one in rows]
    if not with_ended:
        found = [(offer, one) for offer, one in found if rules.suits(offer, wanted)]
    found.sort(key=lambda pair: -rules.matching_needs(pair[0], wanted))
    return [
        ServiceRow(
            service=one,
            is_stale=rules.is_stale(one.checked_on, wanted.on, days),
            is_active=one.is_active(wanted.on),
        )
        for _, one in found
    ]


def get_service(viewer: Viewer, service_id: int) -> PartnerService:
    """One service of the directory."""
    query = scope.visible(viewer, PartnerService).where(PartnerService.id == service_id)
    service = db.session.scalars(query.options(joinedload(PartnerService.agency))).first()
    if service is None:
        raise NotFound
    return service


def offer_of(service: PartnerService) -> Offer:
    """What a service offers, as the rules ask it."""
    return Offer(
        needs=service.needs_met,
        districts=service.in_districts,
        crimes=service.of_crimes,
        age_from=service.age_from,
        age_to=service.age_to,
        active_from=service.active_from,
        active_to=service.active_to,
    )


def wanted_for(viewer: Viewer, case: CaseFile) -> Wanted:
    """What a service must take to be of use in this case, as far as the case says."""
    today = clock.today()
    return Wanted(
        on=today,
        needs=needs_of(viewer, case),
        district=District.of(case.crime.district),
        crimes=rules.crimes_of(
            case.crime.kind,
            [one.ground for one in case.grounds if one.holds],
            domestic_abuse=case.domestic_abuse,
            offence=case.crime.offence,
        ),
        age=rules.age_on(case.victim.date_of_birth, today),
    )


def needs_of(viewer: Viewer, case: CaseFile) -> frozenset[NeedCategory]:
    """The needs that were scored above none when they were last asked."""
    lines = cases.need_lines(cases.assessments_of(viewer, case))
    return frozenset(
        line.category
        for line in lines
        if line.last
        and line.last.answer is NeedAnswer.SCORED
        and (line.last.score or 0) > LOWEST_NEED
    )
