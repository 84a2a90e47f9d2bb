"""The letters of a case manager: where each stands, whether one may go, and as it lies on paper."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope, settings, together
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.documents.models import CaseLetter
from beacon.documents.rules import paragraphs
from beacon.notices import queries as notices
from beacon.notices.models import VictimNotice
from beacon.notices.terms import HeldBecause, NoticeKind, NoticeState


@dataclass(frozen=True, kw_only=True)
class LetterRow:
    """One letter as a list shows it, and what became of it since it was queued."""

    letter: CaseLetter
    state: NoticeState | None
    held_because: HeldBecause | None
    because: str

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written on."""
        return self.letter.is_draft

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it waits, and is in no print run yet."""
        return self.state in {NoticeState.HELD, NoticeState.FOR_PRINT}

    @property
    def words(self) -> str:
        """Where it stands, as a page says it."""
        if self.letter.dropped_at is not None:
            return "Thrown away"
        return self.state.label if self.state else "Not finished"

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return self.state.tone if self.state else "grey"


@asking
def letters_of(viewer: Viewer, case: CaseFile) -> Asking[list[LetterRow]]:
    """The letters of a case, the newest first."""
    query = (
        sa.select(CaseLetter, VictimNotice)
        .outerjoin(VictimNotice, VictimNotice.id == CaseLetter.notice_id)
        .where(CaseLetter.case_id == case.id, scope.condition(viewer, CaseLetter))
        .order_by(CaseLetter.id.desc())
    )
    found = yield from together.rows(query)
    return [
        LetterRow(
            letter=letter,
            state=notice.state if notice else None,
            held_because=notice.held_because if notice else None,
            because=notice.because if notice else "",
        )
        for letter, notice in found
    ]


def letter_hindrance(case: CaseFile) -> HeldBecause | None:
    """Why no letter may go to this victim now; None where it may (domain.md RULE 7.1)."""
    way = notices.way_for(case.victim, NoticeKind.CASE_LETTER, is_careful=case.domestic_abuse)
    return way if isinstance(way, HeldBecause) else None


def words_on_paper(case: CaseFile, letter: CaseLetter) -> list[str]:
    """The letter paragraph by paragraph, from the greeting to the name at its end."""
    return paragraphs(
        letter.words,
        name=case.victim.full_name,
        manager=letter.by_name,
        reference=case.reference,
        telephone=settings.value("notices.telephone"),
    )
