"""The list of victims to tell, the Rights and a doubtful milestone, as a browser shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page

from beacon.accounts import queries as staff
from beacon.cases import commands as cases
from beacon.core import clock
from beacon.core.roles import Role
from beacon.core.working_days import next_working_day
from beacon.entitlements.terms import Body, Milestone
from tests import browser as browsers
from tests.factories import TEST, a_case, a_crime, a_victim

DATABASES = ("sqlite",)
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_the_pages_of_telling_are_accessible_wide_and_narrow(
    at_desk: Callable[..., Page], site: str, tmp_path: Path
):
    page = at_desk(Role.CASE_MANAGER, name="Priya Shah")
    manager, crime = staff.by_email("priya@example.org"), a_crime()
    kin = [
        a_victim(first_name=name, last_name="Hartwell", safe="yes", safe_notes="Ring after six.")
        for name in ("Amelia", "Benedict")
    ]
    made = [a_case(crime=crime, victim=one, manager=manager) for one in kin]
    at = clock.now() - timedelta(minutes=5)
    milestone = cases.record_milestone(crime, kind=Milestone.ARRESTED, at=at, actor=TEST)
    cases.ask(
        made[0],
        asked_of=Body.POLICE,
        milestone=Milestone.BAILED,
        words="On what conditions?",
        at=at,
        chase_on=next_working_day(clock.today()),
        actor=TEST,
    )
    case = f"{site}/cases/{made[0].reference}"
    places = {
        "case": case,
        "rights": f"{case}/rights",
        "told": f"{case}/milestones/{milestone.id}/told",
        "ask": f"{case}/requests/new",
    }
    found = {}
    for name, address in places.items():
        page.set_viewport_size(browsers.WIDE)
        page.goto(address)
        found[name] = [*browsers.faults(page)]
        browsers.picture(page, name, tmp_path)
        page.set_viewport_size(browsers.NARROW)
        if page.evaluate(WIDER):
            found[name].append("wider than 320 pixels")
        browsers.picture(page, f"{name}-narrow", tmp_path)
    assert found == {name: [] for name in places}
