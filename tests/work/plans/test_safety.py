"""The safety plan is sealed and seen as the case; what is asked for at a home has its days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.core.roles import Role
from beacon.plans import commands
from beacon.plans.commands import ItemGiven, SafetyGiven
from beacon.plans.models import SafetyPlan
from beacon.plans.terms import ItemKind
from tests.factories import a_member_of_staff, an_actor

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
SECRET = "Quillfeather Lane, through the back gate"


def test_no_word_of_it_stands_readable_in_any_table(case, actor):
    given = SafetyGiven(**dict.fromkeys(("signs", "steps", "people", "children"), SECRET))
    plan = commands.save_safety_plan(case, given, reason="", version=0, actor=actor)
    again = SafetyGiven(signs=SECRET, steps=f"{SECRET} twice")
    commands.save_safety_plan(case, again, reason=SECRET, version=plan.version, actor=actor)
    db.session.rollback()
    names = ("safety_plan", "plan_change", "timeline_entry", "audit_entry", "audit_object")
    for name in names:
        rows = db.session.execute(sa.text(f"SELECT * FROM {name}")).all()
        assert rows
        assert "Quillfeather" not in repr(rows), name


def test_whoever_may_not_open_the_case_does_not_see_it(case, actor):
    given = SafetyGiven(steps="Go to the neighbour")
    commands.save_safety_plan(case, given, reason="", version=0, actor=actor)
    stranger = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    assert db.session.scalars(scope.visible(actor, SafetyPlan)).all() != []
    assert db.session.scalars(scope.visible(stranger, SafetyPlan)).all() == []
    with pytest.raises(NotFound):
        commands.save_safety_plan(case, given, reason="x", version=1, actor=stranger)


def test_two_who_write_the_first_one_do_not_write_over_each_other(case, actor):
    commands.save_safety_plan(case, SafetyGiven(steps="One"), reason="", version=0, actor=actor)
    with pytest.raises(Stale):
        commands.save_safety_plan(case, SafetyGiven(steps="Two"), reason="", version=0, actor=actor)


def test_an_empty_one_is_refused(case, actor):
    with pytest.raises(RuleBroken, match="what they do"):
        commands.save_safety_plan(case, SafetyGiven(), reason="", version=0, actor=actor)


def test_an_item_is_asked_for_agreed_and_fitted(case, actor):
    asked = ItemGiven(kind=ItemKind.LOCKS, asked_on=TODAY - 3 * DAY, whom="The council")
    item = commands.add_item(case, asked, actor=actor)
    assert (item.standing, item.waits) == ("Asked for", True)
    for known, standing in (
        ({"agreed_on": TODAY - DAY}, "Agreed"),
        ({"agreed_on": TODAY - DAY, "fitted_on": TODAY}, "Fitted"),
    ):
        given = ItemGiven(kind=ItemKind.LOCKS, asked_on=asked.asked_on, whom=asked.whom, **known)
        commands.change_item(case, item, given, reason="", version=item.version, actor=actor)
        assert item.standing == standing
    assert not item.waits


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"fitted_on": TODAY + DAY}, "has not come yet"),
        ({"agreed_on": TODAY - 9 * DAY}, "before it was asked for"),
        ({"dropped_on": TODAY}, "why it is not to be fitted"),
        ({"dropped_on": TODAY, "fitted_on": TODAY}, "either fitted or given up"),
    ],
)
def test_days_that_cannot_be_are_refused(case, actor, known, words):
    asked = ItemGiven(kind=ItemKind.LOCKS, asked_on=TODAY)
    item = commands.add_item(case, asked, actor=actor)
    given = ItemGiven(kind=ItemKind.LOCKS, asked_on=TODAY, **known)
    with pytest.raises(RuleBroken, match=words):
        commands.change_item(case, item, given, reason="", version=1, actor=actor)
