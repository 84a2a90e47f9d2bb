"""A small county of our own: one person of each role, one case in each state, all that hangs on it.

Made once for a run. A state is how a case stands to those of whom the table speaks, who all work
in one team: their own, their team's, another team's, and so on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.accounts.models import Staff
from beacon.audit.terms import Pace
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.core.timetable import JobRun
from beacon.reports.models import ReturnColumn
from tests.conftest import DeskClient
from tests.factories import TEST, a_member_of_staff
from tests.web.security.matrix import furnishing
from tests.web.security.matrix.furnishing import AGENCY, Args

TEAM, OTHER_TEAM = "North", "South"
OWN, LINKED = "own", "linked"
# States in which a record stands otherwise to each: in their hands, or linked to what is.
BY_ROLE = (OWN, LINKED)
# How else a case may stand, and who is its manager; the table of records says what comes of each.
STATES = {
    "team": "colleague",
    "other-team": "stranger",
    "no-team": None,
    "restricted": "colleague",
    "named": "outsider",
    "broken": "outsider",
    "glass-over": "outsider",
    "kin": "colleague",
    "referred": "colleague",
    "closed": "colleague",
    "erased": "colleague",
}
OTHERS = {
    "colleague": (Role.CASE_MANAGER, TEAM, "Cora Leaguewell"),
    "stranger": (Role.CASE_MANAGER, OTHER_TEAM, "Sten Rangeford"),
    "outsider": (Role.CASE_MANAGER, OTHER_TEAM, "Olga Utterson"),
    "spare": (Role.ANALYST, OTHER_TEAM, "Spencer Arebridge"),
}
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday
HIGHEST = "99999"
PACES = tuple(f"access.{pace.value}_in_ten_minutes" for pace in Pace)
Sit = Callable[[Role | None], DeskClient]
Make = Callable[..., CaseFile]


@dataclass
class World:
    """Who there is, and each record by its kind and its state; where it matters, by role too."""

    people: dict[Role, int] = field(default_factory=dict)
    records: dict[str, dict[str, Args]] = field(default_factory=dict)
    by_role: dict[str, dict[str, dict[Role, Args]]] = field(default_factory=dict)
    facts: set[str] = field(default_factory=set)

    def states(self, kind: str) -> list[str]:
        """How a record of this kind may stand."""
        return [*self.by_role.get(kind, {}), *self.records.get(kind, {})]

    def kinds(self) -> set[str]:
        """The kinds of record there are."""
        return {*self.records, *self.by_role}

    def args(self, kind: str, state: str, role: Role | None) -> Args:
        """The names by which addresses know a record in this state, as seen by this role."""
        if state in self.by_role.get(kind, {}):
            of_each = self.by_role[kind][state]
            return of_each.get(role or Role.CASE_MANAGER, of_each[Role.CASE_MANAGER])
        return self.records[kind][state]

    def keep(self, kind: str, state: str, args: Args, role: Role | None = None) -> None:
        """Write down a record."""
        if role is None:
            self.records.setdefault(kind, {})[state] = args
        else:
            self.by_role.setdefault(kind, {}).setdefault(state, {})[role] = args


_held: dict[Path, World] = {}


def lay_out(file: Path) -> World:
    """The county in the place of the database: made the first time, copied from its file after."""
    if not sa.event.contains(db.engine, "connect", hasty):
        sa.event.listen(db.engine, "connect", hasty)
    if file not in _held:
        world = World()
        build(world)
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(db.engine.url.database or "", file)
        _held[file] = world
    put_back(file)
    return _held[file]


def hasty(connection: Any, record: object) -> None:
    """Do not wait for the disk: this county is thrown away."""
    connection.execute("PRAGMA synchronous=OFF")


def put_back(file: Path) -> None:
    """Put the county's file in the place of the database."""
    live = Path(db.engine.url.database or "")
    db.session.remove()
    db.engine.dispose()
    for left in ("-wal", "-shm"):
        Path(f"{live}{left}").unlink(missing_ok=True)
    shutil.copyfile(file, live)


def seated(app: Flask, desk: Callable[..., DeskClient], world: World) -> Sit:
    """How people of the county sit down at a browser: of a role, or nobody who is signed in."""

    def down(role: Role | None) -> DeskClient:
        if role is None:
            browser = app.test_client()
        else:
            browser = desk(person=db.session.get_one(Staff, world.people[role]))
        browser.looks = False
        return browser

    return down


def build(world: World) -> None:
    """Fill the database, and write down what is where."""
    with transaction() as session:
        session.add_all(Setting(name=name, text=HIGHEST) for name in PACES)
        session.add(JobRun(name="look", started_at=clock.now(), finished_at=clock.now()))
    viewers = {role: _viewer(number, role) for number, role in enumerate(Role)}
    world.people |= {role: person.id for role, person in viewers.items()}
    others = {
        word: a_member_of_staff(role, team=team, name=name)
        for word, (role, team, name) in OTHERS.items()
    }
    for kind, make in (("case", furnishing.crime_case), ("fraud-case", furnishing.fraud_case)):
        _own_and_linked(world, kind, make, viewers, others)
        for state, word in STATES.items():
            case = make(others[word] if word else None)
            furnishing.put(case, state, [*viewers.values()], others["spare"])
            _keep(world, kind, state, case, others["spare"])
    _alone(world, viewers, others)
    furnishing.told_by_themselves()


