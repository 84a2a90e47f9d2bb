"""The made-up county, from its first day to this moment."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.people.models import Victim
from beacon.seed import texts
from beacon.seed.around import PeopleAround
from beacon.seed.arrivals import Arrivals, Row
from beacon.seed.asking import Asking
from beacon.seed.calling import Calling
from beacon.seed.chance import Chance
from beacon.seed.courts import Courts
from beacon.seed.danger import Danger
from beacon.seed.desks import Desks
from beacon.seed.diary import Diary
from beacon.seed.followed import Followed
from beacon.seed.fraud import Hub
from beacon.seed.intake import Intake, wait_for_a_decision
from beacon.seed.offering import Offering
from beacon.seed.papers import Papers
from beacon.seed.partnering import Partnering
from beacon.seed.people import People
from beacon.seed.planning import Planning
from beacon.seed.scene import Scene
from beacon.seed.staff import Office, SignIn
from beacon.seed.stories import Stories
from beacon.seed.telling import Telling
from beacon.seed.voice import Voices
from beacon.seed.watching import Watching
from beacon.seed.working import Working

SIGN_INS, DRAFT = "demo-sign-ins", "demo-sign-ins.draft"
Told = Callable[[float], None]


def load(instance: Path, *, victims: int, seed: int, told: Told) -> list[SignIn]:
    """Make up a county of so many victims that ends at this moment; give the sign-ins.

    The database must be empty. All is one transaction, so that a load that stops leaves it so; the
    file of sign-ins is a draft until then, and gets its name last.
    """
    texts.clear_the_tray()
    diary = Diary(clock.now())
    chance = Chance(seed)
    scene = Scene(diary, Office(), chance, People(chance, diary.today))
    with transaction():
        with clock.fixed(diary.began):
            scene.office.hire()
        _write(scene, victims)
        diary.live(_share_of(diary, told))
        _draft(instance / DRAFT, scene.office.sign_ins)
    with clock.fixed(diary.now):
        texts.give_to_a_person()
    os.replace(instance / DRAFT, instance / SIGN_INS)
    return printed(scene.office.sign_ins)


def finish(instance: Path) -> bool:
    """Give the sign-ins their name where a load was stopped between its two last steps."""
    draft = instance / DRAFT
    if not draft.exists():
        return False
    email = draft.read_text("utf-8").split()[1]
    if accounts.by_email(email) is None:
        return False
    os.replace(draft, instance / SIGN_INS)
    return True


def check_tables() -> None:
    """Refuse a database that has no tables yet."""
    if not sa.inspect(db.engine).has_table(Staff.__tablename__):
        raise RuleBroken("This database has no tables yet: run flask db upgrade first.")


def check_empty() -> None:
    """Refuse a database with people in it."""
    if any(db.session.scalar(sa.select(model.id).limit(1)) for model in (Staff, Victim, CaseFile)):
        raise RuleBroken(
            "There are people in this database already: the demonstration loads into an empty one."
        )


def printed(sign_ins: list[SignIn]) -> list[SignIn]:
    """One sign-in for each role."""
    return [next(one for one in sign_ins if one.role is role) for role in Role]


def _write(scene: Scene, victims: int) -> None:
    """Put in the diary all that does not follow from something else."""
    arrivals = Arrivals(scene.chance, scene.people, scene.diary)
    arrivals.plan(victims)
    wait_for_a_decision(arrivals, scene.people, scene.diary)
    courts = Courts(scene, Telling(scene))
    desks = Desks(scene, courts)

    def charge(case: CaseFile, row: Row) -> None:
        courts.charge(case, row)

    hub = Hub(scene)
    hub.ledger.write()
    stories = Stories(scene, charge, hub.begin, desks.rows)
    Intake(scene, arrivals, stories.begin).write()
    courts.write()
    desks.write()
    Asking(scene).write()
    Danger(scene).write()
    Planning(scene).write()
    Partnering(scene).write()
    Papers(scene).write()
    Calling(scene).write()
    Watching(scene).write()
    PeopleAround(scene).write()
    Working(scene).write()
    Followed(scene).write()
    Voices(scene).write()
    Offering(scene, courts.past_days()).write()
    texts.Evenings(scene).write(courts.past_days())


def _share_of(diary: Diary, told: Told) -> Callable[[datetime], None]:
    whole = (diary.now - diary.began).total_seconds()
    return lambda moment: told((moment - diary.began).total_seconds() / whole)


def _draft(path: Path, sign_ins: list[SignIn]) -> None:
    """One line a role; the others of a role stand in lines that nobody prints."""
    first = printed(sign_ins)
    lines = [f"{one.role} {one.email} {one.password}" for one in first]
    lines += [f"# {one.role} {one.email} {one.password}" for one in sign_ins if one not in first]
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(lines) + "\n")
