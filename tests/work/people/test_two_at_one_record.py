"""Several people at one record in one moment: nothing is lost, and whoever is late looks again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.errors import RuleBroken, Stale
from beacon.core.roles import Role
from beacon.people import commands
from beacon.people.models import Victim
from beacon.people.terms import Disability, Fact
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor

pytestmark = pytest.mark.on_both

THREADS, TIMES = 4, 60
ANSWERS = (Disability.PHYSICAL, Disability.NONE)


def once_more(victim_id: int) -> None:
    """Read the record, change it, and write it; look again for as long as somebody was quicker."""
    while True:
        db.session.rollback()
        victim = db.session.get_one(Victim, victim_id)
        version = victim.version
        other = next(one for one in ANSWERS if one is not victim.disability)
        try:
            commands.say_disability(victim, other, version=version, actor=TEST)
        except Stale:
            continue
        return


@pytest.mark.timeout(300)
@pytest.mark.proves("L-04")
def test_two_hundred_and_forty_changes_of_four_threads_are_all_counted(app: Flask):
    victim = a_victim()
    victim_id, before = victim.id, victim.version
    db.session.rollback()

    def work() -> None:
        with app.app_context():
            for _ in range(TIMES):
                once_more(victim_id)

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(work) for _ in range(THREADS)]:
            done.result()
    db.session.rollback()
    assert db.session.get_one(Victim, victim_id).version == before + THREADS * TIMES
    asked = sa.select(sa.func.count()).where(AuditEntry.action == "victim.equality_asked")
    assert db.session.scalar(asked) == THREADS * TIMES


@pytest.mark.proves("L-03")
def test_whoever_has_a_case_open_while_many_are_handed_over_looks_again(app: Flask):
    leaver, taker = a_member_of_staff(name="Lena Goes"), a_member_of_staff(name="Tom Stays")
    leader = an_actor(a_member_of_staff(Role.TEAM_LEADER))
    given = [a_case(manager=leaver) for _ in range(3)]
    opened = {case.id: case.version for case in given}
    came = cases.hand_over(opened, of=leaver, to=taker, actor=leader)
    assert (came.done, came.refused) == (3, {})
    db.session.rollback()
    for case_id, version in opened.items():
        case = db.session.get_one(CaseFile, case_id)
        assert case.version == version + 1
        with pytest.raises(Stale, match="Somebody else has changed this case"):
            cases.assign_manager(case, leaver, version=version, actor=leader)
        assert db.session.get_one(CaseFile, case_id).manager_id == taker.id


@pytest.mark.proves("L-10")
def test_whoever_has_a_record_open_while_it_is_linked_is_led_to_the_other(app: Flask):
    first, second = a_victim(last_name="Example"), a_victim(last_name="Example")
    opened = {one.id: one.version for one in (first, second)}
    commands.link(first, second, facts=[Fact.NAME, Fact.BORN], actor=TEST)
    db.session.rollback()
    for one in (first, second):
        with pytest.raises(RuleBroken, match="linked it with another.*records that are linked"):
            commands.say_disability(one, Disability.PHYSICAL, version=opened[one.id], actor=TEST)
        assert one.disability is not Disability.PHYSICAL
    seen = second.version
    commands.unlink(first, second, reason="Two people of one name", actor=TEST)
    db.session.rollback()
    with pytest.raises(RuleBroken, match="linked it with another"):
        commands.say_disability(second, Disability.PHYSICAL, version=seen, actor=TEST)
    commands.say_disability(second, Disability.PHYSICAL, version=second.version, actor=TEST)
    assert second.disability is Disability.PHYSICAL


def test_a_mere_guess_that_two_are_one_disturbs_nobody(app: Flask):
    first, second = a_victim(), a_victim()
    opened = second.version
    commands.suggest(first, second, facts=[Fact.NAME], actor=TEST)
    commands.say_disability(second, Disability.PHYSICAL, version=opened, actor=TEST)
    assert second.disability is Disability.PHYSICAL
