"""Builders for restorative justice: a step, an order that stops it, a ruling, a disposal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from beacon.cases import commands as cases
from beacon.cases.commands import OrderFacts
from beacon.cases.models import CaseFile, CaseOrder
from beacon.cases.terms import OrderKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.entitlements.terms import Channel
from beacon.restorative import commands, queries
from beacon.restorative.commands import DisposalGiven, RulingGiven, StepGiven, ViewGiven
from beacon.restorative.models import (
    DisposalStep,
    DisposalView,
    RestorativeOffer,
    RestorativeRuling,
    RestorativeStep,
)
from beacon.restorative.terms import (
    AgeGroup,
    AskedBy,
    Decided,
    Disposal,
    InformedBy,
    OfferOutcome,
    PassedBy,
    Ruling,
    Satisfaction,
    StepKind,
    VictimAnswer,
    ViewStep,
)
from tests.factories import TEST

REASONS = "The officer, the centre and the victim were asked; the contact goes through the centre."
USUAL: dict[StepKind, dict[str, Any]] = {
    StepKind.INFORMED: {
        "age": AgeGroup.ADULT,
        "informed_by": InformedBy.POLICE,
        "how": Channel.LETTER,
    },
    StepKind.EXPLAINED: {"who": "Priya Shah", "how": Channel.PHONE},
    StepKind.ANSWERED: {"answer": VictimAnswer.YES},
    StepKind.REFERRED: {"who": "Hertfordshire Centre for Restorative Justice"},
    StepKind.OUTCOME: {"outcome": OfferOutcome.MET},
    StepKind.SATISFACTION: {"satisfaction": Satisfaction.SATISFIED},
    StepKind.NOT_KNOWN: {"words": "The wrong person was named."},
}
VIEW: dict[ViewStep, dict[str, Any]] = {
    ViewStep.TRIED: {"how": Channel.PHONE},
    ViewStep.ASKED: {"how": Channel.PHONE},
    ViewStep.VIEW: {"how": Channel.PHONE, "words": "I would rather he said sorry."},
    ViewStep.NO_VIEW: {"how": Channel.PHONE},
    ViewStep.PASSED: {"passed_by": PassedBy.EMAIL},
    ViewStep.DECIDED: {"decided": Decided.GIVEN},
}


def take(
    case: CaseFile,
    kind: StepKind,
    offer: RestorativeOffer | None = None,
    *,
    actor: Actor = TEST,
    **known: Any,
) -> RestorativeStep:
    """One step of an offer; say only what your test is about."""
    given = StepGiven(**{"kind": kind, "on": clock.today()} | USUAL.get(kind, {}) | known)
    return commands.record_step(case, offer, given, actor=actor)


def explain(case: CaseFile, **known: Any) -> RestorativeStep:
    """Explain it."""
    return take(case, StepKind.EXPLAINED, **known)


def an_order(case: CaseFile, kind: OrderKind = OrderKind.RESTRAINING, **known: Any) -> CaseOrder:
    """An order that keeps the offender away, from today on."""
    facts = {"kind": kind, "starts_on": clock.today(), "conditions": "No contact at all."} | known
    return cases.record_order(case, OrderFacts(**facts), actor=TEST)


def a_ruling(
    case: CaseFile,
    ruling: Ruling = Ruling.ALLOW,
    *,
    actor: Actor,
    until: date | None = None,
    **known: Any,
) -> RestorativeRuling:
    """What a leader decides about what stands now."""
    seen = frozenset(stop.key for stop in queries.block_of(case.id).stops)
    usual = {"ruling": ruling, "reason": REASONS, "seen": seen, "until": until}
    return commands.rule_on(case, RulingGiven(**usual | known), actor=actor)


def a_disposal(case: CaseFile, *, actor: Actor = TEST, **known: Any) -> DisposalView:
    """A conditional caution, considered an hour ago, to be decided in a week."""
    usual = {
        "disposal": Disposal.CONDITIONAL_CAUTION,
        "considered_at": clock.now() - timedelta(hours=1),
        "asked_by": AskedBy.POLICE,
        "decision_on": clock.today() + timedelta(days=7),
    }
    return commands.consider_disposal(case, DisposalGiven(**usual | known), actor=actor)


def with_view(
    case: CaseFile, disposal: DisposalView, kind: ViewStep, *, actor: Actor = TEST, **known: Any
) -> DisposalStep:
    """One step with a disposal."""
    given = ViewGiven(**{"kind": kind, "at": clock.now()} | VIEW[kind] | known)
    return commands.record_view_step(case, disposal, given, actor=actor)
