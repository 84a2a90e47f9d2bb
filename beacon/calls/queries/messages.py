"""Messages of callers: those that wait for one person, those of one case, and whose case it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff
from beacon.calls import access, rules
from beacon.calls.models import CallMessage
from beacon.calls.terms import Proof, RingBack
from beacon.cases import ends
from beacon.cases.ends import End
from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import NAME, name_of
from beacon.cases.queries.opened import normal_reference
from beacon.core import phone, scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.names import name_key
from beacon.core.scope import Viewer
from beacon.core.sealed import blind_index
from beacon.core.together import Asking, asking
from beacon.people.models import ContactPoint, Victim
from beacon.web.shelves import Line

AT_MOST = 50
Manager = aliased(Staff)


@dataclass(frozen=True, kw_only=True)
class MessageRow:
    """One message, with its case where there is one."""

    id: int
    case_id: int | None
    reference: str
    who: str  # the victim of the case, or whoever said so of themselves
    said: str  # what a caller whom the worker did not find said of themselves
    words: str
    hours: str
    ring_on: date
    way: RingBack
    proof: Proof
    left_at: datetime
    by_name: str
    manager_name: str
    has_number: bool
    is_theirs: bool  # whoever reads may open it, and say that it was dealt with

    @property
    def is_placed(self) -> bool:
        """Whether it belongs to a case."""
        return self.case_id is not None


def messages_for(viewer: Viewer, *, at_most: int = AT_MOST) -> list[MessageRow]:
    """What waits for this person, the day on which to ring back first."""
    query = messages_waiting(viewer).limit(at_most)
    return [_row(row) for row in db.session.execute(query)]


@asking
def messages_of_case(viewer: Viewer, case: CaseFile) -> Asking[list[MessageRow]]:
    """The messages of one case that nobody has dealt with."""
    query = (
        _with_case(viewer)
        .where(CallMessage.case_id == case.id, CallMessage.done_at.is_(None))
        .order_by(CallMessage.ring_on, CallMessage.id)
        .limit(AT_MOST)
    )
    found = yield from together.rows(query)
    return [_row(row) for row in found]


def get_message(viewer: Viewer, message_id: int) -> CallMessage:
    """One message that this person may deal with."""
    query = scope.visible(viewer, CallMessage).where(
        CallMessage.id == message_id, access.to_answer(viewer)
    )
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def get_row(viewer: Viewer, message_id: int) -> MessageRow:
    """The same, as a page shows it."""
    query = _with_case(viewer).where(CallMessage.id == message_id, access.to_answer(viewer))
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    return _row(found)


def ends_of(case: CaseFile) -> list[End]:
    """Messages that somebody must answer before the case is closed."""
    query = (
        sa.select(CallMessage)
        .where(CallMessage.case_id == case.id, CallMessage.done_at.is_(None))
        .order_by(CallMessage.ring_on, CallMessage.id)
    )
    return [
        ends.End(
            words="A caller's message that nobody has answered",
            endpoint="calls.message",
            args={"message_id": one.id},
            due_on=one.ring_on,
        )
        for one in db.session.scalars(query)
    ]


def case_meant(*, name: str, born: str, reference: str, number: str) -> int | None:
    """The live case that what a caller said points to, and no other; for nobody's eyes.

    Our reference or a number, with their surname; or their name with their date of birth.
    """
    said, day, sought = name_key(name).split(), rules.read_day(born), normal_reference(reference)
    ways: list[sa.ColumnElement[bool]] = []
    if sought:
        ways.append(CaseFile.reference == sought)
    indexes = [blind_index("phone", form) for form in phone.all_in(number)]
    if indexes:
        ways.append(
            CaseFile.victim_id.in_(
                sa.select(ContactPoint.victim_id).where(ContactPoint.value_index.in_(indexes))
            )
        )
    if day:
        same = sa.and_(Victim.name_key == name_key(name), Victim.date_of_birth == day)
        ways.append(same)
    if not ways or not said:
        return None
    query = (
        sa.select(CaseFile.id, Victim.surname_key)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(sa.or_(*ways), CaseFile.closed_at.is_(None), CaseFile.erased_at.is_(None))
        .order_by(CaseFile.id)
        .limit(AT_MOST)
    )
    theirs = [
        row.id
        for row in db.session.execute(query)
        if row.surname_key and set(row.surname_key.split()) <= set(said)
    ]
    return theirs[0] if len(theirs) == 1 else None


def _with_case(viewer: Viewer) -> sa.Select[*tuple[object, ...]]:
    return (
        sa.select(
            CallMessage,
            CaseFile.reference.label("case_reference"),
            *NAME,
            Manager.name.label("m"),
            access.to_answer(viewer).label("is_theirs"),
        )
        .outerjoin(CaseFile, CaseFile.id == CallMessage.case_id)
        .outerjoin(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(Manager, Manager.id == CaseFile.manager_id)
        .where(scope.condition(viewer, CallMessage))
    )


def _row(row: sa.Row[*tuple[object, ...]]) -> MessageRow:
    one: CallMessage = row[0]  # type: ignore[assignment]
    placed = one.case_id is not None
    return MessageRow(
        id=one.id,
        case_id=one.case_id,
        reference=str(row.case_reference) if placed else "",
        who=name_of(row) if placed else one.caller or "Somebody who gave no name",
        said=", ".join(part for part in (one.caller, one.reference) if part),
        words=one.words,
        hours=one.hours,
        ring_on=one.ring_on,
        way=one.way,
        proof=one.proof,
        left_at=one.left_at,
        by_name=one.by_name,
        manager_name=str(row.m or ""),
        has_number=bool(one.number),
        is_theirs=bool(row.is_theirs),
    )


def messages_waiting(viewer: Viewer) -> sa.Select[*tuple[object, ...]]:
    """What waits for this person, for the desk."""
    return (
        _with_case(viewer)
        .where(access.for_desk(viewer), CallMessage.done_at.is_(None))
        .order_by(CallMessage.ring_on, CallMessage.id)
    )


def message_line(row: sa.Row[*tuple[object, ...]]) -> Line:
    """Who rang, and by when to come back to them."""
    one = _row(row)
    return Line(
        words=one.who,
        reference=one.reference,
        under=one.way.label,
        due_on=one.ring_on,
        endpoint="calls.message",
        args={"message_id": one.id},
        case_id=one.case_id,
    )
