"""The figures at the head of a desk, each with the list behind it where the person may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from beacon.accounts.terms import AccountPermission
from beacon.cases import queries as cases
from beacon.cases.queries import Caseload, DeskCounts, Whose
from beacon.core import clock, roles
from beacon.core.actor import Actor
from beacon.core.money import Money
from beacon.core.roles import Role
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


@dataclass(frozen=True)
class Facts:
    """What several parts of one desk are made of, read once."""

    viewer: Actor

    @cached_property
    def own(self) -> DeskCounts:
        """The figures of the person's own cases."""
        return cases.desk_counts(self.viewer, manager_id=self.viewer.id)

    @cached_property
    def all(self) -> DeskCounts:
        """The figures of every case they may see."""
        return cases.desk_counts(self.viewer)


def _own(facts: Facts) -> list[Tile]:
    counts, mine = facts.own, {"whose": Whose.MINE.value}
    open_cases = Caseload(viewer=facts.viewer, manager_id=facts.viewer.id).count()
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
        Tile(number=open_cases, words="cases of yours", endpoint="cases.index", asked=mine),
    ]


def _team(facts: Facts) -> list[Tile]:
    counts = facts.all
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
    queue = Queue(viewer=facts.viewer)
    waiting, promised = queue.counts(), queue.number_promised(clock.today())
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
            number=facts.all.first_contacts_due,
            words="first contacts due or late",
            endpoint="cases.index",
            asked={"whose": Whose.ALL.value, "status": "new"},
            tone="amber",
        ),
    ]


def _fraud(facts: Facts) -> list[Tile]:
    counts, today = fraud.counts_waiting(facts.viewer), clock.today()
    totals = fraud.hub_totals(facts.viewer, year_of(today), today)
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
    counts = cases.review_counts(facts.viewer)
    return Tile(
        number=counts.waiting,
        words="accesses to look at",
        endpoint="oversight.reviews",
        tone="red" if counts.overdue else "amber",
    )


def _log(facts: Facts) -> list[Tile]:
    rows = standing.log_counts(clock.today())
    return [
        _reviews(facts),
        Tile(number=f"{rows.rows:,}", words="rows in the log"),
        Tile(number=rows.today, words="written today"),
        Tile(number=rows.refused_today, words="refused today", tone="amber"),
    ]


def _accounts(facts: Facts) -> list[Tile]:
    people = standing.account_counts(clock.today())
    return [
        Tile(number=people.active, words="people who may sign in", endpoint="accounts.admin"),
        Tile(number=people.disabled, words="accounts disabled", endpoint="accounts.admin"),
        Tile(number=people.wrong_today, words="wrong passwords today", tone="amber"),
    ]


def _totals(facts: Facts) -> list[Tile]:
    return [Tile(number=number, words=words) for words, number in standing.published(clock.today())]


def _agency(facts: Facts) -> list[Tile]:
    sent = standing.agency_referrals(facts.viewer.agency or "")
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
Source = Callable[[Facts], list[Tile]]


def tiles_of(facts: Facts) -> list[Group]:
    """The groups of figures that mean something to this person, what is pressing first."""
    viewer = facts.viewer
    sources: list[tuple[bool, str, Source]] = [
        (viewer.has(Role.TEAM_LEADER), "Your team", _team),
        (viewer.has(Role.CASE_MANAGER, Role.FRAUD_OFFICER), "Your cases", _own),
        (roles.may(viewer.roles, ReferralPermission.TRIAGE), "Intake", _intake),
        (roles.may(viewer.roles, FraudPermission.WORK), "Fraud hub", _fraud),
        (viewer.has(Role.AUDITOR), "The log", _log),
        (roles.may(viewer.roles, AccountPermission.ADMINISTER), "Accounts", _accounts),
        (viewer.has(Role.ANALYST), "Totals", _totals),
        (viewer.has(Role.PARTNER), "Your agency", _agency),
    ]
    return [(label, source(facts)) for wanted, label, source in sources if wanted]
