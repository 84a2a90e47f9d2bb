"""A partner agency sees what was sent on to it, while that lasts, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.partners.models import PartnerReferral
from beacon.partners.terms import ReferralState
from beacon.people.models import Victim
from beacon.referrals.models import Referral
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import declare

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REFUGE, TRUST = "Example Refuge", "Example Trust"


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def of_agency(agency: str | None, **known: object) -> Actor:
    person = a_member_of_staff(Role.PARTNER, agency=agency or REFUGE, team=None, **known)
    return Actor(kind="staff", id=person.id, name=person.name, agency=agency, roles=person.roles)


def sent_on(agency: str, case: CaseFile | None = None, **known: object) -> PartnerReferral:
    usual = {
        "expires_on": date(2026, 12, 31),
        "state": ReferralState.SENT,
        "sent_at": clock.now(),
    }
    row = PartnerReferral(case_id=(case or a_case()).id, agency=agency, **usual | known)
    with transaction() as session:
        session.add(row)
    return row


def seen_by(viewer: Actor) -> list[int]:
    query = scope.visible(viewer, PartnerReferral).order_by(PartnerReferral.id)
    rows = [row.id for row in db.session.scalars(query)]
    count = sa.select(sa.func.count()).where(scope.condition(viewer, PartnerReferral))
    assert db.session.scalar(count) == len(rows)
    return rows


@pytest.mark.proves("Z-07")
def test_an_agency_sees_its_own_in_lists_and_counts_and_no_case_victim_or_referral():
    own, _ = sent_on(REFUGE), sent_on(TRUST)
    viewer = of_agency(REFUGE)
    assert seen_by(viewer) == [own.id]
    for model in (CaseFile, Victim, Referral):
        assert db.session.scalars(scope.visible(viewer, model)).all() == []


@pytest.mark.proves("Z-07")
def test_a_partner_without_an_agency_sees_nothing():
    sent_on(REFUGE)
    sent_on("")
    assert seen_by(of_agency(None)) == []
    assert seen_by(of_agency("")) == []


@pytest.mark.proves("Z-15")
def test_what_is_revoked_is_gone_with_the_next_question():
    row, viewer = sent_on(REFUGE), of_agency(REFUGE)
    assert seen_by(viewer) == [row.id]
    with transaction():
        row.revoked_at = clock.now()
    assert seen_by(viewer) == []


@pytest.mark.proves("Z-15")
def test_what_has_expired_by_the_clock_in_london_is_gone():
    row, viewer = sent_on(REFUGE, expires_on=date(2026, 11, 23)), of_agency(REFUGE)
    assert seen_by(viewer) == [row.id]
    with clock.fixed(datetime(2026, 11, 23, 23, 59, tzinfo=UTC)):
        assert seen_by(viewer) == [row.id]
    with clock.fixed(datetime(2026, 11, 24, 0, 0, tzinfo=UTC)):
        assert seen_by(viewer) == []


def test_what_is_erased_here_is_gone_there():
    case = a_case()
    sent_on(REFUGE, case)
    viewer = of_agency(REFUGE)
    with transaction():
        case.erased_at = clock.now()
    assert seen_by(viewer) == []


@pytest.mark.proves("Z-11")
def test_nobody_at_an_agency_meets_their_own_kin():
    sent_on(REFUGE, a_case(victim=a_victim(mobile="07700 900444")))
    viewer, other = of_agency(REFUGE), of_agency(REFUGE)
    declare(db.session.get_one(Staff, viewer.id), mobile="07700 900444")
    assert seen_by(viewer) == []
    assert len(seen_by(other)) == 1


@pytest.mark.proves("Z-16")
def test_what_was_sent_to_another_agency_is_not_found_by_its_number():
    theirs, viewer = sent_on(TRUST), of_agency(REFUGE)
    sought = scope.visible(viewer, PartnerReferral).where(PartnerReferral.id == theirs.id)
    assert db.session.scalar(sought) is None
    with transaction():
        theirs.agency = REFUGE
    assert db.session.scalar(sought) is not None


def test_staff_see_what_was_sent_on_of_the_cases_that_they_may_see():
    manager = a_member_of_staff(team="North")
    row = sent_on(REFUGE, a_case(manager=manager), expires_on=MONDAY.date() - timedelta(days=9))
    assert seen_by(an_actor(manager)) == [row.id]
    assert seen_by(an_actor(a_member_of_staff(team="South"))) == []
