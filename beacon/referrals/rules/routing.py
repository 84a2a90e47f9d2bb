"""Which way a referral goes: a table read from the top, every line that applies shown with why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from beacon.cases.terms import Consent, CrimeKind
from beacon.entitlements.terms import EnhancedGround
from beacon.referrals.rules.urgency import HARM_TO_A_CHILD
from beacon.referrals.terms import Route, Urgent

G = EnhancedGround
AT_RISK = frozenset({Urgent.LIFE, Urgent.CHILD, Urgent.SELF_HARM, Urgent.EXPLOITED})


@dataclass(frozen=True, kw_only=True)
class RouteFacts:
    """What a referral says that bears on which way it goes."""

    kind: CrimeKind
    grounds: frozenset[EnhancedGround]
    urgent: frozenset[Urgent]
    consent: Consent
    lost_money: bool = False
    vulnerable: bool = False


@dataclass(frozen=True)
class RouteRule:
    """One line of the table: the way, the reason in words, and when it applies."""

    route: Route
    why: str
    applies: Callable[[RouteFacts], bool]


ROUTES: tuple[RouteRule, ...] = (
    RouteRule(
        Route.SAFEGUARDING,
        "Under 18, with domestic abuse, a sexual offence or exploitation.",
        lambda facts: G.UNDER_18 in facts.grounds and not HARM_TO_A_CHILD.isdisjoint(facts.grounds),
    ),
    RouteRule(
        Route.SAFEGUARDING,
        "Trafficking or modern slavery: a first responder must hear of it.",
        lambda facts: G.TRAFFICKING in facts.grounds,
    ),
    RouteRule(
        Route.SAFEGUARDING,
        "Marked urgent because somebody is at risk.",
        lambda facts: not AT_RISK.isdisjoint(facts.urgent),
    ),
    RouteRule(
        Route.FRAUD_HUB,
        "A fraud in which money was lost.",
        lambda facts: facts.kind is CrimeKind.FRAUD and facts.lost_money,
    ),
    RouteRule(
        Route.FRAUD_HUB,
        "A fraud against somebody who is vulnerable.",
        lambda facts: (
            facts.kind is CrimeKind.FRAUD and (facts.vulnerable or G.VULNERABLE in facts.grounds)
        ),
    ),
    RouteRule(
        Route.CASE_MANAGER,
        "Enhanced Rights are proposed: a named case manager is owed.",
        lambda facts: bool(facts.grounds),
    ),
    RouteRule(
        Route.ASB,
        "Anti-social behaviour.",
        lambda facts: facts.kind is CrimeKind.ASB,
    ),
    RouteRule(
        Route.NEEDS_ASSESSMENT,
        "They agreed to be in touch with us.",
        lambda facts: facts.consent is Consent.YES and facts.kind is not CrimeKind.FRAUD,
    ),
    RouteRule(
        Route.INFORMATION_ONLY,
        "Nothing speaks for more.",
        lambda facts: True,
    ),
)


@dataclass(frozen=True)
class Routed:
    """The way that is proposed, and every line of the table that applies, the first one first."""

    route: Route
    because: tuple[tuple[Route, str], ...]


def routed(facts: RouteFacts) -> Routed:
    """The proposed way: the first line that applies (domain.md 3.3, 3.6, 4.1; RULE 1.4)."""
    found = [rule for rule in ROUTES if rule.applies(facts)]
    # The last line applies to all; it is a reason only where it is the only one.
    lines = found[:-1] or found
    return Routed(lines[0].route, tuple((rule.route, rule.why) for rule in lines))
