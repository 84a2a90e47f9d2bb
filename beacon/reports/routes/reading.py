"""What is read of a quarter: totals, small counts hidden, on a page, on paper and as files."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from beacon.audit.terms import Operation
from beacon.reports.routes.ground import PUBLISHED, bp, name_of, page_of, shown, told
from beacon.reports.rules import month_name
from beacon.reports.sheets import csv_sheet, workbook
from beacon.reports.terms import Cut
from beacon.web import charts
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required


@bp.route("/compliance")
@permission_required(PUBLISHED)
def compliance() -> ResponseReturnValue:
    """What is published of a quarter: totals, small counts hidden, nothing that leads to a case."""
    return page_of("reports/compliance.html", shown(), "shown")


@bp.route("/compliance/print")
@permission_required(PUBLISHED)
def compliance_print() -> ResponseReturnValue:
    """The same for paper: every table open, the chart's numbers under it."""
    return page_of("reports/print.html", shown(), "printed")


@bp.route("/compliance.svg")
@permission_required(PUBLISHED)
def compliance_chart() -> ResponseReturnValue:
    """Told in time in each month of the quarter, of a hundred, drawn; nothing where hidden."""
    table = shown().code.tables.get(Cut.MONTH)
    lines = table.lines if table else ()
    labels = [month_name(line.name) + (", hidden" if line.hides_percent else "") for line in lines]
    values = [round(line.percent or 0) for line in lines]
    drawn = charts.bars(labels, values, write=lambda share: f"{share}%" if share else "")
    return Response(drawn, mimetype="image/svg+xml")


@bp.route("/compliance.csv")
@permission_required(PUBLISHED)
def compliance_csv() -> ResponseReturnValue:
    """The published tables as one CSV."""
    out = shown()
    told(out.period, "exported", Operation.DISCLOSURE)
    return attachment(csv_sheet(*out.tables), f"{name_of(out.period)}.csv")


@bp.route("/compliance.xlsx")
@permission_required(PUBLISHED)
def compliance_xlsx() -> ResponseReturnValue:
    """The published tables as a workbook."""
    out = shown()
    told(out.period, "exported", Operation.DISCLOSURE)
    return attachment(workbook(*out.tables), f"{name_of(out.period)}.xlsx")
