"""How one payment was made, and under which scheme it may be claimed back."""

from __future__ import annotations

from enum import StrEnum


class PaymentMethod(StrEnum):
    """How one payment was made (contract 3.2)."""

    FASTER_PAYMENT = "faster_payment"
    CHAPS = "chaps"
    CARD_CREDIT = "card_credit"
    CARD_DEBIT = "card_debit"
    CASH = "cash"
    CHEQUE = "cheque"
    CRYPTO = "crypto"
    INTERNATIONAL = "international"
    GIFT_CARD = "gift_card"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The method as a page says it."""
        return {
            "faster_payment": "Bank transfer (Faster Payment)",
            "chaps": "CHAPS",
            "card_credit": "Credit card",
            "card_debit": "Debit card",
            "cash": "Cash",
            "cheque": "Cheque",
            "crypto": "Cryptocurrency",
            "international": "International transfer",
            "gift_card": "Gift card",
            "other": "Another way",
        }[self]


class Scheme(StrEnum):
    """Under which rules a payment may be claimed back (domain.md 4.8)."""

    PSR = "psr"
    CRM = "crm"
    UNAUTHORISED = "unauthorised"
    SECTION_75 = "section_75"
    CHARGEBACK = "chargeback"
    NONE = "none"

    @property
    def label(self) -> str:
        """The scheme as a page says it."""
        return {
            "psr": "PSR mandatory reimbursement",
            "crm": "CRM Code (voluntary)",
            "unauthorised": "Unauthorised payment refund",
            "section_75": "Section 75",
            "chargeback": "Chargeback",
            "none": "No scheme: ask the firm, then the ombudsman",
        }[self]


class Known(StrEnum):
    """An answer that may still have to be found out: nothing is guessed."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {"yes": "Yes", "no": "No", "not_known": "Not known yet"}[self]


class Destination(StrEnum):
    """Where one payment went, as far as a scheme asks (domain.md 4.8)."""

    UK_ACCOUNT = "uk_account"
    OWN_ACCOUNT = "own_account"
    CRYPTO = "crypto"
    ABROAD = "abroad"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """The place as a page says it."""
        return {
            "uk_account": "To somebody else’s account in the UK",
            "own_account": "To another account of the victim’s own",
            "crypto": "To a cryptocurrency exchange",
            "abroad": "To an account abroad",
            "not_known": "Not known yet",
        }[self]


class Payer(StrEnum):
    """As whom the victim paid (domain.md 4.8)."""

    CONSUMER = "consumer"
    MICRO_ENTERPRISE = "micro_enterprise"
    CHARITY = "charity"
    LARGER_BUSINESS = "larger_business"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """The payer as a page says it."""
        return {
            "consumer": "A person, for themselves",
            "micro_enterprise": "A micro-enterprise",
            "charity": "A small charity",
            "larger_business": "A larger business or charity",
            "not_known": "Not known yet",
        }[self]
