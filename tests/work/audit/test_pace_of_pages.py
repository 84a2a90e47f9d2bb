"""Every page that shows a person counts, and is stopped at the limit, however it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests.conftest import DeskClient
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.feed_rows import a_file
from tests.hearings import a_hearing
from tests.pages import form_of, text_of
from tests.work.fraud_hub.builders import a_fraud_case

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Desk = Callable[..., DeskClient]
PAGES = [
    (Role.CASE_MANAGER, "/cases/{case}/contacts/new"),
    (Role.CASE_MANAGER, "/cases/{case}/needs/new"),
    (Role.TEAM_LEADER, "/cases/{case}/access"),
    (Role.TEAM_LEADER, "/cases/{case}/access/names"),
    (Role.CASE_MANAGER, "/people/{victim}/contact"),
    (Role.FRAUD_OFFICER, "/fraud/cases/{fraud}/loss"),
    (Role.FRAUD_OFFICER, "/fraud/cases/{fraud}/prevented"),
    (Role.INTAKE_OFFICER, "/referrals/{referral}"),
    (Role.INTAKE_OFFICER, "/referrals/{referral}/decline"),
    (Role.COURT_OFFICER, "/hearings/{hearing}/number"),
    (Role.COURT_OFFICER, "/hearings/{hearing}/vacate"),
    (Role.COURT_OFFICER, "/hearings/{hearing}/defendant"),
]
LISTS = [
    (Role.TEAM_LEADER, "/cases/?whose=all", "lists"),
    (Role.TEAM_LEADER, "/cases/hand-over/{manager}", "lists"),
    (Role.FRAUD_OFFICER, "/fraud/cases/", "lists"),
    (Role.INTAKE_OFFICER, "/referrals/", "cases"),
    (Role.COURT_OFFICER, "/hearings/?day=24&day=11&day=2026", "cases"),
]
NAME = "Quarrington"


@pytest.fixture(autouse=True)
def noon(app: Flask):
    with clock.fixed(NOON):
        yield


@pytest.fixture
def known(app: Flask) -> dict[str, object]:
    """A record of each kind, all of people of one name."""
    manager = a_member_of_staff()
    case = a_case(manager=manager, victim=a_victim(last_name=NAME))
    fraud = a_fraud_case(manager=manager, victim=a_victim(last_name=NAME))
    import_file(
        "police", a_file({"consent_to_referral": "no", "last_name": NAME}),
        file_name="list.csv", actor=TEST,
    )  # fmt: skip
    return {
        "case": case.reference,
        "victim": case.victim_id,
        "fraud": fraud.reference,
        "referral": db.session.scalars(sa.select(Referral.id)).first(),
        "hearing": a_hearing(last_name=NAME).id,
        "manager": manager.id,
    }


def at_most(pace: str, limit: int) -> None:
    with transaction() as session:
        session.add(Setting(name=f"access.{pace}_in_ten_minutes", text=str(limit)))


def token_of(browser: DeskClient) -> dict[str, str]:
    return {"csrf_token": form_of(browser.get("/"))["csrf_token"]}


def written_by(browser: DeskClient, action: str) -> int:
    db.session.rollback()
    query = sa.select(sa.func.count(AuditEntry.seq)).where(
        AuditEntry.actor_id == browser.person_id, AuditEntry.action == action
    )
    return db.session.scalar(query) or 0


@pytest.mark.proves("Z-18")
@pytest.mark.parametrize(("role", "page"), PAGES, ids=lambda given: str(given))
def test_a_form_that_is_not_taken_shows_nobody_beyond_the_limit(
    desk: Desk, known: dict[str, object], role: Role, page: str
):
    browser, where = desk(role), page.format(**known)
    sent = token_of(browser) | {"version": "99"}  # as of a page that has grown old
    at_most("cases", 2)
    for _ in range(2):
        answer = browser.post(where, data=sent)
        assert (answer.status_code, NAME in text_of(answer)) == (200, True)
    for _ in range(2):
        answer = browser.post(where, data=sent)
        assert answer.status_code == 429
        assert NAME not in answer.text
        assert "You have opened very many records" in text_of(answer)


@pytest.mark.proves("Z-18")
def test_pages_of_every_kind_count_towards_one_limit(desk: Desk, known: dict[str, object]):
    leader, officer = desk(Role.TEAM_LEADER), desk(Role.COURT_OFFICER)
    at_most("cases", 2)
    for page in ("/cases/{case}", "/cases/{case}/access"):
        assert leader.get(page.format(**known)).status_code == 200
        assert officer.get("/hearings/{hearing}".format(**known)).status_code == 200
    for browser, page in ((leader, "/cases/{fraud}/access"), (officer, "/hearings/{hearing}")):
        assert browser.get(page.format(**known)).status_code == 429


@pytest.mark.proves("Z-18")
@pytest.mark.parametrize(("role", "page", "pace"), LISTS, ids=lambda given: str(given))
def test_lists_are_stopped_at_a_limit_too(
    desk: Desk, known: dict[str, object], role: Role, page: str, pace: str
):
    browser, where = desk(role), page.format(**known)
    at_most(pace, 2)
    for _ in range(2):
        answer = browser.get(where)
        assert (answer.status_code, NAME in text_of(answer)) == (200, True)
    answer = browser.get(where)
    assert (answer.status_code, NAME in answer.text) == (429, False)
    assert "Your team leader is told." in text_of(answer)


@pytest.mark.proves("Z-18")
def test_what_was_typed_well_is_taken_at_the_limit_and_shows_nothing(
    desk: Desk, known: dict[str, object]
):
    officer = desk(Role.FRAUD_OFFICER)
    where = "/fraud/cases/{fraud}/loss".format(**known)
    sent = form_of(officer.get(where)) | {
        "amount": "120.50",
        "method": "faster_payment",
        "authorised": "yes",
        "paid_on": ["2", "11", "2026"],
    }
    at_most("cases", 1)
    seen = written_by(officer, "fraud.case_shown")
    answer = officer.post(where, data=sent)
    assert (answer.status_code, answer.location) == (302, "/fraud/cases/{fraud}".format(**known))
    assert written_by(officer, "fraud.case_shown") == seen
