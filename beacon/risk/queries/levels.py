"""How high the risk in some cases is, and all that one case's page says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.cases.marks import Mark
from beacon.cases.models import CaseFile
from beacon.core import clock, roles, scope, settings, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.people import queries as people
from beacon.risk import rules
from beacon.risk.models import (
    AsbIncident,
    CaseRisk,
    GroundFound,
    MaracReferral,
    RiskAssessment,
    RiskWording,
    SafeguardingConcern,
    SlaveryReferral,
)
from beacon.risk.rules import Thresholds
from beacon.risk.terms import MaracOutcome, RiskLevel, RiskPermission, RiskTool

TONES = {RiskLevel.HIGH: "red", RiskLevel.MEDIUM: "amber", RiskLevel.STANDARD: "grey"}
NOT_HEARD = (MaracOutcome.NOT_ACCEPTED, MaracOutcome.WITHDRAWN)


@dataclass(frozen=True)
class AssessmentLine:
    """One assessment with the critical signs that stand beside its score."""

    row: RiskAssessment
    signs: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class RiskOf:
    """What is known of the risk in one case."""

    history: Sequence[CaseRisk]  # the newest first
    assessments: Sequence[AssessmentLine]
    referrals: Sequence[MaracReferral]

    @property
    def standing(self) -> CaseRisk | None:
        """The level that stands."""
        return next((one for one in self.history if one.replaced_at is None), None)


@dataclass(frozen=True)
class Summary:
    """The risk in a case in a few lines."""

    standing: CaseRisk | None
    latest: AssessmentLine | None
    referrals: int
    concerns: int
    slavery: int
    incidents: int


def thresholds() -> Thresholds:
    """From where on each ground holds, by the settings of this service."""
    return Thresholds(
        visible_high=settings.count("risk.visible_high"),
        medium=settings.count("risk.medium"),
        call_outs=settings.count("risk.call_outs"),
        repeat_months=settings.count("risk.repeat_months"),
    )


@asking
def levels(case_ids: Iterable[int]) -> Asking[dict[int, RiskLevel]]:
    """The level that stands in each of these cases; a case that nobody has assessed is not in it.

    For lists and for the weight of a case: whoever asks has the right to see the cases.
    """
    wanted = list(case_ids)
    if not wanted:
        return {}
    rows = yield from together.rows(
        sa.select(CaseRisk.case_id, CaseRisk.level).where(
            CaseRisk.case_id.in_(wanted), CaseRisk.replaced_at.is_(None)
        )
    )
    return {row.case_id: row.level for row in rows}


@asking
def marks(actor: Actor, case_ids: Sequence[int]) -> Asking[dict[int, Mark]]:
    """The level of each of these cases, for the top of its page and for lists."""
    if not roles.may(actor.roles, RiskPermission.READ):
        return {}
    held = yield from levels.ask(case_ids)
    return {case_id: Mark(level.label, TONES[level]) for case_id, level in held.items()}


def is_high(case_id: int) -> bool:
    """Whether the risk that stands in a case is high: nothing goes to its victim by itself."""
    held = sa.select(CaseRisk.level).where(
        CaseRisk.case_id == case_id, CaseRisk.replaced_at.is_(None)
    )
    return db.session.scalar(held) is RiskLevel.HIGH


def standing_of(case_id: int) -> CaseRisk | None:
    """The level that stands in a case, for whoever changes it."""
    return db.session.scalars(
        sa.select(CaseRisk).where(CaseRisk.case_id == case_id, CaseRisk.replaced_at.is_(None))
    ).first()


def risk_of(viewer: Viewer, case: CaseFile) -> RiskOf:
    """The levels, the assessments with their grounds, and the referrals to MARAC of one case."""
    assessed = scope.visible(viewer, RiskAssessment).where(RiskAssessment.case_id == case.id)
    levels_held = scope.visible(viewer, CaseRisk).where(CaseRisk.case_id == case.id)
    referred = scope.visible(viewer, MaracReferral).where(MaracReferral.case_id == case.id)
    return RiskOf(
        history=db.session.scalars(levels_held.order_by(CaseRisk.id.desc())).all(),
        assessments=[
            line_of(row) for row in db.session.scalars(assessed.order_by(RiskAssessment.id.desc()))
        ],
        referrals=db.session.scalars(referred.order_by(MaracReferral.id.desc())).all(),
    )


@asking
def summary_of(viewer: Viewer, case: CaseFile) -> Asking[Summary]:
    """What the page of the case itself says: the level, the last assessment, and how much more."""
    standing = scope.visible(viewer, CaseRisk).where(
        CaseRisk.case_id == case.id, CaseRisk.replaced_at.is_(None)
    )
    assessed = scope.visible(viewer, RiskAssessment).where(RiskAssessment.case_id == case.id)
    latest = assessed.order_by(RiskAssessment.id.desc()).limit(1)
    kept = (MaracReferral, SafeguardingConcern, SlaveryReferral, AsbIncident)
    last_id = latest.with_only_columns(RiskAssessment.id).scalar_subquery()
    counts, stands, row, grounds = yield from together.at_once(
        together.one(
            sa.select(
                *(
                    sa.select(sa.func.count()).where(model.case_id == case.id).scalar_subquery()
                    for model in kept
                )
            )
        ),
        together.first(standing),
        together.first(latest),
        together.scalars(
            sa.select(GroundFound)
            .where(GroundFound.assessment_id == last_id)
            .order_by(GroundFound.id)
        ),
    )
    if row is not None:
        together.gather([row], "grounds", grounds, by="assessment_id")
    return Summary(stands, line_of(row) if row is not None else None, *counts)


def line_of(row: RiskAssessment) -> AssessmentLine:
    """An assessment with its critical signs."""
    return AssessmentLine(row, rules.critical_signs(row.tool, row.answers))


def last_marac_on(case: CaseFile) -> date | None:
    """The day of the last MARAC of this victim that we know of, in whichever case it was.

    A referral that was not heard is none; one whose meeting is still to come, or not known, counts
    from its own day.
    """
    victims = [case.victim_id, *people.linked_ids(case.victim_id)]
    has_met = MaracReferral.meeting_on <= clock.today()
    day = sa.case((has_met, MaracReferral.meeting_on), else_=MaracReferral.referred_on)
    query = (
        sa.select(sa.func.max(day))
        .join(CaseFile, CaseFile.id == MaracReferral.case_id)
        .where(
            CaseFile.victim_id.in_(victims),
            sa.or_(MaracReferral.outcome.is_(None), MaracReferral.outcome.not_in(NOT_HEARD)),
        )
    )
    found: date | None = db.session.scalar(query)
    return found


def wording_of(tool: RiskTool) -> dict[int, str]:
    """What each question is called: the licensed wording where it is loaded, else our own topic."""
    loaded = db.session.execute(
        sa.select(RiskWording.number, RiskWording.wording).where(RiskWording.tool == tool)
    )
    return rules.questions_of(tool) | {row.number: row.wording for row in loaded}
