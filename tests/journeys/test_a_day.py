"""Twelve tasks of a day with sixty open cases, in a browser, within budget (docs/a-day.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff
from beacon.calls import commands as calls
from beacon.calls.models import CallerCheck, CallMessage
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, ContactLog, NeedsAssessment
from beacon.cases.terms import NeedCategory
from beacon.core import clock
from beacon.core.db import Base, db
from beacon.core.roles import Role
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, Milestone
from beacon.mine.models import SavedFilter
from beacon.partners.models import PartnerReferral
from beacon.partners.terms import ReferralState
from beacon.plans import commands as plans
from beacon.plans.models import Action, Promise
from beacon.plans.terms import PromiseState
from config import ROOT
from tests import browser as browsers
from tests.factories import TEST, a_case, a_member_of_staff, a_victim
from tests.journeys.counted import CountedHands, CountedKeys
from tests.work.partners.builders import REFUGE, a_service, agree

DATABASES = ("sqlite",)
MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, tzinfo=UTC).date()
OPEN_CASES = 60
ARRESTED = 9  # the case of which there is news
WAYS = {"mouse": CountedHands, "keyboard": CountedKeys}
Hands = CountedHands | CountedKeys
Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Budget:
    """The most that one task may take."""

    name: str
    clicks: int
    keys: int
    pages: int
    by_keyboard: int


def budgets() -> dict[int, Budget]:
    """The table of docs/a-day.md."""
    rows = re.findall(
        r"^\| (\d+) \| (.+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$",
        (Path(ROOT) / "docs" / "a-day.md").read_text(encoding="utf-8"),
        re.M,
    )
    return {int(no): Budget(name, *map(int, most)) for no, name, *most in rows}


@dataclass
class Morning:
    """Who is at the desk, and the cases that the tasks are about."""

    hands: Hands
    own: list[CaseFile]
    theirs: CaseFile


@pytest.fixture(params=["keyboard", pytest.param("mouse", marks=pytest.mark.long)])
def way(request: pytest.FixtureRequest) -> str:
    """By mouse, or by the keyboard alone."""
    return str(request.param)


@pytest.fixture
def morning(way: str, at_desk: Callable[..., Page], site: str) -> Iterator[Morning]:
    """Half past eight, a caseload of sixty, a colleague with a case, and a service to refer to."""
    with clock.fixed(MORNING):
        page = at_desk(Role.CASE_MANAGER, name="Priya Ramsbottom")
        priya = accounts.by_email("priya@example.org")
        assert priya is not None
        colleague = a_member_of_staff(name="Owen Castle", email="owen@example.org")
        made = [a_known_case(priya, number) for number in range(OPEN_CASES)]
        theirs = a_known_case(colleague, OPEN_CASES)
        told = MORNING - timedelta(days=6)
        cases.record_milestone(made[ARRESTED].crime, kind=Milestone.ARRESTED, at=told, actor=TEST)
        plans.give_promise(
            made[1],
            plans.PromiseGiven(words="Ask the housing officer", due_on=MORNING.date()),
            actor=TEST,
        )
        goal = plans.GoalGiven(category=NeedCategory.SHELTER, words="To feel safe at home")
        plans.add_goal(made[2], goal, actor=TEST)
        calls.set_phrase(made[3], phrase="brown owl lantern", hint="a bird", version=0, actor=TEST)
        a_service()
        agree(made[4])
        yield Morning(WAYS[way](page, site), made, theirs)


def a_known_case(manager: Staff, number: int) -> CaseFile:
    """A case of somebody who is safe to ring, received a little after the one before it."""
    victim = a_victim(
        first_name="Sam",
        last_name=f"Example{number:02}",
        mobile=f"07700 900{number:03}",
        safe="yes",
    )
    days = 8 if number == ARRESTED else 3
    received = MORNING - timedelta(days=days) + timedelta(minutes=number)
    return a_case(manager=manager, victim=victim, received_at=received)


def name(number: int) -> str:
    return f"Sam Example{number:02}"


def newest(model: type[Row]) -> Row:
    """The row that was made last."""
    db.session.rollback()
    return db.session.scalars(sa.select(model).order_by(model.id.desc()).limit(1)).one()


def open_the_first(at: Morning) -> None:
    at.hands.follow(name(ARRESTED))
    assert name(ARRESTED) in at.hands.heading()


def record_that_somebody_was_told(at: Morning) -> None:
    owed = sa.select(sa.func.count()).where(Duty.state == DutyState.MET)
    before = db.session.scalar(owed)
    at.hands.follow(re.compile("^Told.*was arrested"))
    at.hands.choose("How they were told", "Telephone")
    at.hands.press("Record that they were told")
    db.session.rollback()
    assert db.session.scalar(owed) == before + 1


def find_by_reference(at: Morning) -> None:
    case = at.own[40]
    at.hands.follow("Search")
    at.hands.write_and_enter("Find a person, a referral or a case", case.reference)
    at.hands.follow(name(40))
    at.hands.sees(case.reference, name(40))


def log_a_call_with_a_promise(at: Morning) -> None:
    at.hands.follow(f"Log contact with {name(5)}")
    at.hands.choose("How", "Telephone")
    at.hands.choose("What came of it", "Spoke to them")
    at.hands.write("Notes", "All well, asks about the door")
    at.hands.write("What you promised them", "Ring again")
    at.hands.date("By when", FRIDAY)
    at.hands.press("Log the contact")
    promise = newest(Promise)
    assert (promise.words, promise.due_on) == ("Ring again", FRIDAY)


def tick_a_promise_off(at: Morning) -> None:
    at.hands.press(f"Ask the housing officer, {name(1)}")
    db.session.rollback()
    kept = db.session.scalars(sa.select(Promise).where(Promise.case_id == at.own[1].id)).one()
    assert kept.state is PromiseState.KEPT


def know_a_caller(at: Morning) -> None:
    at.hands.follow(re.compile("^Calls$"))
    at.hands.write_and_enter("Who is ringing", name(3))
    at.hands.follow(name(3))
    at.hands.write_and_enter("What they say", "Brown owl lantern")
    at.hands.write("What was said", "Asks when the officer rings")
    at.hands.press("Log the call")
    assert newest(CallerCheck).was_right
    assert newest(ContactLog).case_id == at.own[3].id


def leave_a_message(at: Morning) -> None:
    at.hands.follow(re.compile("^Calls$"))
    at.hands.write_and_enter("Who is ringing", name(OPEN_CASES))
    at.hands.follow(name(OPEN_CASES))
    at.hands.write("What they want to be told, or to tell", "To hear of the hearing")
    at.hands.date("On which day to ring back", FRIDAY)
    at.hands.choose("How to come back to them", "Do not contact them")
    at.hands.press("Leave the message")
    assert newest(CallMessage).case_id == at.theirs.id


def go_round(at: Morning) -> None:
    before = db.session.scalar(sa.select(sa.func.count(ContactLog.id)))
    at.hands.follow("Contact round")
    for number in (6, 7, 8):
        at.hands.pick(f"What came of it: {name(number)}", "No answer")
    at.hands.date(f"Try again on: {name(8)}", FRIDAY)
    at.hands.press("Save what is chosen")
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(ContactLog.id))) == before + 3


def score_needs(at: Morning) -> None:
    at.hands.follow(name(0))
    at.hands.follow("Assess needs")
    for category in NeedCategory:
        at.hands.choose(category.label, "2")
    at.hands.press("Record the assessment")
    assert newest(NeedsAssessment).case_id == at.own[0].id


def plan_something(at: Morning) -> None:
    at.hands.follow(name(2))
    at.hands.follow("The plan")
    at.hands.follow("Add something to do")
    at.hands.write("What is to be done", "Ask for a door chain")
    at.hands.date("By when", FRIDAY)
    at.hands.press("Save")
    assert newest(Action).case_id == at.own[2].id


def send_on(at: Morning) -> None:
    at.hands.follow(name(4))
    at.hands.follow("Partners and services that fit")
    at.hands.follow(re.compile("^Refer to"))
    at.hands.tick("Name")
    at.hands.write("What you ask them to do", "To listen to them")
    at.hands.press("Go on: look at what they will see")
    at.hands.press(f"Send it to {REFUGE}")
    sharing = newest(PartnerReferral)
    assert (sharing.case_id, sharing.state) == (at.own[4].id, ReferralState.SENT)


def keep_a_filter(at: Morning) -> None:
    at.hands.follow("Cases")
    at.hands.tick("Late only")
    at.hands.press("Show")
    at.hands.follow("Keep this filter")
    at.hands.write("Name of the filter", "Late")
    at.hands.press("Keep the filter")
    assert newest(SavedFilter).late


TASKS = dict(
    enumerate(
        (
            open_the_first,
            record_that_somebody_was_told,
            find_by_reference,
            log_a_call_with_a_promise,
            tick_a_promise_off,
            know_a_caller,
            leave_a_message,
            go_round,
            score_needs,
            plan_something,
            send_on,
            keep_a_filter,
        ),
        start=1,
    )
)


@pytest.mark.browser
@pytest.mark.timeout(400)
def test_each_of_twelve_tasks_stays_within_its_budget(
    way: str, morning: Morning, capsys: pytest.CaptureFixture[str]
):
    hands, budget, over = morning.hands, budgets(), []
    assert budget.keys() == TASKS.keys()
    lines = [f"by {way}: clicks, keys, pages (the most)"]
    for number, task in TASKS.items():
        hands.open("/")
        hands.tally.clear()
        task(morning)
        took, most = hands.tally, budget[number]
        limits = (0, most.by_keyboard) if way == "keyboard" else (most.clicks, most.keys)
        within = took.clicks <= limits[0] and took.keys <= limits[1] and took.pages <= most.pages
        over += [] if within else [most.name]
        lines.append(
            f"{number:2} {most.name:64} {took.clicks:3} ({limits[0]}) {took.keys:4} ({limits[1]})"
            f" {took.pages:2} ({most.pages})"
        )
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert over == []


@pytest.mark.browser
@pytest.mark.timeout(400)
@pytest.mark.parametrize("way", ["mouse"], indirect=True)
def test_the_pages_of_the_tasks_are_sound_wide_and_at_320_pixels(morning: Morning):
    page, case = morning.hands.page, f"/cases/{morning.own[4].reference}"
    caller = morning.own[3].reference
    of_case = ("", "/contacts/new", "/needs/new", "/plan", "/partners", "/documents", "/risk")
    addresses = [f"{case}{part}" for part in of_case]
    addresses += ["/", "/waiting", "/at-hand", "/cases/", "/search", "/calls/", "/calls/round"]
    for address in [*addresses, f"/calls/{caller}"]:
        morning.hands.open(address)
        assert browsers.faults(page) == [], address
        page.set_viewport_size(browsers.NARROW)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= browsers.NARROW["width"], f"{address} is {wide} pixels wide"
        page.set_viewport_size(browsers.WIDE)
