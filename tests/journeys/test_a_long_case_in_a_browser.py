"""A case with sixty duties, long names and much that is open, wide and at 320 pixels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page

from beacon.accounts import queries
from beacon.cases import commands
from beacon.cases.jobs import raise_alarms
from beacon.cases.models import CaseFile
from beacon.cases.terms import FactChoice, FactKind, FactStep, OrderKind, UpdateEvery
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import Body, Channel, DutyState, Milestone
from tests import browser as browsers
from tests.factories import TEST, a_case, a_crime, a_victim

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
TODAY, DAY = WEDNESDAY.date(), timedelta(days=1)
LONG = "Featherstonehaugh-Cholmondeley-Wriothesley"
WORDS = "He is not to come within five hundred metres of the house, the school or her work. " * 4
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "narrow",
    [pytest.param(False, id="wide"), pytest.param(True, id="narrow", marks=pytest.mark.long)],
)
def test_a_long_case_fits_its_pages(
    narrow: bool, app: Flask, at_desk: Callable[..., Page], site: str
):
    with clock.fixed(WEDNESDAY):
        page = at_desk(Role.CASE_MANAGER, name="Priya Shah", narrow=narrow)
        case = a_long_case()
        place = f"/cases/{case.reference}"
        fact = next(iter(case_rows("case_fact")))
        order = next(iter(case_rows("case_order")))
        raise_alarms()
        pages = ["/", place, f"{place}/close", f"{place}/charge", f"{place}/milestones/new"]
        pages += [
            f"{place}/wishes/new",
            f"{place}/orders/new",
            f"{place}/facts/{fact}/asked",
            f"{place}/orders/{order}/change",
        ]
        for address in pages:
            answer = page.goto(f"{site}{address}")
            assert answer is not None
            assert answer.status == 200, address
            assert not page.evaluate(WIDER), address
            assert browsers.faults(page) == [], address


def case_rows(table: str) -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(sa.text(f"SELECT id FROM {table} ORDER BY id")))


def a_long_case() -> CaseFile:
    """Sixty duties of every state, wishes, orders, reviews and questions."""
    victim = a_victim(first_name="Wilhelmina Anastasia", last_name=LONG, safe="yes")
    case = a_case(
        crime=a_crime(offence_on=date(2026, 9, 1)),
        victim=victim,
        manager=queries.by_email("priya@example.org"),
    )
    kinds = (Milestone.ARRESTED, Milestone.BAILED, Milestone.INTERVIEWED_UNDER_CAUTION)
    for number in range(20):
        for kind in kinds:
            at = WEDNESDAY - number * DAY
            commands.record_milestone(case.crime, kind=kind, at=at, actor=TEST)
    commands.record_milestone(case.crime, kind=Milestone.SENTENCED, at=WEDNESDAY, actor=TEST)
    due = [
        one
        for one in case.duties
        if one.is_open and one.due_on and one.due_on > TODAY and one.right == 6
    ]
    commands.pause_duty(case, due[0], reason=WORDS, actor=TEST)
    aside = DutyState.SAFETY_DELAY
    commands.set_duty_aside(case, due[1], state=aside, reason=WORDS, actor=TEST)
    commands.ask(
        case,
        asked_of=Body.YOUTH_OFFENDING_TEAM,
        milestone=Milestone.INTERVIEWED_UNDER_CAUTION,
        words=WORDS,
        at=WEDNESDAY,
        chase_on=date(2026, 11, 30),
        actor=TEST,
    )
    wish = commands.Wish(
        every=UpdateEvery.WEEK, channel=Channel.THROUGH_SOMEONE, asked_on=TODAY, words=WORDS
    )
    commands.record_wish(case, wish, actor=TEST)
    for kind in OrderKind:
        facts = commands.OrderFacts(
            kind=kind, starts_on=TODAY, ends_on=TODAY + 5 * DAY, conditions=WORDS
        )
        commands.record_order(case, facts, actor=TEST)
    told = commands.StepGiven(
        step=FactStep.TOLD, on=TODAY, choice=FactChoice.NO_PROCEEDINGS, words=WORDS
    )
    commands.start_fact(case, FactKind.REVIEW_POLICE, told, actor=TEST)
    return case
