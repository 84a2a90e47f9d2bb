"""The made-up county: at any hour of any day, every desk has work on it."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.accounts import queries as staff
from beacon.accounts.models import Staff
from beacon.audit import queries as audit
from beacon.audit.models import AuditEntry
from beacon.cases import queries as cases
from beacon.cases.models import AccessReview, CaseFile, CaseTask, Crime, NeedsAssessment
from beacon.cases.terms import CaseStatus, ReviewKind, Stage, TaskKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.phone import Phone
from beacon.core.roles import Role
from beacon.core.working_days import is_working_day
from beacon.courts.models import Court, Defendant
from beacon.courts.queries.hearings import hearings_on
from beacon.courts.terms import NotTexted
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from beacon.feeds.models import KeptReject
from beacon.fraud_hub import queries as hub
from beacon.notify import queries as texts
from beacon.notify.models import OutboundText
from beacon.notify.post import post
from beacon.notify.terms import TextState
from beacon.oversight.queries import unusual, week_of
from beacon.oversight.rules import Unusual
from beacon.people.models import ContactPoint, Victim
from beacon.people.terms import ContactKind
from beacon.referrals.models import Referral
from beacon.referrals.queries import Queue
from beacon.referrals.terms import Place, Waits
from beacon.reports.queries import counted
from beacon.reports.rules import quarter_before
from beacon.reports.terms import Outcome
from beacon.seed import county
from beacon.seed.hearings import ODD

SUNDAY_NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 11, 27, 16, 50, tzinfo=UTC)
BANK_HOLIDAY_MONDAY = datetime(2026, 8, 31, 9, 0, tzinfo=UTC)
MOMENTS = [
    pytest.param(SUNDAY_NIGHT, id="a-Sunday-at-3am", marks=pytest.mark.long),
    pytest.param(FRIDAY_EVENING, id="a-Friday-at-4.50pm"),
    pytest.param(BANK_HOLIDAY_MONDAY, id="a-bank-holiday-Monday-at-10am", marks=pytest.mark.long),
]
VICTIMS, SEED = 60, 7
EXAMPLE = re.compile(r"[^@]+@example\.(?:com|net|org)")


def loaded(app):
    """The sign-ins of a county that has just been loaded."""
    county.check_empty()
    return county.load(
        app.config["BEACON"].instance, victims=VICTIMS, seed=SEED, told=lambda share: None
    )


def people_who_look():
    """The person of each role whose sign-in is printed, as a page would know them."""
    return {
        role: actor_of(next(one for one in staff.everyone() if role in one.roles and first(one)))
        for role in Role
    }


def first(person):
    """Whether this is the one whose sign-in is printed."""
    printed = {
        "Ines",
        "Priya",
        "Helen",
        "Beatrix",
        "Callum",
        "Rosalind",
        "Noemi",
        "Duncan",
        "Leonie",
    }
    return person.name.split()[0] in printed


def actor_of(person):
    """Somebody of the staff as an actor."""
    return Actor(
        kind="staff",
        id=person.id,
        name=person.name,
        team_id=person.team_id,
        agency=person.agency,
        roles=person.roles,
    )


def count(*where):
    """How many rows there are."""
    return db.session.scalar(sa.select(sa.func.count()).where(*where))


@pytest.mark.long_on("postgresql")
@pytest.mark.parametrize("moment", MOMENTS)
def test_every_desk_has_work_whenever_the_county_is_loaded(app, moment):
    with clock.fixed(moment):
        sign_ins = loaded(app)
        assert [one.role for one in sign_ins] == list(Role)
        looks_after_intake()
        looks_after_casework()
        looks_after_courts(app)
        looks_after_fraud()
        looks_after_access()
        looks_after_the_board()
        keeps_to_what_is_made_up()
        keeps_the_log_in_order(app)
        assert is_left_in_one_file(app, sign_ins)


def looks_after_intake():
    """The queue has new cases, and every reason to wait."""
    counts = Queue(viewer=people_who_look()[Role.INTAKE_OFFICER]).counts()
    assert min(counts[Place.WAITING], counts[Place.NEW_CASE]) > 0
    assert set(db.session.scalars(sa.select(Referral.waits).distinct())) >= set(Waits)
    assert count(KeptReject.id > 0) == 3


def looks_after_casework():
    """A manager's desk, and a team leader's."""
    looking = people_who_look()
    manager = looking[Role.CASE_MANAGER]
    desk = cases.desk_counts(manager, manager_id=manager.id)
    assert desk.late > 0
    assert bool(desk.due_today) is is_working_day(clock.today())
    assert cases.Caseload(viewer=manager, manager_id=manager.id).count() > 2
    assert cases.reminders_for(manager)
    leader = cases.desk_counts(looking[Role.TEAM_LEADER])
    assert min(leader.unassigned, leader.enhanced_without_manager, leader.open_tasks) > 0
    assert set(db.session.scalars(sa.select(CaseFile.status).distinct())) == set(CaseStatus)
    states = set(db.session.scalars(sa.select(Duty.state).distinct()))
    assert states >= {DutyState.OPEN, DutyState.MET, DutyState.MET_LATE}
    assert count(Duty.state == DutyState.OPEN, Duty.due_on > clock.today()) > 0
    assert count(Duty.state == DutyState.OPEN, Duty.clock_started_at.is_(None)) > 0
    assert count(CaseTask.kind == TaskKind.SAFEGUARDING_NUMBER) == 1
    assert count(NeedsAssessment.stage == Stage.REVIEW) > 0


def looks_after_courts(app):
    """Hearings before and behind, texts in every state, and every reason why there is none."""
    officer, today = people_who_look()[Role.COURT_OFFICER], clock.today()
    for days in (-1, 0, 1):
        assert hearings_on(officer, today + timedelta(days=days)).rows
    tomorrow = {row.text.reason for row in hearings_on(officer, today + timedelta(days=1)).rows}
    assert tomorrow >= {
        reason.label for reason in (*ODD, NotTexted.UNDER_18, NotTexted.VICTIM_NUMBER)
    }
    states = set(db.session.scalars(sa.select(OutboundText.state).distinct()))
    assert states >= {
        TextState.DELIVERED, TextState.UNDELIVERED, TextState.FAILED, TextState.SENT,
        TextState.NEEDS_A_PERSON, TextState.SUPPRESSED,
    }  # fmt: skip
    assert texts.for_a_person(officer)
    assert {clock.london_day(sheet.at) for sheet in post().tray.sheets()} >= {
        today - timedelta(days=1)
    }
    assert count(Court.in_county, Court.postcode != "", Court.verified_on != today) == 0


def looks_after_access():
    """A restricted case, a broken glass that waits to be looked at, and an unusual week."""
    assert count(CaseFile.restricted) == 1
    waiting = sa.select(AccessReview.kind).where(AccessReview.reviewed_at.is_(None))
    assert ReviewKind.BREAK_GLASS in set(db.session.scalars(waiting))
    monday = week_of(clock.today()) - timedelta(days=7)
    assert Unusual.NIGHT in {one.finding.rule for one in unusual(monday)}


def looks_after_fraud():
    """The hub has something on each of its lists, and money in its chart."""
    officer, today = people_who_look()[Role.FRAUD_OFFICER], clock.today()
    waiting = hub.counts_waiting(officer)
    assert min(waiting.first_contact, waiting.reply, waiting.no_loss) > 0
    totals = hub.hub_totals(officer, today - timedelta(days=365), today)
    assert min(totals.lost_pence, totals.recovered_pence, totals.prevented_pence) > 0
    months = hub.recovered_by_month(officer, today)
    assert sum(1 for month in months if month.recovered_pence) >= 2


def looks_after_the_board():
    """The quarter whose figures are published has duties of every outcome."""
    today = clock.today()
    found = {one.outcome for one in counted(quarter_before(today), today)}
    assert found == set(Outcome)


def keeps_to_what_is_made_up():
    """Numbers of Ofcom's drama range, each on its side of the wall; addresses of examples."""
    points = db.session.scalars(sa.select(ContactPoint)).all()
    numbers = {one.value for one in points if one.kind is ContactKind.MOBILE}
    assert numbers
    assert all("+447700900000" <= number <= "+447700900499" for number in numbers)
    assert all(one.kind is not ContactKind.PHONE for one in points)
    mails = [one.value for one in points if one.kind is ContactKind.EMAIL]
    mails += [one.email for one in db.session.scalars(sa.select(Staff))]
    mails += [one.officer_email for one in db.session.scalars(sa.select(Crime))]
    assert [mail for mail in mails if mail and not EXAMPLE.fullmatch(mail)] == []
    held = [one.mobile for one in db.session.scalars(sa.select(Defendant)) if one.mobile]
    mobiles = {
        Phone.parse(one).e164
        for one in held
        if one.replace(" ", "").startswith(("+447", "07700900"))
        and len("".join(filter(str.isdigit, one))) > 10
    }
    own = {one for one in mobiles if one > "+447700900499"}
    assert all(number <= "+447700900999" for number in own)
    # The guard between the two has something to guard: the same case, and two others.
    assert 1 <= len(mobiles - own) <= 3
    assert mobiles - own <= numbers


