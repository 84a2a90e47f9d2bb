"""Who sees pass-phrases, checks and messages: as the case; what belongs to none, who take calls."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.calls.models import CallerCheck, CallMessage, PassPhrase
from beacon.cases.hands import in_hand
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer

# Who deals with a message that belongs to no case that we could find.
TAKES_UNPLACED = frozenset({Role.INTAKE_OFFICER, Role.TEAM_LEADER})


def _cases(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


def _victims(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.victim_id).where(scope.condition(viewer, CaseFile))


def _takes(viewer: Viewer) -> bool:
    return not TAKES_UNPLACED.isdisjoint(viewer.roles) and Role.PARTNER not in viewer.roles


def _unplaced(viewer: Viewer) -> sa.ColumnElement[bool]:
    return CallMessage.case_id.is_(None) if _takes(viewer) else sa.false()


def _messages(viewer: Viewer) -> sa.ColumnElement[bool]:
    return sa.or_(CallMessage.case_id.in_(_cases(viewer)), _unplaced(viewer))


def for_desk(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The messages that are this person's to deal with: of cases in their hands, or of none.

    What came for a closed case is for whoever takes what belongs to nobody.
    """
    own = [in_hand(viewer)]
    if _takes(viewer):
        own.append(sa.and_(CaseFile.closed_at.is_not(None), scope.condition(viewer, CaseFile)))
    cases = sa.select(CaseFile.id).where(sa.or_(*own))
    return sa.or_(CallMessage.case_id.in_(cases), _unplaced(viewer))


def to_answer(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The messages that this person may open and finish: those on their desk, and as a leader
    those of any case they see, so that one does not keep a case open while its manager is away.
    """
    if Role.TEAM_LEADER not in viewer.roles or viewer.is_reading:
        return for_desk(viewer)
    return sa.or_(for_desk(viewer), CallMessage.case_id.in_(_cases(viewer)))


scope.register(PassPhrase, lambda viewer: PassPhrase.victim_id.in_(_victims(viewer)))
scope.register(CallerCheck, lambda viewer: CallerCheck.case_id.in_(_cases(viewer)))
scope.register(CallMessage, _messages)
