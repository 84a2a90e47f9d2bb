"""What may be logged as money back, which claim it answers, when it counts, and who approves it.

All of it of domain.md 4.9.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from beacon.core.money import Money
from beacon.fraud_hub.rules.schemes import TERMS, Payment, schemes_for
from beacon.fraud_hub.terms import EntryKind, Route, Scheme

ROUTE_OF_SCHEME: dict[Route, Scheme] = {
    Route.PSR_REIMBURSEMENT: Scheme.PSR,
    Route.CRM_REIMBURSEMENT: Scheme.CRM,
    Route.UNAUTHORISED_REFUND: Scheme.UNAUTHORISED,
    Route.SECTION_75: Scheme.SECTION_75,
    Route.CHARGEBACK: Scheme.CHARGEBACK,
}
FIRST_YEAR = 2019  # the hub began in April 2019 (domain.md 4.1)
# Ways by which any claim may end in money, whatever scheme it was made under.
# A part of a letter that covers several payments: “/2”. A longer number is the letter's own.
PART = re.compile(r"(?P<paper>.*[^/])/[0-9]{1,2}")
ENDS_ANY_CLAIM = frozenset({Route.BANK_GOODWILL, Route.BANK_RECALL, Route.FOS_AWARD})


def ends_claim(route: Route, scheme: Scheme) -> bool:
    """Whether money by this route is the answer to a claim under this scheme."""
    return route in ENDS_ANY_CLAIM or ROUTE_OF_SCHEME.get(route) is scheme


def why_not_recovered(
    payment: Payment, *, route: Route, amount_pence: int, already: int, by_route: int
) -> tuple[str, str] | None:
    """Why this money cannot be logged against the payment: the sentence and its box.

    `already` is what has come back of the payment, `by_route` the part of it by this route.
    Recovered is never more than the loss (domain.md RULE 4.7); interest has no such limit.
    """
    if route.kind is EntryKind.INTEREST:
        return None
    scheme = ROUTE_OF_SCHEME.get(route)
    if scheme is not None and scheme not in schemes_for(payment):
        return f"{route.label} does not apply to this payment. Choose another route.", "route"
    left = payment.amount_pence - already
    if amount_pence > left:
        return (
            f"Only {Money(left)} of this loss is still out. Anything above it is interest.",
            "amount",
        )
    most = TERMS[scheme].most_pence if scheme else None
    if most is not None and by_route + amount_pence > most:
        return (
            f"{route.label} pays no more than {Money(most)}. Log the rest by its own route.",
            "amount",
        )
    return None


@dataclass(frozen=True)
class Person:
    """What the house knows of whoever logs or approves, to see one person in two accounts."""

    id: int | None
    name: str
    email: str = ""
    phone: str = ""

    @property
    def marks(self) -> frozenset[str]:
        """By what this person would be known again under another account."""
        name = "".join(sorted(_letters(self.name).split()))
        local, _, domain = self.email.casefold().partition("@")
        address = f"{local.partition('+')[0].replace('.', '')}@{domain}" if domain else ""
        digits = "".join(mark for mark in self.phone if mark.isdigit())[-10:]
        known = (("name", name), ("email", address), ("phone", digits))
        return frozenset(f"{kind} {mark}" for kind, mark in known if mark)


def same_person(one: Person, other: Person) -> bool:
    """Whether two accounts are of one person, as far as the house knows.

    By the account itself, or by a name, an address or a telephone number of one's own that both
    have. An address with a “+word” is the address without it.
    """
    if one.id is not None and one.id == other.id:
        return True
    return not one.marks.isdisjoint(other.marks)


def needs_second_person(together_pence: int, limit_pence: int) -> bool:
    """Whether what is logged comes, with the other parts of its day, to more than the limit."""
    return together_pence > limit_pence


def evidence_key(text: str) -> str:
    """A reference in the form by which it is compared: capitals and figures alone."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(mark for mark in plain if mark.isalnum() or mark == "/")


def paper_key(key: str) -> str:
    """The letter that a reference is of, without the part of it: “FPR77/2” is of “FPR77”."""
    part = PART.fullmatch(key)
    return part["paper"] if part else key


def counted_on(happened_on: date, open_from: date | None) -> date:
    """The day on which an entry counts: its own, or the first day that is not closed yet."""
    return happened_on if open_from is None else max(happened_on, open_from)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after this one."""
    return month + relativedelta(months=1)


def why_not_closed(month: date, *, next_month: date, today: date) -> str | None:
    """Why this month cannot be closed now: it is closed, not the next in turn, or not over."""
    if month < next_month:
        return "This month is closed already."
    if month > next_month:
        return f"Close {next_month:%B %Y} first: months are closed in their order."
    if today < month_after(month):
        return f"{month:%B %Y} is not over yet. Close it from {_day(month_after(month))}."
    return None


def why_no_opening(
    *, year: int, amount_pence: int, source: str, today: date
) -> tuple[str, str] | None:
    """Why a figure cannot be kept as published before the ledger: the sentence and its box."""
    newest = today.year if today.month >= 4 else today.year - 1
    if not FIRST_YEAR <= year <= newest:
        return f"Choose a financial year from {FIRST_YEAR} to {newest}.", "year"
    if amount_pence <= 0:
        return "Enter an amount above £0.00.", "amount"
    if not source.strip():
        return "Enter where the figure was published.", "source"
    return None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _letters(text: str) -> str:
    """Letters and figures alone, without their accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(mark for mark in plain if mark.isalnum() or mark == " ")
