"""Taking on a live case from another system: what was done there, and what is still owed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.commands.assigning import assign_manager
from beacon.cases.commands.keeping import held_crime, held_open, keep_history, keep_next_due
from beacon.cases.commands.opening import decide_category, propose_grounds
from beacon.cases.commands.suspects import note_suspect
from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.cases.terms import CaseStatus, TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements import commands as entitlements
from beacon.entitlements import queries, rules
from beacon.entitlements.codes import FIRST_CONTACT, Rule
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, EnhancedGround, VictimCategory

IN_THE_OLD_SYSTEM = "in the system before this one"
DONE_THERE = f"First contact was made {IN_THE_OLD_SYSTEM}."
NOT_LISTED = f"Not among what was still owed {IN_THE_OLD_SYSTEM}."
DECIDED_THERE = f"Decided {IN_THE_OLD_SYSTEM}."
ENHANCED_THERE = f"enhanced {IN_THE_OLD_SYSTEM}"
NAMED_THERE = f"named {IN_THE_OLD_SYSTEM}"


@dataclass(frozen=True)
class Owed:
    """One duty that is still open: its rule, and the moment that set it off."""

    rule: str
    event_at: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a case stood in the system it comes from. What is not known is left as Beacon has it."""

    manager: Staff | None = None
    category: VictimCategory | None = None
    grounds: tuple[EnhancedGround, ...] = ()
    status: CaseStatus | None = None
    first_contact_at: datetime | None = None
    owed: tuple[Owed, ...] = ()

    @property
    def is_enhanced(self) -> bool:
        """Whether it counted as Enhanced Rights there, as far as is known."""
        return bool(self.grounds) or self.category is VictimCategory.ENHANCED


def rule_owed(owed: Owed) -> Rule:
    """The rule of a duty that can be taken on; RuleBroken says why one cannot."""
    key = owed.rule
    code = rules.code_on(clock.london_day(owed.event_at))
    rule = code.rules.get(key)
    if rule is None:
        raise RuleBroken(f"the {code.name} Code has no rule {key}")
    if rule.trigger is None or not rule.opens_by_itself:
        raise RuleBroken(f"{key} is no duty with a date that an event opens by itself")
    return rule


def take_on(case: CaseFile, standing: Standing, *, actor: Actor) -> list[str]:
    """Bring a case that was just opened to where it stood; give what a person must still look at.

    What Beacon already knows better stays: a category that a person decided, a manager, a contact.
    """
    with transaction():
        notes = _category(case, standing, actor)
        _duties(case, standing.owed, actor)
        row = held_open(case)
        _contact(row, standing, actor)
        row.version += 1
        keep_next_due(row)
        audit.record(
            "case.taken_on",
            row,
            actor,
            operation=Operation.COLLECTION,
            duties=len(standing.owed),
        )
        return [*notes, *_manager(row, standing.manager, actor)]


def category_note(standing: Standing, proposed: Collection[EnhancedGround]) -> str:
    """Why a person must still decide the category, where they must."""
    grounds = {*proposed, *standing.grounds}
    if standing.category is VictimCategory.ENHANCED and not grounds:
        return "enhanced without a ground: a person must confirm the category"
    if standing.category is VictimCategory.STANDARD and grounds:
        return "standard, but its facts speak for Enhanced Rights: a person must decide"
    return ""


def _category(case: CaseFile, standing: Standing, actor: Actor) -> list[str]:
    proposed = {ground.ground for ground in case.grounds}
    if not case.category_is_proposed:
        return []
    note = category_note(standing, proposed)
    if standing.category is not None and not note:
        _decide(case, standing.category, proposed | set(standing.grounds), actor)
        return []
    found = [(ground, NAMED_THERE) for ground in standing.grounds]
    if standing.category is VictimCategory.ENHANCED:
        found = [(EnhancedGround.DISCRETION, ENHANCED_THERE)]
    flagged = EnhancedGround.DOMESTIC_ABUSE in standing.grounds
    propose_grounds(case, found, domestic_abuse=flagged, actor=actor)
    if found:
        case.category_turns = None  # it held there before
    return [note] if note else []


