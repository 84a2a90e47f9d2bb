"""Every state of a case for every way of looking: own, team, restricted, closed, erased, linked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases import commands, queries
from beacon.cases.models import CaseFile, CaseName, ContactLog, TimelineEntry
from beacon.cases.terms import CaseStatus, ContactOutcome, CrimeKind
from beacon.core import clock, scope
from beacon.core.actor import Actor, reader
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, Milestone, VictimCategory
from beacon.people import commands as people
from beacon.people.models import Victim
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor
from tests.kin import restricted

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORKERS = (Role.INTAKE_OFFICER, Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER)
WITHOUT_CASES = sorted(set(Role) - set(WORKERS))


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def somebody(*roles: Role, **known: object) -> Actor:
    return an_actor(a_member_of_staff(*roles, **known))


def sees(viewer: Actor, case: CaseFile) -> bool:
    """Whether the case is in scope; and everything that hangs on it agrees, and every count."""
    seen = db.session.scalar(scope.visible(viewer, CaseFile).where(CaseFile.id == case.id))
    for model in (Duty, TimelineEntry):
        rows = db.session.scalars(scope.visible(viewer, model).where(model.case_id == case.id))
        assert bool(rows.all()) is (seen is not None)
    listed = {row.reference for row in queries.Caseload(viewer=viewer).page(size=500)}
    assert case.closed_at is not None or (case.reference in listed) is (seen is not None)
    assert queries.Caseload(viewer=viewer).count() == len(listed)
    return seen is not None


def erase(case: CaseFile) -> None:
    with transaction():
        case.erased_at = clock.now()


def close(case: CaseFile) -> CaseFile:
    commands.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=MONDAY, actor=TEST
    )
    commands.close_case(case, note="Done.", version=case.version, actor=TEST)
    return case


def found(viewer: Actor, *words: str) -> set[str]:
    return {row.reference for said in words for row in queries.search(viewer, said)}


@pytest.mark.proves("Z-03")
def test_each_role_sees_its_own_and_its_teams_cases_and_no_others():
    north = a_member_of_staff(team="North")
    case, south = a_case(manager=north), a_case(manager=a_member_of_staff(team="South"))
    nobodys, fraud = a_case(), a_case(crime=a_crime(kind=CrimeKind.FRAUD))
    cases = (case, south, nobodys, fraud)
    expected = {
        Role.CASE_MANAGER: (True, False, False, False),
        Role.TEAM_LEADER: (True, False, True, True),
        Role.INTAKE_OFFICER: (True, True, True, True),
        Role.FRAUD_OFFICER: (False, False, False, True),
    }
    for role, answers in expected.items():
        viewer = somebody(role, team="North")
        assert tuple(sees(viewer, one) for one in cases) == answers, role
    assert sees(an_actor(north), case)


@pytest.mark.parametrize("role", WITHOUT_CASES)
def test_who_does_no_casework_sees_no_case_even_to_read(role: Role):
    case = a_case()
    known = {"agency": "Example Refuge"} if role is Role.PARTNER else {}
    viewer = somebody(role, **known)
    assert not sees(viewer, case)
    assert not sees(reader(viewer), case)


@pytest.mark.proves("Z-07")
def test_a_partner_sees_no_case_whatever_else_somebody_made_them():
    case = a_case()
    viewer = somebody(Role.PARTNER, Role.INTAKE_OFFICER, Role.TEAM_LEADER, agency="Example Refuge")
    assert not sees(viewer, case)
    assert db.session.scalars(scope.visible(viewer, Victim)).all() == []


@pytest.mark.proves("Z-08")
def test_a_restricted_case_is_for_its_manager_its_leader_and_those_who_are_named():
    manager, named = a_member_of_staff(team="North"), a_member_of_staff(team="South")
    victim = a_victim(last_name="Quill", mobile="07700 900321", email="quill@example.org")
    case = restricted(a_case(manager=manager, victim=victim))
    commands.name_person(case, named, actor=an_actor(manager))
    words = ("Quill", "07700 900321", "900321", "quill@example.org", case.reference)
    let_in = [an_actor(manager), an_actor(named), somebody(Role.TEAM_LEADER, team="North")]
    others = [somebody(role, team="South") for role in WORKERS]
    others += [somebody(role, team="North") for role in WORKERS if role is not Role.TEAM_LEADER]
    for viewer in let_in:
        assert sees(viewer, case)
        assert found(viewer, *words) == {case.reference}
    for viewer in others:
        assert not sees(viewer, case), viewer.roles
        assert not sees(reader(viewer), case), viewer.roles
        assert found(viewer, *words) == set(), viewer.roles
        assert queries.desk_counts(viewer).first_contacts_due == 0


@pytest.mark.proves("Z-08")
def test_a_name_that_is_taken_off_or_a_restriction_that_is_lifted_lets_nobody_in():
    manager, named = a_member_of_staff(team="North"), a_member_of_staff(team="South")
    case, leader = restricted(a_case(manager=manager)), somebody(Role.TEAM_LEADER, team="North")
    for order in ("take off", "lift"):
        commands.name_person(case, named, actor=an_actor(manager))
        assert sees(an_actor(named), case)
        name = db.session.scalars(sa.select(CaseName)).one()
        if order == "take off":
            commands.remove_name(case, name, actor=leader)
        else:
            commands.lift_restriction(case, reason="Over", version=case.version, actor=leader)
        assert not sees(an_actor(named), case), order
        assert name.removed_at is not None


@pytest.mark.proves("Z-08")
def test_a_restricted_case_without_a_team_waits_for_a_leader_and_for_nobody_else():
    case = restricted(a_case())
    assert sees(somebody(Role.TEAM_LEADER), case)
    assert not sees(somebody(Role.CASE_MANAGER), case)
    assert not sees(somebody(Role.INTAKE_OFFICER), case)
    of_nobodys_team = a_member_of_staff(Role.CASE_MANAGER, team=None)
    commands.assign_manager(case, of_nobodys_team, version=case.version, actor=TEST)
    assert not sees(somebody(Role.TEAM_LEADER), case)


@pytest.mark.proves("Z-08")
def test_a_restricted_case_of_another_team_waits_for_that_teams_leader_though_nobody_has_it():
    case = a_case(manager=a_member_of_staff(team="South"))
    with transaction():
        case.restricted, case.manager_id = True, None
    assert not sees(somebody(Role.TEAM_LEADER, Role.INTAKE_OFFICER, team="North"), case)
    assert sees(somebody(Role.TEAM_LEADER, Role.INTAKE_OFFICER, team="South"), case)


def test_restricting_and_naming_stand_in_the_history_with_their_reason():
    manager, named = a_member_of_staff(), a_member_of_staff(team="South", name="Noor Named")
    case, actor = a_case(manager=manager), an_actor(manager)
    commands.restrict(case, reason="A colleague's family", version=case.version, actor=actor)
    commands.name_person(case, named, actor=actor)
    commands.lift_restriction(case, reason="No longer", version=case.version, actor=actor)
    entries = db.session.scalars(
        sa.select(TimelineEntry)
        .where(TimelineEntry.case_id == case.id)
        .order_by(TimelineEntry.id.desc())
        .limit(3)
    )
    assert [entry.words for entry in entries] == ["No longer", "Noor Named", "A colleague's family"]


def test_only_the_manager_and_the_leader_say_who_may_open_a_case():
    case = a_case(manager=a_member_of_staff())
    colleague = somebody(Role.CASE_MANAGER)
    with pytest.raises(RuleBroken, match="Only the case manager and the leader"):
        commands.restrict(case, reason="I say so", version=case.version, actor=colleague)
    assert not case.restricted
    with pytest.raises(NotFound):
        commands.restrict(
            case,
            reason="I say so",
            version=case.version,
            actor=somebody(Role.TEAM_LEADER, team="South"),
        )


def test_nobody_is_named_on_a_case_that_is_not_restricted_or_who_works_with_no_cases():
    manager = a_member_of_staff()
    case, actor = a_case(manager=manager), an_actor(manager)
    with pytest.raises(RuleBroken, match="Restrict the case before"):
        commands.name_person(case, a_member_of_staff(), actor=actor)
    restricted(case)
    with pytest.raises(RuleBroken, match="cannot be named"):
        commands.name_person(case, a_member_of_staff(Role.AUDITOR), actor=actor)


def test_an_erased_case_is_nobodys():
    manager = a_member_of_staff()
    victim = a_victim(last_name="Gone")
    case = a_case(manager=manager, victim=victim, crime=a_crime(kind=CrimeKind.FRAUD))
    beside = a_case(manager=manager, victim=victim)
    erase(case)
    for viewer in [an_actor(manager), *(somebody(role) for role in WORKERS)]:
        assert not sees(viewer, case)
        assert not sees(reader(viewer), case)
        assert case.reference not in found(viewer, "Gone", case.reference)
    rows = queries.case_page(an_actor(manager), beside.reference).related
    assert [row.reference for row in rows] == []
    with pytest.raises(RuleBroken, match="No case of that reference"):
        commands.break_glass(
            case.reference,
            reason="Somebody is in danger tonight.",
            actor=somebody(Role.CASE_MANAGER),
        )


def test_a_closed_case_is_seen_as_before_and_nothing_on_it_is_changed_until_it_is_open_again():
    manager = a_member_of_staff()
    case, actor = close(a_case(manager=manager)), an_actor(manager)
    duty = db.session.scalars(sa.select(Duty).where(Duty.case_id == case.id)).first()
    assert sees(actor, case)
    assert not sees(somebody(Role.CASE_MANAGER, team="South"), case)
    version = case.version
    orders = {
        "contact": lambda: commands.log_contact(
            case,
            channel=Channel.PHONE,
            outcome=ContactOutcome.SPOKE,
            notes="",
            at=MONDAY,
            actor=actor,
        ),
        "tell": lambda: commands.tell_victim(
            case, duty, at=MONDAY, channel=Channel.PHONE, actor=actor
        ),
        "category": lambda: commands.decide_category(
            case,
            category=VictimCategory.STANDARD,
            grounds={},
            reason="",
            version=version,
            actor=actor,
        ),
        "assign": lambda: commands.assign_manager(case, manager, version=version, actor=TEST),
        "restrict": lambda: commands.restrict(case, reason="Why", version=version, actor=actor),
        "close": lambda: commands.close_case(case, note="Again", version=version, actor=actor),
    }
    for name, order in orders.items():
        with pytest.raises(RuleBroken, match="closed"):
            order()
        assert case.status is CaseStatus.CLOSED, name
    held = db.session.scalar(sa.select(sa.func.count()).where(Duty.case_id == case.id))
    commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=actor)
    assert db.session.scalar(sa.select(sa.func.count()).where(Duty.case_id == case.id)) == held
    assert db.session.scalar(sa.select(sa.func.count(ContactLog.id))) == 1


def linked(manner: str, own: CaseFile) -> CaseFile:
    """A case of another team, linked to one's own by its crime, its victim, or its person."""
    other = a_member_of_staff(team="South")
    if manner == "crime":
        return a_case(crime=own.crime, manager=other)
    if manner == "victim":
        return a_case(victim=own.victim, manager=other)
    case = a_case(manager=other)
    people.link(own.victim, case.victim, facts=(), actor=TEST)
    return case


