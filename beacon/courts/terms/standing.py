"""Where each hearing stands on the morning page, and what its text came to."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """What becomes of telling one defendant: each listed hearing stands at one of these."""

    TEXTED = "texted"
    TO_BE_TEXTED = "to_be_texted"
    WAITS = "waits"
    CALL_LIST = "call_list"
    NOT_ELIGIBLE = "not_eligible"

    @property
    def label(self) -> str:
        """The standing as a page says it."""
        return {
            "texted": "Texted",
            "to_be_texted": "To be texted",
            "waits": "Waiting for a person",
            "call_list": "Call list",
            "not_eligible": "Not eligible",
        }[self]

    @property
    def counted(self) -> str:
        """The standing as it follows its number in the sentence of the morning."""
        return {
            "texted": "texted",
            "to_be_texted": "to be texted",
            "waits": "waiting for a person",
            "call_list": "on the call list",
            "not_eligible": "not eligible",
        }[self]

    @property
    def tone(self) -> str:
        """The colour of its tile; the words carry the meaning."""
        return {
            "texted": "green",
            "to_be_texted": "plain",
            "waits": "red",
            "call_list": "amber",
            "not_eligible": "plain",
        }[self]


class TextEnd(StrEnum):
    """What a text came to, as attendance is counted by it (domain.md RULE 5.1)."""

    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    NO_RECEIPT = "no_receipt"
    NO_NUMBER = "no_number"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The end as a page says it."""
        return {
            "delivered": "Text delivered",
            "not_delivered": "Text not delivered",
            "no_receipt": "Text sent, no receipt",
            "no_number": "No number that can be texted",
            "other": "Not eligible, or not texted for another reason",
        }[self]

    @property
    def short(self) -> str:
        """The end as it stands under a bar."""
        return {
            "delivered": "Delivered",
            "not_delivered": "Not delivered",
            "no_receipt": "No receipt",
            "no_number": "No number",
            "other": "Other",
        }[self]


class NumberFault(StrEnum):
    """What is wrong with a defendant's number."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    LANDLINE = "landline"
    NOT_A_UK_MOBILE = "not_a_uk_mobile"
    BAD = "bad"
    WRONG_PERSON = "wrong_person"
    SHARED = "shared"

    @property
    def label(self) -> str:
        """The fault as a page says it."""
        return {
            "missing": "No number",
            "unreadable": "Cannot be read as a number",
            "landline": "Landline",
            "not_a_uk_mobile": "Not a UK mobile",
            "bad": "The provider cannot deliver to it",
            "wrong_person": "Somebody else answers it",
            "shared": "Same number as somebody of another name",
        }[self]

    @property
    def short(self) -> str:
        """The fault as the head of a narrow column."""
        return {
            "missing": "None",
            "unreadable": "Unreadable",
            "landline": "Landline",
            "not_a_uk_mobile": "Not UK",
            "bad": "Dead",
            "wrong_person": "Wrong person",
            "shared": "Shared",
        }[self]