def _decide(
    case: CaseFile, category: VictimCategory, grounds: Collection[EnhancedGround], actor: Actor
) -> None:
    db.session().flush()
    decide_category(
        case,
        category=category,
        grounds=dict.fromkeys(grounds, True),
        reason=DECIDED_THERE,
        version=case.version,
        actor=actor,
    )
    case.category_turns = None  # it was so before it came here: nothing has changed with the victim


def _duties(case: CaseFile, owed: Iterable[Owed], actor: Actor) -> None:
    """Open what is listed, once; what happened before and is not listed is not owed any more."""
    listed = {one.rule for one in owed}
    if not listed:
        return
    held_crime(case.crime)
    for one in owed:
        _owe(case, one, actor)
    rest = [
        duty
        for duty in queries.open_duties(case.id)
        if not duty.is_local_standard and duty.rule not in listed
    ]
    for duty in rest:
        entitlements.not_applicable(duty, reason=NOT_LISTED, actor=actor)


def _owe(case: CaseFile, owed: Owed, actor: Actor) -> None:
    rule = rule_owed(owed)
    milestone = _milestone(case, rule, owed.event_at, actor)
    entitlements.open_duty(
        case_id=case.id,
        rule=rule.key,
        about=milestone.subject,
        event_at=milestone.happened_at,
        clock_started_at=milestone.received_at or owed.event_at,
        enhanced=case.enhanced,
        actor=actor,
    )


def _milestone(case: CaseFile, rule: Rule, at: datetime, actor: Actor) -> CrimeMilestone:
    """What set it off, recorded once for the crime; other victims' duties are not touched."""
    assert rule.trigger is not None, "rule_owed() has looked"
    session = db.session()
    of_crime = sa.select(CrimeMilestone).where(
        CrimeMilestone.crime_id == case.crime_id,
        CrimeMilestone.kind == rule.trigger,
        CrimeMilestone.happened_at == at,
        CrimeMilestone.withdrawn_at.is_(None),
    )
    held = session.scalars(of_crime.order_by(CrimeMilestone.id).limit(1)).first()
    if held is not None:
        return held
    made = CrimeMilestone(
        crime_id=case.crime_id,
        kind=rule.trigger,
        happened_at=at,
        received_at=at if rule.waits_for_receipt else None,
        recorded_by_id=actor.id,
    )
    session.add(made)
    note_suspect(case.crime, made.kind)
    session.flush()
    audit.record("crime.milestone", made, actor, crime_id=case.crime_id, kind=made.kind.value)
    keep_history(case.id, TimelineEvent.MILESTONE, actor, words=made.kind.label, at=at)
    return made


def _contact(row: CaseFile, standing: Standing, actor: Actor) -> None:
    """First contact: when it was made, or only that it was made before."""
    at = standing.first_contact_at
    if row.first_contact_at is not None or not (at or standing.status is CaseStatus.OPEN):
        return
    promised = db.session.scalar(
        sa.select(Duty).where(
            Duty.case_id == row.id, Duty.rule == FIRST_CONTACT, Duty.state == DutyState.OPEN
        )
    )
    row.status, row.first_contact_at = CaseStatus.OPEN, at
    if at is not None:
        keep_history(row.id, TimelineEvent.CONTACTED, actor, words=IN_THE_OLD_SYSTEM, at=at)
    if promised is None:
        return
    if at is not None:
        entitlements.mark_kept(promised, at=at, actor=actor)
    else:
        entitlements.not_applicable(promised, reason=DONE_THERE, actor=actor)


def _manager(row: CaseFile, manager: Staff | None, actor: Actor) -> list[str]:
    """Give it to whoever had it, unless somebody has it here; kin are never given it."""
    if manager is None or row.manager_id is not None:
        return []
    try:
        assign_manager(row, manager, version=row.version, actor=actor)
    except RuleBroken:
        return ["left without a manager: give it to somebody else"]
    return []
