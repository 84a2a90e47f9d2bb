"""The directory: who keeps it, what is refused, what is found, and what must be checked again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.cases.terms import NeedCategory
from beacon.core import clock, scope
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken, Stale
from beacon.core.roles import Role
from beacon.partners import commands, queries
from beacon.partners.commands import ContactFacts
from beacon.partners.models import Agency, PartnerService
from beacon.partners.rules import Wanted
from beacon.partners.terms import CrimeType, District, ServiceKind
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.partners.builders import TRUST, a_service, an_agency, an_offer
from tests.work.plans.conftest import MONDAY

TODAY = date(2026, 11, 23)


def names(viewer, **known) -> list[str]:
    wanted = Wanted(**{"on": TODAY} | known)
    return [one.service.name for one in queries.directory(viewer, wanted)]


def test_a_programme_for_perpetrators_is_refused_and_the_table_refuses_it_too(app):
    with pytest.raises(RuleBroken, match="never in this directory"):
        a_service(kind=ServiceKind.PERPETRATOR_PROGRAMME)
    service = a_service()
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(
            sa.update(PartnerService)
            .where(PartnerService.id == service.id)
            .values(kind=ServiceKind.PERPETRATOR_PROGRAMME)
        )


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({"name": " "}, "Enter the name"),
        ({"needs": frozenset()}, "at least one need"),
        ({"age_from": 18, "age_to": 17}, "must not be younger"),
        ({"age_from": 121}, "from 0 to 120"),
        ({"age_to": -1}, "from 0 to 120"),
        ({"active_to": date(2025, 12, 31)}, "must not be before its first"),
        ({"waiting_weeks": 3}, "Enter when they told us"),
        ({"waiting_weeks": 261, "waiting_told_on": TODAY}, "from 0 to 260"),
        ({"waiting_weeks": 3, "waiting_told_on": date(2026, 11, 24)}, "has not come yet"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_what_to_do(app, known, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        a_service(**known)


def test_the_same_form_sent_twice_adds_one_and_the_same_name_again_is_refused(app):
    assert a_service().id == a_service().id
    with pytest.raises(RuleBroken, match="of that name already"):
        a_service(age_from=18)
    assert a_service(TRUST, age_from=18).agency.name == TRUST


@pytest.mark.parametrize("role", list(Role))
def test_leaders_and_administrators_keep_it_and_no_other_role(app, role):
    person = a_member_of_staff(role, agency=TRUST if role is Role.PARTNER else None)
    order = (an_agency().id, an_offer())
    if role in {Role.TEAM_LEADER, Role.ADMINISTRATOR}:
        assert commands.add_service(*order, actor=an_actor(person)).checked_by == person.name
    else:
        with pytest.raises(RuleBroken, match="may no longer do this"):
            commands.add_service(*order, actor=an_actor(person))


def test_a_partner_s_user_sees_no_directory_and_no_agency(app):
    a_service()
    viewer = an_actor(a_member_of_staff(Role.PARTNER, agency=TRUST, team=None))
    assert db.session.scalars(scope.visible(viewer, PartnerService)).all() == []
    assert db.session.scalars(scope.visible(viewer, Agency)).all() == []


def test_services_are_found_by_need_district_crime_and_age_the_best_fit_first(actor):
    health, money = NeedCategory.HEALTH, NeedCategory.FINANCE
    a_service(name="A", needs=frozenset({health}))
    a_service(name="B", needs=frozenset({health, money}), districts=frozenset({District.WATFORD}))
    a_service(name="C", needs=frozenset({money}), crimes=frozenset({CrimeType.FRAUD}), age_from=18)
    a_service(name="D", active_to=TODAY - timedelta(days=1))
    assert names(actor) == ["A", "B", "C"]
    assert names(actor, needs=frozenset({health, money})) == ["B", "A", "C"]
    assert names(actor, district=District.DACORUM) == ["A", "C"]
    assert names(actor, crimes=frozenset({CrimeType.HATE})) == ["A", "B"]
    assert names(actor, age=17) == ["A", "B"]


def test_a_service_that_nobody_has_checked_is_marked_until_somebody_does(actor):
    service = a_service()
    with clock.fixed(MONDAY + timedelta(days=181)):
        on = clock.today()
        (row,) = queries.directory(actor, Wanted(on=on))
        assert row.is_stale
        commands.check_service(service, version=1, actor=TEST)
        (row,) = queries.directory(actor, Wanted(on=on))
        assert not row.is_stale
        assert (service.checked_on, service.checked_by) == (on, TEST.name)


def test_an_older_page_changes_nothing(app):
    service = a_service()
    commands.check_service(service, version=1, actor=TEST)
    with pytest.raises(Stale):
        commands.change_service(service, an_offer(age_to=25), version=1, actor=TEST)
    db.session.refresh(service)
    assert service.age_to is None


@pytest.mark.proves("L-05")
def test_somebody_to_ring_whose_form_is_sent_twice_is_added_once(app):
    agency, facts = an_agency(), ContactFacts(name="Duty desk ", mobile="07700 900499")
    first, again = (commands.add_contact(agency, facts, actor=TEST) for _ in range(2))
    assert first.id == again.id
    other = commands.add_contact(agency, ContactFacts(name="Duty desk"), actor=TEST)
    commands.retire_contact(first, version=first.version, actor=TEST)
    fresh = commands.add_contact(agency, facts, actor=TEST)
    assert len({first.id, other.id, fresh.id}) == 3
