"""Whose losses and money a person may see: those of the cases they may open."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import BankClaim, FraudDecision, FraudTriage, LedgerEntry, Loss


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


scope.register(Loss, lambda viewer: Loss.case_id.in_(_case_ids(viewer)))
scope.register(BankClaim, lambda viewer: BankClaim.case_id.in_(_case_ids(viewer)))
scope.register(LedgerEntry, lambda viewer: LedgerEntry.case_id.in_(_case_ids(viewer)))
scope.register(FraudTriage, lambda viewer: FraudTriage.case_id.in_(_case_ids(viewer)))
scope.register(FraudDecision, lambda viewer: FraudDecision.case_id.in_(_case_ids(viewer)))
