"""What may be missing or contradict itself in a case, and which box mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """One thing that is looked for in every case."""

    NO_DISTRICT = "no_district"
    NO_OFFENCE = "no_offence"
    NO_SAFE_CONTACT = "no_safe_contact"
    NO_MANAGER = "no_manager"
    UNDECIDED = "undecided"
    NO_NEEDS = "no_needs"
    NO_CLOSE_SCORES = "no_close_scores"
    CHILD_ALONE = "child_alone"
    NOT_ASKED = "not_asked"
    DATES = "dates"
    HEARING_OPEN = "hearing_open"
    NO_LOSS = "no_loss"
    CLAIM_OVER_LOSS = "claim_over_loss"

    @property
    def label(self) -> str:
        """What is wrong, as a row says it."""
        return CHECKS[self].label

    @property
    def mend(self) -> Mend:
        """How it is mended."""
        return CHECKS[self]


@dataclass(frozen=True)
class Mend:
    """What is wrong, what to do, and where: the page of a case or a victim, and its box."""

    label: str
    words: str
    endpoint: str = "cases.show"
    box: str = ""
    by_victim: bool = False  # the page is the victim's, not the case's


FROM_FEED = "It comes from the feed: ask who sent it to put it right."
CHECKS: dict[Check, Mend] = {
    Check.NO_DISTRICT: Mend("No district", FROM_FEED),
    Check.NO_OFFENCE: Mend("No offence, so no crime group", FROM_FEED),
    Check.NO_SAFE_CONTACT: Mend(
        "Nobody asked which way of contact is safe",
        "Ask, and write down what is safe.",
        "people.contact",
        "overall",
        by_victim=True,
    ),
    Check.NO_MANAGER: Mend(
        "Enhanced, without a named case manager", "Name one.", "cases.assign", "manager"
    ),
    Check.UNDECIDED: Mend(
        "Category proposed a week ago and not decided",
        "Decide the category.",
        "cases.category",
        "category",
    ),
    Check.NO_NEEDS: Mend(
        "Open for four weeks, needs never assessed",
        "Assess needs.",
        "cases.assess_needs",
        "stage",
    ),
    Check.NO_CLOSE_SCORES: Mend(
        "Closed in the last year: needs scored at the start, not at the close",
        "Open the case again, and score them.",
        "cases.reopen",
        "note",
    ),
    Check.CHILD_ALONE: Mend(
        "A child, with no parent or carer recorded",
        "Write down who speaks for them.",
        "people.add_around",
        "kind",
        by_victim=True,
    ),
    Check.NOT_ASKED: Mend(
        "Open for four weeks, nobody asked what they say of themselves",
        "Ask, and write down what they say.",
        "people.equality",
        "disability",
        by_victim=True,
    ),
    Check.DATES: Mend(
        "Dates out of order",
        "The offence is after its record, or the first contact before the case was opened. "
        + FROM_FEED,
    ),
    Check.HEARING_OPEN: Mend(
        "A hearing a week ago, with no outcome", "Record the outcome of the hearing."
    ),
    Check.NO_LOSS: Mend(
        "Fraud case open for four weeks, no loss logged",
        "Log the payments that were lost.",
        "fraud_hub.log_loss",
        "amount",
    ),
    Check.CLAIM_OVER_LOSS: Mend(
        "A claim for more than was lost", "Look at the claim and the loss.", "fraud_hub.case"
    ),
}
