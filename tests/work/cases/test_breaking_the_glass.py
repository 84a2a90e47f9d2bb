"""Reading a case out of scope: asked for, opened for an hour, told at once, looked at after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.models import AccessReview, BreakGlass, CaseFile
from beacon.cases.terms import ReviewKind, ReviewOutcome
from beacon.core import clock, scope
from beacon.core.actor import Actor, reader
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.mail.models import OutboundMail
from beacon.oversight import queries as oversight
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import restricted

FRIDAY = datetime(2026, 11, 27, 21, 30, tzinfo=UTC)
WHY = "She rang: he is at her door tonight."


@pytest.fixture(autouse=True)
def friday(app: Flask):
    with clock.fixed(FRIDAY):
        yield


@pytest.fixture
def case(friday: None) -> CaseFile:
    victim = a_victim(last_name="Glasshouse")
    return restricted(a_case(manager=a_member_of_staff(team="South"), victim=victim))


@pytest.fixture
def person(friday: None) -> Staff:
    return a_member_of_staff(Role.CASE_MANAGER, team="North", name="Kit Breaker")


def may_read(actor: Actor, case: CaseFile) -> bool:
    seen = scope.visible(reader(actor), CaseFile).where(CaseFile.id == case.id)
    return db.session.scalar(seen) is not None


def may_work_on(actor: Actor, case: CaseFile) -> bool:
    seen = scope.visible(actor, CaseFile).where(CaseFile.id == case.id)
    return db.session.scalar(seen) is not None


@pytest.mark.proves("Z-09")
@pytest.mark.parametrize(
    "why", ["", "abc", "aaaaaaaaaaaaaaaaaaaaaaaa", "Urgent urgent urgent urgent", "She is ill"]
)
def test_without_a_reason_that_says_something_the_glass_stays_whole(why: str, case, person):
    with pytest.raises(RuleBroken, match="at least 20 characters and 3 words") as refused:
        commands.break_glass(case.reference, reason=why, actor=an_actor(person))
    assert refused.value.field == "reason"
    assert not may_read(an_actor(person), case)
    assert db.session.scalar(sa.select(BreakGlass)) is None


@pytest.mark.proves("Z-09")
def test_a_broken_glass_opens_the_case_to_be_read_and_to_nobody_else(case, person):
    actor = an_actor(person)
    assert not may_read(actor, case)
    commands.break_glass(case.reference.lower(), reason=WHY, actor=actor)
    assert may_read(actor, case)
    assert not may_work_on(actor, case)
    assert not may_read(an_actor(a_member_of_staff(team="North")), case)
    assert queries.search(actor, "Glasshouse") == []
    opened = queries.open_to(actor, case.reference)
    assert (opened.is_only_read, opened.glass.until) == (True, FRIDAY + timedelta(minutes=60))


@pytest.mark.proves("Z-09")
@pytest.mark.parametrize(
    "role", [Role.COURT_OFFICER, Role.PARTNER, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_who_works_with_no_case_breaks_no_glass(role: Role, case):
    actor = an_actor(a_member_of_staff(role, agency="Example Refuge"))
    with pytest.raises(RuleBroken, match="You may no longer do this"):
        commands.break_glass(case.reference, reason=WHY, actor=actor)


@pytest.mark.proves("Z-09")
def test_breaking_the_glass_is_written_down_without_the_words(case, person):
    commands.break_glass(case.reference, reason=WHY, actor=an_actor(person))
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "break_glass")
    ).one()
    assert (entry.operation, entry.outcome) == ("consultation", "done")
    assert (entry.object_type, entry.object_id) == ("case_file", str(case.id))
    assert (entry.actor_id, entry.reason) == (person.id, "given")
    assert "door" not in entry.facts
    glass = db.session.scalars(sa.select(BreakGlass)).one()
    assert glass.reason == WHY
    assert b"door" not in glass.reason_sealed


@pytest.mark.proves("Z-09")
def test_leaders_of_both_teams_and_the_auditor_are_told_at_once_and_no_word_of_the_victim(
    case, person
):
    told = [
        a_member_of_staff(Role.TEAM_LEADER, team="North"),
        a_member_of_staff(Role.TEAM_LEADER, team="South"),
        a_member_of_staff(Role.AUDITOR, team=None),
    ]
    a_member_of_staff(Role.TEAM_LEADER, team="East")
    commands.break_glass(case.reference, reason=WHY, actor=an_actor(person))
    mails = db.session.scalars(sa.select(OutboundMail).order_by(OutboundMail.id)).all()
    assert {mail.to for mail in mails} == {one.email for one in told}
    assert len(mails) == 3
    for mail in mails:
        assert mail.send_after <= FRIDAY + timedelta(minutes=1)
        words = f"{mail.subject} {mail.body}"
        assert case.reference in words
        assert "Kit Breaker" in words
        assert "22:30 on 27 November" in words
        assert "Glasshouse" not in words
        assert WHY not in words


@pytest.mark.proves("Z-13")
def test_a_leader_who_breaks_the_glass_is_not_told_of_themselves_and_cannot_clear_it(case):
    leader = a_member_of_staff(Role.TEAM_LEADER, Role.AUDITOR, team="North")
    actor = an_actor(leader)
    commands.break_glass(case.reference, reason=WHY, actor=actor)
    assert db.session.scalars(sa.select(OutboundMail)).all() == []
    review = db.session.scalars(sa.select(AccessReview)).one()
    assert queries.review_counts(actor).waiting == 0
    with pytest.raises(RuleBroken, match="your own access. Somebody else must look"):
        commands.clear_review(review, outcome=ReviewOutcome.JUSTIFIED, note="Mine.", actor=actor)
    assert review.reviewed_at is None
    other = an_actor(a_member_of_staff(Role.AUDITOR, team=None))
    commands.clear_review(review, outcome=ReviewOutcome.JUSTIFIED, note="Checked.", actor=other)
    assert (review.outcome, review.note) == (ReviewOutcome.JUSTIFIED, "Checked.")
    with pytest.raises(RuleBroken, match="Somebody has looked at this already"):
        commands.clear_review(review, outcome=ReviewOutcome.JUSTIFIED, note="Twice.", actor=other)


@pytest.mark.proves("Z-10")
def test_after_an_hour_the_case_is_closed_again(case, person):
    actor = an_actor(person)
    commands.break_glass(case.reference, reason=WHY, actor=actor)
    with clock.fixed(FRIDAY + timedelta(minutes=59, seconds=59)):
        assert may_read(actor, case)
    with clock.fixed(FRIDAY + timedelta(minutes=60)):
        assert not may_read(actor, case)
        with pytest.raises(NotFound):
            queries.open_to(actor, case.reference)


@pytest.mark.proves("Z-10")
def test_whoever_broke_the_glass_closes_it_before_its_time_and_nobody_else_does(case, person):
    actor = an_actor(person)
    commands.break_glass(case.reference, reason=WHY, actor=actor)
    with pytest.raises(NotFound):
        commands.close_glass(case.reference, actor=an_actor(a_member_of_staff()))
    assert may_read(actor, case)
    commands.close_glass(case.reference, actor=actor)
    assert not may_read(actor, case)


@pytest.mark.proves("Z-10")
def test_a_second_time_on_one_day_is_counted_before_the_leader(case, person):
    actor = an_actor(person)
    leader = a_member_of_staff(Role.TEAM_LEADER, team="North")
    with clock.fixed(FRIDAY - timedelta(days=1)):
        commands.break_glass(case.reference, reason=WHY, actor=actor)
    for minutes in (0, 61):
        with clock.fixed(FRIDAY + timedelta(minutes=minutes)):
            commands.break_glass(case.reference, reason=WHY, actor=actor)
    rows = oversight.reviews_waiting(an_actor(leader))
    assert [row.times_that_day for row in rows] == [1, 2, 2]
    bodies = [mail.body for mail in db.session.scalars(sa.select(OutboundMail))]
    assert "It is the second time that they did so today." in bodies[-1]


def test_a_case_that_is_open_to_somebody_needs_no_broken_glass():
    manager = a_member_of_staff()
    case, actor = a_case(manager=manager), an_actor(manager)
    commands.break_glass(case.reference, reason=WHY, actor=actor)
    assert db.session.scalar(sa.select(BreakGlass)) is None
    assert db.session.scalar(sa.select(AccessReview)) is None


@pytest.mark.proves("Z-09")
def test_an_access_waits_two_working_days_for_its_leader_or_an_auditor_and_no_other(case, person):
    commands.break_glass(case.reference, reason=WHY, actor=an_actor(person))
    review = db.session.scalars(sa.select(AccessReview)).one()
    assert (review.kind, review.due_on) == (ReviewKind.BREAK_GLASS, date(2026, 12, 1))
    expected = {
        (Role.TEAM_LEADER, "North"): 1,
        (Role.TEAM_LEADER, "South"): 1,
        (Role.TEAM_LEADER, "East"): 0,
        (Role.AUDITOR, None): 1,
        (Role.CASE_MANAGER, "North"): 0,
        (Role.ADMINISTRATOR, None): 0,
    }
    for (role, team), waiting in expected.items():
        viewer = an_actor(a_member_of_staff(role, team=team))
        assert queries.review_counts(viewer).waiting == waiting, (role, team)
        assert len(oversight.reviews_waiting(viewer)) == waiting
        if not waiting:
            with pytest.raises(NotFound):
                commands.clear_review(
                    review, outcome=ReviewOutcome.JUSTIFIED, note="Fine.", actor=viewer
                )
    with clock.fixed(FRIDAY + timedelta(days=5)):
        auditor = an_actor(a_member_of_staff(Role.AUDITOR, team=None))
        assert queries.review_counts(auditor).overdue == 1


def test_the_list_of_reviews_takes_as_many_statements_for_many_as_for_one(
    case, person, count_queries
):
    leader, sent = an_actor(a_member_of_staff(Role.TEAM_LEADER, team="North")), []
    for more in (1, 5):
        for _ in range(more):
            commands.break_glass(case.reference, reason=WHY, actor=an_actor(person))
            with transaction() as session:
                for glass in session.scalars(sa.select(BreakGlass)):
                    glass.ended_at = clock.now()
        count_queries.clear()
        rows = oversight.reviews_waiting(leader)
        sent.append(sum(one.startswith(("SELECT", "WITH")) for one in count_queries))
    assert len(rows) == 6
    assert sent[0] == sent[1]
