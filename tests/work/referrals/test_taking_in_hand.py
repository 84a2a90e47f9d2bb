"""Two people never get the same referral: taken in hand, given back, run out."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.terms import Consent
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.terms import VictimCategory
from beacon.referrals import commands, queries
from beacon.referrals.commands import Triage
from beacon.referrals.models import Referral, ReferralHold
from beacon.referrals.terms import Verdict
from tests.factories import a_member_of_staff, an_actor
from tests.work.referrals.conftest import MONDAY

pytestmark = pytest.mark.on_both

STANDARD = Triage(category=VictimCategory.STANDARD, consent=Consent.YES)


@pytest.fixture
def officers(app):
    return [an_actor(a_member_of_staff(Role.INTAKE_OFFICER)) for _ in range(3)]


@pytest.fixture
def three(take, referrals):
    take(
        *(
            {
                "crime_reference": f"41/{n}/26",
                "last_name": f"Made{n}",
                "mobile": f"07700 90020{n}",
                "email": "",
                "date_of_birth": "",
            }
            for n in range(1, 4)
        )
    )
    return [one.id for one in referrals()]


def confirm(referral_id: int, officer) -> None:
    referral = db.session.get_one(Referral, referral_id)
    commands.confirm(referral, STANDARD, version=referral.version, actor=officer)


def test_each_who_takes_the_next_gets_another_one(three, officers):
    assert [commands.take_next(actor=one) for one in officers] == three
    late = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    assert commands.take_next(actor=late) is None


def test_whoever_has_one_in_hand_is_given_that_one_again(three, officers):
    first = commands.take_next(actor=officers[0])
    assert commands.take_next(actor=officers[0]) == first


def test_what_was_given_back_is_the_next_ones(three, officers):
    first = commands.take_next(actor=officers[0])
    commands.give_back(db.session.get_one(Referral, first), actor=officers[0])
    commands.give_back(db.session.get_one(Referral, first), actor=officers[0])
    assert commands.take_next(actor=officers[1]) == first


def test_nobody_gives_back_what_another_has(three, officers):
    first = commands.take_next(actor=officers[0])
    commands.give_back(db.session.get_one(Referral, first), actor=officers[1])
    assert commands.take_next(actor=officers[1]) != first


def test_hands_that_held_it_too_long_hold_it_no_more(three, officers):
    first = commands.take_next(actor=officers[0])
    with clock.fixed(MONDAY + timedelta(minutes=20)):
        assert commands.take_next(actor=officers[1]) == first


def test_nobody_decides_on_what_another_has_in_hand(three, officers):
    first = commands.take_next(actor=officers[0])
    with pytest.raises(RuleBroken, match="has this referral in hand until 09:20"):
        confirm(first, officers[1])
    confirm(first, officers[0])
    assert db.session.scalar(sa.select(sa.func.count(ReferralHold.id))) == 0


def test_who_decides_without_taking_has_it_in_hand_while_it_is_decided(three, officers):
    confirm(three[1], officers[0])
    assert commands.take_next(actor=officers[1]) == three[0]


def test_confirm_and_next_gives_back_and_takes_the_one_after(three, officers):
    first = commands.take_next(actor=officers[0])
    stood = queries.standing(db.session.get_one(Referral, first))
    confirm(first, officers[0])
    assert commands.take_next(after=stood, actor=officers[0]) == three[1]


def test_leaving_one_takes_the_one_after_and_frees_it_for_others(three, officers):
    first = commands.take_next(actor=officers[0])
    stood = queries.standing(db.session.get_one(Referral, first))
    assert commands.take_next(after=stood, actor=officers[0]) == three[1]
    assert commands.take_next(actor=officers[1]) == first


def test_one_that_is_to_be_tried_later_is_not_the_next_until_then(three, officers):
    with transaction() as session:
        session.get_one(Referral, three[0]).next_try_at = MONDAY + timedelta(hours=3)
    assert commands.take_next(actor=officers[0]) == three[1]
    with clock.fixed(MONDAY + timedelta(hours=3)):
        assert commands.take_next(actor=officers[1]) == three[0]


def test_the_queue_says_who_has_what_and_not_after_their_time(three, officers):
    commands.take_next(actor=officers[0])
    named = [row.in_hand_of for row in queries.Queue(viewer=officers[1]).page()]
    assert named == [officers[0].name, None, None]
    with clock.fixed(MONDAY + timedelta(hours=1)):
        rows = queries.Queue(viewer=officers[1]).page()
        assert [row.in_hand_of for row in rows] == [None, None, None]


def test_a_role_that_is_gone_takes_nothing(three, officers):
    manager = an_actor(a_member_of_staff(Role.CASE_MANAGER))
    with pytest.raises(RuleBroken):
        commands.take_next(actor=manager)


@pytest.mark.proves("L-01")
def test_of_eight_who_take_at_the_same_moment_no_two_get_the_same(app: Flask, take, referrals):
    take(
        *(
            {"crime_reference": f"41/{n}/26", "last_name": f"Made{n}", "email": "",
             "mobile": f"07700 900{n:03}", "date_of_birth": ""}
            for n in range(1, 7)
        )
    )  # fmt: skip
    officers = [an_actor(a_member_of_staff(Role.INTAKE_OFFICER)) for _ in range(8)]
    gate = threading.Barrier(len(officers))

    def one(officer) -> int | None:
        with app.app_context():
            gate.wait()
            return commands.take_next(actor=officer)

    with ThreadPoolExecutor(len(officers)) as pool:
        taken = list(pool.map(one, officers))
    db.session.rollback()
    got = [number for number in taken if number is not None]
    assert len(got) == len(set(got)) == 6
    held = db.session.scalars(sa.select(ReferralHold.referral_id)).all()
    assert sorted(held) == sorted(got)


def test_those_who_decide_and_those_who_take_at_the_same_moment_leave_one_decision(
    app: Flask, take, referrals
):
    take({})
    number = referrals()[0].id
    officers = [an_actor(a_member_of_staff(Role.INTAKE_OFFICER)) for _ in range(6)]
    gate = threading.Barrier(len(officers))

    def one(place: int) -> str:
        with app.app_context():
            referral = db.session.get_one(Referral, number)
            version = referral.version
            db.session.rollback()
            gate.wait()
            try:
                if place % 2:
                    commands.take_next(actor=officers[place])
                    return "took"
                commands.confirm(referral, STANDARD, version=version, actor=officers[place])
            except RuleBroken:
                return "refused"
            return "confirmed"

    with ThreadPoolExecutor(len(officers)) as pool:
        outcomes = list(pool.map(one, range(len(officers))))
    db.session.rollback()
    assert outcomes.count("confirmed") <= 1
    finals = [one for one in queries.history(referrals()[0]) if one.verdict is Verdict.TAKEN]
    assert len(finals) == outcomes.count("confirmed")
    held = db.session.scalar(sa.select(sa.func.count(ReferralHold.id)))
    assert held == 1 - outcomes.count("confirmed")
