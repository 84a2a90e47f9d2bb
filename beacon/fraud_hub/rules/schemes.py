"""Which scheme pays a payment back, why, and how much at most (domain.md 4.8, RULE 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.fraud_hub.terms import Destination, Known, Payer, PaymentMethod, Scheme

TRANSFERS = frozenset({PaymentMethod.FASTER_PAYMENT, PaymentMethod.CHAPS})
CARDS = frozenset({PaymentMethod.CARD_CREDIT, PaymentMethod.CARD_DEBIT})
# Payments that a firm made for the victim, who may not have ordered them.
MADE_BY_A_FIRM = TRANSFERS | CARDS | {PaymentMethod.INTERNATIONAL}
UNAUTHORISED_FROM = date(2018, 1, 13)  # Payment Services Regulations 2017 in force
CRM_FROM = date(2019, 5, 28)
PSR_FROM = date(2024, 10, 7)
SECTION_75_OVER, SECTION_75_UP_TO = 100_00, 30_000_00
# What a payment of the first may be claimed under as well, whatever its other facts.
BESIDE = {Scheme.SECTION_75: (Scheme.CHARGEBACK,)}
NOT_REACHED = {
    Destination.OWN_ACCOUNT: "It went to another account of their own.",
    Destination.CRYPTO: "It went to a cryptocurrency exchange.",
    Destination.ABROAD: "It went to an account abroad.",
}


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One payment, as the choice of a scheme asks of it. What is not known is not guessed."""

    paid_on: date
    method: PaymentMethod
    amount_pence: int
    authorised: bool = True  # the victim made or ordered it, deceived or not
    destination: Destination = Destination.NOT_KNOWN
    payer: Payer = Payer.NOT_KNOWN
    in_pounds: Known = Known.NOT_KNOWN
    is_dispute: Known = Known.NOT_KNOWN  # about goods or services, and no deception
    had_signed: Known = Known.NOT_KNOWN  # the sending firm was a signatory of the CRM Code then
    price_pence: int | None = None  # of the whole thing that was bought, where it is another


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What one scheme promises. Reply times are in working days."""

    reply_days: int | None = None
    final_days: int | None = None
    claim_months: int | None = None
    claim_days: int | None = None
    most_pence: int | None = None
    excess_pence: int = 0
    may_stop: bool = False  # the firm may stop the clock while it asks for something
    is_payment_service: bool = True  # a complaint is answered in 15 working days, not 8 weeks


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The scheme of one payment, in words that can be read to a bank."""

    scheme: Scheme
    others: tuple[Scheme, ...]  # what else the payment may be claimed under
    because: tuple[str, ...]  # why this one
    why_not: tuple[str, ...]  # why not a stronger one
    to_ask: tuple[str, ...]  # what must still be found out, for the choice stands on it


# domain.md 4.8. A new scheme is a new line here, never an edit above.
TERMS: dict[Scheme, Terms] = {
    Scheme.PSR: Terms(
        reply_days=5,
        final_days=35,
        claim_months=13,
        most_pence=85_000_00,
        excess_pence=100_00,
        may_stop=True,
    ),
    Scheme.CRM: Terms(reply_days=15, final_days=35),
    Scheme.UNAUTHORISED: Terms(reply_days=1, final_days=35, claim_months=13),
    Scheme.SECTION_75: Terms(most_pence=SECTION_75_UP_TO, is_payment_service=False),
    Scheme.CHARGEBACK: Terms(claim_days=120, is_payment_service=False),
    Scheme.NONE: Terms(is_payment_service=False),
}
# What domain.md marks as remembered and not read: a person must hold it against its source.
TO_VERIFY: dict[Scheme, str] = {
    Scheme.CRM: "whom the CRM Code covers beside its dates and its signatories",
    Scheme.UNAUTHORISED: "the refund by the next working day, and the 13 months to tell the bank",
    Scheme.CHARGEBACK: "the usual 120 days: each card scheme has its own rules",
    Scheme.SECTION_75: "the price of over £100 and up to £30,000",
}
NOT_AUTHORISED = "They did not make or approve the payment."
A_CARD = "It was paid by card."


