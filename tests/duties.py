"""Made-up duties put straight into the table, for figures over many of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core.db import transaction
from beacon.entitlements.codes import CODES
from beacon.entitlements.models import Duty, DutyEvent
from beacon.entitlements.terms import DutyEventKind, DutyState
from beacon.people.terms import Disability
from tests.factories import a_case, a_crime, a_victim

FIRST = date(2026, 7, 1)
DAYS = 92  # of the quarter to September
OCTOBER = datetime(2026, 10, 20, 12, tzinfo=UTC)
EVENT = OCTOBER - timedelta(days=120)
DISTRICTS = ("Dacorum", "Watford", "Stevenage", "")
WEIGHTS = (2, 1, 60, 10, 3, 3, 2, 2)  # in the order of DutyState


def a_duty(case: CaseFile, rule: str, due_on: date | None, state: DutyState, **known: Any) -> Duty:
    """A duty of the Code of 2020 in a state, as if it had been opened and lived."""
    usual = {"code": "2020", "right": 6, "about": "milestone:1", "enhanced": False}
    return Duty(
        **usual | known,
        case_id=case.id,
        rule=rule,
        event_at=EVENT,
        clock_started_at=EVENT,
        amount=5,
        unit="working_days",
        due_on=due_on,
        state=state,
    )


def write_down() -> None:
    """How each duty stands, for those of which nothing is written down yet."""
    known = sa.select(DutyEvent.duty_id)
    with transaction() as session:
        for duty in session.scalars(sa.select(Duty).where(Duty.id.not_in(known))):
            session.add(
                DutyEvent(
                    duty_id=duty.id,
                    what=DutyEventKind.OPENED,
                    state=duty.state,
                    due_on=duty.due_on,
                    enhanced=duty.enhanced,
                )
            )


def many(number: int, *, cases: int = 20, seed: int = 41, **of_case: Any) -> list[CaseFile]:
    """So many duties of a quarter, over cases of several districts and people."""
    random = Random(seed)
    made = [
        a_case(
            crime=a_crime(district=random.choice(DISTRICTS)),
            victim=a_victim(
                gender=random.choice(["female", "male", ""]),
                ethnicity=random.choice(["W1", "A2", "NS", ""]),
                date_of_birth=date(random.randint(1940, 2012), 5, 1),
            ),
            **of_case,
        )
        for _ in range(cases)
    ]
    with transaction():
        for one in made:
            one.victim.disability = random.choice(list(Disability))
    rules = sorted(next(reversed(CODES.values())).rules.values(), key=lambda rule: rule.key)[:12]
    with transaction() as session:
        for one in range(number):
            rule = random.choice(rules)
            session.add(
                a_duty(
                    random.choice(made),
                    rule.key,
                    FIRST + timedelta(days=random.randrange(DAYS)),
                    random.choices(list(DutyState), WEIGHTS)[0],
                    about=f"milestone:{one}",
                    right=rule.right,
                    enhanced=random.random() < 0.3,
                )
            )
    write_down()
    return made
