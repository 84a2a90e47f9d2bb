"""What presses, which way a referral goes and why, and when somebody is tried again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from beacon.cases.terms import Consent, CrimeKind, SuspectStatus
from beacon.entitlements.terms import EnhancedGround as G
from beacon.referrals import rules
from beacon.referrals.rules import RouteFacts, UrgencyFacts
from beacon.referrals.terms import Route, Urgent


def urgent(*grounds: G, **known) -> tuple[Urgent, ...]:
    return rules.urgent_reasons(UrgencyFacts(grounds=frozenset(grounds), **known))


def way(*grounds: G, **known):
    usual = {
        "kind": CrimeKind.CRIME,
        "grounds": frozenset(grounds),
        "urgent": frozenset(),
        "consent": Consent.YES,
    }
    return rules.routed(RouteFacts(**usual | known))


@pytest.mark.parametrize(
    ("grounds", "known", "reasons"),
    [
        ((), {}, ()),
        ((G.VULNERABLE,), {}, ()),
        ((G.ATTEMPTED_MURDER,), {}, (Urgent.LIFE,)),
        ((G.UNDER_18,), {}, ()),
        ((G.UNDER_18, G.SEXUAL_OFFENCE), {}, (Urgent.CHILD,)),
        ((G.DOMESTIC_ABUSE,), {"suspect": SuspectStatus.CHARGED}, ()),
        ((G.DOMESTIC_ABUSE,), {"suspect": SuspectStatus.BAILED}, (Urgent.SUSPECT_NEAR,)),
        ((G.TRAFFICKING,), {}, (Urgent.EXPLOITED,)),
        ((), {"still_paying": True}, (Urgent.MONEY_LEAVING,)),
        ((), {"remote_access": True}, (Urgent.MONEY_LEAVING,)),
    ],
)
def test_what_makes_a_referral_urgent(grounds, known, reasons):
    assert urgent(*grounds, **known) == reasons


@pytest.mark.parametrize(
    ("grounds", "known", "route"),
    [
        ((G.UNDER_18, G.DOMESTIC_ABUSE), {}, Route.SAFEGUARDING),
        ((G.TRAFFICKING,), {}, Route.SAFEGUARDING),
        ((), {"urgent": frozenset({Urgent.SELF_HARM})}, Route.SAFEGUARDING),
        ((), {"kind": CrimeKind.FRAUD, "lost_money": True}, Route.FRAUD_HUB),
        ((G.VULNERABLE,), {"kind": CrimeKind.FRAUD}, Route.FRAUD_HUB),
        ((), {"kind": CrimeKind.FRAUD}, Route.INFORMATION_ONLY),
        ((G.HATE_CRIME,), {}, Route.CASE_MANAGER),
        ((), {"kind": CrimeKind.ASB}, Route.ASB),
        ((), {}, Route.NEEDS_ASSESSMENT),
        ((), {"consent": Consent.NOT_ASKED}, Route.INFORMATION_ONLY),
    ],
)
def test_which_way_a_referral_goes(grounds, known, route):
    assert way(*grounds, **known).route is route


def test_every_rule_that_applies_is_shown_with_why_and_the_first_is_proposed():
    found = way(G.UNDER_18, G.DOMESTIC_ABUSE)
    assert [route for route, _ in found.because] == [
        Route.SAFEGUARDING,
        Route.CASE_MANAGER,
        Route.NEEDS_ASSESSMENT,
    ]
    assert "Under 18" in found.because[0][1]


def test_that_nothing_speaks_for_more_is_a_reason_only_where_it_is_the_only_one():
    assert way(consent=Consent.NO).because == (
        (Route.INFORMATION_ONLY, "Nothing speaks for more."),
    )


@pytest.mark.parametrize(
    ("tried", "again"),
    [
        ("2026-11-23T09:30", "2026-11-24T15:00"),  # a Monday morning: Tuesday afternoon
        ("2026-11-23T16:00", "2026-11-24T10:00"),
        ("2026-11-27T16:00", "2026-11-30T10:00"),  # a Friday: the Monday
        ("2026-12-24T11:00", "2026-12-29T15:00"),  # Christmas, a weekend, Boxing Day kept Monday
    ],
)
def test_who_did_not_answer_is_tried_on_another_day_at_another_time(tried, again):
    at = datetime.fromisoformat(tried).replace(tzinfo=UTC)
    assert rules.next_try(at) == datetime.fromisoformat(again).replace(tzinfo=UTC)


def test_so_many_tries_are_left_and_never_fewer_than_none():
    assert [rules.tries_left(tried, 3) for tried in (0, 2, 3, 5)] == [3, 1, 0, 0]
