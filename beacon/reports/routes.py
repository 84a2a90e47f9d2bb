"""The pages of compliance: what is published of a quarter, and the exact figures of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Flask, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Pace
from beacon.core import clock
from beacon.reports import queries
from beacon.reports.forms import DutiesForm, PeriodForm, QuarterForm, SampleForm, in_words, row_name
from beacon.reports.queries import DutyList
from beacon.reports.rules import (
    LEAST,
    Group,
    Period,
    Publication,
    figures_of,
    month_name,
    pack_of,
    publish,
    quarter_before,
    quarters_before,
)
from beacon.reports.sheets import csv_sheet, workbook
from beacon.reports.terms import (
    JUDGED,
    LEFT_OUT,
    OF_PEOPLE,
    Cut,
    Outcome,
    ReportPermission,
)
from beacon.web import charts, cursors, navigation
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required

bp = Blueprint("reports", __name__, url_prefix="/reports", template_folder="templates")
PUBLISHED, FIGURES = ReportPermission.PUBLISHED, ReportPermission.FIGURES
QUARTERS = 12
WORDS = {
    "outcomes": Outcome,
    "judged": JUDGED,
    "left_out": LEFT_OUT,
    "cuts": Cut,
    "least": LEAST,
}
LIST_FIELDS = ("name", "duties")


@dataclass(frozen=True)
class Published:
    """What may leave of one quarter: the Code's figures, and our own standards apart."""

    form: QuarterForm
    period: Period
    code: Publication
    standards: Publication
    unverified: frozenset[Group]  # rows of rules that rest on memory

    @property
    def tables(self) -> tuple[Publication, Publication, frozenset[Group]]:
        """What a file of them is made of."""
        return self.code, self.standards, self.unverified


@bp.route("/compliance")
@permission_required(PUBLISHED)
def compliance() -> ResponseReturnValue:
    """What is published of a quarter: totals, small counts hidden, nothing that leads to a case."""
    return _page("reports/compliance.html", "shown")


@bp.route("/compliance/print")
@permission_required(PUBLISHED)
def compliance_print() -> ResponseReturnValue:
    """The same for paper: every table open, the chart's numbers under it."""
    return _page("reports/print.html", "printed")


@bp.route("/compliance.svg")
@permission_required(PUBLISHED)
def compliance_chart() -> ResponseReturnValue:
    """Told in time in each month of the quarter, of a hundred, drawn; nothing where hidden."""
    table = _published().code.tables.get(Cut.MONTH)
    lines = table.lines if table else ()
    labels = [month_name(line.name) + (", hidden" if line.hides_percent else "") for line in lines]
    values = [round(line.percent or 0) for line in lines]
    drawn = charts.bars(labels, values, write=lambda share: f"{share}%" if share else "")
    return Response(drawn, mimetype="image/svg+xml")


@bp.route("/compliance.csv")
@permission_required(PUBLISHED)
def compliance_csv() -> ResponseReturnValue:
    """The published tables as one CSV."""
    out = _published()
    _told(out.period, "exported", Operation.DISCLOSURE)
    return attachment(csv_sheet(*out.tables), f"{_name(out.period)}.csv")


@bp.route("/compliance.xlsx")
@permission_required(PUBLISHED)
def compliance_xlsx() -> ResponseReturnValue:
    """The published tables as a workbook."""
    out = _published()
    _told(out.period, "exported", Operation.DISCLOSURE)
    return attachment(workbook(*out.tables), f"{_name(out.period)}.xlsx")


@bp.route("/compliance/cases")
@permission_required(FIGURES)
def figures() -> ResponseReturnValue:
    """The exact figures of any days, of the cases that the person may open."""
    form, today = PeriodForm(), clock.today()
    period = form.period(quarter_before(today))
    _told(period, "counted")
    found = figures_of(queries.counted(period, today, viewer=current_user.actor))
    return render_template("reports/figures.html", form=form, period=period, found=found, **WORDS)


@bp.route("/compliance/duties")
@permission_required(FIGURES)
def duties() -> ResponseReturnValue:
    """The duties behind a figure, a page at a time."""
    actor, form, today = current_user.actor, DutiesForm(), clock.today()
    audit.keep_pace(actor, Pace.LISTS)
    period = form.period(quarter_before(today))
    listed = DutyList(
        viewer=actor,
        period=period,
        today=today,
        rule=form.rule.data or None,
        outcome=form.chosen,
        cut=form.by,
        row=form.row.data or "",
    )
    page = listed.page(cursors.asked_for())
    fields = (*LIST_FIELDS, form.by.value) if form.by in OF_PEOPLE else LIST_FIELDS
    audit.shown(actor, "case_file", [row.case_id for row in page], fields)
    return render_template("reports/duties.html", form=form, period=period, page=page)


@bp.route("/compliance/sample")
@permission_required(FIGURES)
def sample() -> ResponseReturnValue:
    """Cases drawn by lot, for a supervisor to look at how victims were told, not only when."""
    actor, form, today = current_user.actor, SampleForm(), clock.today()
    audit.keep_pace(actor, Pace.LISTS)
    period = form.period(quarter_before(today))
    number, seed = form.how_many(), form.usual_seed(today)
    rows = queries.sample(actor, period, number=number, seed=seed)
    ids = [row.case_id for row in rows]
    audit.shown(actor, "case_file", ids, LIST_FIELDS, action="case.sampled")
    return render_template("reports/sample.html", form=form, period=period, rows=rows, seed=seed)


@bp.route("/compliance/pack.json")
@permission_required(FIGURES)
def pack() -> ResponseReturnValue:
    """The figures of the cases that the person may open, the duties counted, and a hash."""
    period = PeriodForm().period(quarter_before(clock.today()))
    _told(period, "packed", Operation.DISCLOSURE)
    now = clock.now()
    rows = queries.facts(period, now, viewer=current_user.actor)
    return attachment(pack_of(rows, period, now), f"{_name(period)}-pack.json")


def boxes(period: Period) -> dict[str, list[int]]:
    """A period as the boxes of a form send it."""
    days = {"first": period.first, "last": period.last}
    return {name: [day.day, day.month, day.year] for name, day in days.items()}


def _page(template: str, what: str) -> str:
    out = _published()
    _told(out.period, what)
    return render_template(
        template,
        form=out.form,
        out=out,
        words=in_words(out.period),
        may_count=current_user.may(FIGURES),
        chart=url_for("reports.compliance_chart", quarter=out.period.first.isoformat()),
        **WORDS,
    )


def _published() -> Published:
    today = clock.today()
    form = QuarterForm(quarters_before(today, QUARTERS))
    period = form.period()
    found = figures_of(queries.counted(period, today))
    return Published(
        form,
        period,
        publish(found.total, found.cuts),
        publish(found.standards_total, {Cut.RULE: found.standards}),
        frozenset(found.unverified),
    )


def _told(period: Period, what: str, operation: Operation = Operation.CONSULTATION) -> None:
    """That the figures were read is written down."""
    days = f"{period.first}/{period.last}"
    action = f"compliance.{what}"
    actor = current_user.actor
    audit.shown(actor, "period", [days], ("figures",), action=action, operation=operation)


def _name(period: Period) -> str:
    return f"compliance-{period.first}-{period.last}"


def init_app(app: Flask) -> None:
    """Register the pages, their place in the menu, and how templates link to a period."""
    app.register_blueprint(bp)
    app.add_template_global(boxes, "period_boxes")
    app.add_template_global(month_name, "month_name")
    app.add_template_global(row_name, "row_name")
    navigation.register(app, [navigation.Item("Compliance", "reports.compliance", PUBLISHED, 65)])
