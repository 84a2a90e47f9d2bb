"""Opening a case of one's own team that is not one's own: why is asked once a day, where it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.audit.models import AuditEntry
from beacon.cases.models import AccessReason, BreakGlass
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.people.models import Address, ProposedChange, Victim
from beacon.referrals.terms import Place
from tests.factories import TEST, a_case, a_crime, a_member_of_staff
from tests.hearings import a_hearing
from tests.pages import form_of, text_of
from tests.web.cases.conftest import MONDAY
from tests.web.security.matrix.furnishing import a_referral

WHY = "Priya is ill and asked me to"


@pytest.fixture
def asked(monday: None) -> None:
    accounts.change_setting("access.reason_outside_caseload", "yes", actor=TEST)


@pytest.fixture
def colleague(desk, monday: None):
    return desk(Role.CASE_MANAGER)


def page_of(browser, case):
    return browser.get(f"/cases/{case.reference}")


def reasons() -> list[AccessReason]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AccessReason).order_by(AccessReason.id)))


@pytest.mark.proves("Z-14")
def test_by_default_a_colleagues_case_opens_without_a_question(colleague, case):
    assert page_of(colleague, case).status_code == 200


@pytest.mark.proves("Z-14")
def test_why_is_asked_once_a_day_for_each_case_and_logged(asked, colleague, case):
    where = f"/cases/{case.reference}/why"
    sent_away = page_of(colleague, case)
    assert sent_away.location == f"{where}?next=/cases/{case.reference}"
    assert "Amelia" not in text_of(colleague.get(sent_away.location))
    short = colleague.submit(sent_away.location, reason="Because")
    assert "10 characters" in text_of(short)
    assert reasons() == []
    goes_on = colleague.submit(sent_away.location, reason=WHY)
    assert goes_on.location == f"/cases/{case.reference}"
    assert "Amelia" in text_of(colleague.get(goes_on.location))
    (kept,) = reasons()
    assert (kept.staff_id, kept.case_id, kept.reason) == (colleague.person_id, case.id, WHY)
    assert WHY.encode() not in kept.reason_sealed
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "case.reason_given")
    ).one()
    assert (entry.operation, entry.object_id) == ("consultation", str(case.id))
    assert WHY not in entry.facts + entry.reason
    with clock.fixed(MONDAY + timedelta(minutes=5)):
        assert page_of(colleague, case).status_code == 200
    other = a_case(manager=case.manager)
    assert page_of(colleague, other).location.startswith(f"/cases/{other.reference}/why")


@pytest.mark.proves("Z-14")
def test_the_next_day_it_is_asked_again(asked, desk, case):
    colleague = desk(Role.CASE_MANAGER)
    colleague.submit(f"/cases/{case.reference}/why", reason=WHY)
    with clock.fixed(MONDAY + timedelta(days=1)):
        again = desk(person=db.session.get_one(type(case.manager), colleague.person_id))
        assert page_of(again, case).location.startswith(f"/cases/{case.reference}/why")


@pytest.mark.proves("Z-14")
@pytest.mark.parametrize(
    "page", ["contacts/new", "needs/new", "close", "charge", "milestones/new", "why-not"]
)
def test_no_page_of_the_case_is_a_way_around(asked, colleague, case, page):
    answer = colleague.get(f"/cases/{case.reference}/{page}")
    if page == "why-not":
        assert answer.status_code == 404
    else:
        where = f"/cases/{case.reference}"
        assert answer.location == f"{where}/why?next={where}/{page}"


@pytest.fixture
def ways(case) -> dict[str, str]:
    """Pages that show the people of a case, or of its crime, and bear its reference nowhere."""
    hearing = a_hearing(crime_key=case.crime.reference_key, last_name="Accused")
    point = case.victim.contact_points[0].id
    address = db.session.scalars(
        sa.select(Address.id).where(Address.victim_id == case.victim_id)
    ).one()
    with transaction() as session:
        referral = a_referral(case.crime_id, case.victim_id, case.id)
        referral.place = Place.DONE
        session.add(referral)
    return {
        "contact": f"/people/{case.victim_id}/contact",
        "number": f"/people/{case.victim_id}/points/{point}/show",
        "address": f"/people/{case.victim_id}/address/{address}",
        "hearing": f"/hearings/{hearing.id}",
        "referral": f"/referrals/{referral.id}",
    }


@pytest.mark.proves("Z-14")
@pytest.mark.parametrize("way", ["contact", "number", "address", "hearing", "referral"])
def test_no_page_that_leads_to_the_case_is_a_way_around(asked, desk, case, ways, way):
    role = Role.TEAM_LEADER if way == "referral" else Role.CASE_MANAGER
    colleague, where = desk(role), ways[way]
    sent_away = colleague.get(where)
    assert sent_away.location == f"/cases/{case.reference}/why?next={where}"
    assert "Amelia" not in sent_away.text
    page = colleague.submit(sent_away.location, reason=WHY)
    assert page.location == where
    opened = colleague.get(where)
    assert opened.status_code == 200
    assert ("Accused" if way == "hearing" else "Amelia") in text_of(opened)


@pytest.mark.proves("Z-14")
def test_what_a_feed_proposed_of_a_person_is_not_decided_before_why_is_said(asked, desk, case):
    with transaction() as session:
        change = ProposedChange(
            victim_id=case.victim_id, field="first_name", value="Emilia", source="police"
        )
        session.add(change)
    colleague = desk(Role.CASE_MANAGER)
    token = form_of(colleague.get("/cases/"))
    answer = colleague.post(f"/people/changes/{change.id}/accept", data=token)
    assert answer.location == f"/cases/{case.reference}/why"
    db.session.rollback()
    assert db.session.get_one(Victim, case.victim_id).first_name == "Amelia"


@pytest.mark.proves("Z-14")
def test_a_person_who_is_ones_own_work_is_not_asked_about(asked, browser, desk, case, ways):
    for way in ("contact", "number", "address", "hearing"):
        assert browser.get(ways[way]).status_code == 200
    other = a_case(victim=case.victim, manager=a_member_of_staff())
    assert browser.get(ways["contact"]).status_code == 200  # one of the two is theirs
    colleague = desk(person=other.manager)
    assert colleague.get(ways["contact"]).status_code == 200
    intake = desk(Role.INTAKE_OFFICER)
    assert intake.get(ways["referral"]).status_code == 302
    with transaction() as session:
        session.add(a_referral(a_crime().id, case.victim_id, None))
    assert intake.get(ways["referral"]).status_code == 200  # they are in the queue again


@pytest.mark.proves("Z-14")
def test_what_leads_to_no_case_that_one_may_see_answers_as_ever(asked, desk, case, ways):
    assert desk(Role.COURT_OFFICER).get(ways["hearing"]).status_code == 200
    elsewhere = desk(Role.CASE_MANAGER, team="South")
    for way in ("contact", "number", "hearing"):
        assert elsewhere.get(ways[way]).status_code == 404
    assert elsewhere.get("/people/99999999/contact").status_code == 404


@pytest.mark.proves("Z-14")
def test_nothing_is_changed_in_the_case_before_why_is_said(asked, colleague, case):
    page = colleague.get("/cases/")
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    answer = colleague.post(f"/cases/{case.reference}/close", data={"csrf_token": token})
    assert answer.location == f"/cases/{case.reference}/why"


@pytest.mark.proves("Z-14")
def test_ones_own_case_and_one_to_take_on_are_not_asked_about(asked, browser, leader, case):
    assert page_of(browser, case).status_code == 200
    assert page_of(leader, a_case()).status_code == 200
    assert page_of(leader, case).status_code == 302


def test_who_broke_the_glass_has_said_why(asked, colleague, case):
    with transaction() as session:
        broken = BreakGlass(
            case_id=case.id, staff_id=colleague.person_id, until=MONDAY + timedelta(minutes=60)
        )
        broken.reason = WHY
        session.add(broken)
    assert page_of(colleague, case).status_code == 200


def test_who_may_not_open_a_page_or_see_the_case_is_told_so_as_ever(asked, colleague, desk, case):
    assert colleague.get(f"/cases/{case.reference}/assign").status_code == 403
    assert page_of(desk(Role.CASE_MANAGER, team="South"), case).status_code == 404
    assert page_of(desk(Role.COURT_OFFICER), case).status_code == 403
    away = desk(Role.CASE_MANAGER, team="South").get(f"/cases/{case.reference}/why")
    assert away.status_code == 404


def test_a_reason_that_is_sent_twice_is_kept_once(asked, colleague, case):
    for reason in (WHY, "Another reason, later"):
        colleague.submit(f"/cases/{case.reference}/why", reason=reason)
    assert [one.reason for one in reasons()] == [WHY]
