"""Cases change hands together; nobody leaves while they answer for any."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.accounts import leaving
from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.models import CaseFile, TimelineEntry
from beacon.cases.terms import CaseStatus, TimelineEvent
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from tests.factories import TEST, a_case, a_member_of_staff, an_actor
from tests.work.fraud_hub.builders import a_fraud_case

WHY = "Left today without notice"


@pytest.fixture
def leaver(app: Flask) -> Staff:
    return a_member_of_staff(name="Kim Sample", email="kim@example.org")


@pytest.fixture
def leader(app: Flask) -> Staff:
    return a_member_of_staff(Role.TEAM_LEADER)


def managers(cases: list[CaseFile]) -> list[int | None]:
    db.session.rollback()
    return [db.session.get_one(CaseFile, case.id).manager_id for case in cases]


def entries(action: str) -> list[AuditEntry]:
    db.session.rollback()
    query = sa.select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.seq)
    return list(db.session.scalars(query))


@pytest.mark.proves("Z-17")
def test_a_leaver_with_twelve_cases_is_refused_until_they_are_handed_over(
    leaver: Staff, leader: Staff
):
    cases, taker = [a_case(manager=leaver) for _ in range(12)], a_member_of_staff()
    with pytest.raises(RuleBroken, match="Kim Sample still has 12 open cases") as refused:
        accounts.disable(leaver, actor=TEST)
    assert refused.value.field == "reason"
    assert leaver.disabled_at is None
    came = commands.hand_over(
        [case.id for case in cases], of=leaver, to=taker, actor=an_actor(leader)
    )
    assert (came.done, came.refused) == (12, {})
    assert managers(cases) == [taker.id] * 12
    given = entries("case.assigned")[-12:]
    assert [entry.object_id for entry in given] == [str(case.id) for case in cases]
    assert {entry.actor_id for entry in given} == {leader.id}
    assert accounts.disable(leaver, actor=TEST) == 0
    assert leaver.disabled_at is not None


@pytest.mark.proves("Z-17")
def test_a_forced_leaver_leaves_each_case_to_the_team_with_the_reason_in_it(leaver: Staff):
    cases = [a_case(manager=leaver) for _ in range(3)]
    before = [case.version for case in cases]
    assert accounts.disable(leaver, reason=f" {WHY} ", actor=TEST) == 3
    assert managers(cases) == [None] * 3
    assert {case.team_id for case in cases} == {leaver.team_id}
    assert [case.version for case in cases] == [one + 1 for one in before]
    lines = db.session.scalars(
        sa.select(TimelineEntry).where(TimelineEntry.event == TimelineEvent.RELEASED)
    ).all()
    assert [line.case_id for line in lines] == [case.id for case in cases]
    assert {line.words for line in lines} == {f"Kim Sample no longer works here. {WHY}"}
    assert len(entries("case.released")) == 3
    (forced,) = entries("accounts.disabled")
    assert '"left_to_nobody":3' in forced.facts
    assert WHY not in "".join(
        f"{e.facts}{e.reason}" for e in db.session.scalars(sa.select(AuditEntry))
    )


def change(person: Staff, *roles: Role, ends_on: date | None = None) -> None:
    """As the administrator's page changes somebody."""
    accounts.change_staff(
        person, roles=roles, team="North", agency=None, ends_on=ends_on, actor=TEST
    )


@pytest.mark.proves("Z-17")
@pytest.mark.parametrize("roles", [(Role.ANALYST,), (Role.FRAUD_OFFICER, Role.INTAKE_OFFICER)])
def test_whoever_has_cases_in_hand_keeps_the_roles_to_do_them(
    leaver: Staff, leader: Staff, roles: tuple[Role, ...]
):
    cases, taker = [a_case(manager=leaver) for _ in range(2)], a_member_of_staff()
    with pytest.raises(RuleBroken, match="Kim Sample still has 2 open cases") as refused:
        change(leaver, *roles)
    assert refused.value.field == "roles"
    db.session.rollback()
    assert db.session.get_one(Staff, leaver.id).roles == {Role.CASE_MANAGER}
    assert entries("accounts.changed") == []
    change(leaver, Role.TEAM_LEADER, Role.ANALYST)
    commands.hand_over([case.id for case in cases], of=leaver, to=taker, actor=an_actor(leader))
    change(leaver, *roles)
    assert leaver.roles == set(roles)


@pytest.mark.proves("Z-17")
def test_a_fraud_officer_keeps_fraud_cases(app: Flask):
    officer = a_member_of_staff(Role.CASE_MANAGER)
    a_fraud_case(manager=officer)
    change(officer, Role.FRAUD_OFFICER)
    assert officer.roles == {Role.FRAUD_OFFICER}
    with pytest.raises(RuleBroken, match="1 open case"):
        change(officer, Role.COURT_OFFICER)


@pytest.mark.proves("Z-17")
@pytest.mark.parametrize("days", [-30, -1, 0])
def test_nobodys_last_day_is_over_while_they_have_cases_in_hand(leaver: Staff, days: int):
    case, last = a_case(manager=leaver), clock.today() + timedelta(days=days)
    with pytest.raises(RuleBroken, match="Kim Sample still has 1 open case") as refused:
        change(leaver, Role.CASE_MANAGER, ends_on=last)
    assert refused.value.field == "ends_on"
    assert "or give a later day" in refused.value.message
    db.session.rollback()
    assert db.session.get_one(Staff, leaver.id).ends_on is None
    commands.release_cases(leaver.id, name=leaver.name, reason=WHY, actor=TEST)
    change(leaver, Role.CASE_MANAGER, ends_on=last)
    assert (leaver.ends_on, managers([case])) == (last, [None])


