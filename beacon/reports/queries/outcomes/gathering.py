"""All figures of the commissioner's page, asked together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from beacon.core import clock, together
from beacon.core.scope import Viewer
from beacon.fraud_hub.queries import cases_behind, hub_totals
from beacon.reports.queries.outcomes.counting import Found, counted
from beacon.reports.queries.outcomes.families import Asked, Family
from beacon.reports.queries.outcomes.of_cases import CASES
from beacon.reports.queries.outcomes.of_work import CODE, COPE, HEARINGS, NEEDS, PARTNERS
from beacon.reports.queries.outcomes.voices import (
    disposal_views,
    restorative_steps,
    survey_measures,
    witness_steps,
)
from beacon.reports.rules import Period
from beacon.reports.rules.grids import Grid, Row
from beacon.reports.rules.outcome_files import Outcomes
from beacon.reports.rules.outcome_tables import SPECS, grid_of
from beacon.reports.rules.outcome_words import MONEY
from beacon.reports.rules.voices import (
    restorative_grid,
    surveys_grid,
    views_grid,
    witnesses_grid,
)
from beacon.reports.terms import Kind

FAMILIES: dict[str, Family] = {
    family.subject.value: family for family in (CASES, CODE, HEARINGS, COPE, NEEDS, PARTNERS)
}
AFTER = {
    "code.right": ("money",),
    "hearings.text": ("witnesses", "surveys"),
    "needs.category": ("restorative", "views"),
}


def outcomes(viewer: Viewer, period: Period, at: datetime) -> Outcomes:
    """The page of any days, exact, of the cases that the viewer may open."""
    asked = Asked(viewer=viewer, period=period, today=clock.london_day(at))
    days = (period.first, period.last)
    found = together.ask(*(counted(family, asked) for family in FAMILIES.values()))
    totals, behind = together.ask(hub_totals.ask(viewer, *days), cases_behind(viewer, *days))
    tables = dict(zip(FAMILIES, found, strict=True))
    beside = {
        "money": _money(totals, behind),
        "surveys": surveys_grid(survey_measures(period)),
        "restorative": restorative_grid(restorative_steps(period)),
        "views": views_grid(disposal_views(period)),
        "witnesses": witnesses_grid(witness_steps(period)),
    }
    return Outcomes(period=period, as_at=at, grids=tuple(_in_order(tables, beside)))


def _in_order(tables: dict[str, dict[str, Found]], beside: dict[str, Grid]) -> Iterable[Grid]:
    for key in SPECS:
        subject, _, cut = key.partition(".")
        one = tables[subject][cut]
        yield grid_of(key, one.rows, one.points if FAMILIES[subject].has_points else None)
        yield from (beside[name] for name in AFTER.get(key, ()))


def _money(totals: object, behind: dict[str, int]) -> Grid:
    """The sums of the hub, with the cases behind each."""
    return Grid(
        key="money.sums",
        section="Money recovered and prevented",
        title="The fraud hub",
        heading="Money",
        definition=MONEY,
        kind=Kind.MONEY,
        total_label="Cases",
        amount_label="Pounds",
        empty="No money was recovered or prevented in this period.",
        rows=tuple(
            Row(name=name, total=behind[word], amount=getattr(totals, word))
            for word, name in (
                ("recovered_through_beacon_pence", "Recovered through Beacon"),
                ("recovered_pence", "Recovered in all"),
                ("prevented_pence", "Prevented"),
            )
        ),
    )
