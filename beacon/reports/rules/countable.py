"""What a column of the ministry's return may count: figures of the page of outcomes, no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from beacon.cases.terms import NeedCategory
from beacon.entitlements.terms import RIGHTS
from beacon.people.terms import Disability, Orientation, Religion
from beacon.plans.terms import CopeAndRecover
from beacon.referrals.terms import FEED_LABELS, Route
from beacon.reports.rules.bands import STARTS, age_band
from beacon.reports.rules.outcome_words import TEN
from beacon.reports.terms import (
    Attended,
    Contacted,
    CrimeGroup,
    Moved,
    Outcome,
    SentOn,
    Subject,
    Whose,
)
from beacon.reports.terms.returning import Fact
from beacon.surveys.terms import Measure

JUDGED = (Outcome.MET, Outcome.LATE, Outcome.MISSED)
ETHNIC_GROUPS = ("White", "Mixed", "Asian", "Black", "Other ethnic group")


@dataclass(frozen=True, kw_only=True)
class Countable:
    """One thing that can be counted: some rows of a table of the page, some of its columns.

    Without rows it is the whole table, without columns how many there are in all. A row whose
    name ends with a colon is known by that beginning: a Right by its number.
    """

    label: str
    grid: str
    names: tuple[str, ...] = ()
    group: str = ""  # all rows below this heading
    columns: tuple[str, ...] = ()
    is_money: bool = False
    fact: Fact | None = None  # without which a case cannot be counted rightly


def _cases() -> Iterator[tuple[str, Countable]]:
    whole = "cases.category"
    yield "cases", Countable(label="Cases opened", grid=whole)
    for word, label, columns in (
        ("contacted", "Victims contacted", (Contacted.IN_TIME, Contacted.LATE)),
        ("in_time", "Victims contacted in time", (Contacted.IN_TIME,)),
        ("missed", "Victims not reached in time", (Contacted.MISSED,)),
        ("waiting", "Victims whose first contact is not yet due", (Contacted.WAITING,)),
    ):
        yield (
            f"cases.{word}",
            Countable(label=label, grid=whole, columns=columns, fact=Fact.CONTACT),
        )
    enhanced = (Whose.NAMED.label, Whose.NOBODY.label)
    yield "cases.enhanced", Countable(label="Enhanced victims", grid=whole, names=enhanced)
    yield "cases.standard", Countable(label="Standard", grid=whole, names=(Whose.STANDARD.label,))


def _by(
    grid: str, label: str, words: list[tuple[str, str]], fact: Fact | None = None
) -> Iterator[tuple[str, Countable]]:
    """A row of a table of cases each."""
    for word, name in words:
        one = Countable(label=f"{label}: {name}", grid=grid, names=(name,), fact=fact)
        yield f"{grid}.{word}", one


def _people() -> Iterator[tuple[str, Countable]]:
    bands = [(f"from_{(0, *STARTS)[n]}", age_band(n)) for n in range(len(STARTS) + 1)]
    yield from _by("cases.age", "Age", bands, Fact.AGE)
    yield from _by("cases.sex", "Sex", [(one, one.capitalize()) for one in SEXES], Fact.SEX)
    for group in ETHNIC_GROUPS:
        yield (
            f"cases.ethnicity.{group.split(maxsplit=1)[0].lower()}",
            Countable(
                label=f"Ethnicity: {group}",
                grid="cases.ethnicity",
                group=group,
                fact=Fact.ETHNICITY,
            ),
        )
    yield from _by("cases.ethnicity", "Ethnicity", [("ns", "Not stated")], Fact.ETHNICITY)
    for grid, label, kind, fact in (
        ("cases.disability", "Disability", Disability, Fact.DISABILITY),
        ("cases.orientation", "Sexual orientation", Orientation, Fact.ORIENTATION),
        ("cases.religion", "Religion or belief", Religion, Fact.RELIGION),
    ):
        said = [(one.value, one.label) for one in kind if one.value != "not_asked"]
        yield from _by(grid, label, said, fact)


SEXES = ("female", "male")


def _code() -> Iterator[tuple[str, Countable]]:
    for right in RIGHTS:
        row = partial(
            Countable, grid="code.right", names=(f"Right {right.number}:",), fact=Fact.TOLD
        )
        label = f"Right {right.number}, {right.name.lower()}"
        yield (
            f"code.{right.number}.due",
            row(label=f"{label}: duties due", columns=JUDGED),
        )
        yield (
            f"code.{right.number}.in_time",
            row(label=f"{label}: done in time", columns=(Outcome.MET,)),
        )


def _work() -> Iterator[tuple[str, Countable]]:
    columns: tuple[str, ...]
    for word, label, columns in (
        ("all", "Hearings", ()),
        ("came", "Hearings: the defendant came", (Attended.CAME,)),
        ("stayed_away", "Hearings: the defendant did not come", (Attended.STAYED_AWAY,)),
    ):
        fact = Fact.ATTENDANCE if columns else None
        yield (
            f"hearings.{word}",
            Countable(label=label, grid="hearings.text", columns=columns, fact=fact),
        )
    for word, label, columns in (
        ("all", "Referrals to partners", ()),
        ("helped", "Referrals to partners that helped", (SentOn.HELPED,)),
        ("declined", "Referrals to partners that were declined", (SentOn.DECLINED,)),
    ):
        yield f"partners.{word}", Countable(label=label, grid="partners.agency", columns=columns)
    for word, label, columns in (
        ("all", "Needs scored at the start and at the close", ()),
        ("better", "Needs that were less at the close", (Moved.BETTER,)),
    ):
        yield f"needs.{word}", Countable(label=label, grid="needs.category", columns=columns)
    for need in NeedCategory:
        row = partial(Countable, grid="needs.category", names=(need.label,))
        yield f"needs.{need.value}.all", row(label=f"{need.label}: scored twice")
        yield (
            f"needs.{need.value}.better",
            row(label=f"{need.label}: less need", columns=(Moved.BETTER,)),
        )
    for outcome in CopeAndRecover:
        row = partial(Countable, grid="cope.outcome", names=(outcome.label,), fact=Fact.OUTCOME)
        yield (
            f"cope.{outcome.value}.said",
            row(label=f"{outcome.label}: measured", columns=("yes", "partly", "no")),
        )
        yield (
            f"cope.{outcome.value}.better",
            row(label=f"{outcome.label}: yes or partly", columns=("yes", "partly")),
        )


def _beside() -> Iterator[tuple[str, Countable]]:
    """What is of the whole service, and joined to no case."""
    for word, name in (
        ("beacon", "Recovered through Beacon"),
        ("recovered", "Recovered in all"),
        ("prevented", "Prevented"),
    ):
        yield (
            f"money.{word}",
            Countable(label=f"{name}, in pounds", grid="money.sums", names=(name,), is_money=True),
        )
    for measure in Measure:
        row = partial(Countable, grid="surveys.measures", names=(measure.label,))
        label = f"Survey, {measure.label.lower()}"
        yield f"surveys.{measure.value}.all", row(label=f"{label}: answers")
        yield (
            f"surveys.{measure.value}.positive",
            row(label=f"{label}: positive", columns=("part",)),
        )
    justice = "Restorative justice"
    steps = {"explained": "Explained", "asked": "Asked for by the victim"}
    steps |= {"referred": "Referred", "completed": "Completed"}
    row = partial(Countable, grid="restorative.steps", names=("Explained",))
    yield "restorative.known", row(label=f"{justice}: offender known")
    for word, name in steps.items():
        row = partial(Countable, grid="restorative.steps", names=(name,))
        label = f"{justice}: {name.lower()}"
        yield f"restorative.{word}", row(label=label, columns=("part",))


def _all() -> Iterator[tuple[str, Countable]]:
    yield from _cases()
    yield from _by("cases.source", "Referred by", list(FEED_LABELS.items()))
    yield from _by("cases.route", "Route", [(one.value, one.label) for one in Route])
    yield from _by("cases.crime", "Crime", [(one.value, one.label) for one in CrimeGroup])
    yield from _by("cases.district", "District", [(name, name) for name in TEN], Fact.DISTRICT)
    yield from _code()
    yield from _work()
    yield from _beside()
    yield from _people()


COUNTABLE: dict[str, Countable] = dict(_all())
# Which tables are listed by case behind their figures.
OF_CASES = tuple(f"{one}." for one in (Subject.CASES, Subject.CODE, Subject.HEARINGS, Subject.COPE))
