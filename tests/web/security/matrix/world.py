"""A small county of our own: one person of each role, one case in each state, all that hangs on it.

Made once for a run. A state is how a case stands to those of whom the table speaks, who all work
in one team: their own, their team's, another team's, and so on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from beacon.accounts import commands as accounts
from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.cases.models import (
    CaseFile,
    CaseGround,
    CaseTask,
    ContactLog,
    DutyReminder,
    Need,
    NeedsAssessment,
    ProposedMilestone,
)
from beacon.cases.terms import (
    CaseStatus,
    Consent,
    ContactOutcome,
    NeedAnswer,
    NeedCategory,
    ReminderKind,
    Stage,
    SuspectStatus,
    TaskKind,
)
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.timetable import JobRun
from beacon.courts.commands.texts import KIND
from beacon.entitlements.terms import Channel, EnhancedGround, Milestone
from beacon.feeds.models import ImportBatch, KeptReject
from beacon.feeds.terms import BatchState
from beacon.notify.models import OutboundText
from beacon.notify.terms import Audience, TextState
from beacon.partners.models import PartnerReferral
from beacon.people.models import ProposedChange, Victim
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place, ReferralState
from tests.conftest import DeskClient
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim
from tests.hearings import a_hearing
from tests.work.fraud_hub.builders import a_claim, a_fraud_case, a_loss, money_back

TEAM, OTHER_TEAM, AGENCY = "North", "South", "Example Refuge"
# How a case may stand; the table of records says what comes of each.
OWN = "own"
STATES = (
    OWN,
    "team",
    "other-team",
    "no-team",
    "restricted",
    "referred",
    "closed",
    "erased",
)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday
HIGHEST = "99999"
PACES = ("access.cases_in_ten_minutes", "access.searches_in_ten_minutes")
Args = dict[str, Any]
Sit = Callable[[Role | None], DeskClient]


@dataclass
class World:
    """Who there is, and each record by its kind and its state; what is somebody's own, by role."""

    people: dict[Role, int] = field(default_factory=dict)
    records: dict[str, dict[str, Args]] = field(default_factory=dict)
    own: dict[Role, dict[str, Args]] = field(default_factory=dict)
    facts: set[str] = field(default_factory=set)

    def states(self, kind: str) -> list[str]:
        """How a record of this kind may stand."""
        held = [*self.records[kind]]
        return [OWN, *held] if kind in self.own[Role.CASE_MANAGER] else held

    def args(self, kind: str, state: str, role: Role | None) -> Args:
        """The names by which addresses know a record in this state, as seen by this role."""
        if state == OWN:
            return self.own[role or Role.CASE_MANAGER][kind]
        return self.records[kind][state]


_held: dict[Path, World] = {}


def lay_out(file: Path) -> World:
    """The county in the place of the database: made the first time, copied from its file after."""
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
    for name in PACES:
        accounts.change_setting(name, HIGHEST, actor=TEST)
    people = _people(world)
    with transaction() as session:
        now = clock.now()
        session.add(JobRun(name="look", started_at=now, finished_at=now))
        colleague, stranger, spare = (
            session.get_one(Staff, people[one].id) for one in ("colleague", "stranger", "spare")
        )
    for kind, make in (("case", _crime_case), ("fraud-case", _fraud_case)):
        for role in Role:
            _keep(world, role, OWN, kind, make(people[role]))
        for state in STATES[1:]:
            manager = {"other-team": stranger, "no-team": None}.get(state, colleague)
            case = make(manager)
            _put(case, state)
            _keep(world, None, state, kind, case)
    _alone(world, spare)
    world.facts |= {one.name for one in (colleague, stranger, spare)}


def _people(world: World) -> dict[str, Staff]:
    """One person of each role, all in one team; and those whom no line of the table is about."""
    found: dict[str, Staff] = {}
    for number, role in enumerate(Role):
        found[role] = a_member_of_staff(
            role,
            team=None if role is Role.PARTNER else TEAM,
            agency=AGENCY if role is Role.PARTNER else None,
            name=f"Viewer {'ABCDEFGHI'[number]}",
        )
        world.people[role] = found[role].id
    found["colleague"] = a_member_of_staff(Role.CASE_MANAGER, team=TEAM, name="Cora Leaguewell")
    found["stranger"] = a_member_of_staff(Role.CASE_MANAGER, team=OTHER_TEAM, name="Sten Rangeford")
    found["spare"] = a_member_of_staff(Role.ANALYST, team=OTHER_TEAM, name="Spencer Arebridge")
    return found


