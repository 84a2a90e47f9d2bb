"""What may be logged as money back, and which claim it answers (domain.md 4.9)."""

from __future__ import annotations

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
# Ways by which any claim may end in money, whatever scheme it was made under.
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