def keeps_the_log_in_order(app):
    """The chain holds, and goes forward in time."""
    verdict = audit.verify(audit.keyed(*app.config["BEACON"].audit_keys))
    assert verdict.ok
    moments = list(db.session.scalars(sa.select(AuditEntry.at).order_by(AuditEntry.seq)))
    assert moments == sorted(moments)


def is_left_in_one_file(app, sign_ins):
    """The sign-ins lie in a file that only its owner may read, and they work."""
    file = app.config["BEACON"].instance / county.SIGN_INS
    lines = [line.split() for line in file.read_text().splitlines() if line[0] != "#"]
    assert lines == [[one.role, one.email, one.password] for one in sign_ins]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    one = sign_ins[0]
    db.session.rollback()
    return bool(accounts.sign_in(one.email, one.password, ip="127.0.0.1", agent="a test"))


def picture():
    """What of the county must be the same for the same seed: all but references and passwords."""
    crimes = sa.select(Crime.reference_key, Crime.offence, Crime.recorded_at).order_by(Crime.id)
    victims = sa.select(Victim.last_name, Victim.first_name, Victim.date_of_birth)
    duties = sa.select(Duty.rule, Duty.state, Duty.due_on, Duty.told_at).order_by(Duty.id)
    contacts = sa.select(CaseFile.status, CaseFile.enhanced, CaseFile.manager_id)
    return [
        [tuple(row) for row in db.session.execute(query)]
        for query in (crimes, victims.order_by(Victim.id), duties, contacts.order_by(CaseFile.id))
    ]
