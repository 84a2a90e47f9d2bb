"""The weekly list: an ordinary week is short, and misuse that was seeded is all on it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from structlog.contextvars import bound_contextvars

from beacon.accounts.models import DeclaredContact
from beacon.audit import commands as audit
from beacon.cases.models import BreakGlass, CaseFile
from beacon.core import clock
from beacon.core.actor import Actor, reader
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.oversight import queries
from beacon.oversight.rules import Unusual
from beacon.people import commands as people
from beacon.people.models import ContactPoint
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import declare, withdraw

DATABASES = ("sqlite",)
MONDAY = date(2026, 11, 23)
TUESDAY = datetime(2026, 11, 24, 11, tzinfo=UTC)


def open_case(who: Actor, case: CaseFile, at: datetime = TUESDAY) -> None:
    with clock.fixed(at):
        audit.shown(who, "case_file", [case.id], ("people.name",), action="case.shown")


def on_the_list() -> list[tuple[Unusual, int | None]]:
    db.session.rollback()
    return [(one.finding.rule, one.finding.person_id) for one in queries.unusual(MONDAY)]


@pytest.mark.proves("U-12")
def test_a_former_partner_by_surname_and_by_declared_number_is_on_the_list(app):
    who = a_member_of_staff(name="Sam Hartwell-Jones")
    case = a_case(manager=who, victim=a_victim(last_name="Hartwell-Jones"))
    declared = a_case(manager=who, victim=a_victim(mobile="07700 900123"))
    index = db.session.scalar(
        sa.select(ContactPoint.value_index).where(ContactPoint.victim_id == declared.victim_id)
    )
    with transaction() as session:
        session.add(
            DeclaredContact(
                staff_id=who.id, relation="former_partner", facts="{}", point_index=index
            )
        )
    for one in (case, declared):
        open_case(an_actor(who), one)
    assert on_the_list() == [(Unusual.SURNAME, who.id), (Unusual.DECLARED, who.id)]


@pytest.mark.proves("U-12")
def test_what_was_declared_and_taken_back_is_on_the_list_all_the_same(app):
    who = a_member_of_staff()
    case = a_case(manager=who, victim=a_victim(mobile="07700 900123"))
    withdraw(declare(who, mobile="07700 900123"))
    open_case(an_actor(who), case)
    assert on_the_list() == [(Unusual.DECLARED, who.id)]


@pytest.mark.proves("U-12")
def test_a_record_of_somebody_known_at_which_many_looked_is_on_the_list(app):
    case = a_case(victim=a_victim(last_name="Famous"))
    for _ in range(6):
        open_case(an_actor(a_member_of_staff()), case)
    assert on_the_list() == [(Unusual.MANY_EYES, None)]


@pytest.mark.proves("U-12")
def test_three_in_the_morning_is_on_the_list(app):
    who = a_member_of_staff()
    open_case(an_actor(who), a_case(manager=who), datetime(2026, 11, 25, 3, tzinfo=UTC))
    assert on_the_list() == [(Unusual.NIGHT, who.id)]


@pytest.mark.proves("U-12")
def test_forty_cases_of_no_team_are_on_the_list(app):
    who = a_member_of_staff(Role.TEAM_LEADER)
    for _ in range(40):
        open_case(an_actor(who), a_case())
    assert on_the_list() == [(Unusual.OUTSIDE, who.id)]


@pytest.mark.proves("U-12")
def test_addresses_refusals_and_broken_glass_are_on_the_list(app):
    stranger = a_member_of_staff(team="South")
    case = a_case(
        manager=a_member_of_staff(), victim=a_victim(address="1 Example Road", postcode="SG1 1AA")
    )
    with clock.fixed(TUESDAY):
        home, until = case.victim.addresses[0].id, TUESDAY + timedelta(hours=1)
        with transaction() as session:
            session.add(BreakGlass(case_id=case.id, staff_id=stranger.id, until=until))
        looking = reader(an_actor(stranger))
        for _ in range(10):
            people.reveal_address(case.victim, home, reason="A made-up reason", actor=looking)
        reference = case.reference
        for number in range(3):
            with bound_contextvars(request_id=f"request {number}"):
                audit.refused(
                    "page.refused", ("page", "cases.show"), an_actor(stranger), reference=reference
                )
    assert set(on_the_list()) == {
        (rule, stranger.id) for rule in (Unusual.SHOWINGS, Unusual.REFUSALS, Unusual.GLASS)
    }


@pytest.mark.proves("U-12")
def test_the_page_of_who_may_open_a_case_is_an_opening_of_it(app):
    who = a_member_of_staff(name="Sam Hartwell")
    case = a_case(manager=who, victim=a_victim(last_name="Hartwell"))
    with clock.fixed(TUESDAY):
        audit.shown(an_actor(who), "case_file", [case.id], ("people.name",), action="case.access")
    assert on_the_list() == [(Unusual.SURNAME, who.id)]


@pytest.mark.proves("U-12")
@pytest.mark.parametrize("role", [Role.COURT_OFFICER, Role.INTAKE_OFFICER])
def test_many_whole_numbers_of_defendants_are_on_the_list(app, role):
    who = a_member_of_staff(role)
    for number in range(10):
        assert on_the_list() == []
        with clock.fixed(TUESDAY):
            audit.shown(
                an_actor(who),
                "defendant",
                [number + 1],
                ("mobile",),
                action="defendant.number_shown",
            )
    assert on_the_list() == [(Unusual.SHOWINGS, who.id)]
    (line,) = queries.unusual(MONDAY)
    assert line.finding.count == 10
    assert line.finding.records[0] == "defendant 1"


def test_what_lies_outside_the_week_is_not_on_its_list(app):
    who = a_member_of_staff(name="Sam Hartwell")
    case = a_case(manager=who, victim=a_victim(last_name="Hartwell"))
    for days in (-7, 7):
        open_case(an_actor(who), case, TUESDAY + timedelta(days=days))
    assert on_the_list() == []


@pytest.mark.proves("U-12", "U-18")
def test_the_list_leads_to_the_log_and_is_for_programs_too(app, desk):
    who = a_member_of_staff(name="Sam Hartwell")
    case = a_case(manager=who, victim=a_victim(last_name="Hartwell"))
    open_case(an_actor(who), case)
    assert json.dumps([one.facts() for one in queries.unusual(MONDAY)])
    with clock.fixed(TUESDAY + timedelta(days=1)):
        auditor = desk(Role.AUDITOR)
        page = auditor.get("/oversight/unusual?day=24&day=11&day=2026").get_data(as_text=True)
        assert "Opened the record of somebody with the same surname" in page
        link = page.split('href="/oversight/log?')[1].split('"')[0].replace("&amp;", "&")
        assert case.reference in auditor.get(f"/oversight/log?{link}").get_data(as_text=True)
