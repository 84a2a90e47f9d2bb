"""The words with which a letter about a claim begins (domain.md 4.8).

A letter says who the customer is, which payment it is about and under which scheme, and nothing
else of them: no address, no number, no birthday, nothing of their health or of what happened. What
a person has still to write, or to ask the victim first, stands in square brackets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.core.money import Money
from beacon.fraud_hub.rules.schemes import Payment, choice_for, written_day
from beacon.fraud_hub.terms import LetterKind, RefusalGround, Scheme

K = LetterKind
AUTHORITY = "I write with their written authority of [date of the authority]."
ASKS: dict[Scheme, str] = {
    Scheme.PSR: (
        "Please reimburse it under the PSR’s mandatory reimbursement rules within five business "
        "days. If you stop the clock, please say at once what you need and from whom."
    ),
    Scheme.CRM: (
        "Please decide this claim under the Contingent Reimbursement Model Code within 15 business "
        "days, and reimburse the payment."
    ),
    Scheme.UNAUTHORISED: (
        "Please refund it under the Payment Services Regulations 2017 by the end of the next "
        "business day, and restore the account to the state in which it would be."
    ),
    Scheme.SECTION_75: (
        "Please refund it as the card’s issuer, who is jointly liable under section 75 of the "
        "Consumer Credit Act 1974."
    ),
    Scheme.CHARGEBACK: (
        "Please raise a chargeback for it within the time of the card scheme, and say when you "
        "have done so."
    ),
    Scheme.NONE: (
        "No scheme asks you to pay it back. Please look at what you could have noticed and done, "
        "and whether you will pay it back as goodwill."
    ),
}
VULNERABLE = "[only if they agree: that they were vulnerable when they paid, and how]"


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """What a letter is filled from. Days and amounts are those of the claim and its payment."""

    customer: str
    firm: str
    payment: Payment
    account: str  # the customer's own account at the firm, by which it finds them
    receiving: str  # the firm and account to which it went, as far as known
    scheme: Scheme
    made_on: date
    amount_pence: int
    expected_on: date
    replied_on: date | None = None
    ground: RefusalGround | None = None
    reference: str = ""  # our own, of the case


def words_to_begin(kind: LetterKind, facts: LetterFacts) -> str:
    """The words with which a letter of this kind begins, a blank line between its paragraphs."""
    bodies = {
        K.CLAIM: _claim,
        K.CHASER: _chaser,
        K.COMPLAINT: _complaint,
        K.APPEAL: _appeal,
        K.OMBUDSMAN: _to_ombudsman,
    }
    parts = (f"Your customer: {facts.customer}", AUTHORITY, *bodies[kind](facts))
    return "\n\n".join(part for part in parts if part)


def on_paper(words: list[str], *, officer: str, firm: str, reference: str) -> list[str]:
    """The letter from the name of the firm to that of whoever wrote it."""
    return [
        firm or "Fraud team",
        "Dear fraud team,",
        *words,
        f"Our reference is {reference}.",
        "Yours faithfully,",
        officer,
    ]


def _payment(facts: LetterFacts) -> str:
    one = facts.payment
    account = f" from {facts.account}" if facts.account else ""
    receiving = f" to {facts.receiving}" if facts.receiving else ""
    return (
        f"Payment: {Money(one.amount_pence)} on {written_day(one.paid_on)} by "
        f"{one.method.label.lower()}{account}{receiving}."
    )


def _because(facts: LetterFacts) -> str:
    return " ".join(choice_for(facts.payment).because)


def _claim(facts: LetterFacts) -> tuple[str, ...]:
    asked = f"We claim {Money(facts.amount_pence)} of it."
    return (
        _payment(facts),
        "The customer paid because of a fraud, which was reported under [crime reference].",
        _because(facts),
        f"{asked} {ASKS[facts.scheme]}",
        VULNERABLE if facts.scheme is Scheme.PSR else "",
    )


def _chaser(facts: LetterFacts) -> tuple[str, ...]:
    return (
        _payment(facts),
        (
            f"We claimed {Money(facts.amount_pence)} on {written_day(facts.made_on)}. An answer "
            f"was due by {written_day(facts.expected_on)}, and none has come."
        ),
        "Please answer by [day], or say what you still need and why.",
    )


def _complaint(facts: LetterFacts) -> tuple[str, ...]:
    return (
        "This is a complaint. Please treat it so from the day on which you receive it.",
        _payment(facts),
        f"We claimed {Money(facts.amount_pence)} on {written_day(facts.made_on)}.",
        "[what the firm did, or did not do]",
        "Please send your final response, with the ground and the facts on which it stands.",
    )


def _appeal(facts: LetterFacts) -> tuple[str, ...]:
    on = f" on {written_day(facts.replied_on)}" if facts.replied_on else ""
    ground = f" Your ground was: {facts.ground.label.lower()}." if facts.ground else ""
    return (
        "This is a complaint about your decision. Please look at it again.",
        _payment(facts),
        f"We claimed {Money(facts.amount_pence)} on {written_day(facts.made_on)}. You answered{on}."
        + ground,
        facts.ground.answer if facts.ground else "",
        "[the facts that speak against the decision]",
        "Please send your final response. Without one we go to the Financial Ombudsman Service.",
    )


def _to_ombudsman(facts: LetterFacts) -> tuple[str, ...]:
    on = f" on {written_day(facts.replied_on)}" if facts.replied_on else ""
    ground = f" Its ground was: {facts.ground.label.lower()}." if facts.ground else ""
    return (
        f"The complaint is about {facts.firm or '[the firm]'}.",
        _payment(facts),
        _because(facts),
        (
            f"We claimed {Money(facts.amount_pence)} on {written_day(facts.made_on)}. The firm "
            f"answered{on or ': [day and what it said]'}.{ground}"
        ),
        "[why that is not fair, and what would put it right]",
        "The firm’s letters and our log of the claim are with this letter: [list them].",
    )
