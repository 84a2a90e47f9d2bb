"""One crime from charge to sentence, with three victims: what is owed, by when, and by whom.

The table beside the tests (tests/data/one-crime-three-victims.txt) is read as it stands.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases import commands
from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.core import clock
from beacon.core.db import db
from beacon.entitlements import queries
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import EnhancedGround, Milestone
from tests.factories import TEST, a_case, a_crime, a_victim

TABLE = Path(__file__).parents[2] / "data" / "one-crime-three-victims.txt"
WIDTHS = "{:11} {:45} {:13} {:18} {:18} {:18} {:18}"
M = Milestone
BEGAN = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
# What happened, when, of which hearing, and when Witness Care heard of it.
COURSE = (
    (M.CHARGED, "2026-11-16 15:00", "", None),
    (M.HEARING_LISTED, "2026-11-16 15:30", "hearing:1", "2026-11-18 10:00"),
    (M.BAIL_CHANGED, "2026-11-20 18:45", "", None),
    (M.HEARING_HELD, "2026-12-01 11:00", "hearing:1", None),
    # Adjourned until January, and nobody has yet said when Witness Care heard of it.
    (M.HEARING_LISTED, "2026-12-01 11:20", "hearing:2", None),
    (M.BAIL_HEARING_OUTCOME, "2026-12-18 12:00", "hearing:3", "2026-12-21 09:00"),
    (M.TRIAL_OUTCOME, "2026-12-23 16:00", "", "2026-12-24 09:30"),
    (M.SENTENCED, "2026-12-30 12:00", "", "2026-12-31 16:00"),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def victims(app: Flask) -> dict[str, CaseFile]:
    """A standard victim, one of domestic abuse, and a child of twelve."""
    with clock.fixed(BEGAN):
        crime = a_crime(offence_on=date(2026, 11, 14))
        child = a_victim(date_of_birth=date(2014, 3, 1))
        abuse = [(EnhancedGround.DOMESTIC_ABUSE, "domestic abuse flag")]
        young = [(EnhancedGround.UNDER_18, "under 18 on the day")]
        return {
            "standard": a_case(crime=crime),
            "enhanced": a_case(crime=crime, proposals=abuse),
            "child": a_case(crime=crime, victim=child, proposals=young, under_18=True),
        }


def table_of(victims: dict[str, CaseFile]) -> str:
    """Every duty that the course opened: what happened, the rule, who must act, and each day."""
    crime_id = victims["standard"].crime_id
    happened = db.session.scalars(
        sa.select(CrimeMilestone)
        .where(CrimeMilestone.crime_id == crime_id)
        .order_by(CrimeMilestone.happened_at)
    ).all()
    lines = [WIDTHS.format("happened", "what", "duty", "who must act", *victims)]
    for one in happened:
        duties = {
            name: db.session.scalars(
                sa.select(Duty).where(Duty.case_id == case.id, Duty.about == one.subject)
            ).all()
            for name, case in victims.items()
        }
        for rule in sorted({duty.rule for some in duties.values() for duty in some}):
            mine = {
                name: next(duty for duty in some if duty.rule == rule)
                for name, some in duties.items()
            }
            first = next(iter(mine.values()))
            if first.event_at != one.happened_at:
                continue
            row = queries.rule_of(first)
            who = " or ".join(body.label for body in row.who)
            days = [day_of(duty) for duty in mine.values()]
            day = clock.london_day(one.happened_at).isoformat()
            lines.append(WIDTHS.format(day, one.kind.label, rule, who, *days))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def day_of(duty: Duty) -> str:
    if duty.due_on:
        return f"{duty.due_on:%a %d %b} ({duty.amount} wd)"
    expected = queries.expected_by(duty)
    return f"by {expected:%a %d %b}?" if expected else "no day"


def test_from_charge_to_sentence_every_victim_has_the_duties_of_the_table(
    victims: dict[str, CaseFile],
):
    crime = victims["standard"].crime
    for kind, moment, about, received in COURSE:
        heard = received and at(received)
        with clock.fixed(heard or at(moment)):
            commands.record_milestone(
                crime, kind=kind, at=at(moment), about=about, received_at=heard, actor=TEST
            )
    assert table_of(victims) == TABLE.read_text("utf-8")
