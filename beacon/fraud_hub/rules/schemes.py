"""Which scheme pays a payment back, and how much at most (domain.md 4.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.fraud_hub.terms import PaymentMethod, Scheme

TRANSFERS = frozenset({PaymentMethod.FASTER_PAYMENT, PaymentMethod.CHAPS})
CARDS = frozenset({PaymentMethod.CARD_CREDIT, PaymentMethod.CARD_DEBIT})
# Payments that a firm made for the victim, who may not have ordered them.
MADE_BY_A_FIRM = TRANSFERS | CARDS | {PaymentMethod.INTERNATIONAL}
UNAUTHORISED_FROM = date(2018, 1, 13)  # Payment Services Regulations 2017 in force
CRM_FROM = date(2019, 5, 28)
PSR_FROM = date(2024, 10, 7)
SECTION_75_OVER, SECTION_75_UP_TO = 100_00, 30_000_00


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


def most_payable(scheme: Scheme, amount_pence: int) -> int | None:
    """The most that a scheme must pay of an amount; None where there is no scheme."""
    if scheme is Scheme.NONE:
        return None
    most = TERMS[scheme].most_pence
    return amount_pence if most is None else min(amount_pence, most)


def excess(scheme: Scheme, *, vulnerable: bool | None) -> int:
    """What the firm may keep back: nothing from a vulnerable customer (domain.md 4.8)."""
    return 0 if vulnerable else TERMS[scheme].excess_pence


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
