"""Whose losses and money a person may see: those of the cases they may open."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import (
    BankClaim,
    BankContact,
    ClaimEvent,
    ClaimLetter,
    LedgerEntry,
    Loss,
)
from beacon.fraud_hub.terms import GRANTS, FraudPermission


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


scope.register(Loss, lambda viewer: Loss.case_id.in_(_case_ids(viewer)))
scope.register(BankClaim, lambda viewer: BankClaim.case_id.in_(_case_ids(viewer)))
scope.register(LedgerEntry, lambda viewer: LedgerEntry.case_id.in_(_case_ids(viewer)))
scope.register(ClaimEvent, lambda viewer: ClaimEvent.case_id.in_(_case_ids(viewer)))
scope.register(ClaimLetter, lambda viewer: ClaimLetter.case_id.in_(_case_ids(viewer)))
scope.register(
    BankContact,
    lambda viewer: sa.literal(not GRANTS[FraudPermission.READ].isdisjoint(viewer.roles)),
)
