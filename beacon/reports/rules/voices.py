"""What victims said, were offered and met at court, as plain numbers on the commissioner's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beacon.reports.rules.grids import Grid, Rate, Row
from beacon.reports.rules.outcome_words import RESTORATIVE, SURVEYS, VIEWS, WITNESSES
from beacon.reports.terms import Kind

NO_SURVEYS = "No surveys yet. What victims answer to each of the five questions will be here."
NO_VIEWS = "Nothing yet. Whose view was sought before an out-of-court disposal will be here."
NO_WITNESSES = "Nothing yet. Which victims and witnesses came to court, and how, will be here."
NO_OFFERS = "Nothing yet. Who had restorative justice explained, and what came of it, will be here."


@dataclass(frozen=True, kw_only=True)
class Said:
    """One part of a whole: how many of them are, and how many are not."""

    name: str
    part: int
    rest: int

    @classmethod
    def of(cls, name: str, part: int, whole: int) -> Said:
        """So many of a whole."""
        return cls(name=name, part=part, rest=whole - part)


def surveys_grid(measures: Sequence[Said]) -> Grid:
    """The five measures: how many answers were positive, beside the number of answers."""
    return _grid(
        "surveys.measures",
        "What victims say of us",
        "The five measures",
        ("Question", "Positive", "Not positive", "Answers", "% positive"),
        (SURVEYS, NO_SURVEYS),
        measures,
    )


def restorative_grid(steps: Sequence[Said]) -> Grid:
    """How many of those with a known offender reached each step."""
    return _grid(
        "restorative.steps",
        "Restorative justice",
        "Of victims whose offender is known",
        ("Step", "Reached", "Not reached", "Of", "% reached"),
        (RESTORATIVE, NO_OFFERS),
        steps,
    )


def views_grid(steps: Sequence[Said]) -> Grid:
    """Of out-of-court disposals that were decided, how many victims were heard before."""
    return _grid(
        "views.disposals",
        "Views on out-of-court disposals",
        "Of disposals that were decided",
        ("Step", "In time", "Not", "Of", "% in time"),
        (VIEWS, NO_VIEWS),
        steps,
    )


def witnesses_grid(steps: Sequence[Said]) -> Grid:
    """Of victims and witnesses who were called to court, how many came and what they had."""
    return _grid(
        "witnesses.steps",
        "Victims and witnesses at court",
        "Of those who were called to a hearing",
        ("What", "Yes", "No", "Of", "% yes"),
        (WITNESSES, NO_WITNESSES),
        steps,
    )


def _grid(
    key: str,
    section: str,
    title: str,
    words: tuple[str, str, str, str, str],
    about: tuple[str, str],
    lines: Sequence[Said],
) -> Grid:
    heading, part, rest, total, rate = words
    return Grid(
        key=key,
        section=section,
        title=title,
        heading=heading,
        definition=about[0],
        empty=about[1],
        columns={"part": part, "rest": rest},
        kind=Kind.APART,
        total_label=total,
        rate=Rate(label=rate, part=("part",), of=("part", "rest")),
        rows=tuple(
            Row(
                name=one.name,
                total=one.part + one.rest,
                cells={"part": one.part, "rest": one.rest},
            )
            for one in lines
        ),
    )
