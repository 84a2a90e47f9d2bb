"""One case, with all that its page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar  # a list may be ordered by a column of any type

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from beacon.cases.models import (
    CaseFile,
    CaseGround,
    CaseTask,
    ContactLog,
    Crime,
    CrimeMilestone,
    FraudReport,
    InformationRequest,
    Need,
    NeedsAssessment,
    ProposedMilestone,
    TimelineEntry,
)
from beacon.cases.queries.asking import requests_of
from beacon.cases.queries.caseload import CaseRow, as_row, listed
from beacon.cases.queries.managers import names_of
from beacon.cases.queries.opened import Opened, linked_to, open_to
from beacon.cases.terms import EventKind
from beacon.core import scope, together
from beacon.core.actor import Actor, reader
from beacon.core.bank_holidays import last_year
from beacon.core.db import Base, db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements import queries as entitlements
from beacon.entitlements.codes import Rule
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, Unit
from beacon.people import queries as people
from beacon.people.queries import AroundCard
from beacon.web.paging import Cursor, Key, Page, asked_page

EVENTS_AT_MOST = 25  # on one page of the history
CONTACTS_AT_MOST = 50
NEWEST_FIRST = (
    Key(TimelineEntry.happened_at, descending=True),
    Key(TimelineEntry.id, descending=True),
)
LAST_FIRST = (ContactLog.happened_at.desc(), ContactLog.id.desc())
M = TypeVar("M", bound=Base)
Order = sa.ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class DutyLine:
    """One duty with its row of the Code."""

    duty: Duty
    rule: Rule
    expected_by: date | None  # while Witness Care has not heard: the latest lawful day

    @property
    def waits_for_receipt(self) -> bool:
        """Whether its clock starts only when Witness Care's receipt is given."""
        return self.duty.is_open and self.duty.clock_started_at is None

    @property
    def may_have_receipt(self) -> bool:
        """Whether Witness Care's receipt is still wanted, though it has been dealt with."""
        is_owed = self.duty.state is not DutyState.NOT_APPLICABLE
        return is_owed and self.duty.clock_started_at is None

    @property
    def calendar_wants(self) -> int:
        """The year whose bank holidays are to be loaded, where the day is not known."""
        return last_year() + 1

    def may_be_paused(self, on: date) -> bool:
        """Whether its clock may be made to stand still: one in working days that is not late."""
        duty = self.duty
        runs = duty.is_open and duty.due_on is not None and not duty.is_local_standard
        return runs and duty.unit == Unit.WORKING_DAYS.value and not duty.is_late(on)

    def is_late(self, on: date) -> bool:
        """Whether the victim should have been told by now."""
        return self.duty.is_late(on)


@dataclass(frozen=True, kw_only=True)
class HistoryAsked:
    """How much of a long history the page shows: of which kinds, from where, and which contacts."""

    kinds: frozenset[EventKind] = frozenset()  # none: all of them
    cursor: Cursor | None = None
    all_contacts: bool = False


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """All that the page of one case shows, but for how its victim may be reached."""

    opened: Opened
    shown: HistoryAsked
    grounds: Sequence[CaseGround]
    duties: Sequence[DutyLine]
    milestones: Sequence[CrimeMilestone]
    proposals: Sequence[ProposedMilestone]
    tasks: Sequence[CaseTask]
    requests: Sequence[InformationRequest]
    contacts: Sequence[ContactLog]
    assessments: Sequence[NeedsAssessment]
    timeline: Page[TimelineEntry]
    around: Sequence[AroundCard]
    fraud_report: FraudReport | None
    related: Sequence[CaseRow]
    names: Mapping[int, str]  # who decided, told, recorded and asked, by their number

    @property
    def case(self) -> CaseFile:
        """The case itself."""
        return self.opened.case

    @property
    def has_more_contacts(self) -> bool:
        """Whether there are contacts before those that are shown."""
        return not self.shown.all_contacts and len(self.contacts) > CONTACTS_AT_MOST

    @property
    def around_now(self) -> list[AroundCard]:
        """The people who are around the victim now."""
        return [one for one in self.around if not one.retired]

    @property
    def co_victims(self) -> list[CaseRow]:
        """The other victims of the crime, as far as the viewer may read their cases."""
        same = self.case.crime.reference
        return [one for one in self.related if one.crime_reference == same]

    @property
    def open_duties(self) -> list[DutyLine]:
        """What the victim must still be told, the most pressing first."""
        return [line for line in self.duties if line.duty.is_open or line.duty.is_paused]

    @property
    def closed_duties(self) -> list[DutyLine]:
        """What has been told or explained."""
        return [line for line in self.duties if not (line.duty.is_open or line.duty.is_paused)]

    @property
    def open_tasks(self) -> list[CaseTask]:
        """What is still to be done."""
        return [task for task in self.tasks if task.done_at is None]


def case_page(viewer: Actor, reference: str) -> CasePage:
    """One case as its page shows it, in the same number of statements however long its history."""
    return page_of(open_to(viewer, reference))


