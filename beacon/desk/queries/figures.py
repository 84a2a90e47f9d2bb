"""The figures at the head of a desk, each with the list behind it where the person may open it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any  # each fact is of its own kind

from beacon.accounts.terms import AccountPermission
from beacon.cases import queries as cases
from beacon.cases.queries import Caseload, DeskCounts, Whose
from beacon.core import clock, roles, together
from beacon.core.actor import Actor
from beacon.core.money import Money
from beacon.core.roles import Role
from beacon.core.together import Asking
from beacon.desk.queries import standing
from beacon.fraud_hub import queries as fraud
from beacon.fraud_hub.terms import FraudPermission, Waiting
from beacon.referrals.queries import Queue
from beacon.referrals.terms import Place, ReferralPermission

YEAR_BEGINS = (4, 1)  # the year for which the hub's money is published


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One figure, the page behind it, and how pressing it is."""

    number: int | str
    words: str
    endpoint: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    tone: str = "plain"
    more: str = ""


# What the groups are made of, by name: each is asked once, though several groups show it.
Facts = Mapping[str, Any]
ASKS: dict[str, Callable[[Actor], Asking[Any]]] = {
    "own": lambda viewer: cases.desk_counts.ask(viewer, manager_id=viewer.id),
    "all": cases.desk_counts.ask,
    "open_cases": lambda viewer: Caseload(viewer=viewer, manager_id=viewer.id).counted(),
    "reviews": cases.review_counts.ask,
    "queue": lambda viewer: Queue(viewer=viewer).counted(),
    "promised": lambda viewer: Queue(viewer=viewer).number_promised(clock.today()),
    "hub": fraud.counts_waiting.ask,
    "money": lambda viewer: fraud.hub_totals.ask(viewer, year_of(clock.today()), clock.today()),
    "log": lambda viewer: together.known(standing.log_counts(clock.today())),
    "people": lambda viewer: together.known(standing.account_counts(clock.today())),
    "totals": lambda viewer: together.known(standing.published(clock.today())),
    "sent": lambda viewer: together.known(standing.agency_referrals(viewer.agency or "")),
}


def _own(facts: Facts) -> list[Tile]:
    counts: DeskCounts = facts["own"]
    mine = {"whose": Whose.MINE.value}
    return [
        Tile(
            number=counts.late,
            words="late: tell them now",
            endpoint="cases.index",
            asked=mine | {"late": "y"},
            tone="red",
        ),
        Tile(number=counts.due_today, words="to tell today", tone="amber"),
        Tile(number=counts.due_soon, words="to tell in the next seven days"),
        Tile(number=counts.open_tasks, words="other things to do", tone="amber"),
        Tile(
            number=facts["open_cases"], words="cases of yours", endpoint="cases.index", asked=mine
        ),
    ]


def _team(facts: Facts) -> list[Tile]:
    counts: DeskCounts = facts["all"]
    return [
        Tile(
            number=counts.enhanced_without_manager,
            words="enhanced victims without a case manager",
            endpoint="cases.index",
            asked={"whose": Whose.ENHANCED_UNASSIGNED.value},
            tone="red",
        ),
        Tile(
            number=counts.unassigned,
            words="cases without a case manager",
            endpoint="cases.index",
            asked={"whose": Whose.UNASSIGNED.value},
            tone="amber",
        ),
        Tile(
            number=counts.late,
            words="late in your team",
            endpoint="cases.index",
            asked={"whose": Whose.ALL.value, "late": "y"},
            tone="red",
        ),
        Tile(number=counts.due_today, words="to tell today in your team", tone="amber"),
        _reviews(facts),
    ]


def _intake(facts: Facts) -> list[Tile]:
    waiting, promised = facts["queue"], facts["promised"]
    return [
        Tile(
            number=promised,
            words="contacts promised to who waits, due or late",
            endpoint="referrals.index",
            asked={"promised": "due"},
            tone="red",
        ),
        Tile(
            number=waiting[Place.WAITING],
            words="referrals waiting for a decision",
            endpoint="referrals.index",
            asked={"place": str(int(Place.WAITING))},
            tone="amber",
        ),
        Tile(
            number=waiting[Place.NEW_CASE],
            words="new cases to look through",
            endpoint="referrals.index",
            asked={"place": str(int(Place.NEW_CASE))},
        ),
        Tile(
            number=facts["all"].first_contacts_due,
            words="first contacts due or late",
            endpoint="cases.index",
            asked={"whose": Whose.ALL.value, "status": "new"},
            tone="amber",
        ),
    ]