def _viewer(number: int, role: Role) -> Staff:
    """The person of one role of whom the tables speak; all work in one team but the partner."""
    is_partner = role is Role.PARTNER
    team, agency = (None, AGENCY) if is_partner else (TEAM, None)
    return a_member_of_staff(role, team=team, agency=agency, name=f"Viewer {'ABCDEFGHI'[number]}")


def _own_and_linked(
    world: World,
    kind: str,
    make: Make,
    viewers: dict[Role, Staff],
    others: dict[str, Staff],
) -> None:
    """For each role a case in their hands, and for those who work cases another of its crime."""
    for role, person in viewers.items():
        case = make(person)
        furnishing.put(case, OWN, [], others["spare"])
        _keep(world, kind, OWN, case, others["spare"], role)
        if role in WORKERS:
            linked = make(others["outsider"], crime=case.crime)
            furnishing.put(linked, LINKED, [], others["spare"])
            _keep(world, kind, LINKED, linked, others["spare"], role)


WORKERS = (Role.INTAKE_OFFICER, Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER)


def _keep(
    world: World, kind: str, state: str, case: CaseFile, spare: Staff, role: Role | None = None
) -> None:
    """Write down what of this case each kind of address names."""
    args: dict[str, Any] = furnishing.of_case(case, spare)
    if kind == "case":
        others = ("text", "reply", "number", "referral", "notice", "review")
        for name in ("case", "crime", "victim", "hearing", "witness", *others):
            world.keep(name, state, args, role)
        if state in {OWN, "team", "other-team"}:
            for name in ("supervision", "agreed", "message"):
                world.keep(name, state, args, role)
    else:
        args |= furnishing.of_money(case)
        for name in (kind, "fraud-crime"):
            world.keep(name, state, args, role)
        if state in {"team", "restricted"}:
            world.keep("stop", state, args)
    person = case.victim
    points = {point.value for point in person.contact_points}
    homes = {part for home in person.addresses for part in (home.lines, home.postcode)}
    beside = furnishing.somebody_around(person.id)
    world.facts |= {beside.name, beside.phone}
    world.facts |= {person.full_name, f"Robin Accused{args['hearing_id']}", *points, *homes}


def _alone(world: World, viewers: dict[Role, Staff], others: dict[str, Staff]) -> None:
    """What belongs to no case: a referral that waits, a file, a member of staff, a setting."""
    spare = others["spare"]
    world.keep("referral", "waiting", furnishing.waiting_referral())
    there: dict[str, Args] = {
        "batch": furnishing.a_batch(),
        "client": furnishing.a_client(),
        "run": furnishing.a_run(),
        "service": furnishing.a_service(),
        "firm": furnishing.a_firm(),
        "stop": furnishing.a_stop(),
        "outreach": {"event_id": furnishing.an_event().id},
        "district": furnishing.a_district(),
        "column": {"column_id": db.session.scalars(sa.select(ReturnColumn.id)).first()},
        "staff": {"staff_id": spare.id},
        "setting": {"name": "texts.daily_cap"},
        "file": {"filename": "beacon.css"},
        "call": {"token": "0" * 32},
        "page": {"page": "for"},
        "code": {"code": "B" * 16},
        "link": {"token": accounts.issue_setup_link(spare, actor=TEST)},
    }
    tomorrow = clock.today() + furnishing.DAY
    cases.set_on_duty(tomorrow, [others["colleague"].id], seen=(), actor=TEST)
    there |= {
        "day": {"day": tomorrow.isoformat()},
        "agency": furnishing.an_agency(),
        "match": furnishing.a_match(world.records["case"]["team"]["case_id"]),
    }
    there |= furnishing.of_the_ledger(others["colleague"])
    there |= furnishing.of_answers()
    there["question"] = furnishing.a_question(world.records["case"]["team"]["case_id"])
    there["question-page"] = {"name": "1"}
    there["bank-letter"] = {"bank_letter_id": world.records["fraud-case"]["team"]["bank_letter_id"]}
    for kind, args in there.items():
        world.keep(kind, "there", args)
    for state, args in furnishing.shared(world.records["case"]["team"]["case_id"]).items():
        world.keep("sharing", state, args)
    for role, person in viewers.items():
        for kind, args in furnishing.of_account(person).items():
            world.keep(kind, OWN, args, role)
        world.keep("upload", OWN, furnishing.a_checked_batch(person), role)
    for kind, args in furnishing.of_account(spare).items():
        world.keep(kind, "another's", args)
    world.keep("upload", "another's", furnishing.a_checked_batch(spare))
    for state in ("broken", "glass-over", "team"):
        world.keep("glass", state, world.records["case"][state])
    _managers(world, viewers, others)


def _managers(world: World, viewers: dict[Role, Staff], others: dict[str, Staff]) -> None:
    """Those whose cases change hands, their days away and who covers; and everybody's own days."""
    for state, word in (("team", "colleague"), ("other-team", "stranger")):
        world.keep("manager", state, {"staff_id": others[word].id})
        away = furnishing.away_and_covered(others[word], others["outsider"])
        for kind in ("leave", "cover"):
            world.keep(kind, state, away)
    for role, person in viewers.items():
        world.keep("leave", OWN, {"leave_id": furnishing.days_away(person)}, role)
