"""Whose losses and money a person may see: those of the cases they may open."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import (
    BankClaim,
    BankContact,
    BankLetter,
    ClaimEvent,
    ClaimLetter,
    FraudDecision,
    FraudTriage,
    LedgerEntry,
    LedgerProposal,
    LetterLine,
    Loss,
    MonthClose,
    OpeningBalance,
    OutreachCase,
    ProtocolCall,
    RepeatCheck,
    SupportItem,
)
from beacon.fraud_hub.terms import GRANTS, FraudPermission


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


def _holds(viewer: Viewer, permission: FraudPermission) -> sa.ColumnElement[bool]:
    return sa.literal(not GRANTS[permission].isdisjoint(viewer.roles))


scope.register(Loss, lambda viewer: Loss.case_id.in_(_case_ids(viewer)))
scope.register(BankClaim, lambda viewer: BankClaim.case_id.in_(_case_ids(viewer)))
scope.register(LedgerEntry, lambda viewer: LedgerEntry.case_id.in_(_case_ids(viewer)))
scope.register(FraudTriage, lambda viewer: FraudTriage.case_id.in_(_case_ids(viewer)))
scope.register(FraudDecision, lambda viewer: FraudDecision.case_id.in_(_case_ids(viewer)))
# What waits and belongs to a case is seen as the case is; what was published belongs to none.
scope.register(
    LedgerProposal,
    lambda viewer: sa.or_(
        LedgerProposal.case_id.in_(_case_ids(viewer)),
        sa.and_(LedgerProposal.case_id.is_(None), _holds(viewer, FraudPermission.APPROVE)),
    ),
)
# Figures of the whole county, as they are published: they name nobody.
scope.register(MonthClose, lambda viewer: _holds(viewer, FraudPermission.CLOSE))
scope.register(OpeningBalance, lambda viewer: _holds(viewer, FraudPermission.READ))
scope.register(BankLetter, lambda viewer: _holds(viewer, FraudPermission.WORK))
# A line whose case is closed to somebody is no line for them.
scope.register(
    LetterLine,
    lambda viewer: sa.or_(
        LetterLine.case_id.in_(_case_ids(viewer)),
        sa.and_(LetterLine.case_id.is_(None), _holds(viewer, FraudPermission.WORK)),
    ),
)
scope.register(ClaimEvent, lambda viewer: ClaimEvent.case_id.in_(_case_ids(viewer)))
scope.register(ClaimLetter, lambda viewer: ClaimLetter.case_id.in_(_case_ids(viewer)))
scope.register(
    BankContact,
    lambda viewer: sa.literal(not GRANTS[FraudPermission.READ].isdisjoint(viewer.roles)),
)
scope.register(SupportItem, lambda viewer: SupportItem.case_id.in_(_case_ids(viewer)))
scope.register(RepeatCheck, lambda viewer: RepeatCheck.case_id.in_(_case_ids(viewer)))
scope.register(OutreachCase, lambda viewer: OutreachCase.case_id.in_(_case_ids(viewer)))
# A call with no case names nobody: whoever may open the hub may read it.
scope.register(
    ProtocolCall,
    lambda viewer: sa.or_(
        ProtocolCall.case_id.is_(None), ProtocolCall.case_id.in_(_case_ids(viewer))
    ),
)
