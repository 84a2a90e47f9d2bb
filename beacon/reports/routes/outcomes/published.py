"""What was published of outcomes: listed, shown as it was, and the same bytes again."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.errors import RuleBroken
from beacon.entitlements import commands as entitlements
from beacon.entitlements import queries as kept
from beacon.entitlements.models import PublishedFigures
from beacon.entitlements.terms import FiguresKind
from beacon.reports.forms import OutcomesForm, PageForm, PublishForm, in_words
from beacon.reports.outcome_sheets import outcomes_workbook
from beacon.reports.queries.outcomes import outcomes
from beacon.reports.routes.outcomes.ground import (
    FIGURES,
    PUBLISH,
    PUBLISHED,
    bp,
    days_in_words,
    name_of,
    page_of,
    told,
)
from beacon.reports.rules import Period, quarter_before, quarters_within, read_back
from beacon.reports.rules.leaving import leaving
from beacon.reports.rules.outcome_files import (
    Outcomes,
    exact_digest,
    outcomes_bytes,
    outcomes_read_back,
)
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required

WHOLE_SERVICE = machine("outcomes-published")  # small counts are hidden before anything is shown


@bp.route("/published")
@permission_required(PUBLISHED)
def published() -> ResponseReturnValue:
    """Which days were published, when and by whom, each with its hash."""
    found = kept.all_published(FiguresKind.OUTCOMES)
    days = [f"{row.first_on}/{row.last_on}" for row in found]
    audit.shown(current_user.actor, "period", days, ("hash",), action="outcomes.shown")
    listed = [(row, days_in_words(Period(row.first_on, row.last_on))) for row in found]
    return render_template(
        "reports/outcomes_published.html", rows=listed, may_count=current_user.may(FIGURES)
    )


@bp.route("/fixed")
@permission_required(PUBLISHED)
def fixed() -> ResponseReturnValue:
    """A page as it was published."""
    found = _asked()
    if found is None:
        return redirect(url_for("outcomes.published"))
    row, out = found
    told(out.period, "shown")
    return page_of("reports/outcomes_fixed.html", out, row=row)


@bp.route("/fixed.xlsx")
@permission_required(PUBLISHED)
def fixed_xlsx() -> ResponseReturnValue:
    """The same as a workbook, with the same bytes each time."""
    found = _asked()
    if found is None:
        return redirect(url_for("outcomes.published"))
    _, out = found
    told(out.period, "exported", Operation.DISCLOSURE)
    content = outcomes_workbook(out, days_in_words(out.period), is_exact=False)
    return attachment(content, f"{name_of(out.period)}.xlsx")


@bp.route("/fixed.json")
@permission_required(PUBLISHED)
def fixed_json() -> ResponseReturnValue:
    """The file that was published, byte for byte."""
    found = _asked()
    if found is None:
        return redirect(url_for("outcomes.published"))
    row, out = found
    told(out.period, "exported", Operation.DISCLOSURE)
    return attachment(row.content.encode(), f"{name_of(out.period)}-published.json")


@bp.route("/publish", methods=["GET", "POST"])
@permission_required(PUBLISH)
def publish() -> ResponseReturnValue:
    """Fix the page of days that have ended as it is at this moment, for good."""
    asked, form = OutcomesForm(), PublishForm()
    period, now = asked.asked_for(quarter_before(clock.today())), clock.now()
    exact = outcomes(WHOLE_SERVICE, period, now)
    out = _leaving(exact)
    if form.submitted_well():
        try:
            if period.last < clock.today():  # days that run are refused as such
                _refuse_unpublished(period)
            row = entitlements.publish_figures(
                entitlements.Publishing(
                    kind=FiguresKind.OUTCOMES,
                    first_on=period.first,
                    last_on=period.last,
                    as_at=now,
                    content=outcomes_bytes(out, exact_sha256=exact_digest(exact)),
                    pack_sha256=exact_digest(exact),
                ),
                actor=current_user.actor,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(f"Published: {days_in_words(period)}. These figures stay as they are.")
            return redirect(url_for("outcomes.fixed", page=row.id))
    told(period, "shown")
    return page_of("reports/outcomes_publish.html", out, form=form, asked=asked, period=period)


def _leaving(exact: Outcomes) -> Outcomes:
    """What may leave: the Code as it was published, all else with small counts hidden."""
    quarters = kept.published_within(exact.period.first, exact.period.last)
    return leaving(exact, [read_back(one.content.encode()).code for one in quarters])


def _refuse_unpublished(period: Period) -> None:
    """The figures of the Code leave first, by quarter: so there is one version of them."""
    rows = kept.published_within(period.first, period.last)
    known = {(row.first_on, row.last_on) for row in rows}
    for quarter in quarters_within(period):
        if (quarter.first, quarter.last) not in known:
            raise RuleBroken(
                f"Publish the figures of the Code of {in_words(quarter)} first: this page takes "
                "them from there."
            )


def _asked() -> tuple[PublishedFigures, Outcomes] | None:
    """The page asked for; None where the address names none."""
    number = PageForm().number
    if not number:
        return None
    row = kept.published_page(number)
    return row, outcomes_read_back(row.content.encode())
