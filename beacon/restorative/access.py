"""Whose offers and views a person may see: those of the cases they may open."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.restorative.models import (
    DisposalStep,
    DisposalView,
    RestorativeOffer,
    RestorativeRuling,
    RestorativeStep,
)


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


scope.register(DisposalStep, lambda viewer: DisposalStep.case_id.in_(_case_ids(viewer)))
scope.register(DisposalView, lambda viewer: DisposalView.case_id.in_(_case_ids(viewer)))
scope.register(RestorativeOffer, lambda viewer: RestorativeOffer.case_id.in_(_case_ids(viewer)))
scope.register(RestorativeRuling, lambda viewer: RestorativeRuling.case_id.in_(_case_ids(viewer)))
scope.register(RestorativeStep, lambda viewer: RestorativeStep.case_id.in_(_case_ids(viewer)))
