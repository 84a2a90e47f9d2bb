"""Which scheme pays a payment back, how much at most, and by when to claim and to be answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from beacon.core.money import Money
from beacon.core.working_days import add_working_days
from beacon.fraud_hub.terms import EntryKind, PaymentMethod, Route, Scheme

TRANSFERS = frozenset({PaymentMethod.FASTER_PAYMENT, PaymentMethod.CHAPS})
CARDS = frozenset({PaymentMethod.CARD_CREDIT, PaymentMethod.CARD_DEBIT})
# Payments that a firm made for the victim, who may not have ordered them.
MADE_BY_A_FIRM = TRANSFERS | CARDS | {PaymentMethod.INTERNATIONAL}

UNAUTHORISED_FROM = date(2018, 1, 13)  # Payment Services Regulations 2017 in force
CRM_FROM = date(2019, 5, 28)
PSR_FROM = date(2024, 10, 7)

SECTION_75_OVER, SECTION_75_UP_TO = 100_00, 30_000_00
# A complaint may go to the ombudsman after 8 weeks, or within 6 months of the final response.
COMPLAINT_WEEKS, OMBUDSMAN_MONTHS = 8, 6
WARN_DAYS = (60, 30, 7)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One payment, as the choice of a scheme asks of it."""

    paid_on: date
    method: PaymentMethod
    amount_pence: int
    authorised: bool = True  # the victim made or ordered it, deceived or not


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What one scheme promises. Reply times are in working days."""

    reply_days: int | None = None
    final_days: int | None = None
    claim_months: int | None = None
    claim_days: int | None = None
    most_pence: int | None = None
    excess_pence: int = 0


# domain.md 4.8. A new scheme is a new line here, never an edit above.
TERMS: dict[Scheme, Terms] = {
    Scheme.PSR: Terms(
        reply_days=5, final_days=35, claim_months=13, most_pence=85_000_00, excess_pence=100_00
    ),
    Scheme.CRM: Terms(reply_days=15, final_days=35),
    Scheme.UNAUTHORISED: Terms(reply_days=1, final_days=35, claim_months=13),
    Scheme.SECTION_75: Terms(most_pence=SECTION_75_UP_TO),
    Scheme.CHARGEBACK: Terms(claim_days=120),
    Scheme.NONE: Terms(),
}
ROUTE_OF_SCHEME: dict[Route, Scheme] = {
    Route.PSR_REIMBURSEMENT: Scheme.PSR,
    Route.CRM_REIMBURSEMENT: Scheme.CRM,
    Route.UNAUTHORISED_REFUND: Scheme.UNAUTHORISED,
    Route.SECTION_75: Scheme.SECTION_75,
    Route.CHARGEBACK: Scheme.CHARGEBACK,
}

# Ways by which any claim may end in money, whatever scheme it was made under.
ENDS_ANY_CLAIM = frozenset({Route.BANK_GOODWILL, Route.BANK_RECALL, Route.FOS_AWARD})


@dataclass(frozen=True)
class Replies:
    """When an answer is expected, and the last day on which it may come (domain.md RULE 4.6)."""

    expected_on: date
    final_on: date


def schemes_for(payment: Payment) -> tuple[Scheme, ...]:
    """Every scheme this payment may be claimed under, the strongest first (domain.md RULE 4.4)."""
    if not payment.authorised:
        return _unauthorised(payment)
    if payment.method in TRANSFERS:
        return _transfer(payment.paid_on)
    if payment.method is PaymentMethod.CARD_CREDIT and _dear_enough(payment.amount_pence):
        return (Scheme.SECTION_75, Scheme.CHARGEBACK)
    return (Scheme.CHARGEBACK,) if payment.method in CARDS else ()


def scheme_for(payment: Payment) -> Scheme:
    """The scheme that applies to this payment, by its day and its method (domain.md RULE 4.4)."""
    return next(iter(schemes_for(payment)), Scheme.NONE)


def claim_by(scheme: Scheme, last_paid_on: date) -> date | None:
    """The last day to claim, from the last payment under the scheme (domain.md RULE 4.5)."""
    terms = TERMS[scheme]
    if terms.claim_months is not None:
        return last_paid_on + relativedelta(months=terms.claim_months)
    if terms.claim_days is not None:
        return last_paid_on + timedelta(days=terms.claim_days)
    return None


def warn_on(deadline: date) -> tuple[date, ...]:
    """The days on which to warn of a deadline: 60, 30 and 7 days before (domain.md RULE 4.5)."""
    return tuple(deadline - timedelta(days=days) for days in WARN_DAYS)


def replies(scheme: Scheme, made_on: date) -> Replies:
    """When the firm should answer a claim made that day (domain.md RULE 4.6).

    A scheme without a time of its own falls under the general rule for complaints: eight weeks.
    """
    terms = TERMS[scheme]
    if terms.reply_days is None or terms.final_days is None:
        complained = made_on + timedelta(weeks=COMPLAINT_WEEKS)
        return Replies(complained, complained)
    return Replies(
        add_working_days(made_on, terms.reply_days), add_working_days(made_on, terms.final_days)
    )


def ombudsman_by(final_response_on: date) -> date:
    """The last day to go to the Financial Ombudsman after a final response (RULE 4.5)."""
    return final_response_on + relativedelta(months=OMBUDSMAN_MONTHS)


def appeal_expected_on(appealed_on: date) -> date:
    """When an answer to an appeal is due: within the eight weeks for any complaint."""
    return appealed_on + timedelta(weeks=COMPLAINT_WEEKS)


def ends_claim(route: Route, scheme: Scheme) -> bool:
    """Whether money by this route is the answer to a claim under this scheme."""
    return route in ENDS_ANY_CLAIM or ROUTE_OF_SCHEME.get(route) is scheme


def most_payable(scheme: Scheme, amount_pence: int) -> int | None:
    """The most that a scheme must pay of an amount; None where there is no scheme."""
    if scheme is Scheme.NONE:
        return None
    most = TERMS[scheme].most_pence
    return amount_pence if most is None else min(amount_pence, most)


def excess(scheme: Scheme, *, vulnerable: bool | None) -> int:
    """What the firm may keep back: nothing from a vulnerable customer (domain.md 4.8)."""
    return 0 if vulnerable else TERMS[scheme].excess_pence


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


def _unauthorised(payment: Payment) -> tuple[Scheme, ...]:
    if payment.method in MADE_BY_A_FIRM and payment.paid_on >= UNAUTHORISED_FROM:
        return (Scheme.UNAUTHORISED,)
    return ()


def _transfer(paid_on: date) -> tuple[Scheme, ...]:
    if paid_on >= PSR_FROM:
        return (Scheme.PSR,)
    return (Scheme.CRM,) if paid_on >= CRM_FROM else ()


def _dear_enough(amount_pence: int) -> bool:
    return SECTION_75_OVER < amount_pence <= SECTION_75_UP_TO