def schemes_for(payment: Payment) -> tuple[Scheme, ...]:
    """Every scheme this payment may be claimed under, the strongest first (domain.md RULE 4.4)."""
    if not payment.authorised:
        return _unauthorised(payment)
    if payment.method in TRANSFERS:
        return () if why_outside(payment) else _of_transfer(payment)
    if payment.method is PaymentMethod.CARD_CREDIT and _dear_enough(payment):
        return (Scheme.SECTION_75, *BESIDE[Scheme.SECTION_75])
    return (Scheme.CHARGEBACK,) if payment.method in CARDS else ()


def scheme_for(payment: Payment) -> Scheme:
    """The scheme that applies to this payment, by its day and its method (domain.md RULE 4.4)."""
    return next(iter(schemes_for(payment)), Scheme.NONE)


def choice_for(payment: Payment) -> Choice:
    """The scheme of a payment, why, why no other, and what must still be found out."""
    schemes = schemes_for(payment)
    scheme = next(iter(schemes), Scheme.NONE)
    return Choice(
        scheme=scheme,
        others=schemes[1:],
        because=_because(payment, scheme),
        why_not=_why_not(payment, scheme),
        to_ask=_to_ask(payment, scheme),
    )


def most_payable(scheme: Scheme, amount_pence: int) -> int | None:
    """The most that a scheme must pay of an amount; None where there is no scheme."""
    if scheme is Scheme.NONE:
        return None
    most = TERMS[scheme].most_pence
    return amount_pence if most is None else min(amount_pence, most)


def excess(scheme: Scheme, *, vulnerable: bool | None) -> int:
    """What the firm may keep back: nothing from a vulnerable customer (domain.md 4.8)."""
    return 0 if vulnerable else TERMS[scheme].excess_pence


def why_outside(payment: Payment) -> tuple[str, ...]:
    """Why a transfer falls outside both the PSR's rules and the CRM Code, whatever its day."""
    said = [NOT_REACHED[payment.destination]] if payment.destination in NOT_REACHED else []
    if payment.is_dispute is Known.YES:
        said.append("It is a civil dispute about goods or services.")
    if payment.in_pounds is Known.NO:
        said.append("It was not paid in pounds.")
    if payment.payer is Payer.LARGER_BUSINESS:
        said.append("The payer is no consumer, micro-enterprise or small charity.")
    return tuple(said)


def written_day(day: date) -> str:
    """A day as a sentence says it."""
    return f"{day.day} {day:%B %Y}"


def _unauthorised(payment: Payment) -> tuple[Scheme, ...]:
    if payment.method in MADE_BY_A_FIRM and payment.paid_on >= UNAUTHORISED_FROM:
        return (Scheme.UNAUTHORISED,)
    return ()


def _of_transfer(payment: Payment) -> tuple[Scheme, ...]:
    if payment.paid_on >= PSR_FROM:
        return (Scheme.PSR,)
    signed = payment.had_signed is not Known.NO
    return (Scheme.CRM,) if payment.paid_on >= CRM_FROM and signed else ()


def _dear_enough(payment: Payment) -> bool:
    price = payment.amount_pence if payment.price_pence is None else payment.price_pence
    return SECTION_75_OVER < price <= SECTION_75_UP_TO


