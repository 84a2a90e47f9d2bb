"""Going through the tick list, and raising what must be seen the same day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.commands.keeping import held
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, FraudReport
from beacon.cases.terms import CrimeKind, TaskKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.fraud_hub import queries
from beacon.fraud_hub.models import FraudTriage, words_of
from beacon.fraud_hub.queries import Urgent
from beacon.fraud_hub.terms import BY_HAND, CALL_THE_SAME_DAY, Factor, FraudPermission, Source

NOTES_AT_MOST = 2_000
STALE = "Somebody else has gone through the tick list meanwhile. Read it, then save this again."


@dataclass(frozen=True, kw_only=True)
class TriageGiven:
    """The tick list as one person confirms it."""

    factors: Collection[Factor]
    notes: str = ""
    source: Source | None = None


def confirm_triage(case: CaseFile, given: TriageGiven, *, number: int, actor: Actor) -> FraudTriage:
    """Write down which factors hold, with the level that follows; one of the same day is raised.

    ``number`` is that of the tick list the page showed, nought for none. What the report proposed
    and is not ticked is denied, with a reason where it asks for a call the same day.
    """
    with transaction() as session:
        row = held_for(case, actor, FraudPermission.CONTACT)
        if row.crime.kind is not CrimeKind.FRAUD:
            raise NotFound
        before = queries.standing_triage(row.id)
        if (before.number if before else 0) != number:
            raise Stale(STALE)
        report = session.query(FraudReport).filter_by(crime_id=row.crime_id).one_or_none()
        page = queries.contact_page(actor, row, report)
        ticked = tuple(one for one in Factor if one in given.factors)
        counted = before.factors if before else page.proposed
        denied = tuple(one for one in Factor if one in counted and one not in ticked)
        _check(given, denied)
        judged = queries.judged(ticked, page.lost_pence)
        if before is not None:
            before.replaced_at = clock.now()
            session.flush()
        made = FraudTriage(
            case_id=row.id,
            number=number + 1,
            level=judged.level.value,
            same_day=bool(judged.same_day),
            source=given.source or (before.source if before else None),
            made_at=clock.now(),
            by_id=actor.id,
            by_name=actor.name,
        )
        made.factors_json, made.denied_json = words_of(ticked), words_of(denied)
        made.notes = given.notes.strip()
        session.add(made)
        session.flush()
        audit.record(
            "fraud.triaged",
            made,
            actor,
            operation=Operation.COLLECTION,
            case_id=row.id,
            level=judged.level.value,
            same_day=bool(judged.same_day),
        )
        if judged.same_day and not page.row.is_reached:
            _same_day(row.id, actor)
        return made


def raise_urgent(urgent: Urgent, *, actor: Actor) -> bool:
    """Put on a case what must be done the same day, once: whether it is new."""
    with transaction() as session:
        row = held(session.get_one(CaseFile, urgent.case_id))
        if not row.is_open or queries.was_raised(urgent):
            return False
        cases.add_task(
            row.id, kind=urgent.kind, about=urgent.about, due_on=clock.today(), actor=actor
        )
        return True


def _same_day(case_id: int, actor: Actor) -> None:
    """The manager and the leader see it on their desks from now on (domain.md RULE 4.3)."""
    cases.add_task(
        case_id,
        kind=TaskKind.FRAUD_SAME_DAY,
        about=queries.SAME_DAY_ABOUT,
        due_on=clock.today(),
        actor=actor,
    )


def _check(given: TriageGiven, denied: tuple[Factor, ...]) -> None:
    notes = given.notes.strip()
    if len(notes) > NOTES_AT_MOST:
        raise RuleBroken(f"The notes must be {NOTES_AT_MOST} characters or fewer.", "notes")
    urgent = [one.label.lower() for one in denied if one in CALL_THE_SAME_DAY]
    if urgent and not notes:
        raise RuleBroken(f"Enter how you know that this does not hold: {urgent[0]}.", "notes")
    if given.source is not None and given.source not in BY_HAND:
        raise RuleBroken("Choose who sent it; the fraud list says so of itself.", "source")
