"""Selects of different shapes, asked together: one statement, and each has its own answer."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff, Team
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, CaseTask, Crime
from beacon.cases.terms import CaseStatus, TaskKind
from beacon.core import clock, joining, together
from beacon.core.db import db, transaction
from beacon.core.together import Asking, asking
from beacon.people.models import ContactPoint, Victim
from tests.factories import TEST, a_case, a_member_of_staff, a_victim

pytestmark = pytest.mark.on_both


@asking
def names(first: str) -> Asking[list[str]]:
    found = yield from together.scalars(
        sa.select(Victim.last_name).where(Victim.first_name == first).order_by(Victim.last_name)
    )
    return found


@asking
def cases_of(last_name: str) -> Asking[list[str]]:
    victims = yield from together.scalars(sa.select(Victim.id).where(Victim.last_name == last_name))
    found = yield from together.scalars(
        sa.select(CaseFile.reference).where(CaseFile.victim_id.in_(victims)).order_by(CaseFile.id)
    )
    return found


@pytest.fixture
def case(app):
    made = a_case(
        victim=a_victim(first_name="Amelia", last_name="Marsh", safe="yes"),
        manager=a_member_of_staff(name="Priya Shah"),
    )
    db.session.refresh(made)
    return made


def test_selects_of_every_kind_come_back_as_they_would_alone(case, count_queries):
    away = aliased(Staff)
    selects = [
        sa.select(CaseFile.id, CaseFile.status, CaseFile.opened_at, CaseFile.enhanced, Crime.kind)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .order_by(CaseFile.id.desc()),
        sa.select(sa.func.count(), sa.func.max(CaseFile.opened_at), sa.func.sum(CaseFile.id)),
        sa.select(Victim.date_of_birth, CaseFile.seal_key, away.name.label("manager"))
        .join(CaseFile, CaseFile.victim_id == Victim.id)
        .outerjoin(away, away.id == CaseFile.manager_id),
        sa.select(sa.exists().where(CaseFile.id == case.id), sa.literal("words")),
        sa.select(ContactPoint.value_sealed, ContactPoint.kind).order_by(ContactPoint.id),
    ]
    alone = [db.session.execute(select).all() for select in selects]
    count_queries.clear()
    joined = joining.send(selects)
    assert len(count_queries) == 1
    assert [[tuple(row) for row in rows] for rows in joined] == [
        [tuple(row) for row in rows] for rows in alone
    ]
    assert joined[0][0].status is CaseStatus.NEW
    assert joined[2][0].manager == "Priya Shah"


def test_objects_are_those_of_the_session_and_are_not_read_again(case, count_queries):
    number = case.id
    db.session.expire_all()
    db.session.expunge_all()
    held = db.session.get_one(CaseFile, number)
    (rows, victims) = joining.send(
        [
            sa.select(CaseFile, Crime).join(Crime, Crime.id == CaseFile.crime_id),
            sa.select(Victim),
        ]
    )
    count_queries.clear()
    assert rows[0].CaseFile is held
    assert rows[0].Crime is held.crime
    assert held.victim is victims[0][0]
    assert victims[0][0].full_name == "Amelia Marsh"
    assert not count_queries
    assert not db.session.dirty
    assert not db.session.new


def test_an_object_that_was_read_before_a_change_says_what_stands_now(case):
    with transaction():
        case.restricted = True
    ((row,), _) = joining.send([sa.select(CaseFile), sa.select(Victim.id)])
    assert row[0] is case
    assert case.restricted is True


def test_nobody_on_the_far_side_of_an_outer_join_is_none(app):
    a_case()
    (rows, _) = joining.send(
        [
            sa.select(CaseFile.id, Staff).outerjoin(Staff, Staff.id == CaseFile.manager_id),
            sa.select(Team.id),
        ]
    )
    assert rows[0].Staff is None


def test_an_arm_keeps_its_order_and_its_limit(app):
    for last in ("C", "A", "D", "B"):
        a_victim(first_name="Order", last_name=last)
    query = sa.select(Victim.last_name).where(Victim.first_name == "Order")
    up, down, two = together.ask(
        together.scalars(query.order_by(Victim.last_name)),
        together.scalars(query.order_by(Victim.last_name.desc())),
        together.scalars(query.order_by(Victim.last_name).limit(2)),
    )
    assert (up, down, two) == (["A", "B", "C", "D"], ["D", "C", "B", "A"], ["A", "B"])


def test_questions_take_as_many_statements_as_the_longest_chain(case, count_queries):
    count_queries.clear()
    found = together.ask(names.ask("Amelia"), cases_of.ask("Marsh"), together.known(7))
    assert found == [["Marsh"], [case.reference], 7]
    assert len(count_queries) == 2


def test_a_question_inside_another_is_asked_with_the_rest(case, count_queries):
    @asking
    def both(last_name: str) -> Asking[tuple[list[str], list[str]]]:
        people, theirs = yield from together.at_once(names.ask("Amelia"), cases_of.ask(last_name))
        return people, theirs

    count_queries.clear()
    assert together.ask(both.ask("Marsh"), both.ask("Nobody")) == [
        (["Marsh"], [case.reference]),
        (["Marsh"], []),
    ]
    assert len(count_queries) == 2


def test_the_same_query_is_asked_alone_by_its_name(case, count_queries):
    count_queries.clear()
    assert names("Amelia") == ["Marsh"]
    assert len(count_queries) == 1
    assert names.__doc__ == names.ask.__doc__


def test_what_is_refused_is_refused_together_too(case):
    @asking
    def refuses() -> Asking[None]:
        yield from together.rows(sa.select(CaseFile.id))
        raise LookupError("not yours")

    with pytest.raises(LookupError, match="not yours"):
        together.ask(names.ask("Amelia"), refuses.ask())


def test_the_first_of_none_is_none_and_a_task_comes_whole(case):
    cases.add_task(case.id, kind=TaskKind.OTHER, about="Ring", due_on=clock.today(), actor=TEST)
    task, nobody = together.ask(
        together.first(sa.select(CaseTask).where(CaseTask.case_id == case.id).limit(1)),
        together.first(sa.select(CaseTask).where(CaseTask.case_id == 0).limit(1)),
    )
    assert (task.about, nobody) == ("Ring", None)


def test_values_that_have_no_room_in_a_joined_statement_are_a_fault(app):
    with pytest.raises(TypeError, match="cannot be asked for together"):
        joining.send([sa.select(sa.cast(sa.literal(1), sa.Numeric)), sa.select(Victim.id)])
