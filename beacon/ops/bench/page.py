"""The pages that are measured: the caseload, the desks, one case, and the figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from beacon.core import clock
from beacon.entitlements.codes import STANDARD
from beacon.ops.bench.county import County
from beacon.ops.bench.figures import Figure
from beacon.ops.bench.ground import Ground
from beacon.ops.bench.visiting import SHOWN, Page, Rows, measure_page
from beacon.reports.rules import quarter_before
from beacon.reports.terms import Cut

ROUNDS, FEWER, FEWEST = 200, 50, 10
ROW = b'<tr role="row">'
TABLE = """<!doctype html><title>Cases</title><h1>Cases</h1><table>
<tr><th>Tell by</th><th>Name</th><th>Case</th><th>Category</th><th>Status</th><th>Offence</th>
<th>Case manager</th></tr>
{% for row in rows %}<tr><td>{{ row.next_due_on }}</td>
<td><a href="/cases/{{ row.reference }}">{{ row.first_name }} {{ row.last_name }}</a></td>
<td>{{ row.reference }}</td><td>{{ row.category }}</td><td>{{ row.status }}</td>
<td>{{ row.offence }}</td><td>{{ row.manager_name }}</td></tr>
{% endfor %}</table>"""
RULE = "R6_ARREST"


def caseload(county: County) -> Page:
    """The list of a case manager's cases."""
    return Page(
        name="caseload_page",
        address="/cases/",
        opened_by=county.manager,
        rounds=ROUNDS,
        answers=lambda sql: "ORDER BY case_file.listed_on" in sql,
        statements=1,
        shows=lambda body, rows: body.count(ROW) >= min(SHOWN, len(rows), county.caseload),
        shape=TABLE,
    )


def manager_desk(county: County) -> Page:
    """A case manager's desk, with the list of what is due."""
    return _desk("desk_of_manager", county.manager)


def leader_desk(county: County) -> Page:
    """A team leader's desk: the team's figures, what was passed on, how much each one has."""
    return _desk("desk_of_leader", county.leader)


def case_page(county: County) -> Page:
    """The page of a case with two thousand entries, all its panels on it."""
    return Page(
        name="case_page",
        address=f"/cases/{county.long_case}",
        opened_by=county.manager,
        rounds=FEWER,
        answers=lambda sql: True,
        shows=lambda body, rows: county.long_case.encode() in body,
    )


def compliance_quarter(county: County) -> Page:
    """What is published of the last quarter, of the whole service: small counts are hidden."""
    return _counted("compliance_quarter", "/reports/compliance", county)


def compliance_year(county: County) -> Page:
    """The exact figures of a year, of the cases that a team leader may open."""
    last = clock.today()
    first = last - timedelta(days=364)
    return _counted("compliance_year", f"/reports/compliance/cases?{_days(first, last)}", county)


def compliance_cut(county: County) -> Page:
    """The duties behind one figure of a quarter: those of one rule that were told in time."""
    quarter = quarter_before(clock.today())
    asked = f"{_days(quarter.first, quarter.last)}&rule={RULE}&outcome=met"
    return Page(
        name="compliance_cut",
        address=f"/reports/compliance/duties?{asked}",
        opened_by=county.leader,
        rounds=FEWER,
        answers=lambda sql: "FROM duty" in sql and "LIMIT" in sql,
        statements=1,
        shows=_shows_references,
    )


PAGES: dict[str, Callable[[County], Page]] = {
    "the caseload page": caseload,
    "the desk of a case manager": manager_desk,
    "the desk of a team leader": leader_desk,
    "the page of a case": case_page,
    "compliance in a quarter": compliance_quarter,
    "compliance in a year": compliance_year,
    "the duties behind a figure": compliance_cut,
}


def measure(ground: Ground, county: County, page: Callable[[County], Page]) -> Figure:
    """The figure of one page."""
    return measure_page(ground, county, page(county))


def _desk(name: str, opened_by: int) -> Page:
    return Page(
        name=name,
        address="/",
        opened_by=opened_by,
        rounds=FEWER,
        answers=lambda sql: True,
        shows=lambda body, rows: True,
    )


def _counted(name: str, address: str, county: County) -> Page:
    return Page(
        name=name,
        address=address,
        opened_by=county.leader,
        rounds=FEWEST,
        answers=lambda sql: "FROM duty" in sql,
        statements=1,
        shows=_shows_total,
    )


def _shows_total(body: bytes, rows: Rows) -> bool:
    """How many duties of the Code there were stands on the page."""
    total = sum(row.number for row in rows if row.cut == Cut.RULE and row.code != STANDARD)
    written = f"{total}|{total:,}"
    return total > 0 and re.search(rf">\s*(?:{written})\s*<", body.decode()) is not None


def _shows_references(body: bytes, rows: Rows) -> bool:
    """Every case of the rows stands on the page."""
    text, shown = body.decode(), rows[:SHOWN]
    return bool(shown) and all(row.reference in text for row in shown)


def _days(first: date, last: date) -> str:
    days = {"first": first, "last": last}
    return "&".join(
        f"{name}={part}" for name, day in days.items() for part in (day.day, day.month, day.year)
    )