@pytest.mark.proves("Z-17")
def test_a_last_day_to_come_is_kept_and_stands_where_cases_are_handed_over(
    leaver: Staff, leader: Staff
):
    a_case(manager=leaver)
    last = clock.today() + timedelta(days=14)
    change(leaver, Role.CASE_MANAGER, ends_on=last)
    assert leaver.ends_on == last
    (load,) = queries.loads_to_hand_over(an_actor(leader))
    assert load.last_day == last
    with clock.fixed(clock.now() + timedelta(days=20)):
        change(leaver, Role.CASE_MANAGER, Role.ANALYST, ends_on=last)  # the day itself stays


@pytest.mark.proves("Z-17")
def test_a_fault_half_way_leaves_the_leaver_and_the_cases_as_they_were(leaver: Staff):
    cases = [a_case(manager=leaver) for _ in range(2)]
    with pytest.raises(LookupError), transaction():
        _disable_and_fail(leaver)
    assert managers(cases) == [leaver.id] * 2
    assert leaver.disabled_at is None
    assert entries("case.released") == []


def _disable_and_fail(leaver: Staff) -> None:
    accounts.disable(leaver, reason=WHY, actor=TEST)
    raise LookupError


def test_a_closed_case_is_not_in_hand(leaver: Staff):
    case = a_case(manager=leaver)
    with transaction():
        case.closing_note, case.closed_at, case.status = "Done", clock.now(), CaseStatus.CLOSED
    assert leaving.held_by(leaver.id) == {}
    assert accounts.disable(leaver, actor=TEST) == 0
    assert managers([case]) == [leaver.id]


@pytest.mark.proves("Z-17")
def test_the_command_line_refuses_and_forces_in_the_same_way(app: Flask, leaver: Staff):
    case = a_case(manager=leaver)
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["accounts", "disable", "kim@example.org"])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "1 open case" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    forced = runner.invoke(args=["accounts", "disable", "kim@example.org", "--reason", WHY])
    assert (forced.exit_code, forced.stdout) == (
        0,
        "kim@example.org can no longer sign in. Left to nobody: 1.\n",
    )
    assert managers([case]) == [None]


@pytest.mark.proves("Z-04")
def test_a_leader_hands_over_only_what_they_may_see(leaver: Staff, leader: Staff):
    elsewhere = a_member_of_staff(team="South")
    mine, theirs = a_case(manager=leaver), a_case(manager=elsewhere)
    taker = a_member_of_staff()
    with pytest.raises(NotFound):
        commands.hand_over([theirs.id], of=elsewhere, to=taker, actor=an_actor(leader))
    came = commands.hand_over([mine.id, theirs.id], of=leaver, to=taker, actor=an_actor(leader))
    assert (came.done, came.refused) == (1, {})
    assert managers([mine, theirs]) == [taker.id, elsewhere.id]
    names = [load.name for load in queries.loads_to_hand_over(an_actor(leader))]
    assert names == [taker.name]


def test_what_cannot_go_over_is_told_and_stops_none_of_the_others(leaver: Staff, leader: Staff):
    plain, enhanced = a_case(manager=leaver), a_case(manager=leaver, domestic_abuse=True)
    with transaction():
        enhanced.enhanced = True
    fraud_only = a_member_of_staff(Role.FRAUD_OFFICER)
    came = commands.hand_over(
        [plain.id, enhanced.id], of=leaver, to=fraud_only, actor=an_actor(leader)
    )
    assert came.done == 0
    assert set(came.refused) == {plain.reference, enhanced.reference}
    assert managers([plain, enhanced]) == [leaver.id] * 2


def test_a_case_that_went_to_another_meanwhile_stays_there(leaver: Staff, leader: Staff):
    case, quick, slow = a_case(manager=leaver), a_member_of_staff(), a_member_of_staff()
    commands.hand_over([case.id], of=leaver, to=quick, actor=an_actor(leader))
    with pytest.raises(NotFound):
        commands.hand_over([case.id], of=leaver, to=slow, actor=an_actor(leader))
    assert managers([case]) == [quick.id]


@pytest.mark.proves("Z-17")
def test_nobody_is_given_a_case_while_they_are_stopped(app: Flask, leaver: Staff):
    case_id, number = a_case().id, leaver.id
    came: list[str] = []

    def give() -> None:
        with app.app_context():
            case, person = db.session.get_one(CaseFile, case_id), db.session.get_one(Staff, number)
            try:
                commands.assign_manager(case, person, version=case.version, actor=TEST)
            except RuleBroken as refusal:
                came.append(refusal.message)
            else:
                came.append("given")

    giver = threading.Thread(target=give)
    with transaction():
        accounts.disable(leaver, actor=TEST)
        giver.start()
        giver.join(0.5)  # it waits for us, or else it is done by now
        assert came == []
    giver.join()
    assert came == ["Kim Sample no longer works here. Choose somebody else."]
    db.session.rollback()
    assert db.session.get_one(CaseFile, case_id).manager_id is None