@pytest.mark.parametrize("manner", ["crime", "victim", "person"])
def test_whoever_works_on_one_case_may_read_those_linked_to_it_and_change_none(manner: str):
    manager = a_member_of_staff(team="North")
    own, actor = a_case(manager=manager), an_actor(manager)
    case = linked(manner, own)
    stranger = somebody(Role.CASE_MANAGER, team="East")
    assert not sees(actor, case)
    assert sees(reader(actor), case)
    assert not sees(reader(stranger), case)
    opened = queries.open_to(actor, case.reference)
    assert (opened.is_only_read, opened.beside) == (True, (own.reference,))
    with pytest.raises(NotFound):
        commands.restrict(case, reason="Mine now", version=case.version, actor=actor)
    rows = queries.case_page(actor, own.reference).related
    assert [row.reference for row in rows] == [case.reference]
    close(own)
    assert not sees(reader(actor), case)


def test_a_link_to_an_older_record_is_followed_as_one_to_a_newer_is():
    manager = a_member_of_staff(team="North")
    older = a_case(manager=a_member_of_staff(team="South"))
    own = a_case(manager=manager)
    people.link(own.victim, older.victim, facts=(), actor=TEST)
    assert sees(reader(an_actor(manager)), older)


def test_ones_own_case_stays_ones_own_in_another_team_or_none():
    manager = a_member_of_staff(team="North")
    case, without = a_case(manager=manager), a_case(manager=manager)
    with transaction():
        case.team_id = a_member_of_staff(team="South").team_id
        without.team_id = None
    for one in (case, without):
        assert sees(an_actor(manager), one)
        assert not sees(somebody(Role.CASE_MANAGER, team="North"), one)


