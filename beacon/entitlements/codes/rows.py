"""What one row of a Code is, and what a Code is: rows and the day from which they count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from beacon.entitlements.terms import Body, ClockStart, Mark, Milestone, Unit

# The first word of a rule's title, and of what is still to be done.
ORDERS = {
    "Told": "Tell them",
    "Asked": "Ask them",
    "Offered": "Offer them",
    "Updated": "Update them",
    "Contacted": "Make contact,",
    "Referred": "Refer them",
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One promise: what, to be done by whom, within what time of what, and how sure we are."""

    key: str
    right: int | None
    title: str
    trigger: Milestone | None
    who: tuple[Body, ...]
    standard: int | None
    enhanced: int | None
    unit: Unit
    starts: ClockStart | None
    paragraph: str
    source: str
    mark: Mark
    words: str = ""
    note: str = ""
    doubt: str = ""
    only_if: str = ""
    fed_by: str | None = None
    verified_on: date | None = None

    @property
    def has_limit(self) -> bool:
        """Whether the promise has a date, or only a manner of being kept."""
        return self.unit is not Unit.NONE

    @property
    def opens_by_itself(self) -> bool:
        """Whether its trigger alone makes it a duty owed to the victim, with a date."""
        return self.has_limit and not self.only_if and self.who != (Body.VICTIM,)

    @property
    def waits_for_receipt(self) -> bool:
        """Whether the clock starts only when the Witness Care Unit hears of the event."""
        return self.starts is ClockStart.RECEIPT

    @property
    def order(self) -> str:
        """What is still to be done, as one says it to a colleague: "Tell them that ..."."""
        first, _, rest = self.title.partition(" ")
        rest = rest.replace("and offered", "and offer")
        return f"{ORDERS[first]} {rest}" if first in ORDERS else self.title

    @property
    def verified(self) -> bool:
        """Whether a person has held the row against the Code itself."""
        return self.verified_on is not None

    @property
    def must_be_checked(self) -> bool:
        """Whether it may not yet be put before a case manager as law: it is from memory."""
        return self.is_from_memory and not self.verified

    @property
    def is_from_memory(self) -> bool:
        """Whether no published source was read for it, or not for all of it."""
        return self.mark is not Mark.SEEN or bool(self.doubt)

    def was_unverified(self, on: date) -> bool:
        """Whether it was from memory, and no person had held it against the Code by that day."""
        return self.is_from_memory and not (self.verified_on and self.verified_on <= on)

    def limit(self, *, enhanced: bool) -> int | None:
        """How many days this victim's limit is."""
        return self.enhanced if enhanced else self.standard


@dataclass(frozen=True, kw_only=True)
class Code:
    """A set of rules that came into force together."""

    name: str
    title: str
    in_force_on: date
    rules: dict[str, Rule]


def row(
    key: str,
    right: int | None,
    title: str,
    trigger: Milestone | None,
    who: Body | tuple[Body, ...],
    standard: int | None,
    enhanced: int | None,
    starts: ClockStart | None,
    paragraph: str,
    source: str,
    mark: Mark,
    *,
    unit: Unit = Unit.WORKING_DAYS,
    words: str = "",
    note: str = "",
    doubt: str = "",
    only_if: str = "",
    fed_by: str | None = None,
) -> Rule:
    """A row as it stands in the printed table, column by column."""
    return Rule(
        key=key,
        right=right,
        title=title,
        trigger=trigger,
        who=(who,) if isinstance(who, Body) else who,
        standard=standard,
        enhanced=enhanced,
        unit=Unit.NONE if standard is None else unit,
        starts=starts,
        paragraph=paragraph,
        source=source,
        mark=mark,
        words=words,
        note=note,
        doubt=doubt,
        only_if=only_if,
        fed_by=fed_by,
    )


def table(rows: Iterable[Rule]) -> dict[str, Rule]:
    """The rows by their keys, none of them twice."""
    rules: dict[str, Rule] = {}
    for rule in rows:
        if rule.key in rules:
            raise ValueError(f"{rule.key} stands twice in one table.")
        rules[rule.key] = rule
    return rules
