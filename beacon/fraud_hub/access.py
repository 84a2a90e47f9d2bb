"""Whose losses and money a person may see: those of the cases they may open."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import (
    BankClaim,
    LedgerEntry,
    Loss,
    OutreachCase,
    ProtocolCall,
    RepeatCheck,
    SupportItem,
)


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


scope.register(Loss, lambda viewer: Loss.case_id.in_(_case_ids(viewer)))
scope.register(BankClaim, lambda viewer: BankClaim.case_id.in_(_case_ids(viewer)))
scope.register(LedgerEntry, lambda viewer: LedgerEntry.case_id.in_(_case_ids(viewer)))
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
