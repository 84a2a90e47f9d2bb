"""The tiles of each group of figures, each with the list behind it where one may open it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any  # each fact is of its own kind

from beacon.cases.queries import DeskCounts, Whose
from beacon.core import clock
from beacon.core.money import Money
from beacon.fraud_hub.terms import Waiting
from beacon.partners.queries import Unanswered
from beacon.referrals.terms import Place
from beacon.web.filters import short_day

YEAR_BEGINS = (4, 1)  # the year for which the hub's money is published
Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One figure, the page behind it, and how pressing it is."""

    number: int | str
    words: str
    one: str = ""  # the words beside the number one, where they are others
    endpoint: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    tone: str = "plain"
    more: str = ""

    @property
    def said(self) -> str:
        """The words as they stand beside the number."""
        return self.one if self.one and str(self.number) == "1" else self.words


def own(facts: Facts) -> list[Tile]:
    """What is to be told and done in one's own cases."""
    counts: DeskCounts = facts["own"]
    mine = {"whose": Whose.MINE.value}
    return [
        Tile(
            number=counts.late_cases,
            words="cases with something late: tell them now",
            one="case with something late: tell them now",
            endpoint="cases.index",
            asked=mine | {"late": "y"},
            tone="red",
            more=_things(counts),
        ),
        Tile(number=counts.due_today, words="to tell today", tone="amber"),
        Tile(number=counts.due_soon, words="to tell in the next seven days"),
        Tile(
            number=counts.open_tasks,
            words="other things to do",
            one="other thing to do",
            tone="amber",
        ),
        Tile(
            number=facts["open_cases"],
            words="cases of yours",
            one="case of yours",
            endpoint="cases.index",
            asked=mine,
        ),
    ]


def team(facts: Facts) -> list[Tile]:
    """What waits in the cases of a team."""
    counts: DeskCounts = facts["all"]
    return [
        Tile(
            number=counts.enhanced_without_manager,
            words="enhanced victims without a case manager",
            one="enhanced victim without a case manager",
            endpoint="cases.index",
            asked={"whose": Whose.ENHANCED_UNASSIGNED.value},
            tone="red",
        ),
        Tile(
            number=counts.unassigned,
            words="cases without a case manager",
            one="case without a case manager",
            endpoint="cases.index",
            asked={"whose": Whose.UNASSIGNED.value},
            tone="amber",
        ),
        Tile(
            number=counts.late_cases,
            words="cases with something late in your team",
            one="case with something late in your team",
            endpoint="cases.index",
            asked={"whose": Whose.ALL.value, "late": "y"},
            tone="red",
            more=_things(counts),
        ),
        Tile(number=counts.due_today, words="to tell today in your team", tone="amber"),
        _reviews(facts),
    ]


def intake(facts: Facts) -> list[Tile]:
    """What came in and waits."""
    waiting, promised = facts["queue"], facts["promised"]
    return [
        Tile(
            number=promised,
            words="contacts promised to who waits, due or late",
            one="contact promised to who waits, due or late",
            endpoint="referrals.index",
            asked={"promised": "due"},
            tone="red",
        ),
        Tile(
            number=waiting[Place.WAITING],
            words="referrals waiting for a decision",
            one="referral waiting for a decision",
            endpoint="referrals.index",
            asked={"place": str(int(Place.WAITING))},
            tone="amber",
        ),
        Tile(
            number=waiting[Place.NEW_CASE],
            words="new cases to look through",
            one="new case to look through",
            endpoint="referrals.index",
            asked={"place": str(int(Place.NEW_CASE))},
        ),
        Tile(
            number=facts["all"].first_contacts_due,
            words="first contacts due or late",
            one="first contact due or late",
            endpoint="cases.index",
            asked={"whose": Whose.ALL.value, "first_contact": "y"},
            tone="amber",
        ),
    ]


def fraud(facts: Facts) -> list[Tile]:
    """What waits at the fraud hub, and what it brought back."""
    counts, totals, today = facts["hub"], facts["money"], clock.today()
    return [
        Tile(
            number=counts.reply,
            words="claims waiting for a reply",
            one="claim waiting for a reply",
            endpoint="fraud_hub.cases",
            asked={"waiting": Waiting.REPLY.value},
            tone="amber",
        ),
        Tile(
            number=counts.first_contact,
            words="fraud cases without a first contact",
            one="fraud case without a first contact",
            endpoint="fraud_hub.cases",
            asked={"waiting": Waiting.FIRST_CONTACT.value},
            tone="amber",
        ),
        Tile(
            number=counts.no_loss,
            words="fraud cases without a loss",
            one="fraud case without a loss",
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


def _things(counts: DeskCounts) -> str:
    """How many things are late, where that is not the number of the cases."""
    return f"{counts.late:,} things to tell" if counts.late != counts.late_cases else ""


def _reviews(facts: Facts) -> Tile:
    counts = facts["reviews"]
    return Tile(
        number=counts.waiting,
        words="accesses to look at",
        one="access to look at",
        endpoint="oversight.reviews",
        tone="red" if counts.overdue else "amber",
    )


def log(facts: Facts) -> list[Tile]:
    """The log, and the accesses that somebody must look at."""
    rows = facts["log"]
    return [
        _reviews(facts),
        Tile(number=f"{rows.rows:,}", words="rows in the log", one="row in the log"),
        Tile(number=rows.today, words="written today"),
        Tile(number=rows.refused_today, words="refused today", tone="amber"),
    ]


def accounts(facts: Facts) -> list[Tile]:
    """Who may sign in."""
    people = facts["people"]
    return [
        Tile(
            number=people.active,
            words="people who may sign in",
            one="person who may sign in",
            endpoint="accounts.admin",
        ),
        Tile(
            number=people.disabled,
            words="accounts disabled",
            one="account disabled",
            endpoint="accounts.admin",
        ),
        Tile(
            number=people.wrong_today,
            words="wrong passwords today",
            one="wrong password today",
            tone="amber",
        ),
    ]


def totals(facts: Facts) -> list[Tile]:
    """Totals without people."""
    return [Tile(number=number, words=words) for words, number in facts["totals"]]


def agency(facts: Facts) -> list[Tile]:
    """What an agency was asked, and what became of what it sent."""
    sent = facts["sent"]
    return [
        _unanswered(facts["unanswered"]),
        Tile(
            number=sent.waiting,
            words="referrals of yours that wait",
            one="referral of yours that waits",
        ),
        Tile(
            number=sent.accepted,
            words="of yours that became cases",
            one="of yours that became a case",
            tone="green",
        ),
        Tile(
            number=sent.declined,
            words="of yours that were declined",
            one="of yours that was declined",
        ),
    ]


def _unanswered(asked: Unanswered) -> Tile:
    """What was sent to the agency, and by when the first is to be answered."""
    first = "by" if asked.count == 1 else "the first by"
    by = f" ({first} {short_day(asked.due_on)})" if asked.due_on else ""
    return Tile(
        number=asked.count,
        words=f"referrals to you wait for an answer{by}",
        one=f"referral to you waits for an answer{by}",
        endpoint="own_referrals.index",
        tone="red" if asked.is_late(clock.today()) else "amber",
    )


def year_of(day: date) -> date:
    """The first day of the year for which money is published."""
    begins = date(day.year, *YEAR_BEGINS)
    return begins if begins <= day else date(day.year - 1, *YEAR_BEGINS)
