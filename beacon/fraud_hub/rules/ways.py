"""What can still be tried for a payment beside or after its scheme, and until when (4.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from beacon.fraud_hub.rules.deadlines import claim_by, ombudsman_by
from beacon.fraud_hub.rules.schemes import CARDS, MADE_BY_A_FIRM, Payment, schemes_for
from beacon.fraud_hub.terms import PaymentMethod, Route, Scheme

CIVIL_YEARS = 6
RECALLED = frozenset(
    {PaymentMethod.FASTER_PAYMENT, PaymentMethod.CHAPS, PaymentMethod.INTERNATIONAL}
)


@dataclass(frozen=True, kw_only=True)
class Way:
    """One more way to get a payment back. Not sure: a person must still verify it."""

    route: Route
    words: str
    last_on: date | None = None
    is_sure: bool = True

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.last_on is not None and self.last_on < today


def ways_for(payment: Payment, *, final_response_on: date | None = None) -> tuple[Way, ...]:
    """Every other way for this payment, the quickest first."""
    return (
        *_recalled(payment),
        *_by_card(payment),
        *_by_the_firm(payment, final_response_on),
        *_by_law(payment),
    )


def _recalled(payment: Payment) -> tuple[Way, ...]:
    if payment.method not in RECALLED:
        return ()
    words = "Ask the sending firm to recall it today: it may still lie in the receiving account."
    return (Way(route=Route.BANK_RECALL, words=words),)


def _by_card(payment: Payment) -> tuple[Way, ...]:
    ways = []
    if Scheme.CHARGEBACK in schemes_for(payment)[1:]:
        words = "Ask the card’s issuer for a chargeback beside Section 75."
        last_on = claim_by(Scheme.CHARGEBACK, payment.paid_on)
        ways.append(Way(route=Route.CHARGEBACK, words=words, last_on=last_on, is_sure=False))
    if payment.method in CARDS and payment.authorised:
        words = "Ask the seller for the money, in writing."
        ways.append(Way(route=Route.MERCHANT_REFUND, words=words))
    return tuple(ways)


def _by_the_firm(payment: Payment, final_response_on: date | None) -> tuple[Way, ...]:
    if payment.method not in MADE_BY_A_FIRM:
        return ()
    goodwill = "Ask the firm to pay as goodwill, with what it could have noticed and done."
    if final_response_on is None:
        words = (
            "Complain to the firm first. The ombudsman takes it after its final response, or when "
            "the time to answer a complaint is over."
        )
        return (
            Way(route=Route.BANK_GOODWILL, words=goodwill),
            Way(route=Route.FOS_AWARD, words=words),
        )
    words = "Go to the Financial Ombudsman Service within six months of the final response."
    return (
        Way(route=Route.BANK_GOODWILL, words=goodwill),
        Way(route=Route.FOS_AWARD, words=words, last_on=ombudsman_by(final_response_on)),
    )


def _by_law(payment: Payment) -> tuple[Way, ...]:
    return (
        Way(
            route=Route.COURT_COMPENSATION,
            words="Where somebody is charged, ask the officer to put compensation to the court.",
        ),
        Way(
            route=Route.POCA,
            words="Where money is confiscated, ask that it is paid as compensation.",
        ),
        Way(
            route=Route.CIVIL,
            words="A claim in the civil court, with a solicitor’s advice on costs and on the time.",
            last_on=payment.paid_on + relativedelta(years=CIVIL_YEARS),
            is_sure=False,
        ),
    )