def test_a_link_that_is_undone_or_a_case_that_is_restricted_is_not_read():
    manager = a_member_of_staff(team="North")
    own, actor = a_case(manager=manager), an_actor(manager)
    case = linked("person", own)
    people.unlink(own.victim, case.victim, reason="Two people.", actor=TEST)
    assert not sees(reader(actor), case)
    case = restricted(linked("crime", own))
    assert not sees(reader(actor), case)
    assert queries.case_page(actor, own.reference).related == []


@pytest.mark.proves("Z-26")
def test_who_has_lost_a_role_since_the_page_was_opened_is_refused_in_the_same_transaction():
    manager = a_member_of_staff(Role.CASE_MANAGER, Role.INTAKE_OFFICER)
    case, actor = a_case(manager=manager), an_actor(manager)
    with transaction():
        manager.role_rows = [row for row in manager.role_rows if row.role is Role.INTAKE_OFFICER]
    with pytest.raises(RuleBroken, match="You may no longer do this. Copy what you have typed"):
        commands.restrict(case, reason="Why", version=case.version, actor=actor)
    assert not case.restricted


def test_who_has_left_the_team_since_the_page_was_opened_finds_no_such_case():
    leader, south = a_member_of_staff(Role.TEAM_LEADER), a_member_of_staff(team="South")
    case, actor = a_case(manager=a_member_of_staff()), an_actor(leader)
    with transaction():
        leader.team_id = south.team_id
    with pytest.raises(NotFound):
        commands.assign_manager(case, south, version=case.version, actor=actor)


def test_a_caseload_walks_its_index_while_a_conflict_is_asked_for_once(app: Flask):
    viewer = somebody(Role.TEAM_LEADER)
    if db.engine.dialect.name != "sqlite":
        assert queries.Caseload(viewer=viewer).count() == 0
        return
    query = scope.visible(viewer, CaseFile).where(CaseFile.closed_at.is_(None))
    query = query.order_by(CaseFile.listed_on, CaseFile.id).limit(51)
    text = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
    plan = str(db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all())
    assert "ix_case_file_list" in plan
    assert "ix_contact_point_value_index" in plan
    assert "CORRELATED" not in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan
