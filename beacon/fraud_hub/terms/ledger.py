"""The sorts of entry in the ledger, and the ways by which money comes back."""

from __future__ import annotations

from enum import StrEnum


class Contribution(StrEnum):
    """What Beacon did for it (domain.md 4.9)."""

    ADVOCATED = "advocated"
    ADVISED = "advised"
    NONE = "none"

    @property
    def label(self) -> str:
        """The contribution as a page says it."""
        return {
            "advocated": "We dealt with the firm for them",
            "advised": "They did it with our advice",
            "none": "None: it came without our help",
        }[self]

    @property
    def counts(self) -> bool:
        """Whether the published figure "recovered through Beacon" takes it in."""
        return self in THROUGH_BEACON


THROUGH_BEACON = frozenset({Contribution.ADVOCATED, Contribution.ADVISED})


class EntryKind(StrEnum):
    """The four sorts of entry, never added to one another (domain.md RULE 4.8)."""

    RECOVERED = "recovered"
    PREVENTED = "prevented"
    ESTIMATED = "estimated"
    INTEREST = "interest"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return {
            "recovered": "Money back",
            "prevented": "Loss prevented",
            "estimated": "Future loss, estimated",
            "interest": "Interest or compensation",
        }[self]


class Route(StrEnum):
    """By which way money came back, or was kept from going (domain.md 4.9)."""

    PSR_REIMBURSEMENT = "psr_reimbursement"
    CRM_REIMBURSEMENT = "crm_reimbursement"
    UNAUTHORISED_REFUND = "unauthorised_refund"
    CHARGEBACK = "chargeback"
    SECTION_75 = "section_75"
    BANK_RECALL = "bank_recall"
    BANK_GOODWILL = "bank_goodwill"
    FOS_AWARD = "fos_award"
    COURT_COMPENSATION = "court_compensation"
    POCA = "poca"
    CIVIL = "civil"
    MERCHANT_REFUND = "merchant_refund"
    OTHER = "other"
    BANKING_PROTOCOL_STOP = "banking_protocol_stop"
    BANK_BLOCKED = "bank_blocked"
    VICTIM_STOPPED_PAYING = "victim_stopped_paying"
    ESTIMATED_FUTURE = "estimated_future"
    INTEREST_COMPENSATION = "interest_compensation"

    @property
    def label(self) -> str:
        """The route as a page says it."""
        return ROUTE_LABELS[self]

    @property
    def kind(self) -> EntryKind:
        """Which sort of entry it makes."""
        if self is Route.ESTIMATED_FUTURE:
            return EntryKind.ESTIMATED
        if self is Route.INTEREST_COMPENSATION:
            return EntryKind.INTEREST
        return EntryKind.PREVENTED if self in PREVENTED_ROUTES else EntryKind.RECOVERED


ROUTE_LABELS: dict[Route, str] = {
    Route.PSR_REIMBURSEMENT: "PSR mandatory reimbursement",
    Route.CRM_REIMBURSEMENT: "CRM Code reimbursement",
    Route.UNAUTHORISED_REFUND: "Refund of an unauthorised payment",
    Route.CHARGEBACK: "Chargeback",
    Route.SECTION_75: "Section 75, Consumer Credit Act",
    Route.BANK_RECALL: "Recalled from the receiving account",
    Route.BANK_GOODWILL: "Goodwill by the bank",
    Route.FOS_AWARD: "Financial Ombudsman award",
    Route.COURT_COMPENSATION: "Court compensation order",
    Route.POCA: "Confiscation paid as compensation",
    Route.CIVIL: "Civil claim",
    Route.MERCHANT_REFUND: "Refund by the seller",
    Route.OTHER: "Another way",
    Route.BANKING_PROTOCOL_STOP: "Banking Protocol call stopped it",
    Route.BANK_BLOCKED: "The bank blocked it",
    Route.VICTIM_STOPPED_PAYING: "The victim stopped paying",
    Route.ESTIMATED_FUTURE: "Future loss, an estimate",
    Route.INTEREST_COMPENSATION: "Interest or compensation for distress",
}
PREVENTED_ROUTES = frozenset(
    {Route.BANKING_PROTOCOL_STOP, Route.BANK_BLOCKED, Route.VICTIM_STOPPED_PAYING}
)
# What the two forms offer. Interest comes with money back, and is not money recovered.
MONEY_BACK = tuple(r for r in Route if r.kind in {EntryKind.RECOVERED, EntryKind.INTEREST})
PREVENTED = tuple(r for r in Route if r.kind in {EntryKind.PREVENTED, EntryKind.ESTIMATED})