def _fraud(facts: Facts) -> list[Tile]:
    counts, totals, today = facts["hub"], facts["money"], clock.today()
    return [
        Tile(
            number=counts.reply,
            words="claims waiting for a reply",
            endpoint="fraud_hub.cases",
            asked={"waiting": Waiting.REPLY.value},
            tone="amber",
        ),
        Tile(
            number=counts.first_contact,
            words="fraud cases without a first contact",
            endpoint="fraud_hub.cases",
            asked={"waiting": Waiting.FIRST_CONTACT.value},
            tone="amber",
        ),
        Tile(
            number=counts.no_loss,
            words="fraud cases without a loss",
            endpoint="fraud_hub.cases",
            asked={"waiting": Waiting.NO_LOSS.value},
        ),
        Tile(
            number=str(Money(totals.recovered_pence)),
            words="recovered this year",
            endpoint="fraud_hub.hub",
            tone="green",
            more=f"since {year_of(today).day} {year_of(today):%B}",
        ),
    ]


def _reviews(facts: Facts) -> Tile:
    counts = facts["reviews"]
    return Tile(
        number=counts.waiting,
        words="accesses to look at",
        endpoint="oversight.reviews",
        tone="red" if counts.overdue else "amber",
    )


def _log(facts: Facts) -> list[Tile]:
    rows = facts["log"]
    return [
        _reviews(facts),
        Tile(number=f"{rows.rows:,}", words="rows in the log"),
        Tile(number=rows.today, words="written today"),
        Tile(number=rows.refused_today, words="refused today", tone="amber"),
    ]


def _accounts(facts: Facts) -> list[Tile]:
    people = facts["people"]
    return [
        Tile(number=people.active, words="people who may sign in", endpoint="accounts.admin"),
        Tile(number=people.disabled, words="accounts disabled", endpoint="accounts.admin"),
        Tile(number=people.wrong_today, words="wrong passwords today", tone="amber"),
    ]


def _totals(facts: Facts) -> list[Tile]:
    return [Tile(number=number, words=words) for words, number in facts["totals"]]


def _agency(facts: Facts) -> list[Tile]:
    sent = facts["sent"]
    return [
        Tile(number=sent.waiting, words="referrals of yours that wait"),
        Tile(number=sent.accepted, words="of yours that became cases", tone="green"),
        Tile(number=sent.declined, words="of yours that were declined"),
    ]


def year_of(day: date) -> date:
    """The first day of the year for which money is published."""
    begins = date(day.year, *YEAR_BEGINS)
    return begins if begins <= day else date(day.year - 1, *YEAR_BEGINS)


Group = tuple[str, list[Tile]]


@dataclass(frozen=True)
class _Source:
    """One group of figures: for whom, of what, and how it is put together."""

    is_for: Callable[[Actor], bool]
    words: str
    asks: tuple[str, ...]
    tiles: Callable[[Facts], list[Tile]]


# In the order of the page, what is pressing first.
SOURCES = (
    _Source(lambda one: one.has(Role.TEAM_LEADER), "Your team", ("all", "reviews"), _team),
    _Source(
        lambda one: one.has(Role.CASE_MANAGER, Role.FRAUD_OFFICER),
        "Your cases",
        ("own", "open_cases"),
        _own,
    ),
    _Source(
        lambda one: roles.may(one.roles, ReferralPermission.TRIAGE),
        "Intake",
        ("all", "queue", "promised"),
        _intake,
    ),
    _Source(
        lambda one: roles.may(one.roles, FraudPermission.WORK),
        "Fraud hub",
        ("hub", "money"),
        _fraud,
    ),
    _Source(lambda one: one.has(Role.AUDITOR), "The log", ("reviews", "log"), _log),
    _Source(
        lambda one: roles.may(one.roles, AccountPermission.ADMINISTER),
        "Accounts",
        ("people",),
        _accounts,
    ),
    _Source(lambda one: one.has(Role.ANALYST), "Totals", ("totals",), _totals),
    _Source(lambda one: one.has(Role.PARTNER), "Your agency", ("sent",), _agency),
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
    return Figures([(source.words, source.tiles(facts)) for source in wanted], facts)
