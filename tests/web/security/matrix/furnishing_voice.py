"""What hangs on a case of restorative justice, of a disposal, and of who is called to court."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.courts.models import (
    CourtWitness,
    Hearing,
    SpecialMeasure,
    SpecialMeasureStep,
    WitnessCame,
)
from beacon.courts.terms import Called, Came, Ground, Measure, MeasureStep
from beacon.restorative.models import (
    DisposalStep,
    DisposalView,
    RestorativeOffer,
    RestorativeRuling,
    RestorativeStep,
)
from beacon.restorative.terms import AskedBy, Disposal, Ruling, StepKind, ViewStep

BY = {"by_name": "A colleague"}


def offered(session: Session, row: CaseFile) -> dict[str, Any]:
    """An offer with a step and a ruling, and a disposal with a step, as commands leave them."""
    offer = RestorativeOffer(case_id=row.id, number=1, who="The driver")
    disposal = DisposalView(
        case_id=row.id,
        disposal=Disposal.CONDITIONAL_CAUTION,
        suspect="The driver",
        considered_at=clock.now(),
        asked_by=AskedBy.POLICE,
        decision_on=clock.today() + timedelta(days=7),
        **BY,
    )
    ruling = RestorativeRuling(
        case_id=row.id, ruling=Ruling.ALLOW, stops="order:1", reason="It was weighed", **BY
    )
    session.add_all([offer, disposal, ruling])
    session.flush()
    step = RestorativeStep(
        offer_id=offer.id,
        case_id=row.id,
        kind=StepKind.REQUESTED,
        happened_on=clock.today(),
        who="Priya",
        words="They rang",
        **BY,
    )
    turn = DisposalStep(
        disposal_id=disposal.id,
        case_id=row.id,
        kind=ViewStep.TRIED,
        happened_at=clock.now(),
        words="Nobody was in",
        **BY,
    )
    session.add_all([step, turn])
    session.flush()
    return {
        "offer_id": offer.id,
        "step_id": step.id,
        "deed": StepKind.REQUESTED.value,
        "disposal_id": disposal.id,
        "turn_id": turn.id,
        "turn": ViewStep.TRIED.value,
    }


def called(session: Session, row: CaseFile, hearing: Hearing) -> dict[str, Any]:
    """A witness called to the hearing of the case, a measure, and whether they came."""
    witness = CourtWitness(
        hearing_id=hearing.id, case_id=row.id, called=Called.WITNESS, who="Wanda Passer", **BY
    )
    session.add(witness)
    session.flush()
    measure = SpecialMeasure(
        witness_id=witness.id, measure=Measure.SCREENS, ground=Ground.INTIMIDATED
    )
    session.add_all([measure, WitnessCame(witness_id=witness.id, came=Came.NOT_KNOWN, **BY)])
    session.flush()
    step = MeasureStep.PROPOSED
    session.add(
        SpecialMeasureStep(measure_id=measure.id, step=step, happened_on=clock.today(), **BY)
    )
    return {"witness_id": witness.id, "measure_id": measure.id}
