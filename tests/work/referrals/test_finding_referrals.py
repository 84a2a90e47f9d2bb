"""A referral without a case is found as a case is; once its case is open, it is found by that."""

from __future__ import annotations

import pytest

from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people.models import SearchKey
from beacon.referrals import commands, queries
from beacon.search.queries import find
from tests.factories import a_member_of_staff, an_actor

NO_CASE = {"consent_to_referral": "no", "postcode": "AL1 3LB", "victim_reference": "VR-7710"}


@pytest.fixture
def intake(app):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


@pytest.mark.parametrize(
    "words",
    ["marsh", "robin mar", "Marche", "01/05/1980", "07700 900123", "900123", "AL1 3LB"]
    + ["robin.marsh@example.org", "41/100/26", "41/100", "7710"],
)
def test_a_referral_that_waits_is_found_by_every_fact(take, referrals, intake, words):
    take(NO_CASE)
    take({"crime_reference": "41/200/26", "last_name": "Poole", "date_of_birth": "1981-05-01",
          "mobile": "", "email": "", "consent_to_referral": "no"})  # fmt: skip
    waiting = referrals()[0]
    found = find(intake, words)
    assert [row.id for row in found.referrals] == [waiting.id]
    assert found.cases == []


def test_a_declined_referral_is_still_found_with_what_became_of_it(take, referrals, intake):
    take(NO_CASE)
    commands.decline(referrals()[0], reason="They said no.", version=1, actor=intake)
    (found,) = queries.search(intake, "marsh")
    assert found.state.label == "Declined"


def test_once_its_case_is_open_it_is_found_through_the_case_alone(take, referrals, intake):
    take(NO_CASE)
    take({**NO_CASE, "consent_to_referral": "yes"})
    (row,) = referrals()
    found = find(intake, "marsh")
    assert ([one.id for one in found.cases], found.referrals) == ([row.case_id], [])
    held = db.session.query(SearchKey.case_id).filter_by(victim_id=row.victim_id).distinct().all()
    assert held == [(row.case_id,)]


def test_only_those_who_take_referrals_in_find_them(take, intake):
    take(NO_CASE)
    roles = (Role.TEAM_LEADER, Role.CASE_MANAGER, Role.FRAUD_OFFICER, Role.COURT_OFFICER)
    counts = [find(an_actor(a_member_of_staff(role)), "marsh").count for role in roles]
    assert counts == [1, 0, 0, 0]


def test_what_a_feed_says_anew_of_a_waiting_person_is_found(take, intake):
    take(NO_CASE)
    take({**NO_CASE, "last_name": "Marshall"})
    assert [row.name for row in queries.search(intake, "marshall")] == ["Robin Marshall"]
