"""A plain grouping of the police's fraud codes (domain.md 4.4)."""

from __future__ import annotations

from enum import StrEnum


class Scam(StrEnum):
    """A sort of fraud, as people speak of it."""

    ROMANCE = "romance"
    INVESTMENT = "investment"
    IMPERSONATION = "impersonation"
    PURCHASE = "purchase"
    ROGUE_TRADER = "rogue_trader"
    IDENTITY = "identity"
    TAKEOVER = "takeover"
    RECOVERY = "recovery"
    ADVANCE_FEE = "advance_fee"
    INVOICE = "invoice"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The sort as a page says it."""
        return {
            "romance": "Romance",
            "investment": "Investment",
            "impersonation": "Courier or impersonation",
            "purchase": "Purchase",
            "rogue_trader": "Rogue trader",
            "identity": "Identity",
            "takeover": "Account takeover",
            "recovery": "Recovery fraud",
            "advance_fee": "Advance fee",
            "invoice": "Invoice or mandate",
            "other": "Other or not known",
        }[self]


SCAM_OF_CODE: dict[str, Scam] = {
    "NFIB1A": Scam.ADVANCE_FEE,
    "NFIB1B": Scam.ADVANCE_FEE,
    "NFIB1C": Scam.ADVANCE_FEE,
    "NFIB1D": Scam.ROMANCE,
    "NFIB1E": Scam.RECOVERY,
    "NFIB1F": Scam.ADVANCE_FEE,
    "NFIB1G": Scam.ADVANCE_FEE,
    "NFIB1H": Scam.ADVANCE_FEE,
    "NFIB1J": Scam.ADVANCE_FEE,
    "NFIB2A": Scam.INVESTMENT,
    "NFIB2B": Scam.INVESTMENT,
    "NFIB2C": Scam.INVESTMENT,
    "NFIB2D": Scam.INVESTMENT,
    "NFIB2E": Scam.INVESTMENT,
    "NFIB3A": Scam.PURCHASE,
    "NFIB3B": Scam.PURCHASE,
    "NFIB3C": Scam.ROGUE_TRADER,
    "NFIB3D": Scam.PURCHASE,
    "NFIB3E": Scam.IMPERSONATION,
    "NFIB3F": Scam.PURCHASE,
    "NFIB3G": Scam.PURCHASE,
    "NFIB5A": Scam.IMPERSONATION,
    "NFIB5B": Scam.IDENTITY,
    "NFIB5D": Scam.INVOICE,
    "NFIB12": Scam.IDENTITY,
    "NFIB16C": Scam.INVESTMENT,
    "NFIB52B": Scam.TAKEOVER,
    "NFIB52C": Scam.TAKEOVER,
}


def scam_of(code: str | None) -> Scam:
    """The sort of fraud of a code of the police; other where none is known."""
    return SCAM_OF_CODE.get((code or "").strip().upper(), Scam.OTHER)
