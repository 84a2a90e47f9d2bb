"""Opening a case, and deciding which rights its victim has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.commands.crimes import take_up_proposals
from beacon.cases.commands.finding import keep_findable
from beacon.cases.commands.keeping import (
    held,
    held_crime,
    keep_history,
    keep_next_due,
)
from beacon.cases.commands.milestones import open_earlier_duties
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, CaseGround, Crime
from beacon.cases.terms import CasePermission, Consent, TimelineEvent
from beacon.core import clock, lots
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.reference import CaseReference, Chooser
from beacon.entitlements import commands as entitlements
from beacon.entitlements.codes import FIRST_CODE_ON, FIRST_CONTACT
from beacon.entitlements.terms import EnhancedGround, VictimCategory
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from beacon.people import queries as people
from beacon.people.models import Victim

Proposal = tuple[EnhancedGround, str]
REASON_AT_MOST = 500


def open_case(
    *,
    crime: Crime,
    victim: Victim,
    consent: Consent,
    proposals: Sequence[Proposal],
    under_18: bool,
    domestic_abuse: bool,
    received_at: datetime,
    enhanced: bool = False,
    actor: Actor,
) -> CaseFile:
    """Open a case for one victim of one crime: new, with no manager yet (contract 3.5).

    The police's referral is a promise kept at receipt (Right 4), the first contact one that we
    have still to keep. A proposed ground counts as Enhanced Rights until a person decides; age
    under 18 at the offence decides by itself (domain.md RULE 1.3). The case of somebody who works
    here is restricted from the first (security.md Z-12). `enhanced`: it counted so before it came.
    """
    with transaction() as session:
        row = held_crime(crime)  # two referrals of one victim come one after the other
        if not lots.is_new(victim) and _case_of(session, row.id, victim.id) is not None:
            raise RuleBroken("There is already a case for this person and this crime.")
        case = CaseFile(
            reference=new_reference(),
            crime_id=row.id,
            victim_id=victim.id,
            consent=consent,
            domestic_abuse=domestic_abuse,
            opened_at=received_at,
            enhanced=enhanced or under_18 or bool(proposals),
            restricted=people.is_member_of_staff(victim),
        )
        lots.keep(case)
        audit.record(
            "case.opened",
            case,
            actor,
            operation=Operation.COLLECTION,
            restricted=case.restricted or None,
        )
        keep_history(case.id, TimelineEvent.OPENED, actor, at=received_at)
        _propose(case, proposals, under_18=under_18, actor=actor)
        _open_first_duties(case, row, received_at, actor)
        if not lots.is_new(row):
            open_earlier_duties(case, actor=actor)
        take_up_proposals(case, actor)
        numbers.place_in_case(Owner.VICTIM, victim.id, case.id)
        keep_findable(case, row, victim)
        keep_next_due(case)
        return case


def propose_grounds(
    case: CaseFile, proposals: Sequence[Proposal], *, domestic_abuse: bool, actor: Actor
) -> None:
    """Write down what newly speaks for Enhanced Rights on a case already open (contract 3.5).

    It counts as Enhanced Rights, and puts a category that was decided as standard before a person
    again. A ground that is there keeps its decision; a closed case is left as it is.
    """
    with transaction() as session:
        row = held(case)
        known = {ground.ground for ground in row.grounds}
        new = [(ground, fact) for ground, fact in proposals if ground not in known]
        if not row.is_open or not (new or (domestic_abuse and not row.domestic_abuse)):
            return
        row.domestic_abuse = row.domestic_abuse or domestic_abuse
        row.version += 1
        names = sorted(ground.value for ground, _ in new)
        audit.record("case.grounds_proposed", row, actor, grounds=names)
        if not new:
            return
        _propose(row, new, under_18=EnhancedGround.UNDER_18 in dict(new), actor=actor)
        if row.category is VictimCategory.STANDARD:
            row.category_decided_at = None
        session.flush()
        session.expire(row, ["grounds"])
        _count_as(row, enhanced=True, since=clock.now(), actor=actor)


def decide_category(
    case: CaseFile,
    *,
    category: VictimCategory,
    grounds: Mapping[EnhancedGround, bool],
    reason: str,
    version: int,
    actor: Actor,
) -> None:
    """Decide whether the victim has Enhanced Rights, on which grounds (domain.md 1.4, RULE 1.2).

    Any one ground is enough. A ground that was proposed and is not named does not hold. Only
    duties set off from now on get the other limit.
    """
    reason = reason.strip()
    with transaction():
        row = held_for(case, actor, CasePermission.TRIAGE, version=version)
        held_so = {ground for ground, holds in grounds.items() if holds}
        _check_decision(row, category, held_so, reason)
        now = clock.now()
        _write_grounds(row, held_so, reason, now, actor)
        row.category, row.category_decided_at = category, now
        row.version += 1
        audit.record(
            "case.category_decided",
            row,
            actor,
            category=category.value,
            grounds=sorted(ground.value for ground in held_so),
        )
        keep_history(
            row.id, TimelineEvent.CATEGORY_CONFIRMED, actor, words=_in_words(category, held_so)
        )
        _count_as(row, enhanced=category is VictimCategory.ENHANCED, since=now, actor=actor)


def new_reference(source: Chooser | None = None) -> str:
    """A reference that no other case has."""
    return _fresh(1, source)[0] if source else lots.draw(_fresh)


def _fresh(number: int, source: Chooser | None = None) -> list[str]:
    """So many references that no case has: one statement, unless chance gives some that one has."""
    fresh: dict[str, None] = {}
    while len(fresh) < number:
        made = {str(CaseReference.make(source)) for _ in range(number - len(fresh))}
        taken = sa.select(CaseFile.reference).where(CaseFile.reference.in_(made))
        fresh |= dict.fromkeys(made.difference(db.session.scalars(taken)))
    return list(fresh)


def _case_of(session: Session, crime_id: int, victim_id: int) -> int | None:
    return session.scalar(
        sa.select(CaseFile.id).where(CaseFile.crime_id == crime_id, CaseFile.victim_id == victim_id)
    )


def _propose(
    case: CaseFile, proposals: Sequence[Proposal], *, under_18: bool, actor: Actor
) -> None:
    """Write down what speaks for Enhanced Rights; age under 18 is decided there and then."""
    now, facts = clock.now(), dict(proposals)
    if under_18:
        fact = facts.pop(EnhancedGround.UNDER_18, "under 18 at the offence")
        lots.keep(
            CaseGround(
                case_id=case.id,
                ground=EnhancedGround.UNDER_18,
                proposed_by=fact,
                holds=True,
                decided_at=now,
            )
        )
        case.category, case.category_decided_at = VictimCategory.ENHANCED, now
        keep_history(case.id, TimelineEvent.CATEGORY_SET, actor, words=fact)
        audit.record("case.category_set", case, actor, category=case.category.value)
    for ground, fact in facts.items():
        lots.keep(CaseGround(case_id=case.id, ground=ground, proposed_by=fact))


def _count_as(row: CaseFile, *, enhanced: bool, since: datetime, actor: Actor) -> None:
    """Count as enhanced or as standard from now on, with what is set off from now on."""
    if row.turn(enhanced=enhanced, at=since):
        entitlements.change_category(case_id=row.id, enhanced=enhanced, since=since, actor=actor)
        keep_next_due(row)


def _open_first_duties(case: CaseFile, crime: Crime, received_at: datetime, actor: Actor) -> None:
    if clock.london_day(crime.recorded_at) >= FIRST_CODE_ON:
        referral = entitlements.open_duty(
            case_id=case.id,
            rule="R4_REFER",
            about="crime",
            event_at=crime.recorded_at,
            clock_started_at=crime.recorded_at,
            enhanced=case.enhanced,
            actor=actor,
        )
        entitlements.mark_kept(referral, at=received_at, actor=actor)
    entitlements.open_standard(
        case_id=case.id,
        name=FIRST_CONTACT,
        event_at=received_at,
        enhanced=case.enhanced,
        actor=actor,
    )


def _check_decision(
    case: CaseFile, category: VictimCategory, held_so: set[EnhancedGround], reason: str
) -> None:
    by_age = {ground.ground for ground in case.grounds if _decided_by_age(ground)}
    if not by_age <= held_so:
        raise RuleBroken(
            "The victim was under 18 at the offence, so Enhanced Rights follow by themselves. "
            "If the date of birth is wrong, correct it first.",
            field="grounds",
        )
    if category is VictimCategory.ENHANCED and not held_so:
        raise RuleBroken("Choose at least one ground for Enhanced Rights.", field="grounds")
    if category is VictimCategory.STANDARD and held_so:
        raise RuleBroken(
            "A victim to whom a ground applies has Enhanced Rights: choose enhanced, or take the "
            "ground away.",
            field="category",
        )
    turned_down = {ground.ground for ground in case.grounds if ground.holds is not False} - held_so
    if not reason and EnhancedGround.DISCRETION in held_so:
        raise RuleBroken("Enter why Enhanced Rights are given at our discretion.", field="reason")
    if not reason and category is VictimCategory.STANDARD and turned_down:
        raise RuleBroken("Enter why the grounds that were proposed do not apply.", field="reason")
    if len(reason) > REASON_AT_MOST:
        raise RuleBroken(
            f"The reason must be {REASON_AT_MOST} characters or fewer.", field="reason"
        )


def _decided_by_age(ground: CaseGround) -> bool:
    by_machine = ground.decided_at is not None and ground.decided_by_id is None
    return ground.ground is EnhancedGround.UNDER_18 and by_machine


def _write_grounds(
    case: CaseFile, held_so: set[EnhancedGround], reason: str, now: datetime, actor: Actor
) -> None:
    known = {ground.ground: ground for ground in case.grounds}
    for missing in sorted(held_so - known.keys()):
        known[missing] = CaseGround(case_id=case.id, ground=missing)
        db.session.add(known[missing])
    for ground in known.values():
        if not _decided_by_age(ground):
            ground.holds = ground.ground in held_so
            ground.decided_at, ground.decided_by_id = now, actor.id
            ground.reason = reason


def _in_words(category: VictimCategory, held_so: set[EnhancedGround]) -> str:
    grounds = ", ".join(ground.label for ground in sorted(held_so))
    return f"{category.label} ({grounds})" if grounds else category.label
