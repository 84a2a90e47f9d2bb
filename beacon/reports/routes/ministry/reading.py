"""The return of any days, exact; the return that leaves, from published pages; what is missing."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Pace
from beacon.core import clock
from beacon.entitlements import queries as kept
from beacon.entitlements.models import PublishedFigures
from beacon.entitlements.terms import FiguresKind
from beacon.reports.forms import OutcomesForm, PageForm
from beacon.reports.queries import returning
from beacon.reports.queries.outcomes import Behind
from beacon.reports.return_forms import MissingForm
from beacon.reports.return_sheets import definition_of, return_workbook
from beacon.reports.routes.ministry.ground import (
    FIGURES,
    PUBLISHED,
    SET_RETURN,
    bp,
    name_of,
    told,
)
from beacon.reports.routes.outcomes.ground import days_in_words
from beacon.reports.rules import Period, quarter_before
from beacon.reports.rules.outcome_files import Outcomes, outcomes_read_back
from beacon.reports.rules.outcome_tables import EQUALITY, SPECS
from beacon.reports.rules.returning import facts_of, figure, lacking
from beacon.reports.terms.returning import Fact
from beacon.web import cursors
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required

LIST_FIELDS = ("name", "quality")


@bp.route("")
@permission_required(PUBLISHED)
def index() -> ResponseReturnValue:
    """The return of any days, exact; whoever reads only totals is led to what was published."""
    if not current_user.may(FIGURES):
        return redirect(url_for("ministry.published"))
    form = OutcomesForm()
    period = form.asked_for(quarter_before(clock.today()))
    told(period, "counted")
    columns = returning.columns_on(period.last)
    pages = returning.quarters(current_user.actor, period, clock.now())
    facts = facts_of(columns)
    return _page(
        "reports/return.html",
        pages,
        form=form,
        period=period,
        columns=columns,
        missing=[(fact, [lacking(out, fact) for out in pages]) for fact in facts],
        is_empty=all(out.is_empty for out in pages),
    )


@bp.route("/exact.xlsx")
@permission_required(FIGURES)
def exact_xlsx() -> ResponseReturnValue:
    """The same as a workbook, exact, with how much is missing."""
    period = OutcomesForm().asked_for(quarter_before(clock.today()))
    told(period, "counted_exported", Operation.DISCLOSURE)
    columns = returning.columns_on(period.last)
    pages = returning.quarters(current_user.actor, period, clock.now())
    missing = {fact: [lacking(out, fact) for out in pages] for fact in facts_of(columns)}
    named = {days_in_words(out.period): out for out in pages}
    content = return_workbook(named, columns, missing)
    return attachment(content, f"{name_of(period)}-exact.xlsx")


@bp.route("/published")
@permission_required(PUBLISHED)
def published() -> ResponseReturnValue:
    """The return of days that were published: it says what their page says, and no more."""
    found = kept.all_published(FiguresKind.OUTCOMES)
    number = PageForm().number or (found[0].id if found else 0)
    others = [(row, days_in_words(Period(row.first_on, row.last_on))) for row in found]
    if not number:
        return _page("reports/return_published.html", [], others=others, columns=[])
    row, out = _kept(number)
    told(out.period, "shown")
    columns = returning.columns_on(out.period.last)
    return _page("reports/return_published.html", [out], row=row, others=others, columns=columns)


@bp.route("/published.xlsx")
@permission_required(PUBLISHED)
def published_xlsx() -> ResponseReturnValue:
    """The same as a workbook, with the same bytes each time."""
    number = PageForm().number
    if not number:
        return redirect(url_for("ministry.published"))
    _, out = _kept(number)
    told(out.period, "exported", Operation.DISCLOSURE)
    columns = returning.columns_on(out.period.last)
    content = return_workbook({days_in_words(out.period): out}, columns)
    return attachment(content, f"{name_of(out.period)}.xlsx")


@bp.route("/missing")
@permission_required(FIGURES)
def missing() -> ResponseReturnValue:
    """The cases that lack a fact, a page at a time, each with the page that mends it."""
    actor, form, today = current_user.actor, MissingForm(), clock.today()
    audit.keep_pace(actor, Pace.LISTS)
    period = form.asked_for(quarter_before(today))
    if form.chosen is None:
        return redirect(url_for("ministry.index"))
    lack, cut = form.chosen.lack, form.chosen.lack.grid.partition(".")[2]
    page = returning.missing(actor, form.chosen, period, today).page(cursors.asked_for())
    fields = (*LIST_FIELDS, cut) if SPECS[lack.grid].section == EQUALITY else LIST_FIELDS
    audit.shown(actor, "case_file", [one.case_id for one in page if one.case_id], fields)
    return render_template(
        "reports/return_missing.html",
        lack=lack,
        period=period,
        words=days_in_words(period),
        page=page,
        box_of=lambda row: _box(form.chosen, row),
    )


def _page(template: str, pages: list[Outcomes], **known: object) -> str:
    """A page of the return: a line for each column, a number for each period."""
    return render_template(
        template,
        pages=[(days_in_words(out.period), out) for out in pages],
        figure=figure,
        definition_of=definition_of,
        may_count=current_user.may(FIGURES),
        may_set=current_user.may(SET_RETURN),
        **known,
    )


def _kept(number: int) -> tuple[PublishedFigures, Outcomes]:
    row = kept.published_page(number)
    return row, outcomes_read_back(row.content.encode())


def _box(fact: Fact | None, row: Behind) -> str:
    """The address of the page that mends it; empty where no case may be opened."""
    if fact is None or not row.reference:
        return ""
    lack = fact.lack
    named = {"victim_id": row.victim_id} if lack.by_victim else {"reference": row.reference}
    return url_for(lack.endpoint, **named, _anchor=lack.box or None)
