"""Which pages are asked, what the answers say in the words of the trade, and what a person is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from beacon.cases.terms import CrimeKind
from beacon.self_referrals.terms import FilledBy, Happened, Step, Strand, Way

# The whole form in less than this is no person's doing; who is as quick is asked to press again.
SOONEST = timedelta(seconds=10)
OFFENCE_AT_MOST = 200
NOTHING_KNOWN = "Not said"

# Which of a feed's columns an answer speaks for (referrals.rules.FLAGS): a proposal, never more.
FLAGS: dict[Happened, str] = {
    Happened.HOME: "domestic_abuse",
    Happened.SEXUAL: "sexual_offence",
    Happened.DEATH: "bereaved",
}


@dataclass(frozen=True)
class Answers:
    """What was typed on each page so far, as the boxes sent it."""

    typed: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)

    def of(self, step: Step) -> list[tuple[str, str]]:
        """Every box of one page."""
        return [(name, text) for name, text in self.typed.get(step.value, [])]

    def many(self, step: Step, name: str) -> list[str]:
        """The ticks of one question."""
        return [text for box, text in self.of(step) if box == name and text]

    def one(self, step: Step, name: str) -> str:
        """The answer to one question; empty where there is none."""
        return next(iter(self.many(step, name)), "")

    def has(self, step: Step) -> bool:
        """Whether the page was answered."""
        return step.value in self.typed

    def with_page(self, step: Step, boxes: Collection[tuple[str, str]]) -> Answers:
        """The same, with one page answered anew."""
        return Answers({**self.typed, step.value: list(boxes)})

    @property
    def for_another(self) -> bool:
        """Whether somebody writes for another person."""
        return self.one(Step.FOR, "filled_by") not in {"", FilledBy.SELF}

    @property
    def is_refused(self) -> bool:
        """Whether the other person does not know of it, or does not agree."""
        return self.for_another and self.one(Step.AGREED, "agreed") == "no"

    @property
    def ways(self) -> list[Way]:
        """The ways that were called safe."""
        return [Way(one) for one in self.many(Step.REACH, "ways") if one in set(Way)]


def asked(answers: Answers) -> list[Step]:
    """The pages that are asked, in order; some depend on what was said before."""
    return [step for step in Step if step not in UNLESS or UNLESS[step](answers)]


def _direct(answers: Answers) -> list[Way]:
    return [way for way in answers.ways if way not in {Way.HELPER, Way.NONE}]


UNLESS: dict[Step, Callable[[Answers], bool]] = {
    Step.HELPER: lambda answers: answers.for_another,
    Step.AGREED: lambda answers: answers.for_another,
    Step.STRAND: lambda answers: Happened.HATE in answers.many(Step.KIND, "kinds"),
    Step.BEST: lambda answers: len(_direct(answers)) > 1,
    Step.VOICEMAIL: lambda answers: Way.CALL in answers.ways,
    Step.TIMES: lambda answers: bool(_direct(answers)),
}


def unanswered(answers: Answers) -> Step | None:
    """The first page that is not answered yet; None where all are."""
    return next((step for step in asked(answers) if not answers.has(step)), None)


def before(answers: Answers, step: Step) -> Step | None:
    """The page that comes before one."""
    order = asked(answers)
    return order[order.index(step) - 1] if step in order[1:] else None


def offence_of(kinds: Collection[Happened]) -> str:
    """What happened, as a list of cases names it: never a person's own words."""
    named = [kind.offence for kind in Happened if kind in kinds and kind.offence]
    return "; ".join(named)[:OFFENCE_AT_MOST] or NOTHING_KNOWN


def crime_kind_of(kinds: Collection[Happened]) -> CrimeKind:
    """A fraud or anti-social behaviour where that is all; else a crime."""
    alone = {Happened.FRAUD: CrimeKind.FRAUD, Happened.NEIGHBOURS: CrimeKind.ASB}
    only = set(kinds)
    return alone.get(only.pop(), CrimeKind.CRIME) if len(only) == 1 else CrimeKind.CRIME


def flags_of(
    kinds: Collection[Happened], strands: Collection[Strand], *, in_danger: bool
) -> dict[str, object]:
    """What speaks for Enhanced Rights, by the columns of a feed (domain.md 1.4)."""
    flags: dict[str, object] = {column: True for kind, column in FLAGS.items() if kind in kinds}
    if Happened.HATE in kinds:
        flags["hate_strand"] = ", ".join(one.label for one in strands) or Happened.HATE.offence
    if in_danger:
        flags["intimidated"] = True
    return flags


def is_too_quick(shown_at: datetime | None, now: datetime) -> bool:
    """Whether the whole form took less time than a person needs to read it.

    Slowness is never held against anybody: there is no longest time.
    """
    return shown_at is None or now - shown_at < SOONEST


def grouped(code: str) -> str:
    """A code in fours, as people write it down."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def compared(code: str) -> str:
    """A code as it is compared, whatever spaces, dashes and small letters it came with."""
    return "".join(mark for mark in code.upper() if mark.isascii() and mark.isalnum())


def lines(told: Mapping[str, str]) -> Iterator[str]:
    """Sentences for the rules of safe contact, each with its own heading."""
    for heading, words in told.items():
        if words:
            yield f"{heading}: {words}"
