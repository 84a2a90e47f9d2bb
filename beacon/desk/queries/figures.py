"""The groups of figures at the head of a desk: for whom each is, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any  # each fact is of its own kind

from beacon.accounts.terms import AccountPermission
from beacon.cases import queries as cases
from beacon.cases.queries import Caseload
from beacon.core import clock, roles, together
from beacon.core.actor import Actor
from beacon.core.roles import Role
from beacon.core.together import Asking
from beacon.desk.queries import standing, tiles
from beacon.desk.queries.tiles import Facts, Tile
from beacon.fraud_hub import queries as fraud
from beacon.fraud_hub.terms import FraudPermission
from beacon.partners import queries as partners
from beacon.referrals.queries import Queue
from beacon.referrals.terms import ReferralPermission

# What the groups are made of, by name: each is asked once, though several groups show it.
ASKS: dict[str, Callable[[Actor], Asking[Any]]] = {
    "own": lambda viewer: cases.desk_counts.ask(viewer, manager_id=viewer.id),
    "all": cases.desk_counts.ask,
    "open_cases": lambda viewer: Caseload(viewer=viewer, manager_id=viewer.id).counted(),
    "reviews": cases.review_counts.ask,
    "queue": lambda viewer: Queue(viewer=viewer).counted(),
    "promised": lambda viewer: Queue(viewer=viewer).number_promised(clock.today()),
    "hub": fraud.counts_waiting.ask,
    "money": lambda viewer: fraud.hub_totals.ask(
        viewer, tiles.year_of(clock.today()), clock.today()
    ),
    "log": lambda viewer: together.known(standing.log_counts(clock.today())),
    "people": lambda viewer: together.known(standing.account_counts(clock.today())),
    "totals": lambda viewer: together.known(standing.published(clock.today())),
    "unanswered": partners.unanswered_by.ask,
    "sent": lambda viewer: together.known(standing.agency_referrals(viewer.agency or "")),
}


Group = tuple[str, list[Tile]]


@dataclass(frozen=True)
class _Source:
    """One group of figures: for whom, of what, and how it is put together."""

    is_for: Callable[[Actor], bool]
    words: str
    asks: tuple[str, ...]
    put: Callable[[Facts], list[Tile]]


# In the order of the page, what is pressing first.
SOURCES = (
    _Source(lambda one: one.has(Role.TEAM_LEADER), "Your team", ("all", "reviews"), tiles.team),
    _Source(
        lambda one: one.has(Role.CASE_MANAGER, Role.FRAUD_OFFICER),
        "Your cases",
        ("own", "open_cases"),
        tiles.own,
    ),
    _Source(
        lambda one: roles.may(one.roles, ReferralPermission.TRIAGE),
        "Intake",
        ("all", "queue", "promised"),
        tiles.intake,
    ),
    _Source(
        lambda one: roles.may(one.roles, FraudPermission.WORK),
        "Fraud hub",
        ("hub", "money"),
        tiles.fraud,
    ),
    _Source(lambda one: one.has(Role.AUDITOR), "The log", ("reviews", "log"), tiles.log),
    _Source(
        lambda one: roles.may(one.roles, AccountPermission.ADMINISTER),
        "Accounts",
        ("people",),
        tiles.accounts,
    ),
    _Source(lambda one: one.has(Role.ANALYST), "Totals", ("totals",), tiles.totals),
    _Source(lambda one: one.has(Role.PARTNER), "Your agency", ("unanswered", "sent"), tiles.agency),
)


@dataclass(frozen=True)
class Figures:
    """The groups of figures at the head of a desk, and what they are made of."""

    groups: Sequence[Group]
    facts: Facts


def figures_of(viewer: Actor) -> Asking[Figures]:
    """The groups of figures that mean something to this person, each fact asked once."""
    wanted = [source for source in SOURCES if source.is_for(viewer)]
    names = list(dict.fromkeys(name for source in wanted for name in source.asks))
    found = yield from together.at_once(*(ASKS[name](viewer) for name in names))
    facts = dict(zip(names, found, strict=True))
    return Figures([(source.words, source.put(facts)) for source in wanted], facts)
