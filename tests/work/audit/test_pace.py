"""How much one person may read in ten minutes: counted in the log, so that all processes agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.models import AuditEntry
from beacon.audit.terms import EXCEEDED, Pace
from beacon.cases import jobs
from beacon.cases.models import AccessReview
from beacon.cases.terms import ReviewKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import TooMany
from beacon.core.roles import Role
from beacon.core.settings import Setting
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.pages import form_of, text_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def at_most(**limits: int) -> None:
    """Lower the limits, so that few pages reach them."""
    with transaction() as session:
        for name, limit in limits.items():
            session.add(Setting(name=f"access.{name}_in_ten_minutes", text=str(limit)))


def keep_pace(actor: Actor, pace: Pace) -> None:
    """As a request of its own asks."""
    db.session.rollback()
    audit.keep_pace(actor, pace)


def exceeded() -> list[AuditEntry]:
    db.session.rollback()
    query = sa.select(AuditEntry).where(AuditEntry.action == EXCEEDED).order_by(AuditEntry.seq)
    return list(db.session.scalars(query))


@pytest.fixture
def manager(app):
    return a_member_of_staff(Role.CASE_MANAGER)


@pytest.mark.proves("Z-18")
def test_a_person_is_stopped_at_the_limit_and_goes_on_when_ten_minutes_have_passed(manager):
    at_most(cases=3)
    actor = an_actor(manager)
    for minute in range(3):
        with clock.fixed(NOON + timedelta(minutes=minute)):
            keep_pace(actor, Pace.CASES)
            audit.shown(actor, "case_file", [minute], (), action="case.shown")
    with clock.fixed(NOON + timedelta(minutes=4)), pytest.raises(TooMany) as stopped:
        keep_pace(actor, Pace.CASES)
    assert stopped.value.seconds == 6 * 60
    assert "about 6 minutes" in stopped.value.message
    with clock.fixed(NOON + timedelta(minutes=10, seconds=1)):
        keep_pace(actor, Pace.CASES)
    assert [row.outcome for row in exceeded()] == ["refused"]


@pytest.mark.proves("Z-18")
def test_the_limit_is_of_one_person_and_of_one_kind_of_reading(manager):
    at_most(cases=1)
    audit.shown(an_actor(manager), "case_file", [1], (), action="case.shown")
    keep_pace(an_actor(manager), Pace.SEARCHES)
    keep_pace(an_actor(a_member_of_staff()), Pace.CASES)
    keep_pace(TEST, Pace.CASES)
    with pytest.raises(TooMany):
        keep_pace(an_actor(manager), Pace.CASES)


@pytest.mark.proves("Z-18")
def test_pages_of_cases_are_stopped_by_the_database_whichever_process_shows_them(
    app, desk, manager
):
    at_most(cases=4)
    case = a_case(manager=manager, victim=a_victim(last_name="Hartwell"))
    pages = (
        f"/cases/{case.reference}",
        f"/cases/{case.reference}/close",
        f"/people/{case.victim_id}/contact",
    )
    one, other = desk(person=manager), desk(person=manager)
    for page in (*pages, pages[0]):
        assert one.get(page).status_code == 200
    for browser in (one, other):
        for page in pages:
            answer = browser.get(page)
            assert answer.status_code == 429, page
            assert 0 < int(answer.headers["Retry-After"]) <= 600
            assert "Hartwell" not in answer.get_data(as_text=True)
            assert "Wait about 10 minutes" in text_of(answer)
    assert len(exceeded()) == 1  # once in ten minutes, however often they try


@pytest.mark.proves("Z-18")
def test_searches_are_stopped_and_what_was_typed_is_shown_to_be_copied(app, desk, manager):
    at_most(searches=2)
    browser = desk(person=manager)
    for _ in range(2):
        assert browser.submit("/search", words="Nobody at all").status_code == 200
    answer = browser.submit("/search", words="Nobody at all")
    assert answer.status_code == 429
    assert "Nobody at all" in answer.get_data(as_text=True)


def test_a_form_that_was_typed_is_still_taken_at_the_limit(app, desk, manager):
    case = a_case(manager=manager)
    browser = desk(person=manager)
    browser.get(f"/people/{case.victim_id}/contact")
    page = browser.get(f"/people/{case.victim_id}/contact")
    at_most(cases=2)
    answer = browser.post(f"/people/{case.victim_id}/contact", data=form_of(page))
    assert answer.status_code == 302


@pytest.mark.proves("Z-18")
def test_a_stop_is_looked_at_by_somebody_once(app, manager):
    at_most(cases=1)
    actor = an_actor(manager)
    audit.shown(actor, "case_file", [1], (), action="case.shown")
    for _ in range(2):
        with pytest.raises(TooMany):
            keep_pace(actor, Pace.CASES)
    assert [jobs.review_paces(), jobs.review_paces()] == [1, 0]
    review = db.session.scalars(sa.select(AccessReview)).one()
    assert (review.kind, review.staff_id, review.case_id) == (ReviewKind.PACE, manager.id, None)


@pytest.mark.proves("Z-18")
def test_the_count_is_read_from_an_index(app, manager):
    for number in range(400):
        who = replace(an_actor(manager), id=number % 40)
        audit.shown(
            who, "case_file", [number], (), action=("case.shown", "case.listed")[number % 2]
        )
    asked = (
        "SELECT count(*), min(at) FROM audit_entry WHERE actor_id = 1 "
        "AND action IN ('case.shown', 'referral.shown') AND at > '2026'"
    )
    if db.engine.dialect.name == "sqlite":
        plan = str(db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {asked}")).all())
    else:
        db.session.execute(sa.text("ANALYZE audit_entry"))
        db.session.execute(sa.text("SET LOCAL enable_seqscan = off"))
        plan = str(db.session.execute(sa.text(f"EXPLAIN {asked}")).all())
    assert "ix_audit_entry_pace" in plan
