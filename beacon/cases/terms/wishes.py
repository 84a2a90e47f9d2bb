"""The words of what a victim asked for: updates, reviews, claims, and what protects them."""

from __future__ import annotations

from enum import StrEnum


class UpdateEvery(StrEnum):
    """How often a victim asked to hear from us (Right 6, R6_FREQ)."""

    WEEK = "every_7_days"
    TWO_WEEKS = "every_14_days"
    FOUR_WEEKS = "every_28_days"
    MONTH = "monthly"
    KEY_EVENTS = "key_events"
    NO_CONTACT = "no_contact"

    @property
    def label(self) -> str:
        """The wish as a page says it."""
        return EVERY_LABELS[self]


EVERY_LABELS: dict[UpdateEvery, str] = {
    UpdateEvery.WEEK: "Every 7 days",
    UpdateEvery.TWO_WEEKS: "Every 14 days",
    UpdateEvery.FOUR_WEEKS: "Every 28 days",
    UpdateEvery.MONTH: "Every month",
    UpdateEvery.KEY_EVENTS: "Only when something important happens",
    UpdateEvery.NO_CONTACT: "No contact",
}


class FactKind(StrEnum):
    """What a victim asked for or was offered, of which dates are kept."""

    REVIEW_POLICE = "review_police"
    REVIEW_CPS = "review_cps"
    STATEMENT = "statement"
    COMPLAINT = "complaint"
    EXPENSES = "expenses"
    PROPERTY = "property"
    COMPENSATION = "compensation"
    INJURIES = "injuries"
    LENIENT = "lenient"
    CONTACT_SCHEME = "contact_scheme"

    @property
    def label(self) -> str:
        """What it is, as a page says it."""
        return FACT_LABELS[self]


FACT_LABELS: dict[FactKind, str] = {
    FactKind.REVIEW_POLICE: "Right to Review of a police decision",
    FactKind.REVIEW_CPS: "Right to Review of a CPS decision",
    FactKind.STATEMENT: "Victim Personal Statement",
    FactKind.COMPLAINT: "Complaint",
    FactKind.EXPENSES: "Expenses",
    FactKind.PROPERTY: "Property held as evidence",
    FactKind.COMPENSATION: "Compensation from the court",
    FactKind.INJURIES: "Criminal injuries compensation (CICA)",
    FactKind.LENIENT: "Unduly lenient sentence",
    FactKind.CONTACT_SCHEME: "Victim Contact Scheme",
}


