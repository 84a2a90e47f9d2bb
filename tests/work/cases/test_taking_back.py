"""What was declared stands until somebody else agrees that it may be taken back (RULE 7.7)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.accounts.models import DeclaredContact, Staff
from beacon.accounts.queries import declared_by
from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.models import AccessReview, CaseFile
from beacon.cases.terms import ReviewKind, ReviewOutcome
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import declare

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "wheelbarrow lantern tide"
JUSTIFIED, NOT_JUSTIFIED = ReviewOutcome.JUSTIFIED, ReviewOutcome.NOT_JUSTIFIED


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def person() -> Staff:
    return a_member_of_staff(Role.TEAM_LEADER, Role.INTAKE_OFFICER)


@pytest.fixture
def case() -> CaseFile:
    return a_case(victim=a_victim(mobile="07700 900444"))


def opens(person: Staff, case: CaseFile) -> bool:
    seen = scope.visible(an_actor(person), CaseFile).where(CaseFile.id == case.id)
    return db.session.scalar(seen) is not None


def ask(person: Staff, declared: DeclaredContact) -> None:
    accounts.ask_to_withdraw(person, declared.id, actor=an_actor(person))


def waiting() -> AccessReview:
    query = sa.select(AccessReview).where(AccessReview.reviewed_at.is_(None))
    return db.session.scalars(query).one()


def look(who: Staff, outcome: ReviewOutcome) -> None:
    commands.clear_review(waiting(), outcome=outcome, note="I asked them", actor=an_actor(who))


@pytest.mark.proves("Z-11", "Z-13")
def test_a_record_stays_closed_until_somebody_else_has_found_the_withdrawal_justified(
    person: Staff, case: CaseFile
):
    other = a_member_of_staff(Role.TEAM_LEADER)
    declared = declare(person, mobile="07700 900444")
    ask(person, declared)
    assert not opens(person, case)
    review = waiting()
    assert (review.kind, review.staff_id, review.case_id) == (
        ReviewKind.WITHDRAWAL,
        person.id,
        None,
    )
    with pytest.raises(RuleBroken, match="Somebody else must look at it"):
        look(person, JUSTIFIED)
    with pytest.raises(NotFound):
        look(a_member_of_staff(Role.TEAM_LEADER, team="South"), JUSTIFIED)
    assert not opens(person, case)
    look(other, JUSTIFIED)
    assert opens(person, case)
    assert declared_by(person.id) == []
    with pytest.raises(NotFound):
        ask(person, declared)


@pytest.mark.proves("Z-11")
def test_what_was_not_justified_stands_and_may_be_asked_again(person: Staff, case: CaseFile):
    auditor = a_member_of_staff(Role.AUDITOR, team=None)
    declared = declare(person, mobile="07700 900444")
    for _ in range(2):
        ask(person, declared)
        ask(person, declared)  # once at a time
        assert [one.is_asked for one in declared_by(person.id)] == [True]
        look(auditor, NOT_JUSTIFIED)
        assert [one.is_asked for one in declared_by(person.id)] == [False]
        assert not opens(person, case)
    ask(person, declared)
    look(auditor, JUSTIFIED)
    assert opens(person, case)
    db.session.rollback()
    written = sa.select(AuditEntry.action).where(
        AuditEntry.action.in_(["accounts.withdrawal_asked", "accounts.contact_withdrawn"])
    )
    assert db.session.scalars(written.order_by(AuditEntry.seq)).all() == [
        *["accounts.withdrawal_asked"] * 3,
        "accounts.contact_withdrawn",
    ]


@pytest.mark.proves("Z-13")
def test_nobody_takes_back_their_own_by_whatever_way_or_another_persons(person: Staff):
    declared = declare(person, mobile="07700 900444")
    with pytest.raises(RuleBroken, match="Somebody else must agree"):
        accounts.withdraw(declared.id, actor=an_actor(person))
    with pytest.raises(NotFound):
        ask(a_member_of_staff(Role.TEAM_LEADER), declared)
    assert queries.withdrawals_waiting(person.id) == set()


@pytest.mark.proves("Z-12")
def test_ones_own_record_stays_closed_when_one_signs_in_by_another_address():
    person = a_member_of_staff(Role.TEAM_LEADER, email="kin@example.org")
    leader, elsewhere = (
        a_member_of_staff(Role.TEAM_LEADER, team=one) for one in ("North", "South")
    )
    accounts.set_password(person, PASSWORD, actor=TEST)
    case = a_case(victim=a_victim(email="Kin@example.org"))
    assert not opens(person, case)
    for address in ("new@example.org", "kin@example.org", "last@example.org"):
        accounts.change_email(person, current=PASSWORD, email=address, actor=an_actor(person))
        assert [opens(one, case) for one in (person, leader, elsewhere)] == [False, False, True]
    assert [one.facts for one in declared_by(person.id)] == [
        {"email": "kin@example.org"},
        {"email": "new@example.org"},
    ]
