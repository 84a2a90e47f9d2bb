"""Lists, one case, the desk's figures and search: what they hold, in what order, for whom."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from beacon.cases import commands, queries
from beacon.cases.models import CaseFile
from beacon.cases.terms import ContactOutcome, CrimeKind, NeedAnswer, NeedCategory, Stage, TaskKind
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound
from beacon.core.roles import Role
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, EnhancedGround, Milestone
from beacon.people.models import Victim
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ENHANCED = [(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")]


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def somebody(*roles: Role, **known: object) -> Actor:
    return an_actor(a_member_of_staff(*roles, **known))


def references(page: object) -> list[str]:
    return [row.reference for row in page]


def in_the_first_days(case: CaseFile, days: int) -> None:
    with transaction():
        case.next_due_on = MONDAY.date() + timedelta(days=days) if days >= 0 else None


def asked(statements: list[str]) -> int:
    return sum(statement.startswith(("SELECT", "WITH")) for statement in statements)


def restrict(case: CaseFile) -> None:
    with transaction():
        case.restricted = True


def test_a_caseload_is_ordered_by_the_next_date_with_none_last():
    manager = a_member_of_staff()
    cases = [a_case(manager=manager) for _ in range(4)]
    for case, days in zip(cases, (5, -1, 1, 5), strict=True):
        in_the_first_days(case, days)
    rows = queries.Caseload(viewer=an_actor(manager), manager_id=manager.id).page()
    expected = [cases[2], cases[0], cases[3], cases[1]]
    assert references(rows) == [case.reference for case in expected]
    assert rows.rows[-1].next_due_on is None


def test_pages_go_on_where_the_last_ended_and_come_back():
    manager = a_member_of_staff()
    for _ in range(5):
        a_case(manager=manager)
    load = queries.Caseload(viewer=an_actor(manager), manager_id=manager.id)
    first = load.page(size=2)
    second = load.page(first.next, size=2)
    third = load.page(second.next, size=2)
    every = references(first) + references(second) + references(third)
    assert (len(set(every)), third.next) == (5, None)
    assert references(load.page(third.previous, size=2)) == references(second)
    assert load.count() == 5


def test_a_caseload_costs_the_same_statements_however_long(count_queries: list[str]):
    manager = a_member_of_staff()
    load = queries.Caseload(viewer=an_actor(manager), manager_id=manager.id)
    a_case(manager=manager)
    spent = []
    for _ in range(2):
        count_queries.clear()
        rows = load.page()
        spent.append(asked(count_queries))
        for _ in range(3):
            a_case(manager=manager)
    assert rows.rows[0].victim_name.startswith("Alex Sample")
    assert spent[0] == spent[1] == 1


def test_a_caseload_walks_its_index(app: Flask):
    manager = a_member_of_staff()
    load = queries.Caseload(viewer=an_actor(manager), manager_id=manager.id)
    if db.engine.dialect.name == "sqlite":
        from beacon.cases.queries.caseload import listed

        query = listed(load.viewer).where(*load.conditions())
        query = query.order_by(CaseFile.listed_on, CaseFile.id).limit(51)
        text = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = str(db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all())
        assert "ix_case_file_caseload" in plan
        assert "TEMP B-TREE" not in plan
    assert references(load.page()) == []


def test_what_nobody_answers_for_is_listed_apart():
    leader = somebody(Role.TEAM_LEADER)
    a_case(manager=a_member_of_staff())
    open_one, urgent = a_case(), a_case(proposals=ENHANCED)
    rows = queries.Unassigned(viewer=leader).page()
    assert references(rows) == [urgent.reference, open_one.reference]
    assert [row.needs_a_named_manager for row in rows] == [True, False]
    only = queries.Unassigned(viewer=leader, enhanced_only=True).page()
    assert references(only) == [urgent.reference]


def test_closed_cases_are_only_in_their_own_list():
    manager = a_member_of_staff()
    case = a_case(manager=manager)
    commands.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=MONDAY, actor=TEST
    )
    commands.close_case(case, note="Done.", version=case.version, actor=TEST)
    viewer = an_actor(manager)
    assert references(queries.Caseload(viewer=viewer).page()) == []
    assert references(queries.ClosedCases(viewer=viewer).page()) == [case.reference]


def test_a_team_leader_sees_their_team_and_what_has_no_team():
    mine, theirs = a_member_of_staff(team="North"), a_member_of_staff(team="South")
    cases = [a_case(manager=mine), a_case(manager=theirs), a_case()]
    seen = references(queries.Caseload(viewer=somebody(Role.TEAM_LEADER, team="North")).page())
    assert sorted(seen) == sorted([cases[0].reference, cases[2].reference])


def test_a_case_manager_sees_their_team_and_nothing_without_one():
    colleague = a_member_of_staff(team="North")
    case = a_case(manager=colleague)
    a_case()
    a_case(manager=a_member_of_staff(team="South"))
    seen = references(queries.Caseload(viewer=somebody(Role.CASE_MANAGER, team="North")).page())
    assert seen == [case.reference]


def test_somebody_without_a_team_sees_no_other_teams_case():
    a_case()
    assert references(queries.Caseload(viewer=somebody(Role.CASE_MANAGER, team=None)).page()) == []


def test_a_fraud_officer_sees_fraud_alone():
    fraud = a_case(crime=a_crime(kind=CrimeKind.FRAUD, reference="NFRC260600003"))
    a_case()
    seen = references(queries.Caseload(viewer=somebody(Role.FRAUD_OFFICER)).page())
    assert seen == [fraud.reference]


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.ANALYST, Role.AUDITOR, Role.COURT_OFFICER, Role.PARTNER]
)
def test_these_roles_see_no_case(role):
    case = a_case(manager=a_member_of_staff())
    viewer = somebody(role, agency="Example Agency" if role is Role.PARTNER else None)
    assert references(queries.Caseload(viewer=viewer).page()) == []
    with pytest.raises(NotFound):
        queries.get_case(viewer, case.reference)


def test_a_restricted_case_is_for_its_manager_and_their_leader():
    manager = a_member_of_staff(team="North")
    case = a_case(manager=manager)
    restrict(case)
    may = [an_actor(manager), somebody(Role.TEAM_LEADER, team="North")]
    may_not = [
        somebody(Role.INTAKE_OFFICER),
        somebody(Role.CASE_MANAGER, team="North"),
        somebody(Role.TEAM_LEADER, team="South"),
    ]
    assert all(references(queries.Caseload(viewer=viewer).page()) for viewer in may)
    assert not any(references(queries.Caseload(viewer=viewer).page()) for viewer in may_not)


def test_what_hangs_on_a_case_is_seen_with_the_case():
    case = a_case(manager=a_member_of_staff(team="North"))
    inside, outside = somebody(team="North"), somebody(team="South")
    for model in (Duty, Victim):
        assert db.session.scalars(scope.visible(inside, model)).first() is not None
        assert db.session.scalars(scope.visible(outside, model)).first() is None
    duty = case.duties[0]
    assert queries.row_of(inside, case, Duty, duty.id).id == duty.id
    with pytest.raises(NotFound):
        queries.row_of(outside, case, Duty, duty.id)


@pytest.mark.parametrize("reference", ["BCN-22222", "nonsense", ""])
def test_a_reference_that_is_not_there_is_not_found(reference):
    with pytest.raises(NotFound):
        queries.get_case(somebody(Role.INTAKE_OFFICER), reference)


def test_the_page_of_a_case_costs_the_same_statements_however_long(count_queries: list[str]):
    manager = a_member_of_staff()
    case = a_case(manager=manager, proposals=ENHANCED)
    reference, viewer, spent = case.reference, an_actor(manager), []
    for _ in range(2):
        commands.log_contact(
            case,
            channel=Channel.PHONE,
            outcome=ContactOutcome.SPOKE,
            notes="",
            at=MONDAY,
            actor=TEST,
        )
        commands.assess_needs(
            case,
            stage=Stage.REVIEW,
            answers=dict.fromkeys(NeedCategory, commands.NeedGiven(NeedAnswer.DECLINED)),
            at=MONDAY,
            actor=TEST,
        )
        for hearing in range(1 + 8 * len(spent)):
            commands.record_milestone(
                case.crime,
                kind=Milestone.HEARING_LISTED,
                at=MONDAY,
                about=f"hearing:{hearing}",
                actor=TEST,
            )
            a_case(crime=case.crime)
        db.session.expunge_all()
        count_queries.clear()
        page = queries.case_page(viewer, reference)
        assert page.case.victim.full_name
        assert page.case.manager.name
        assert page.case.crime.offence
        assert page.assessments[0].needs
        spent.append(asked(count_queries))
        db.session.expunge_all()
        case = queries.get_case(viewer, reference)
    assert len(page.open_duties) == 9
    assert spent[0] == spent[1] <= 14


def test_the_desk_counts_what_is_late_due_and_unassigned():
    manager = a_member_of_staff(team="North")
    with clock.fixed(MONDAY - timedelta(days=14)):
        late = a_case(manager=manager)
    a_case(manager=manager)
    a_case(proposals=ENHANCED)
    a_case()
    commands.add_task(late.id, kind=TaskKind.OTHER, about="", due_on=MONDAY.date(), actor=TEST)
    own = queries.desk_counts(an_actor(manager), manager_id=manager.id)
    assert (own.late, own.first_contacts_due, own.open_tasks) == (1, 1, 1)
    assert own.late_cases == 1
    narrowed = queries.CaseList(viewer=an_actor(manager), first_contact=True)
    assert [row.id for row in narrowed.page()] == [late.id]
    leader = queries.desk_counts(somebody(Role.TEAM_LEADER, team="North"))
    assert (leader.unassigned, leader.enhanced_without_manager) == (2, 1)
    (row,) = queries.duties_due(an_actor(manager), MONDAY.date(), manager_id=manager.id)
    assert (row.reference, row.is_late(MONDAY.date())) == (late.reference, True)
    (task,) = queries.open_tasks(an_actor(manager))
    assert task.reference == late.reference


def test_what_is_due_today_counts_for_the_week_as_well():
    manager = a_member_of_staff()
    with clock.fixed(datetime(2026, 11, 20, 9, 0, tzinfo=UTC)):
        a_case(manager=manager, proposals=ENHANCED)
    counts = queries.desk_counts(an_actor(manager), manager_id=manager.id)
    assert (counts.late, counts.due_today, counts.due_soon) == (0, 1, 1)


@pytest.fixture
def jo_clarke() -> CaseFile:
    victim = a_victim(
        first_name="Jo",
        last_name="O'Clarke-Zoë",
        mobile="07700 900321",
        phone="01632 960123",
        email="Jo.Clarke@Example.org",
        address="1 High Street",
        postcode="AL1 3LB",
    )
    return a_case(victim=victim, crime=a_crime(reference="41/00555/2026"))


@pytest.mark.parametrize(
    "words",
    [
        "41/555/26",
        "41/000555/26",
        "jo o'cl",
        "OCLARKE",
        "o’clarke zoe",
        "07700900321",
        "+44 7700 900321",
        "900321",
        "(01632) 960123",
        "960123",
        "jo.clarke@example.org",
        "al13lb",
    ],
)
def test_a_case_is_found_by_what_a_caller_can_say(jo_clarke, words):
    a_case()
    found = queries.search(somebody(Role.INTAKE_OFFICER), words)
    assert [row.reference for row in found] == [jo_clarke.reference]


def test_a_case_is_found_by_its_reference_in_any_writing(jo_clarke):
    typed = jo_clarke.reference.lower().replace("-", " ")
    (found,) = queries.search(somebody(Role.INTAKE_OFFICER), typed)
    assert found.id == jo_clarke.id


def test_a_surname_is_found_by_its_sound_after_those_spelt_so():
    sounded = a_case(victim=a_victim(first_name="Ann", last_name="Clark"))
    spelt = a_case(victim=a_victim(first_name="Zoe", last_name="Clarke"))
    found = queries.search(somebody(Role.INTAKE_OFFICER), "clarke")
    assert [row.reference for row in found] == [spelt.reference, sounded.reference]
    (only,) = queries.search(somebody(Role.INTAKE_OFFICER), "ann clarke")
    assert only.reference == sounded.reference


@pytest.mark.parametrize("words", ["", "  ", "%", "_", "'; --", "nobody of that name", "0"])
def test_words_that_point_to_nobody_find_nothing(jo_clarke, words):
    assert queries.search(somebody(Role.INTAKE_OFFICER), words) == []


def test_search_stays_within_what_may_be_seen(jo_clarke):
    restrict(jo_clarke)
    assert queries.search(somebody(Role.INTAKE_OFFICER), "900321") == []


def test_a_crime_and_its_cases_are_found_by_its_normal_reference(jo_clarke):
    assert queries.crime_by_reference("41/555/26").id == jo_clarke.crime_id
    assert [case.id for case in queries.cases_of_crime("41/555/26")] == [jo_clarke.id]
    assert queries.crime_by_reference("41/1/01") is None


def test_the_terminal_lists_what_is_overdue_without_names(app: Flask):
    with clock.fixed(MONDAY - timedelta(days=14)):
        case = a_case(victim=a_victim(last_name="Quixote"))
    run = app.test_cli_runner().invoke(args=["cases", "overdue", "--json"])
    assert run.exit_code == 0
    assert json.loads(run.stdout) == [
        {
            "case": case.reference,
            "what": "First attempt to reach the victim",
            "due_on": date(2026, 11, 16).isoformat(),
        }
    ]
    plain = app.test_cli_runner().invoke(args=["cases", "overdue"])
    assert plain.stdout.splitlines()[-1] == "1 overdue."
    assert "Quixote" not in plain.stdout
