"""A case on paper: only what may lie on a desk or in a bag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from beacon.cases import queries as cases
from beacon.cases.models import CaseFile, CaseTask, ContactLog, NeedsAssessment
from beacon.cases.queries import DutyLine, NeedLine
from beacon.cases.queries.one_case import duty_lines
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.documents.models import Document
from beacon.documents.queries.papers import documents_of

CONTACTS_AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """What is printed of a case.

    No address or number and no way to reach them, nobody else by name, no words that were sealed:
    notes, plan, safety plan, risk, defendants, and no document for fewer people.
    """

    duties: Sequence[DutyLine]
    tasks: Sequence[CaseTask]
    contacts: Sequence[ContactLog]
    needs: Sequence[NeedLine]
    documents: Sequence[Document]


def on_paper(viewer: Viewer, case: CaseFile) -> OnPaper:
    """What is printed of a case, in the same number of statements however long its history."""
    contacts = scope.visible(viewer, ContactLog).where(ContactLog.case_id == case.id)
    tasks = scope.visible(viewer, CaseTask).where(
        CaseTask.case_id == case.id, CaseTask.done_at.is_(None)
    )
    newest = (ContactLog.happened_at.desc(), ContactLog.id.desc())
    return OnPaper(
        duties=duty_lines(case),
        tasks=list(db.session.scalars(tasks.order_by(CaseTask.due_on, CaseTask.id))),
        contacts=list(db.session.scalars(contacts.order_by(*newest).limit(CONTACTS_AT_MOST))),
        needs=cases.need_lines(_assessments(case)),
        documents=[
            one for one in documents_of(viewer, case) if one.state.is_there and not one.is_sensitive
        ],
    )


def _assessments(case: CaseFile) -> list[NeedsAssessment]:
    query = sa.select(NeedsAssessment).where(NeedsAssessment.case_id == case.id)
    return list(db.session.scalars(query.order_by(NeedsAssessment.id.desc())))
