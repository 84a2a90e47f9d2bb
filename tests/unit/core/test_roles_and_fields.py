"""Who holds a permission, who may see a group of fields, and what a model without a scope does."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from beacon.core import roles, scope
from beacon.core.actor import Actor, machine
from beacon.core.db import Base
from beacon.core.roles import Role


class Order(StrEnum):
    """What may be done in a made-up shop."""

    SELL = "shop.sell"
    LOCK = "shop.lock"


SHOP = {
    Order.SELL: frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER}),
    Order.LOCK: frozenset({Role.TEAM_LEADER}),
}


@pytest.fixture(autouse=True)
def what_is_granted() -> Iterator[None]:
    """Leave the grants of the product as they were."""
    before = roles.granted()
    yield
    roles._granted.clear()
    roles._granted.update(before)


def someone(*held: Role) -> Actor:
    return Actor(kind="staff", name="Sam Example", id=7, roles=frozenset(held))


def test_a_permission_is_held_by_any_one_of_its_roles() -> None:
    roles.gather([SHOP])
    assert roles.may([Role.AUDITOR, Role.TEAM_LEADER], Order.SELL)
    assert roles.may([Role.CASE_MANAGER], Order.SELL)
    assert not roles.may([Role.CASE_MANAGER], Order.LOCK)
    assert not roles.may([], Order.SELL)


def test_what_is_gathered_takes_the_place_of_what_was() -> None:
    roles.gather([SHOP])
    roles.gather([{Order.LOCK: frozenset({Role.AUDITOR})}])
    assert roles.granted() == {"shop.lock": frozenset({Role.AUDITOR})}


def test_a_permission_that_nobody_grants_is_a_fault() -> None:
    roles.gather([])
    with pytest.raises(LookupError, match=r"no feature grants shop\.sell"):
        roles.may([Role.TEAM_LEADER], Order.SELL)


def test_a_permission_that_two_grant_stops_the_start() -> None:
    with pytest.raises(RuntimeError, match=r"two features grant shop\.lock"):
        roles.gather([SHOP, {Order.LOCK: frozenset({Role.AUDITOR})}])


def test_what_is_told_of_the_grants_does_not_change_them() -> None:
    roles.gather([SHOP])
    told = dict(roles.granted())
    told.clear()
    roles.granted().clear()  # type: ignore[attr-defined]
    assert roles.may([Role.TEAM_LEADER], Order.LOCK)


@pytest.mark.proves("Z-05")
@pytest.mark.parametrize(
    ("group", "may"),
    [
        ("people.contact", scope.WORKERS),
        ("people.safe_contact", scope.WORKERS),
        ("people.identity", scope.WORKERS),
        ("cases.notes", scope.WORKERS),
        ("cases.needs", {Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER}),
        ("courts.defendant_mobile", {Role.COURT_OFFICER}),
        ("fraud.bank", {Role.FRAUD_OFFICER}),
        ("notify.body", {Role.COURT_OFFICER}),
    ],
)
def test_a_group_of_fields_is_seen_by_the_roles_that_need_it(group: str, may: set[Role]) -> None:
    assert {role for role in Role if scope.may_see(someone(role), group)} == may


def test_one_role_of_several_is_enough_and_none_sees_nothing() -> None:
    assert scope.may_see(someone(Role.AUDITOR, Role.FRAUD_OFFICER), "fraud.bank")
    assert not scope.may_see(someone(), "people.name")


def test_a_machine_sees_every_group_of_fields() -> None:
    assert all(scope.may_see(machine("sweep"), group) for group in scope.FIELDS)


def test_a_group_of_fields_that_nobody_named_is_a_fault() -> None:
    with pytest.raises(KeyError):
        scope.may_see(someone(Role.TEAM_LEADER), "people.shoe_size")


class Elsewhere(sa.orm.DeclarativeBase):
    """Tables that are not the product's."""


class Parcel(Elsewhere):
    """Something with an owner."""

    __tablename__ = "parcel"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int]


@pytest.fixture
def parcels() -> Iterator[None]:
    """A scope for parcels, while the test runs."""
    scope.register(Parcel, lambda viewer: Parcel.owner_id == viewer.id)  # type: ignore[type-var,arg-type]
    yield
    del scope._scopes[Parcel]  # type: ignore[index]


def test_a_model_without_a_scope_cannot_be_asked_for() -> None:
    with pytest.raises(LookupError, match="no scope is registered for Parcel"):
        scope.visible(someone(Role.TEAM_LEADER), Parcel)  # type: ignore[type-var]


def test_a_person_sees_the_rows_of_the_scope(parcels: None) -> None:
    asked = scope.visible(someone(Role.AUDITOR), Parcel)  # type: ignore[type-var]
    whole = str(asked.compile(compile_kwargs={"literal_binds": True}))
    assert whole.replace("\n", "").endswith("FROM parcel WHERE parcel.owner_id = 7")
    assert "parcel.id" in whole


def test_a_machine_sees_every_row(parcels: None) -> None:
    asked = str(scope.visible(machine("sweep"), Parcel))  # type: ignore[type-var]
    assert "owner_id =" not in asked


def test_it_is_told_which_models_have_a_scope(parcels: None) -> None:
    assert Parcel in scope.registered()
    assert Base not in scope.registered()