class FactStep(StrEnum):
    """One dated step of such a thing. Its own words depend on the thing (cases/rules/facts.py)."""

    TOLD = "told"
    OFFERED = "offered"
    RECEIVED = "received"
    HELD = "held"
    SENTENCED = "sentenced"
    REFERRED = "referred"
    ASKED = "asked"
    CLAIMED = "claimed"
    APPLIED = "applied"
    ANSWERED = "answered"
    ACKNOWLEDGED = "acknowledged"
    LOOKED_AT_AGAIN = "looked_at_again"
    ASSIGNED = "assigned"
    TAKEN = "taken"
    READ = "read"
    NOT_NEEDED = "not_needed"
    ORDERED = "ordered"
    DECIDED = "decided"
    REPLIED = "replied"
    PAID = "paid"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The step in one or two words."""
        return self.value.replace("_", " ").capitalize()


class FactChoice(StrEnum):
    """What a step came to, where a date alone does not say it."""

    NO_PROCEEDINGS = "no_proceedings"
    NOT_REFERRED_TO_CPS = "not_referred_to_cps"
    NOT_CHARGED = "not_charged"
    DISCONTINUED = "discontinued"
    NO_EVIDENCE = "no_evidence"
    LEFT_ON_FILE = "left_on_file"
    STANDS = "stands"
    CHANGED = "changed"
    WANTS = "wants"
    LATER = "later"
    DOES_NOT_WANT = "does_not_want"
    THEMSELVES = "themselves"
    SOMEBODY_ELSE = "somebody_else"
    NOT_ALOUD = "not_aloud"
    POLICE = "police"
    CPS = "cps"
    COURT = "court"
    WITNESS_CARE = "witness_care"
    PROBATION = "probation"
    THIS_SERVICE = "this_service"
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    AWARDED = "awarded"
    REFUSED = "refused"
    SENT_TO_APPEAL = "sent_to_appeal"
    NOT_SENT_TO_APPEAL = "not_sent_to_appeal"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return CHOICE_LABELS[self]


CHOICE_LABELS: dict[FactChoice, str] = {
    FactChoice.NO_PROCEEDINGS: "Not to bring proceedings",
    FactChoice.NOT_REFERRED_TO_CPS: "Not to refer the case to the CPS",
    FactChoice.NOT_CHARGED: "Not to charge",
    FactChoice.DISCONTINUED: "To discontinue all proceedings",
    FactChoice.NO_EVIDENCE: "To offer no evidence",
    FactChoice.LEFT_ON_FILE: "To leave all charges on file",
    FactChoice.STANDS: "The decision stands",
    FactChoice.CHANGED: "The decision was changed",
    FactChoice.WANTS: "Wants it",
    FactChoice.LATER: "Will decide later",
    FactChoice.DOES_NOT_WANT: "Does not want it",
    FactChoice.THEMSELVES: "They read it themselves",
    FactChoice.SOMEBODY_ELSE: "Somebody read it for them",
    FactChoice.NOT_ALOUD: "The court read it, not aloud",
    FactChoice.POLICE: "Police",
    FactChoice.CPS: "CPS",
    FactChoice.COURT: "Court",
    FactChoice.WITNESS_CARE: "Witness Care Unit",
    FactChoice.PROBATION: "Probation",
    FactChoice.THIS_SERVICE: "This service",
    FactChoice.UPHELD: "Upheld",
    FactChoice.PARTLY_UPHELD: "Partly upheld",
    FactChoice.NOT_UPHELD: "Not upheld",
    FactChoice.AWARDED: "Awarded",
    FactChoice.REFUSED: "Refused",
    FactChoice.SENT_TO_APPEAL: "Sent to the Court of Appeal",
    FactChoice.NOT_SENT_TO_APPEAL: "Not sent to the Court of Appeal",
}


class OrderKind(StrEnum):
    """An order of a court or the police, or conditions of bail, that protect a victim."""

    NON_MOLESTATION = "non_molestation"
    OCCUPATION = "occupation"
    RESTRAINING = "restraining"
    STALKING = "stalking"
    DOMESTIC_ABUSE_NOTICE = "domestic_abuse_notice"
    DOMESTIC_ABUSE_ORDER = "domestic_abuse_order"
    INJUNCTION = "injunction"
    POLICE_BAIL = "police_bail"
    COURT_BAIL = "court_bail"
    LICENCE = "licence"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The order as a page says it."""
        return ORDER_LABELS[self]


ORDER_LABELS: dict[OrderKind, str] = {
    OrderKind.NON_MOLESTATION: "Non-molestation order",
    OrderKind.OCCUPATION: "Occupation order",
    OrderKind.RESTRAINING: "Restraining order",
    OrderKind.STALKING: "Stalking protection order",
    OrderKind.DOMESTIC_ABUSE_NOTICE: "Domestic abuse protection notice",
    OrderKind.DOMESTIC_ABUSE_ORDER: "Domestic abuse protection order",
    OrderKind.INJUNCTION: "Injunction",
    OrderKind.POLICE_BAIL: "Police bail conditions",
    OrderKind.COURT_BAIL: "Court bail conditions",
    OrderKind.LICENCE: "Licence conditions",
    OrderKind.OTHER: "Another order",
}
_SUBJECTS: dict[str, type[FactKind] | type[OrderKind]] = {"order": OrderKind, "window": FactKind}


def about_order(kind: OrderKind, order_id: int) -> str:
    """How a task names an order."""
    return f"order:{kind.value}:{order_id}"


def subject_of(about: str) -> str:
    """What a task's subject is called, where it names an order or something with a last day."""
    family, _, rest = about.partition(":")
    words, kind = _SUBJECTS.get(family), rest.partition(":")[0]
    return words(kind).label if words and kind in {word.value for word in words} else ""
