"""What the pages of compliance share: the quarter, its figures, and that they were read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.entitlements import queries as entitlements
from beacon.entitlements.models import PublishedFigures
from beacon.entitlements.terms import EntitlementPermission
from beacon.reports import queries
from beacon.reports.forms import QuarterForm, in_words
from beacon.reports.rules import (
    LEAST,
    Group,
    Leaving,
    Period,
    Publication,
    figures_of,
    publish,
    quarters_before,
    read_back,
)
from beacon.reports.terms import JUDGED, LEFT_OUT, Cut, Outcome, ReportPermission

bp = Blueprint("reports", __name__, url_prefix="/reports", template_folder="../templates")
PUBLISHED, FIGURES = ReportPermission.PUBLISHED, ReportPermission.FIGURES
PUBLISH = EntitlementPermission.PUBLISH
QUARTERS = 12
WORDS = {"outcomes": Outcome, "judged": JUDGED, "left_out": LEFT_OUT, "cuts": Cut, "least": LEAST}


@dataclass(frozen=True)
class Shown:
    """The figures of one quarter, hidden where they must be; and those that were published of it.

    ``code`` and ``standards`` are live, unless only what was published may be seen.
    """

    form: QuarterForm | None
    period: Period
    code: Publication
    standards: Publication
    unverified: frozenset[Group]  # rows of rules that rest on memory
    row: PublishedFigures | None = None
    fixed: Leaving | None = None
    is_live: bool = True

    @property
    def tables(self) -> tuple[Publication, Publication, frozenset[Group]]:
        """What a file of them is made of."""
        return self.code, self.standards, self.unverified


def live(period: Period, today: date, form: QuarterForm | None) -> Shown:
    """The figures of a quarter as they are now."""
    found = figures_of(queries.counted(period, today))
    return Shown(
        form,
        period,
        publish(found.total, found.cuts),
        publish(found.standards_total, {Cut.RULE: found.standards}),
        frozenset(found.unverified),
    )


def shown() -> Shown:
    """The quarter asked for. Once it is published, who reads only totals reads what was published.

    Two versions of a quarter held against each other would give small counts away (RULE 2.2): only
    whoever counts exactly anyhow sees the live figures beside the published ones.
    """
    form, period, row = asked()
    if row is None:
        return live(period, clock.today(), form)
    fixed = read_back(row.content.encode())
    if current_user.may(FIGURES):
        return replace(live(period, clock.today(), form), row=row, fixed=fixed)
    return of_published(form, row, fixed)


def of_published(form: QuarterForm, row: PublishedFigures, fixed: Leaving) -> Shown:
    """What was published of a quarter, and nothing else."""
    kept = (fixed.code, fixed.standards, fixed.unverified)
    return Shown(form, fixed.period, *kept, row=row, fixed=fixed, is_live=False)


def asked() -> tuple[QuarterForm, Period, PublishedFigures | None]:
    """The quarter asked for, and what was published of it."""
    form = QuarterForm(quarters_before(clock.today(), QUARTERS))
    period = form.period()
    return form, period, entitlements.published_figures(period.first, period.last)


def page_of(template: str, out: Shown, what: str, **known: object) -> str:
    """A page of one quarter's figures; that it was read is written down."""
    told(out.period, what)
    return render_template(
        template,
        form=out.form,
        out=out,
        words=in_words(out.period),
        today=clock.today(),
        quarter=out.period.first.isoformat(),
        may_count=current_user.may(FIGURES),
        may_publish=current_user.may(PUBLISH),
        chart=url_for("reports.compliance_chart", quarter=out.period.first.isoformat()),
        **WORDS,
        **known,
    )


def told(period: Period, what: str, operation: Operation = Operation.CONSULTATION) -> None:
    """That the figures were read is written down."""
    days = f"{period.first}/{period.last}"
    action = f"compliance.{what}"
    actor = current_user.actor
    audit.shown(actor, "period", [days], ("figures",), action=action, operation=operation)


def name_of(period: Period) -> str:
    """How a file of a period is called."""
    return f"compliance-{period.first}-{period.last}"
