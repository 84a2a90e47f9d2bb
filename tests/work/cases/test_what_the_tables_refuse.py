"""What the database itself refuses of wishes, steps and orders, whoever writes the row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import CaseFact, CaseOrder, FactStepTaken, UpdateWish
from beacon.cases.terms import FactKind, FactStep, OrderKind, UpdateEvery
from beacon.core import clock
from beacon.core.db import Base, transaction
from beacon.entitlements.terms import Channel
from tests.factories import a_case

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture
def case_id(app: Flask):
    with clock.fixed(MONDAY):
        yield a_case().id


def keep(*rows: Base) -> None:
    with transaction() as session:
        session.add_all(rows)


def wish(case_id: int, **known: object) -> UpdateWish:
    usual = {"every": UpdateEvery.WEEK, "channel": Channel.PHONE, "asked_on": TODAY}
    return UpdateWish(case_id=case_id, by_name="A test", **usual | known)


def order(case_id: int, **known: object) -> CaseOrder:
    usual = {"kind": OrderKind.RESTRAINING, "starts_on": TODAY, "by_name": "A test"}
    return CaseOrder(case_id=case_id, **usual | known)


def step(**known: object) -> FactStepTaken:
    usual = {"step": FactStep.CLAIMED, "happened_on": TODAY, "by_name": "A test"}
    return FactStepTaken(**usual | known)


def test_two_wishes_that_stand_in_one_case(case_id):
    keep(wish(case_id, replaced_at=MONDAY), wish(case_id, replaced_at=MONDAY), wish(case_id))
    with pytest.raises(sa.exc.IntegrityError):
        keep(wish(case_id))


@pytest.mark.parametrize(
    "known",
    [
        {"channel": None},
        {"every": UpdateEvery.KEY_EVENTS, "channel": None},
        {"every": UpdateEvery.NO_CONTACT},
    ],
)
def test_a_wish_without_its_way_and_no_contact_with_one(case_id, known):
    with pytest.raises(sa.exc.IntegrityError):
        keep(wish(case_id, **known))


@pytest.mark.parametrize(
    "steps",
    [
        [{"pence": -1}],
        [{}, {}],
    ],
    ids=["below zero", "two that stand"],
)
def test_a_step_below_zero_and_two_of_one_kind_that_stand(case_id, steps):
    fact = CaseFact(case_id=case_id, kind=FactKind.EXPENSES)
    fact.steps += [step(**known) for known in steps]
    with pytest.raises(sa.exc.IntegrityError):
        keep(fact)


def test_steps_of_which_one_stands_are_kept(case_id):
    fact = CaseFact(case_id=case_id, kind=FactKind.EXPENSES)
    fact.steps += [step(replaced_at=MONDAY), step(replaced_at=MONDAY), step(pence=0)]
    keep(fact)
    assert fact.standing[FactStep.CLAIMED].pence == 0


@pytest.mark.parametrize("known", [{"ends_on": TODAY - DAY}, {"ended_on": TODAY}])
def test_an_order_that_ends_before_it_begins_or_without_a_reason(case_id, known):
    with pytest.raises(sa.exc.IntegrityError):
        keep(order(case_id, **known))


def test_an_order_whose_place_is_taken_twice(case_id):
    first = order(case_id)
    keep(first)
    keep(order(case_id, replaces_id=first.id))
    with pytest.raises(sa.exc.IntegrityError):
        keep(order(case_id, replaces_id=first.id))