def _victim(world_number: int) -> Victim:
    """Somebody with a number, an e-mail address and a home, all theirs alone."""
    return a_victim(
        first_name="Vica",
        last_name=f"Timmoor{_letters(world_number)}",
        mobile=f"07700 900{world_number:03}",
        email=f"vica.{_letters(world_number)}@example.org",
        address=f"{world_number} Secrecy Row, Hertford",
        postcode=f"SG14 {world_number % 10}{_letters(world_number)[-2:].upper()}",
        safe="yes",
    )


def _letters(number: int) -> str:
    return "".join("abdefghjln"[int(figure)] for figure in f"{number:03}")


_made = iter(range(1, 400))


def _crime_case(manager: Staff | None) -> CaseFile:
    """A case of a crime, with everything that addresses name: a duty, a task and the rest."""
    crime = a_crime(offence_on=None)
    return _furnished(a_case(crime=crime, victim=_victim(next(_made))), manager)


def _fraud_case(manager: Staff | None) -> CaseFile:
    """A case of a fraud, with the same and with its money."""
    return _furnished(a_fraud_case(victim=_victim(next(_made))), manager)


def _furnished(case: CaseFile, manager: Staff | None) -> CaseFile:
    """The case in somebody's hands, whether or not their role may take it, and with work in it."""
    with transaction() as session:
        row = session.get_one(CaseFile, case.id)
        row.manager_id = manager.id if manager else None
        row.team_id = manager.team_id if manager else None
    at, crime = clock.now() - timedelta(minutes=30), case.crime
    cases.record_milestone(crime, kind=Milestone.ARRESTED, at=at, actor=TEST)
    for status in (SuspectStatus.ARRESTED, SuspectStatus.BAILED):
        facts = cases.CrimeFacts(
            kind=crime.kind,
            reference=crime.reference,
            recorded_at=crime.recorded_at,
            offence=crime.offence,
            suspect_status=status,
        )
        cases.record_crime(facts, actor=TEST)
    _worked_on(case)
    about = "Ask how they are"
    cases.add_task(case.id, kind=TaskKind.OTHER, about=about, due_on=clock.today(), actor=TEST)
    return case


def _worked_on(case: CaseFile) -> None:
    """A contact, an assessment with a need, a ground and a reminder, as commands leave them."""
    by = {"by_name": "A colleague"}
    with transaction() as session:
        assessment = NeedsAssessment(
            case_id=case.id, stage=Stage.START, assessed_at=clock.now(), **by
        )
        duty = session.get_one(CaseFile, case.id).duties[-1]
        contact = ContactLog(
            case_id=case.id,
            happened_at=clock.now(),
            channel=Channel.PHONE,
            outcome=ContactOutcome.SPOKE,
            notes="Spoke at length",
            **by,
        )
        need = Need(
            category=NeedCategory.HEALTH, answer=NeedAnswer.SCORED, score=4, notes="Sleeps badly"
        )
        assessment.needs.append(need)
        ground = CaseGround(case_id=case.id, ground=EnhancedGround.VULNERABLE, reason="Said so")
        reminder = DutyReminder(duty_id=duty.id, kind=ReminderKind.DAY_BEFORE, due_on=clock.today())
        session.add_all([assessment, contact, ground, reminder])


def _put(case: CaseFile, state: str) -> None:
    """Make the case stand as the state says. Some of it has no command yet: it is written down."""
    with transaction() as session:
        row = session.get_one(CaseFile, case.id)
        row.restricted = state in {"restricted"}
        if state == "erased":
            row.erased_at = clock.now()
        if state == "referred":
            session.add(
                PartnerReferral(
                    case_id=row.id, agency=AGENCY, expires_on=clock.today() + timedelta(days=30)
                )
            )
        if state == "closed":
            row.status, row.closed_at = CaseStatus.CLOSED, clock.now()
            row.closing_note = "All is done"


def _keep(world: World, role: Role | None, state: str, kind: str, case: CaseFile) -> None:
    """Write down what of this case each kind of address names."""
    args = _of_case(case)
    kinds = {kind: args}
    if kind == "case":
        kinds |= dict.fromkeys(("victim", "hearing", "text", "referral"), args)
    else:
        args |= _of_money(case)
    for name, held in kinds.items():
        where = world.own.setdefault(role, {}) if role else world.records.setdefault(name, {})
        where[name if role else state] = held
    person = case.victim
    points = {point.value for point in person.contact_points}
    homes = {part for home in person.addresses for part in (home.lines, home.postcode)}
    world.facts |= {person.full_name, f"Robin Accused{args['hearing_id']}", *points, *homes}


