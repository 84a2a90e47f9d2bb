"""Breaking the glass: reading a case out of scope, for a reason and a short time (Z-09)."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.accounts import queries as accounts
from beacon.accounts.commands import still_may
from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import queries, rules
from beacon.cases.commands.access_reviews import meet_conflict, raise_review
from beacon.cases.commands.keeping import keep_history
from beacon.cases.models import BreakGlass, CaseFile
from beacon.cases.terms import CasePermission, ReviewKind, TimelineEvent
from beacon.core import clock, scope, settings
from beacon.core.actor import Actor, reader
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.mail import commands as mail
from beacon.people import queries as people

SAY_MORE = (
    f"Say why you must open this case, in at least {rules.REASON_AT_LEAST} characters and "
    f"{rules.WORDS_AT_LEAST} words: your team leader will read it."
)
# The same for what is absent, erased and in conflict: which of them it is, nobody is told.
NOT_THAT_ONE = "No case of that reference can be opened so. Check it, or ask your team leader."


def break_glass(reference: str, *, reason: str, actor: Actor) -> CaseFile:
    """Open a case to be read for a short time; one that is open to the person stays as it is."""
    with transaction() as session:
        now = still_may(actor, CasePermission.BREAK_GLASS)
        if not rules.is_a_reason(reason):
            raise RuleBroken(SAY_MORE, field="reason")
        case = queries.case_behind_glass(now, reference)
        if case is None or actor.id is None:
            raise RuleBroken(NOT_THAT_ONE, field="reference")
        if _is_open_to(now, case):
            return case
        until = clock.now() + timedelta(minutes=settings.count("access.break_glass_minutes"))
        glass = BreakGlass(case_id=case.id, staff_id=actor.id, until=until, reason=reason.strip())
        session.add(glass)
        audit.record(
            "break_glass",
            case,
            actor,
            operation=Operation.CONSULTATION,
            reason="given",
            until=until.isoformat(timespec="seconds"),
        )
        keep_history(case.id, TimelineEvent.GLASS_BROKEN, actor, words=_at(glass))
        session.flush()
        raise_review(
            f"break_glass:{glass.id}",
            ReviewKind.BREAK_GLASS,
            staff_id=actor.id,
            case_id=case.id,
            break_glass_id=glass.id,
        )
        _tell(case, glass, actor)
        return case


def note_refusal(reference: str, *, actor: Actor) -> None:
    """Write down that the glass was not broken, and a conflict where there is one."""
    asked = queries.normal_reference(reference)
    audit.refused("break_glass", ("page", "glass.ask"), actor, reference=asked)
    meet_conflict(queries.cases_in_conflict(actor, reference=reference), actor=actor)


def close_glass(reference: str, *, actor: Actor) -> None:
    """Close again, before its time, what was opened by breaking the glass."""
    with transaction() as session:
        held = sa.select(BreakGlass).join(CaseFile, CaseFile.id == BreakGlass.case_id)
        glasses = session.scalars(
            held.where(
                CaseFile.reference == queries.normal_reference(reference),
                BreakGlass.staff_id == actor.id,
                BreakGlass.until > clock.now(),
                BreakGlass.ended_at.is_(None),
            ).order_by(BreakGlass.id)
        ).all()
        if not glasses:
            raise NotFound
        for glass in glasses:
            glass.ended_at = clock.now()
            audit.record("break_glass.closed", ("case_file", glass.case_id), actor)


def _is_open_to(actor: Actor, case: CaseFile) -> bool:
    seen = scope.condition(reader(actor), CaseFile)
    return db.session.scalar(sa.select(CaseFile.id).where(CaseFile.id == case.id, seen)) is not None


def _tell(case: CaseFile, glass: BreakGlass, actor: Actor) -> None:
    """Tell the leaders of both teams, and whoever minds the protection of data, at once."""
    often = queries.glasses_today(glass.staff_id)
    body = (
        f"{actor.name} broke the glass to read {case.reference} until {_at(glass)}. "
        f"It is the {ordinal(often)} time that they did so today.\n\n"
        "Why they did is under Access reviews in Beacon. Say there whether it was justified."
    )
    for person in _to_be_told(case, actor):
        mail.write(
            to=person.email,
            subject=f"The glass was broken: {case.reference}",
            body=body,
            actor=actor,
        )


def _to_be_told(case: CaseFile, actor: Actor) -> list[Staff]:
    teams = {team for team in (case.team_id, actor.team_id) if team is not None}
    found = [one for team in sorted(teams) for one in _leading(team)]
    found += accounts.holding(Role.AUDITOR)
    never = people.staff_in_conflict(case.victim_id) | {actor.id}
    return list({one.id: one for one in found if one.id not in never}.values())


def _leading(team_id: int) -> list[Staff]:
    return accounts.holding(Role.TEAM_LEADER, team_id=team_id)


def _at(glass: BreakGlass) -> str:
    until = clock.london(glass.until)
    return f"{until:%H:%M} on {until.day} {until:%B}"


def ordinal(number: int) -> str:
    """First, second, third; then the figure with its letters."""
    words = {1: "first", 2: "second", 3: "third"}
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in {11, 12, 13} else 0)
    return words.get(number, f"{number}{ending or 'th'}")
