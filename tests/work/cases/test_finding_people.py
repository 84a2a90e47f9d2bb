"""Search: by every fact that a caller can say, in what may be seen and nothing else, by indexes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases import commands, queries
from beacon.cases.models import CaseFile
from beacon.cases.terms import CrimeKind
from beacon.core import clock, scope
from beacon.core.actor import Actor, reader
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.people import commands as people
from beacon.people.models import SearchKey
from beacon.people.rules import PersonFacts
from beacon.referrals import queries as referrals
from beacon.search.queries import find
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROLES = (
    (Role.INTAKE_OFFICER,),
    (Role.CASE_MANAGER,),
    (Role.TEAM_LEADER,),
    (Role.FRAUD_OFFICER,),
    (Role.CASE_MANAGER, Role.FRAUD_OFFICER),
    (Role.INTAKE_OFFICER, Role.TEAM_LEADER),
    (Role.COURT_OFFICER,),
    (Role.ADMINISTRATOR,),
    (Role.PARTNER, Role.INTAKE_OFFICER),
)
SCAN = re.compile(
    r"(?:Seq Scan on|SCAN) (?:search_key|victim|contact_point|address|case_file|crime|referral)\b"
    r"(?!.* USING )"
)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def somebody(*roles: Role, **known: object) -> Actor:
    return an_actor(a_member_of_staff(*roles, **known))


def restricted(case: CaseFile) -> CaseFile:
    """The case, closed to all but a few by the command that does so."""
    commands.restrict(case, reason="Known to us.", version=case.version, actor=TEST)
    return case


def found(viewer: Actor, words: str) -> set[str]:
    return {row.reference for row in queries.search(viewer, words)}


@pytest.fixture
def lee_abbey() -> CaseFile:
    victim = a_victim(
        title="Mrs",
        first_name="Amélie Jane",
        last_name="Lee-Abbey",
        date_of_birth=date(1984, 3, 12),
        mobile="07700 900321",
        email="Amelie@Example.org",
        address="1 High Street",
        postcode="AL1 3LB",
        victim_reference="VR-20417",
    )
    return a_case(victim=victim, crime=a_crime(reference="41/66827/2026"))


@pytest.mark.parametrize(
    "words",
    [
        "lee",
        "lee-ab",
        "ABBEY",
        "abb",
        "amelie",
        "Mrs Amélie Jane Lee-Abbey",
        "Lee-Abbey, Amelie",
        "abbey am",
        "Leigh Abbey",
        "Abbie",
        "12/03/1984",
        "12 March 1984",
        "abbey 12/03/1984",
        "Abbie 12.3.84",
        "amelie abbey 1984-03-12",
        "07700 900321",
        "900321",
        "amelie@example.org",
        "al13lb",
        "41/66827",
        "66827/26",
        "VR-20417",
        "20417",
    ],
)
def test_somebody_is_found_by_every_fact_a_caller_can_say(lee_abbey: CaseFile, words: str):
    a_case(victim=a_victim(last_name="Abernathy", date_of_birth=date(1984, 3, 13)))
    assert found(somebody(Role.INTAKE_OFFICER), words) == {lee_abbey.reference}


def test_a_part_of_our_own_reference_finds_its_case(lee_abbey: CaseFile):
    viewer, code = somebody(Role.INTAKE_OFFICER), lee_abbey.reference[4:]
    assert lee_abbey.reference in found(viewer, f"bcn {code[:3]}")
    assert lee_abbey.reference in found(viewer, code.lower()) or code.isalpha()


@pytest.mark.parametrize("words", ["abbey 13/03/1984", "Baker 12/03/1984", "41/66828", "900322"])
def test_nobody_is_found_by_a_fact_that_is_another_persons(lee_abbey: CaseFile, words: str):
    assert found(somebody(Role.INTAKE_OFFICER), words) == set()


def test_a_new_name_finds_and_the_old_one_finds_no_longer(lee_abbey: CaseFile):
    viewer = somebody(Role.INTAKE_OFFICER)
    new = PersonFacts(first_name="Amélie", last_name="Quill", date_of_birth=date(1984, 3, 21))
    people.receive(lee_abbey.victim, new, source="police", actor=TEST)
    assert found(viewer, "quill") == {lee_abbey.reference}
    assert found(viewer, "21/03/1984") == {lee_abbey.reference}
    assert found(viewer, "abbey") == found(viewer, "12/03/1984") == set()
    assert found(viewer, "41/66827") == found(viewer, "20417") == {lee_abbey.reference}


def test_whoever_is_spelt_as_asked_comes_before_whoever_sounds_so_and_the_closed_come_last():
    viewer = somebody(Role.INTAKE_OFFICER)
    names = [("Ann", "Clark"), ("Zoe", "Clarke"), ("Clarke", "Adams")]
    sound, spelt, first = (
        a_case(victim=a_victim(first_name=one, last_name=two)) for one, two in names
    )
    rows = queries.search(viewer, "clarke")
    assert [row.id for row in rows] == [spelt.id, first.id, sound.id]


def a_county() -> list[CaseFile]:
    """Cases of one name in every state that a scope speaks of."""
    north, south = a_member_of_staff(team="North"), a_member_of_staff(team="South")
    alone = a_member_of_staff(team=None)

    def of(manager: Any = None, kind: CrimeKind = CrimeKind.CRIME) -> CaseFile:
        return a_case(
            victim=a_victim(last_name="Quillfeather"), crime=a_crime(kind=kind), manager=manager
        )

    cases = [of(), of(north), of(south), of(alone), of(kind=CrimeKind.FRAUD)]
    cases += [of(south, CrimeKind.FRAUD), restricted(of(north)), restricted(of(south))]
    cases += [restricted(of()), restricted(of(kind=CrimeKind.FRAUD))]
    for case in (of(north), restricted(of(north))):
        cases.append(case)
        commands.release_cases(north.id, name="Sam", reason="Gone.", actor=TEST)
    return cases


@pytest.mark.parametrize("roles", ROLES, ids=lambda roles: "-".join(roles))
@pytest.mark.parametrize("team", ["North", "South", None])
@pytest.mark.proves("Z-07", "Z-08")
def test_what_is_found_is_what_is_seen_whatever_the_role_and_team(roles, team):
    cases = a_county()
    agency = "Safe Haven" if Role.PARTNER in roles else None
    person = a_member_of_staff(*roles, team=team, agency=agency)
    if Role.CASE_MANAGER in roles:
        cases.append(a_case(victim=a_victim(last_name="Quillfeather"), manager=person))
    for viewer in (an_actor(person), reader(an_actor(person))):
        seen = db.session.scalars(scope.visible(viewer, CaseFile)).all()
        assert found(viewer, "quillf") == {case.reference for case in seen}
    assert len(cases) >= 12


def test_a_person_named_on_a_restricted_case_finds_it_and_no_longer_once_they_are_taken_off():
    manager, other = a_member_of_staff(), a_member_of_staff(team="South")
    case = restricted(a_case(victim=a_victim(last_name="Quillfeather"), manager=manager))
    assert found(an_actor(other), "quill") == set()
    commands.name_person(case, other, actor=TEST)
    assert found(an_actor(other), "quill") == {case.reference}
    assert found(an_actor(other), "Kwill feather") == set()
    commands.lift_restriction(case, reason="Over.", version=case.version, actor=TEST)
    assert found(an_actor(other), "quill") == set()


def test_a_case_that_goes_to_another_team_is_found_there_and_no_longer_here():
    north, south = a_member_of_staff(), a_member_of_staff(team="South")
    case = a_case(victim=a_victim(last_name="Quillfeather"), manager=north)
    colleague, other = somebody(Role.CASE_MANAGER), somebody(Role.CASE_MANAGER, team="South")
    assert (found(colleague, "quill"), found(other, "quill")) == ({case.reference}, set())
    commands.assign_manager(case, south, version=case.version, actor=TEST)
    assert (found(colleague, "quill"), found(other, "quill")) == (set(), {case.reference})


def test_an_erased_case_is_found_by_nobody(lee_abbey: CaseFile):
    with transaction():
        lee_abbey.erased_at = MONDAY
    assert found(somebody(Role.INTAKE_OFFICER), "abbey") == set()


def test_those_who_may_be_seen_are_found_behind_very_many_who_may_not():
    leader = a_member_of_staff(Role.INTAKE_OFFICER)
    for _ in range(6):
        restricted(a_case(victim=a_victim(first_name="Al", last_name="Quill")))
    open_one = a_case(victim=a_victim(first_name="Zed", last_name="Quill"))
    rows = queries.search(an_actor(leader), "quill", at_most=2)
    assert [row.id for row in rows] == [open_one.id]


def plans(ask: Any, *, small: bool = False) -> str:
    """How the database goes about every statement that a question sends.

    `small`: the tables are so small that PostgreSQL would rather read them through.
    """
    sent: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        sent.append((statement, parameters))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    ask()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    order = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    with db.engine.connect() as connection:
        if small and db.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        lines = [
            f"{line[-1]}"
            for statement, parameters in sent
            for line in connection.exec_driver_sql(order + statement, parameters)
        ]
    return "\n".join(lines)


@pytest.fixture
def crowd(app: Flask) -> None:
    """Enough people that a database would rather not read them all."""
    with transaction() as session:
        case = a_case(victim=a_victim(last_name="Crowd"))
        keys = [f"crowd{number:05}" for number in range(4_000)]
        made = {"victim_id": case.victim_id, "case_id": case.id, "team_id": 1, "created_at": MONDAY}
        rows = [made | {"kind": "surname", "key": key} for key in keys]
        session.execute(sa.insert(SearchKey), rows)
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE search_key")
            connection.exec_driver_sql("SET enable_seqscan = on")


WAYS = {
    Role.INTAKE_OFFICER: "ix_search_key_word",
    Role.CASE_MANAGER: "ix_search_key_team",
    Role.TEAM_LEADER: "ix_search_key_team",
    Role.FRAUD_OFFICER: "ix_search_key_fraud",
}


@pytest.mark.parametrize("role", WAYS)
@pytest.mark.parametrize("words", ["crowd000", "crowd00017", "al crowd", "41/17"])
def test_no_search_by_a_word_reads_a_table_through(crowd: None, role: Role, words: str):
    viewer = somebody(role)
    plan = plans(lambda: queries.search(viewer, words))
    walked = [line for line in plan.splitlines() if "search_key" in line]
    assert not [line for line in walked if SCAN.search(line)]
    assert any(WAYS[role] in line for line in walked)


@pytest.mark.parametrize("words", ["07700 900321", "900321", "a@example.org", "AL1 3LB"])
def test_a_number_an_address_and_a_postcode_are_looked_up_by_their_blind_indexes(app, words: str):
    viewer = somebody(Role.INTAKE_OFFICER)
    plan = plans(lambda: queries.search(viewer, words), small=True)
    assert re.search(r"ix_contact_point_(?:value|last_six)_index|ix_address_postcode_index", plan)


def test_every_statement_of_a_search_is_made_by_the_same_few(lee_abbey, count_queries):
    viewer = somebody(Role.INTAKE_OFFICER)
    count_queries.clear()
    find(viewer, "abbey")
    assert len(count_queries) <= 12


def test_a_referral_without_a_case_is_found_by_intake_and_leaders_alone(app: Flask):
    for role in (Role.CASE_MANAGER, Role.FRAUD_OFFICER, Role.COURT_OFFICER):
        assert referrals.search(somebody(role), "abbey") == []