def _because(payment: Payment, scheme: Scheme) -> tuple[str, ...]:
    made = f"It was paid by {payment.method.label} on {written_day(payment.paid_on)}"
    if scheme is Scheme.PSR:
        return (f"{made}, on or after {written_day(PSR_FROM)}.", *_fits(payment))
    if scheme is Scheme.CRM:
        span = f"between {written_day(CRM_FROM)} and 6 October 2024"
        signed = ("The firm it left from had signed the CRM Code.",)
        return (
            f"{made}, {span}.",
            *_fits(payment),
            *(signed if payment.had_signed is Known.YES else ()),
        )
    if scheme is Scheme.UNAUTHORISED:
        return (NOT_AUTHORISED, "The Payment Services Regulations 2017 ask the firm to refund it.")
    if scheme is Scheme.SECTION_75:
        return (
            "It was paid by credit card, for something that cost over £100 and up to £30,000.",
            "The card’s issuer answers for the seller: Consumer Credit Act 1974.",
        )
    if scheme is Scheme.CHARGEBACK:
        return (A_CARD, "The card’s own scheme can take it back.")
    return ()


def _fits(payment: Payment) -> tuple[str, ...]:
    """Which conditions of a transfer are known to be met."""
    said = []
    if payment.destination is Destination.UK_ACCOUNT:
        said.append("It went to somebody else’s account in the UK.")
    if payment.in_pounds is Known.YES:
        said.append("It was paid in pounds.")
    if payment.payer is not Payer.NOT_KNOWN:
        said.append(f"The payer is: {payment.payer.label[:1].lower()}{payment.payer.label[1:]}.")
    return tuple(said)


def _why_not(payment: Payment, scheme: Scheme) -> tuple[str, ...]:
    day = written_day(payment.paid_on)
    if not payment.authorised:
        return () if scheme is Scheme.UNAUTHORISED else _no_refund(payment, day)
    if payment.method in CARDS:
        return () if scheme is Scheme.SECTION_75 else _no_section_75(payment)
    if payment.method not in TRANSFERS:
        return (f"{payment.method.label} is in neither the PSR’s rules nor the CRM Code.",)
    if scheme is Scheme.PSR:
        return ()
    outside = why_outside(payment)
    if payment.paid_on < PSR_FROM:
        outside = (*outside, f"Not the PSR’s rules: {day} is before {written_day(PSR_FROM)}.")
        if payment.paid_on < CRM_FROM:
            outside = (*outside, f"Not the CRM Code: {day} is before {written_day(CRM_FROM)}.")
        elif payment.had_signed is Known.NO:
            outside = (*outside, "Not the CRM Code: the firm it left from had not signed it.")
    return outside


def _no_refund(payment: Payment, day: str) -> tuple[str, ...]:
    if payment.method not in MADE_BY_A_FIRM:
        return (f"No firm made this payment: {payment.method.label}.",)
    from_day = written_day(UNAUTHORISED_FROM)
    return (f"Not the regulations of 2017: {day} is before {from_day}.",)


def _no_section_75(payment: Payment) -> tuple[str, ...]:
    if payment.method is PaymentMethod.CARD_DEBIT:
        return ("Not Section 75: it was a debit card.",)
    return ("Not Section 75: the price was not over £100 and up to £30,000.",)


def _to_ask(payment: Payment, scheme: Scheme) -> tuple[str, ...]:
    if payment.method is PaymentMethod.CARD_CREDIT and payment.authorised:
        return () if payment.price_pence is not None else (
            "What did the whole thing cost? Section 75 goes by its price, not by this payment.",
        )  # fmt: skip
    if scheme not in {Scheme.PSR, Scheme.CRM}:
        return ()
    asked = []
    if payment.destination is Destination.NOT_KNOWN:
        asked.append("Did it go straight to somebody else’s account in the UK?")
    if payment.in_pounds is Known.NOT_KNOWN:
        asked.append("Was it paid in pounds?")
    if payment.payer is Payer.NOT_KNOWN:
        asked.append("Did they pay as a person, a micro-enterprise or a small charity?")
    if payment.is_dispute is Known.NOT_KNOWN:
        asked.append("Is it a fraud, and no dispute about goods or services?")
    if scheme is Scheme.CRM and payment.had_signed is Known.NOT_KNOWN:
        asked.append("Had the firm it left from signed the CRM Code by that day?")
    return tuple(asked)
