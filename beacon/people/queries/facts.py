"""What a page may say of reaching one person: each number and place masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from beacon.people.terms import ContactKind, Preferred, Safe

SAFETY = frozenset({"safe", "preferred", "safe_notes"})


@dataclass(frozen=True, kw_only=True)
class PointCard:
    """One number or e-mail address, masked, with what may be done with it."""

    id: int
    kind: ContactKind
    shown: str
    safe: Safe
    text_ok: Safe
    voicemail_ok: Safe
    call_ok: Safe
    confirmed_at: datetime | None
    from_feed: bool
    retired: bool

    @property
    def is_open(self) -> bool:
        """Whether it may be used: safe, and still theirs."""
        return self.safe is Safe.YES and not self.retired

    @property
    def may_be_rung(self) -> bool:
        """Whether it is a number to ring: safe, and not one to be texted alone."""
        return self.is_open and self.is_number and not self.is_not_to_be_rung

    @property
    def is_not_to_be_rung(self) -> bool:
        """Whether they said that ringing it is not safe, though a text may be."""
        return self.is_number and self.call_ok is Safe.NO

    @property
    def is_number(self) -> bool:
        """Whether it is called, not written to."""
        return self.kind is not ContactKind.EMAIL

    @property
    def called(self) -> str:
        """How a page names it beside others: by its kind and its last figures."""
        return f"{self.kind.label.lower()} {self.shown}"

    @property
    def caution(self) -> str:
        """What speaks against using it; empty where nothing does."""
        what = "number" if self.is_number else "email address"
        if self.retired:
            return f"This {what} is no longer theirs: somebody else may answer."
        if self.safe is Safe.YES and self.is_not_to_be_rung:
            return "They said that it is not safe to ring this number. Do not ring it."
        return {
            Safe.YES: "",
            Safe.NO: f"They said that this {what} is not safe.",
            Safe.ASK: f"Ask each time whether this {what} is safe, before you say anything else.",
            Safe.NOT_ASKED: f"Nobody has asked whether this {what} is safe: take it as not safe.",
        }[self.safe]


@dataclass(frozen=True, kw_only=True)
class AddressCard:
    """Where a person lives, but for the street: that is shown apart, with a reason."""

    id: int
    area: str
    letter_ok: Safe
    confirmed_at: datetime | None
    retired_at: datetime | None

    @property
    def retired(self) -> bool:
        """Whether they no longer live there."""
        return self.retired_at is not None

    @property
    def caution(self) -> str:
        """Why nothing is to be sent there; empty where a letter is safe."""
        if self.retired:
            return "They no longer live there."
        return {
            Safe.YES: "",
            Safe.NO: "They said that a letter is not safe.",
            Safe.ASK: "Ask each time whether a letter is safe.",
            Safe.NOT_ASKED: "Nobody has asked whether a letter is safe.",
        }[self.letter_ok]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A fact from a feed that waits for a person's word."""

    id: int
    field: str
    value: str
    source: str
    proposed_at: datetime

    @property
    def label(self) -> str:
        """The fact as a page names it."""
        return FACT_LABELS.get(self.field, self.field.replace("_", " ").capitalize())


FACT_LABELS = {
    "safe": "Safe to contact",
    "preferred": "Preferred contact",
    "safe_notes": "Words about safe contact",
    "email": "Email",
}


@dataclass(frozen=True, kw_only=True)
class ContactCard:
    """Everything a page may say about reaching one person."""

    victim_id: int
    version: int
    name: str
    date_of_birth: date | None
    language: str
    interpreter: str
    helps: str  # to understand us and be understood
    overall: Safe
    preferred: Preferred | None
    words: str
    confirmed_at: datetime | None
    confirmed_by: str
    needs_confirming: bool
    points: tuple[PointCard, ...]
    addresses: tuple[AddressCard, ...]
    proposed: tuple[Proposal, ...]
    warnings: tuple[str, ...]
    has_rule: bool  # the words forbid something, or name an hour
    shows_contact: bool

    @property
    def current(self) -> list[PointCard]:
        """The points still in use, the safe ones first."""
        live = [point for point in self.points if not point.retired]
        return sorted(live, key=lambda point: (not point.is_open, point.id))

    @property
    def former(self) -> list[PointCard]:
        """The points that are no longer theirs."""
        return [point for point in self.points if point.retired]

    @property
    def former_addresses(self) -> list[AddressCard]:
        """Where they lived before, the last first."""
        return [one for one in reversed(self.addresses) if one.retired]

    def may_be_messaged(self, channel: Preferred) -> bool:
        """Whether an automatic message may go by this channel (domain.md RULE 7.1)."""
        asked_again = any(proposal.field in SAFETY for proposal in self.proposed)
        # A machine cannot read the hours or the prohibitions that the words name (P-04).
        if self.has_rule or asked_again or self.overall is not Safe.YES:
            return False
        if self.preferred is not channel:
            return False
        if channel is Preferred.SMS:
            return any(point.is_open and point.text_ok is Safe.YES for point in self.points)
        mail = (point for point in self.points if point.kind is ContactKind.EMAIL)
        return channel is Preferred.EMAIL and any(point.is_open for point in mail)
