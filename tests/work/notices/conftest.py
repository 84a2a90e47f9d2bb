"""People who may be written to, or not; and the passes of the jobs that write to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.mail import jobs as mail_jobs
from beacon.notices import commands, jobs
from beacon.notices.commands import Asked
from beacon.notices.models import VictimNotice
from beacon.notices.terms import Age, Matter, NoticeKind
from beacon.notify import jobs as text_jobs
from beacon.people import commands as people
from beacon.people.commands import ContactAnswers, PointAnswer
from beacon.people.models import Victim
from beacon.people.terms import ContactKind, Preferred, Safe
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    with clock.fixed(MONDAY):
        with transaction() as session:
            session.add(Setting(name="notices.by_text", text="yes"))
        yield


@pytest.fixture
def officer(app: Flask) -> Actor:
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


@pytest.fixture
def somebody(officer: Actor) -> Callable[..., Victim]:
    """A victim with a case, whom somebody asked how they may be reached."""

    def of(preferred: Preferred | None = Preferred.SMS, **known: Any) -> Victim:
        contact = {
            "email": "robin.marsh@example.org",
            "address": "4 Example Road, St Albans",
            "postcode": "AL1 3LB",
        }
        victim = a_victim(**contact | known.pop("facts", {}))
        a_case(victim=victim)
        answered(victim, officer, preferred, **known)
        return victim

    return of


def answered(
    victim: Victim, actor: Actor, preferred: Preferred | None = Preferred.SMS, **known: Any
) -> None:
    """Write down that they were asked: all is safe, but for what the test says."""
    safe = known.pop("safe", Safe.YES)
    points = {
        point.id: PointAnswer(
            safe=safe,
            text_ok=Safe.YES if point.kind is ContactKind.MOBILE else Safe.NOT_ASKED,
        )
        for point in victim.contact_points
    }
    usual = {
        "overall": Safe.YES,
        "preferred": preferred,
        "points": points,
        "letter_ok": Safe.YES,
    }
    people.confirm_contact(
        victim, ContactAnswers(**usual | known), version=victim.version, actor=actor
    )


@pytest.fixture
def write(app: Flask) -> Callable[..., VictimNotice]:
    """Ask for something to be written to somebody."""

    def of(victim: Victim, kind: NoticeKind = NoticeKind.ACKNOWLEDGED, **known: Any):
        usual = {
            "about_id": victim.id,
            "matter": Matter.CRIME,
            "age": Age.ADULT,
            "reference": "BCN-7K2M4",
        }
        commands.write(Asked(kind=kind, victim=victim, **usual | known), actor=TEST)
        return the_notice(kind)

    return of


def the_notice(kind: NoticeKind = NoticeKind.ACKNOWLEDGED) -> VictimNotice:
    """The last one of a kind, as it is now."""
    db.session.rollback()
    query = sa.select(VictimNotice).where(VictimNotice.kind == kind)
    return db.session.scalars(query.order_by(VictimNotice.id.desc())).first()


def a_pass() -> None:
    """Every job that has to do with it once, in the order of a pass."""
    jobs.ask_notices_again()
    text_jobs.send_texts()
    mail_jobs.send_mails()
    jobs.follow_notices()
