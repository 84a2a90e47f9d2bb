"""The one mail of a day that tells a person of their reminders: counts and references, no name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.cases import queries
from beacon.cases.models import DutyReminder, ReminderDigest
from beacon.cases.queries import DigestLine, NewCases
from beacon.cases.terms import FOR_MANAGERS, ReminderKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import insert_once, transaction
from beacon.mail import commands as mail

NO_NEW_CASES = NewCases()
CASES_AT_MOST = 40  # named in one mail; the others are counted


def mail_reminders(staff_id: int, *, actor: Actor) -> bool:
    """Write a person the mail of the day, once; false where there is nothing to tell or it is told.

    The row of the day and the mail are one transaction: whoever is killed in between wrote neither.
    """
    today = clock.today()
    with transaction() as session:
        person = session.get(Staff, staff_id, populate_existing=True)
        if person is None or not person.may_sign_in(today):
            return False
        lines = queries.digest_for(person, today)
        if not lines or not insert_once(
            session,
            ReminderDigest.__table__,  # type: ignore[arg-type]
            staff_id=staff_id,
            on_day=today,
            duties=len(lines),
        ):
            return False
        digest = session.scalars(
            sa.select(ReminderDigest).where(
                ReminderDigest.staff_id == staff_id, ReminderDigest.on_day == today
            )
        ).one()
        told = [one for line in lines for one in line.reminder_ids]
        session.execute(
            sa.update(DutyReminder).where(DutyReminder.id.in_(told)).values(digest_id=digest.id)
        )
        new = queries.new_cases_waiting(queries.viewer_of(person))
        mail.write(
            to=person.email,
            subject=subject(_things(lines)),
            body=body(lines, today, new),
            actor=actor,
        )
        audit.record("reminders.mailed", ("staff", staff_id), actor, duties=len(lines))
    return True


def subject(duties: int) -> str:
    """How many there are, which is all that a locked screen shows."""
    return f"Beacon: {_counted(duties)} to see to"


def body(lines: Iterable[DigestLine], today: date, new: NewCases = NO_NEW_CASES) -> str:
    """The mail: under each heading the cases, first due first, with how many things in each.

    New cases that nobody has are one number, which is that of the desk.
    """
    parts = ["Victims must be told what stands here. The words are on your desk in Beacon."]
    left = CASES_AT_MOST
    lines = list(lines)
    if any(line.is_new for line in lines):
        parts.append(f"{new.sentence}.")
    for heading, found in _sections([line for line in lines if not line.is_new], today):
        cases = list(Counter(line.reference for line in found).items())
        named = [f"{heading}: {len(found)}", *(_case(*one) for one in cases[:left])]
        if len(cases) > left:
            named.append(f"and {len(cases) - left} more {_cases(len(cases) - left)}")
        left = max(left - len(cases), 0)
        parts.append("\n".join(named))
    parts.append("This mail names nobody. Do not answer it: nobody reads what comes back.")
    return "\n\n".join(parts) + "\n"


def _things(lines: list[DigestLine]) -> int:
    """How many there are to see to; the new cases that nobody has are one."""
    return sum(not line.is_new for line in lines) + any(line.is_new for line in lines)


def _sections(lines: list[DigestLine], today: date) -> list[tuple[str, list[DigestLine]]]:
    mine = [line for line in lines if line.kind in FOR_MANAGERS]
    sections = [
        ("Late", [line for line in mine if line.due_on < today]),
        ("Due today", [line for line in mine if line.due_on == today]),
        ("Due next working day", [line for line in mine if line.due_on > today]),
        *(
            (kind.label, [line for line in lines if line.kind is kind])
            for kind in (ReminderKind.NOBODYS, ReminderKind.ESCALATED)
        ),
    ]
    return [(heading, found) for heading, found in sections if found]


def _case(reference: str, things: int) -> str:
    return reference if things == 1 else f"{reference} ({things} things)"


def _cases(many: int) -> str:
    return "case" if many == 1 else "cases"


def _counted(many: int) -> str:
    return "1 reminder" if many == 1 else f"{many} reminders"