@asking
def page_of(opened: Opened, shown: HistoryAsked | None = None) -> Asking[CasePage]:
    """All that the page shows of a case that was opened, but for what features above add."""
    case, shown = opened.case, shown or HistoryAsked()
    contacts_at_most = None if shown.all_contacts else CONTACTS_AT_MOST + 1
    parts: dict[str, Any] = {
        "grounds": _of(case, CaseGround, CaseGround.id),
        "duties": duty_lines.ask(case),
        "milestones": _of_crime(case, CrimeMilestone, CrimeMilestone.happened_at.desc()),
        "proposals": _of_crime(case, ProposedMilestone, ProposedMilestone.id),
        "tasks": _of(case, CaseTask, CaseTask.due_on, CaseTask.id),
        "requests": requests_of.ask(case),
        "contacts": _of(case, ContactLog, *LAST_FIRST, at_most=contacts_at_most),
        "assessments": _assessments(case),
        "timeline": _timeline(case, shown),
        "around": people.people_around.ask(opened.viewer, case.victim),
        "fraud_report": _of_crime(case, FraudReport, FraudReport.id),
        "related": _related(reader(opened.viewer), case),
    }
    answers = yield from together.at_once(*parts.values())
    found: dict[str, Any] = dict(zip(parts, answers, strict=True))
    found["proposals"] = [one for one in found["proposals"] if one.decided_at is None]
    found["fraud_report"] = next(iter(found["fraud_report"]), None)
    names = yield from names_of.ask(
        [
            *(ground.decided_by_id for ground in found["grounds"]),
            *(line.duty.told_by_id for line in found["duties"]),
            *(one.recorded_by_id for one in found["milestones"]),
            *(one.asked_by_id for one in found["requests"]),
        ]
    )
    return CasePage(opened=opened, shown=shown, names=names, **found)


def _timeline(case: CaseFile, shown: HistoryAsked) -> Asking[Page[TimelineEntry]]:
    """One page of the history, of the kinds that were asked for."""
    query = sa.select(TimelineEntry).where(TimelineEntry.case_id == case.id)
    if shown.kinds:
        events = sorted(event for kind in shown.kinds for event in kind.events)
        query = query.where(TimelineEntry.event.in_(events))
    return asked_page(query, NEWEST_FIRST, shown.cursor, size=EVENTS_AT_MOST)


@asking
def duty_lines(case: CaseFile) -> Asking[list[DutyLine]]:
    """Every duty of a case with its row of the Code, the most pressing first."""
    duties = yield from _of(case, Duty, Duty.due_on.nulls_last(), Duty.id)
    return [
        DutyLine(duty, entitlements.rule_of(duty), entitlements.expected_by(duty))
        for duty in duties
    ]


def _assessments(case: CaseFile) -> Asking[list[NeedsAssessment]]:
    """The assessments with the eight needs of each, the newest first."""
    held = sa.select(Need).join(NeedsAssessment, NeedsAssessment.id == Need.assessment_id)
    assessments, needs = yield from together.at_once(
        _of(case, NeedsAssessment, NeedsAssessment.id.desc()),
        together.scalars(
            held.where(NeedsAssessment.case_id == case.id).order_by(Need.category, Need.id)
        ),
    )
    together.gather(assessments, "needs", needs, by="assessment_id")
    found: list[NeedsAssessment] = assessments
    return found


def assessments_of(viewer: Viewer, case: CaseFile) -> list[NeedsAssessment]:
    """The needs assessments of a case, the newest first."""
    query = scope.visible(viewer, NeedsAssessment).where(NeedsAssessment.case_id == case.id)
    return list(db.session.scalars(query.order_by(NeedsAssessment.id.desc())))


def cases_of_crime(reference_key: str) -> list[CaseFile]:
    """Every case of a crime, by the normal form of its reference; for the work, not for a page."""
    return list(
        db.session.scalars(
            sa.select(CaseFile)
            .join(CaseFile.crime)
            .where(Crime.reference_key == reference_key)
            .options(contains_eager(CaseFile.crime))
            .order_by(CaseFile.id)
        )
    )


def crime_by_reference(reference_key: str) -> Crime | None:
    """The crime of that reference, in its normal form, if we hold it."""
    return db.session.scalar(sa.select(Crime).where(Crime.reference_key == reference_key))


def _of(
    case: CaseFile, model: type[M], *order: Order, at_most: int | None = None
) -> Asking[list[M]]:
    held_by_case: sa.ColumnElement[int] = model.case_id  # type: ignore[attr-defined]
    query = sa.select(model).where(held_by_case == case.id).order_by(*order).limit(at_most)
    return together.scalars(query)


def _of_crime(case: CaseFile, model: type[M], *order: Order) -> Asking[list[M]]:
    held_by_crime: sa.ColumnElement[int] = model.crime_id  # type: ignore[attr-defined]
    query = sa.select(model).where(held_by_crime == case.crime_id).order_by(*order)
    return together.scalars(query)


def _related(viewer: Viewer, case: CaseFile) -> Asking[list[CaseRow]]:
    """The cases beside this one, as far as the viewer may read them."""
    query = listed(viewer).where(linked_to(case)).order_by(CaseFile.id)
    rows = yield from together.rows(query)
    return [as_row(row) for row in rows]
