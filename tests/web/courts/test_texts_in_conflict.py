"""What a court officer must not meet is not met in the texts about it either (security.md Z-11)."""

from __future__ import annotations

from datetime import time

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.courts.jobs import plan_court_texts
from beacon.courts.models import Hearing
from beacon.notify.models import OutboundText
from beacon.notify.queries import for_a_person
from beacon.notify.terms import TextState
from tests.factories import a_case, a_crime, a_member_of_staff, a_victim, an_actor
from tests.hearings import MONDAY_EVENING, MONDAY_MORNING, a_hearing
from tests.kin import declare
from tests.pages import form_of

KIN, OTHER_SIDE = "07700 900222", "07700 900888"
DAY = "/texts/?day=2026-11-24"


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY_MORNING):
        yield


@pytest.fixture
def officer() -> Staff:
    return a_member_of_staff(Role.COURT_OFFICER)


def a_texted_hearing() -> tuple[Hearing, OutboundText]:
    """A hearing of a crime against kin, with its text, which waits for a person."""
    crime = a_crime()
    a_case(crime=crime, victim=a_victim(mobile=KIN))
    hearing = a_hearing(crime_key=crime.reference_key, mobile=OTHER_SIDE)
    with clock.fixed(MONDAY_EVENING):
        plan_court_texts()
    text = db.session.scalars(sa.select(OutboundText)).one()
    with transaction():
        text.state = TextState.NEEDS_A_PERSON
    return hearing, text


@pytest.mark.proves("Z-11")
@pytest.mark.parametrize("declared", [KIN, OTHER_SIDE])
def test_a_text_about_a_hearing_in_conflict_is_neither_listed_nor_read_nor_decided(
    desk, officer: Staff, declared: str
):
    hearing, text = a_texted_hearing()
    browser, addresses = (
        desk(person=officer),
        (
            f"/hearings/{hearing.id}",
            f"/texts/{text.id}",
            f"/texts/{text.id}/decide",
        ),
    )
    assert [browser.get(one).status_code for one in addresses] == [200, 200, 200]
    assert "•888" in browser.get(DAY).text
    typed = form_of(browser.get(addresses[2])) | {"decision": "leave", "reason": "They know"}
    declare(officer, mobile=declared)
    assert [browser.get(one).status_code for one in addresses] == [404, 404, 404]
    assert browser.post(addresses[2], data=typed).status_code == 404
    assert "•888" not in browser.get(DAY).text
    assert for_a_person(an_actor(officer)) == []
    assert "•888" in desk(Role.COURT_OFFICER).get(DAY).text


@pytest.mark.proves("Z-11")
def test_a_text_that_also_speaks_for_a_hearing_in_conflict_is_closed_with_it(desk, officer: Staff):
    crime, person = a_crime(), {"first_name": "Robin", "last_name": "Twice", "mobile": OTHER_SIDE}
    a_case(crime=crime, victim=a_victim(mobile=KIN))
    a_hearing(**person, starts_at=time(9, 30))
    a_hearing(**person, starts_at=time(14, 0), crime_key=crime.reference_key)
    with clock.fixed(MONDAY_EVENING):
        plan_court_texts()
    text = db.session.scalars(
        sa.select(OutboundText).where(OutboundText.state == TextState.PLANNED)
    ).one()
    browser = desk(person=officer)
    assert browser.get(f"/texts/{text.id}").status_code == 200
    declare(officer, mobile=KIN)
    assert browser.get(f"/texts/{text.id}").status_code == 404
