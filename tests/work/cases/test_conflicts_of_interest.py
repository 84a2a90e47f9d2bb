"""Nobody meets their own kin here, and nobody who works here is met by colleagues (RULE 7.7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.accounts.queries import email_index
from beacon.accounts.terms import Relation
from beacon.audit.models import AuditEntry
from beacon.cases import choosing, commands, queries
from beacon.cases.models import AccessReview, CaseFile, Crime, CrimeMilestone, TimelineEntry
from beacon.cases.terms import CrimeKind, ReviewKind
from beacon.core import clock, scope
from beacon.core.actor import Actor, reader
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.courts.models import Defendant, Hearing
from beacon.courts.queries import hearings_on
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Milestone
from beacon.fraud_hub.models import Loss
from beacon.fraud_hub.queries import FraudCases, counts_waiting
from beacon.people.models import Victim
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from beacon.referrals.queries import Queue
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor
from tests.feed_rows import POLICE, a_file
from tests.hearings import TUESDAY, a_hearing
from tests.kin import declare, withdraw
from tests.work.fraud_hub.builders import a_loss

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORKERS = (Role.INTAKE_OFFICER, Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER)
HOME = {"address": "7 Sample Close", "postcode": "AL1 3LB"}
# What was declared of somebody whose phone, email, address and surname are these.
DECLARED = {
    "phone": {"mobile": "+44 7700 900444"},
    "email": {"email": "Kin@Example.org"},
    "address": {"address": "7, SAMPLE CLOSE", "postcode": "al13lb"},
    "surname and postcode": {"surname": "O’Kin", "postcode": "AL1 3LB"},
}

# Each role once and each fact once in the suite; every role with every fact in the long evidence.
PAIRS = [
    pytest.param(role, fact, marks=() if row == column else (pytest.mark.long,))
    for row, role in enumerate(WORKERS)
    for column, fact in enumerate(DECLARED)
]


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def kin(**known: object) -> Victim:
    usual = {"last_name": "O'Kin", "mobile": "07700900444", "email": "kin@example.org"}
    return a_victim(**usual | HOME | known)


def a_kins_case(manager: Staff | None = None) -> CaseFile:
    """A fraud, so that every role of casework would see it."""
    return a_case(victim=kin(), manager=manager, crime=a_crime(kind=CrimeKind.FRAUD))


def count(query: sa.Select[int]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def seen_by(viewer: Actor) -> dict[str, int]:
    """How much of everything the viewer sees, in every list, count and panel."""
    models = (CaseFile, Victim, Crime, CrimeMilestone, Duty, TimelineEntry, Loss, Referral)
    seen = {
        model.__name__: count(scope.visible(viewer, model).with_only_columns(model.id))
        for model in models
    }
    seen["listed"] = queries.Caseload(viewer=viewer).count()
    seen["found"] = sum(
        len(queries.search(viewer, words))
        for words in ("O'Kin", "07700 900444", "kin@example.org", "AL1 3LB")
    )
    seen["desk"] = queries.desk_counts(viewer).unassigned
    seen["hub"] = counts_waiting(viewer).no_loss + len(FraudCases(viewer=viewer).page())
    seen["queue"] = sum(Queue(viewer=viewer).counts().values())
    return seen


@pytest.mark.proves("Z-11")
@pytest.mark.parametrize(("role", "fact"), PAIRS)
def test_nobody_meets_in_any_list_whom_they_have_declared(role: Role, fact: str):
    person = a_member_of_staff(role)
    actor = an_actor(person)
    case = a_kins_case(manager=person if role is Role.CASE_MANAGER else None)
    commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    a_loss(case)
    assert seen_by(actor)["CaseFile"] == 1
    declared = declare(person, **DECLARED[fact])
    for viewer in (actor, reader(actor)):
        assert set(seen_by(viewer).values()) == {0}, fact
    withdraw(declared)
    assert seen_by(actor)["CaseFile"] == 1


@pytest.mark.proves("Z-11")
@pytest.mark.parametrize(
    "declared",
    [
        {"mobile": "07700 900445"},
        {"surname": "O'Kin", "postcode": "AL1 3LA"},
        {"surname": "Smith", "postcode": "AL1 3LB"},
        {"postcode": "AL1 3LB"},
        {"address": "8 Sample Close", "postcode": "AL1 3LB"},
    ],
)
def test_who_is_only_like_somebody_declared_is_met_as_ever(declared: dict[str, str]):
    person = a_member_of_staff(Role.INTAKE_OFFICER)
    a_kins_case()
    declare(person, **declared)
    assert seen_by(an_actor(person))["CaseFile"] == 1
    assert seen_by(an_actor(a_member_of_staff(Role.INTAKE_OFFICER)))["CaseFile"] == 1


@pytest.mark.proves("Z-11")
def test_a_retired_number_of_a_victim_is_in_conflict_still():
    person = a_member_of_staff(Role.INTAKE_OFFICER)
    case = a_kins_case()
    with transaction():
        for point in case.victim.contact_points:
            point.retired_at = clock.now()
    declare(person, **DECLARED["phone"])
    assert seen_by(an_actor(person))["CaseFile"] == 0


@pytest.mark.proves("Z-11")
def test_a_referral_of_kin_is_neither_queued_nor_counted_before_it_is_a_case():
    person = a_member_of_staff(Role.INTAKE_OFFICER)
    row = POLICE | {"mobile": "07700 900444", "email": "", "consent_to_referral": "no"}
    import_file("police", a_file(row, like=POLICE), file_name="list.csv", actor=TEST)
    before = seen_by(an_actor(person))
    assert (before["Referral"], before["queue"], before["Victim"]) == (1, 1, 1)
    declare(person, **DECLARED["phone"])
    assert set(seen_by(an_actor(person)).values()) == {0}


@pytest.mark.proves("Z-11")
def test_a_court_officer_sees_no_hearing_of_a_crime_against_kin():
    officer = a_member_of_staff(Role.COURT_OFFICER)
    case, actor = a_kins_case(), an_actor(officer)
    hers = a_hearing(crime_key=case.crime.reference_key)
    other = a_hearing()
    assert {row.id for row in hearings_on(actor, TUESDAY).rows} == {hers.id, other.id}
    declare(officer, **DECLARED["phone"])
    assert {row.id for row in hearings_on(actor, TUESDAY).rows} == {other.id}
    assert count(scope.visible(actor, Hearing).with_only_columns(Hearing.id)) == 1
    assert count(scope.visible(actor, Defendant).with_only_columns(Defendant.id)) == 1


@pytest.mark.proves("Z-11")
def test_a_case_beside_ones_own_is_not_read_where_its_victim_is_kin_or_leads_to_it():
    manager = a_member_of_staff(team="North")
    own, actor = a_case(manager=manager), an_actor(manager)
    beside = a_case(crime=own.crime, victim=kin(), manager=a_member_of_staff(team="South"))
    reading = scope.visible(reader(actor), CaseFile).where(CaseFile.id == beside.id)
    assert db.session.scalar(reading) is not None
    declare(manager, **DECLARED["phone"])
    assert db.session.scalar(reading) is None
    kins = a_kins_case()
    with transaction():
        kins.manager_id = manager.id
    through_kin = a_case(crime=kins.crime, manager=a_member_of_staff(team="South"))
    found = scope.visible(reader(actor), CaseFile).where(CaseFile.id == through_kin.id)
    assert db.session.scalar(found) is None


def by_email(victim_email: str) -> Callable[[], Staff]:
    return lambda: a_member_of_staff(Role.INTAKE_OFFICER, email=victim_email)


def by_own_word() -> Staff:
    person = a_member_of_staff(Role.INTAKE_OFFICER)
    declare(person, Relation.SELF, **DECLARED["surname and postcode"])
    return person


OWN = {"by email": by_email(" KIN@example.ORG"), "by their own word": by_own_word}


@pytest.mark.proves("Z-12")
@pytest.mark.parametrize("known", list(OWN))
def test_who_is_a_victim_here_and_whoever_leads_them_never_open_the_record(known: str):
    person = OWN[known]()
    leader = a_member_of_staff(Role.TEAM_LEADER, Role.INTAKE_OFFICER)
    elsewhere = a_member_of_staff(Role.TEAM_LEADER, Role.INTAKE_OFFICER, team="South")
    case = a_kins_case()
    with transaction():
        case.restricted = False
    colleague = a_member_of_staff(Role.INTAKE_OFFICER)  # of their team, but does not lead them
    for one in (elsewhere, colleague):
        assert queries.Caseload(viewer=an_actor(one)).count() == 1
    for one in (person, leader):
        for viewer in (an_actor(one), reader(an_actor(one))):
            assert set(seen_by(viewer).values()) == {0}, one.name
        with pytest.raises(RuleBroken, match="cannot take this case. Choose somebody else"):
            commands.assign_manager(case, leader, version=case.version, actor=TEST)


@pytest.mark.proves("Z-12")
@pytest.mark.parametrize("known", list(OWN))
def test_a_case_of_somebody_who_works_here_is_restricted_from_the_first(known: str):
    OWN[known]()
    case = a_kins_case()
    assert case.restricted
    colleague = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    assert set(seen_by(colleague).values()) == {0}
    other_leader = an_actor(a_member_of_staff(Role.TEAM_LEADER, team="South"))
    assert [row.reference for row in queries.Caseload(viewer=other_leader).page()] == [
        case.reference
    ]
    assert not a_case().restricted


@pytest.mark.proves("Z-12")
def test_the_email_of_a_victim_and_of_a_colleague_are_compared_in_one_form():
    case = a_case(victim=a_victim(email="Sam.Example+x@Example.ORG"))
    points = {point.value_index for point in case.victim.contact_points}
    assert email_index("  sam.example+X@example.org ") in points


@pytest.mark.proves("Z-11")
def test_kin_are_not_offered_a_case_and_cannot_be_given_it_and_why_is_not_said():
    declaring, other = a_member_of_staff(name="Dee Kin"), a_member_of_staff()
    declare(declaring, **DECLARED["address"])
    case = a_case(victim=kin())
    leader = an_actor(a_member_of_staff(Role.TEAM_LEADER))
    offered = {one.staff_id for one in choosing.chooser().advise(leader, case).candidates}
    assert declaring.id not in offered
    assert other.id in offered
    with pytest.raises(RuleBroken) as refused:
        commands.assign_manager(case, declaring, version=case.version, actor=leader)
    assert refused.value.message == "Dee Kin cannot take this case. Choose somebody else."
    assert case.manager_id is None
    db.session.rollback()
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.outcome, entry.actor_id) == ("case.conflict", "refused", leader.id)


@pytest.mark.proves("Z-11")
def test_kin_cannot_be_named_on_a_restricted_case():
    manager, declaring = a_member_of_staff(), a_member_of_staff(name="Dee Kin")
    declare(declaring, **DECLARED["phone"])
    case, actor = a_case(victim=kin(), manager=manager), an_actor(manager)
    commands.restrict(case, reason="A colleague's kin", version=case.version, actor=actor)
    assert declaring.id not in {one for one, _ in queries.people_to_name(case)}
    with pytest.raises(RuleBroken, match="Dee Kin cannot be named on this case"):
        commands.name_person(case, declaring, actor=actor)
    assert declaring.name not in {one.who for one in queries.who_may_open(case)}


@pytest.mark.proves("Z-11")
def test_asking_for_a_case_of_kin_is_written_down_each_time_and_raised_once():
    person = a_member_of_staff(Role.CASE_MANAGER)
    case, actor = a_kins_case(manager=person), an_actor(person)
    declare(person, **DECLARED["phone"])
    for _ in range(2):
        met = queries.cases_in_conflict(actor, reference=case.reference)
        commands.meet_conflict(met, actor=actor)
    assert queries.cases_in_conflict(actor, victim_id=case.victim_id) == [case.id]
    written = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "case.conflict"))
    told = [(entry.object_id, entry.outcome) for entry in written]
    assert told == [(str(case.id), "refused")] * 2
    review = db.session.scalars(sa.select(AccessReview)).one()
    assert (review.kind, review.staff_id, review.case_id) == (
        ReviewKind.CONFLICT,
        person.id,
        case.id,
    )
    leader, other = a_member_of_staff(Role.TEAM_LEADER), a_member_of_staff(Role.TEAM_LEADER)
    declare(other, **DECLARED["phone"])
    assert queries.review_counts(an_actor(leader)).waiting == 1
    assert queries.review_counts(an_actor(other)).waiting == 0


@pytest.mark.proves("Z-11")
def test_the_glass_is_not_broken_for_kin_and_the_answer_is_that_of_an_absent_case():
    person = a_member_of_staff(Role.TEAM_LEADER, team="South")
    case, actor = a_kins_case(manager=a_member_of_staff()), an_actor(person)
    declare(person, **DECLARED["phone"])
    said = []
    for reference in (case.reference, "BCN-22222"):
        with pytest.raises(RuleBroken) as refused:
            commands.break_glass(reference, reason="Somebody is in danger tonight.", actor=actor)
        said.append((refused.value.message, refused.value.field))
    assert said[0] == said[1]