def _of_case(case: CaseFile) -> Args:
    """The numbers of all that hangs on a case."""
    with transaction() as session:
        row = session.get_one(CaseFile, case.id)
        proposal = (
            session.query(ProposedMilestone)
            .filter_by(crime_id=row.crime_id, decided_at=None)
            .order_by(ProposedMilestone.id.desc())
            .first()
        )
        change = ProposedChange(
            victim_id=row.victim_id, field="email", value="new@example.org", source="police"
        )
        referral = _a_referral(row.crime_id, row.victim_id, row.id)
        session.add_all([change, referral])
        session.flush()
        args = {
            "reference": row.reference,
            "case_id": row.id,
            "crime_id": row.crime_id,
            "victim_id": row.victim_id,
            "duty_id": row.duties[-1].id,
            "task_id": _task_of(session, row.id),
            "milestone_id": row.crime.milestones[0].id,
            "proposal_id": proposal.id if proposal else 0,
            "address_id": row.victim.addresses[0].id,
            "point_id": row.victim.contact_points[0].id,
            "change_id": change.id,
            "referral_id": referral.id,
        }
        hearing = a_hearing(crime_key=row.crime.reference_key)
        hearing.defendant.last_name = f"Accused{hearing.id}"
        text = _a_text(hearing.id, hearing.held_on)
        session.add(text)
        session.flush()
    return args | {"hearing_id": hearing.id, "text_id": text.id}


def _task_of(session: Session, case_id: int) -> int:
    return session.query(CaseTask).filter_by(case_id=case_id, kind=TaskKind.OTHER).one().id


def _a_referral(crime_id: int, victim_id: int, case_id: int | None) -> Referral:
    """A referral as it stands once its case is open; or as it waits, where none is."""
    return Referral(
        feed="police",
        source="Police",
        crime_id=crime_id,
        victim_id=victim_id,
        case_id=case_id,
        state=ReferralState.ACCEPTED if case_id else ReferralState.WAITING,
        place=Place.NEW_CASE if case_id else Place.WAITING,
        recorded_at=clock.now(),
        received_at=clock.now(),
        consent=Consent.YES,
    )


def _a_text(hearing_id: int, on: date) -> OutboundText:
    """A text of which nobody knows whether it was sent: a person must say."""
    return OutboundText(
        kind=KIND,
        about_id=hearing_id,
        on_day=on,
        audience=Audience.DEFENDANT,
        to=f"+447700900{500 + hearing_id % 400}",
        to_index=f"index-{hearing_id}",
        body="You must be at court.",
        template="DayBefore",
        segments=1,
        state=TextState.NEEDS_A_PERSON,
        attempts=1,
        may_have_left=True,
        claimed_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=5),
    )


def _of_money(case: CaseFile) -> Args:
    loss = a_loss(case)
    claim, entry = a_claim(case, loss), money_back(case, loss)
    spare = a_loss(case, amount_pence=50_00)
    return {"loss_id": spare.id, "claim_id": claim.id, "entry_id": entry.id}


def _alone(world: World, spare: Staff) -> None:
    """What belongs to no case: a referral that waits, a file, a member of staff, a setting."""
    victim, crime = _victim(next(_made)), a_crime()
    with transaction() as session:
        referral = _a_referral(crime.id, victim.id, None)
        batch = ImportBatch(
            feed="police",
            file_name="police.csv",
            sha256="0" * 64,
            state=BatchState.FINISHED,
            started_at=clock.now(),
            beat_at=clock.now(),
            finished_at=clock.now(),
            by_name="A test",
        )
        session.add_all([referral, batch])
        session.flush()
        reject = KeptReject(batch_id=batch.id, row_no=2, reason="No name")
        reject.raw = '{"first_name": "Rejecta"}'
        session.add(reject)
        there: dict[str, Args] = {
            "batch": {"batch_id": batch.id},
            "staff": {"staff_id": spare.id},
            "setting": {"name": "texts.daily_cap"},
            "file": {"filename": "beacon.css"},
            "call": {"token": "0" * 32},
        }
    there["link"] = {"token": accounts.issue_setup_link(spare, actor=TEST)}
    world.records["referral"]["waiting"] = {"referral_id": referral.id, "victim_id": victim.id}
    world.records["sharing"] = _shared(world.records["case"]["team"]["case_id"])
    for kind, args in there.items():
        world.records[kind] = {"there": args}


def _shared(case_id: int) -> dict[str, Args]:
    """What was shared of one case: with the partner's agency and another, now and before."""
    soon, before = clock.today() + timedelta(days=30), clock.today() - timedelta(days=1)
    rows = {
        "live": PartnerReferral(agency=AGENCY, expires_on=soon),
        "other-agency": PartnerReferral(agency="Another Refuge", expires_on=soon),
        "revoked": PartnerReferral(agency=AGENCY, expires_on=soon, revoked_at=clock.now()),
        "expired": PartnerReferral(agency=AGENCY, expires_on=before),
    }
    with transaction() as session:
        for row in rows.values():
            row.case_id = case_id
            session.add(row)
        session.flush()
        return {state: {"sharing_id": row.id} for state, row in rows.items()}
