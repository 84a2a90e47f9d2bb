"""What the pages of outcomes share: their place, their charts, and that they were read."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user
from markupsafe import Markup

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.entitlements.terms import EntitlementPermission
from beacon.reports.outcome_sheets import average, row_name
from beacon.reports.rules import LEAST, Period
from beacon.reports.rules.grids import Grid
from beacon.reports.rules.outcome_files import Outcomes
from beacon.reports.terms import Kind, ReportPermission
from beacon.web import charts

bp = Blueprint(
    "outcomes", __name__, url_prefix="/reports/outcomes", template_folder="../../templates"
)
PUBLISHED, FIGURES = ReportPermission.PUBLISHED, ReportPermission.FIGURES
PUBLISH = EntitlementPermission.PUBLISH
OF_SHARES = frozenset(
    {
        *("code.right", "hearings.text", "cope.outcome", "surveys.measures"),
        *("restorative.steps", "views.disposals", "witnesses.steps"),
    }
)
LONGEST_LABEL = 44


def page_of(template: str, out: Outcomes, **known: object) -> str:
    """A page of figures with their charts."""
    return render_template(
        template,
        out=out,
        words=days_in_words(out.period),
        drawings={grid.key: drawn for grid in out.grids if (drawn := _drawn(grid))},
        least=LEAST,
        kinds=Kind,
        row_name=row_name,
        average=average,
        may_count=current_user.may(FIGURES),
        may_publish=current_user.may(PUBLISH),
        **known,
    )


def told(period: Period, what: str, operation: Operation = Operation.CONSULTATION) -> None:
    """That the figures were read is written down."""
    days = f"{period.first}/{period.last}"
    actor, action = current_user.actor, f"outcomes.{what}"
    audit.shown(actor, "period", [days], ("figures",), action=action, operation=operation)


def days_in_words(period: Period) -> str:
    """A period as people write it: 1 July 2026 to 30 September 2026."""
    first, last = (f"{day.day} {day:%B %Y}" for day in (period.first, period.last))
    return f"{first} to {last}"


def name_of(period: Period) -> str:
    """How a file of a period is called."""
    return f"outcomes-{period.first}-{period.last}"


def _drawn(grid: Grid) -> Markup | None:
    """The bars of a table, where there is anything to draw; a hidden count has no bar."""
    if grid.withheld or grid.is_empty or grid.kind is Kind.MONEY:
        return None
    rows = [row for row in grid.rows if not row.is_subtotal]
    if grid.key in OF_SHARES and grid.rate is not None:
        shares = [grid.rate.of_row(row) for row in rows]
        values, unit = [round(one or 0) for one in shares], "%"
        unknown = [one is None for one in shares]
    else:
        values, unit = [row.total or 0 for row in rows], ""
        unknown = [row.total is None for row in rows]
    if not any(values):
        return None
    labels = [
        _short(row_name(grid, row))
        + (", no share" if none and unit else ", hidden" if none else "")
        for row, none in zip(rows, unknown, strict=True)
    ]
    drawn = charts.lying(labels, values, write=lambda value: f"{value}{unit}" if value else "")
    return Markup(drawn)  # noqa: S704  # nosec B704  # the drawing escapes its words


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"
