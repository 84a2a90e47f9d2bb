"""The compliance figures at a terminal, exact, and the pack of a period."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click
from flask import Flask

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.errors import RuleBroken
from beacon.core.money import Money
from beacon.courts.queries import attendance
from beacon.fraud_hub.queries import hub_totals
from beacon.reports import queries
from beacon.reports.outcome_sheets import row_name
from beacon.reports.queries import outcomes as commissioner
from beacon.reports.rules import Period, digest_of, pack_of, rows_by_rule
from beacon.reports.rules.outcome_files import written_out
from beacon.web.terminal import Commands

reports_cli = Commands("reports", help="Figures for the Board and for the service.")
COUNTS = (
    "due", "met", "late", "missed", "open", "withheld", "declined", "safety_delay",
    "not_applicable",
)  # fmt: skip
FROM = click.option("--from", "first", metavar="D", required=True, help="The first day due.")
TO = click.option("--to", "last", metavar="D", required=True, help="The last day due.")

FRAUD_FROM = click.option("--from", "first", metavar="D", required=True, help="The first day.")
FRAUD_TO = click.option("--to", "last", metavar="D", required=True, help="The last day.")
FRAUD_SUMS = ("lost", "claimed", "recovered", "recovered_through_beacon", "prevented")


@reports_cli.command("compliance")
@FROM
@TO
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def compliance(first: str, last: str, as_json: bool) -> None:
    """Count the duties of the Code that were due from D to D, by Right and rule.

    The counts are exact: they must not leave the service. Local standards are not among them.
    """
    period = _period(first, last)
    rows = rows_by_rule(queries.counted(period, clock.today()))
    if as_json:
        days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
        click.echo(json.dumps(days | {"rights": rows}))
        return
    click.echo(f"{'Right':5}  {'Rule':15}" + "".join(f"  {one:>14}" for one in COUNTS) + "  %")
    for row in rows:
        counts = "".join(f"  {row[one]:>14}" for one in COUNTS)
        share = "–" if row["percent"] is None else f"{row['percent']}"
        click.echo(f"{row['right'] or '–'!s:5}  {row['rule']:15}{counts}  {share}")


@reports_cli.command("pack")
@FROM
@TO
@click.option("--as-at", "as_at", metavar="INSTANT", help="As it stood then; now, if not given.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
def pack(first: str, last: str, as_at: str | None, out: Path) -> None:
    """Write the pack of a period as it stood at a moment: figures, the duties counted, a hash.

    The same days and the same moment give the same bytes, whatever was recorded since.
    """
    period, moment = _period(first, last), _moment(as_at)
    content = pack_of(queries.facts(period, moment), period, moment)
    out.write_bytes(content)
    click.echo(f"{out}: SHA-256 {digest_of(content)}")


@reports_cli.command("fraud")
@FRAUD_FROM
@FRAUD_TO
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def fraud(first: str, last: str, as_json: bool) -> None:
    """Sum the money of the fraud hub from D to D: the same totals as its board (contract 2)."""
    period = _period(first, last)
    totals = hub_totals(machine("reports-fraud"), period.first, period.last)
    found = {f"{name}_pence": getattr(totals, f"{name}_pence") for name in FRAUD_SUMS}
    if as_json:
        days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
        by_route = {route.value: pence for route, pence in totals.by_route.items()}
        click.echo(json.dumps(days | found | {"by_route": by_route}))
        return
    for name in FRAUD_SUMS:
        words = name.replace("_", " ").capitalize().replace("beacon", "Beacon")
        click.echo(f"{words:26}  {Money(found[f'{name}_pence'])!s:>16}")
    for route, pence in totals.by_route.items():
        click.echo(f"  {route.label:40}  {Money(pence)!s:>16}")


@reports_cli.command("outcomes")
@FRAUD_FROM
@FRAUD_TO
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def outcomes(first: str, last: str, as_json: bool) -> None:
    """Count the figures of the commissioner's page from D to D, of the whole service.

    The counts are exact: they must not leave the service.
    """
    period, now = _period(first, last), clock.now()
    found = commissioner.outcomes(machine("reports-outcomes"), period, now)
    if as_json:
        click.echo(json.dumps(written_out(found)))
        return
    for grid in found.grids:
        click.echo(f"\n{grid.section}: {grid.title}")
        if grid.is_empty:
            click.echo(f"  {grid.empty}")
        for row in grid.lines:
            cells = "".join(f"  {number or 0:>6}" for number in row.cells.values())
            amount = "" if row.amount is None else f"  {row.amount:>10}"
            click.echo(f"  {row_name(grid, row)[:58]:58}  {row.total or 0:>6}{cells}{amount}")


@reports_cli.command("hearings")
@FRAUD_FROM
@FRAUD_TO
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def hearings(first: str, last: str, as_json: bool) -> None:
    """Count who came to court from D to D, by what became of the text about it (contract 2)."""
    period = _period(first, last)
    table = attendance(machine("reports-hearings"), period.first, period.last)
    rows = [
        {
            "text": row.end.value,
            "came": row.came,
            "stayed_away": row.stayed_away,
            "left_out": row.left_out,
        }
        for row in table.rows
    ]
    if as_json:
        days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
        click.echo(json.dumps(days | {"texts": rows, "not_recorded": table.not_recorded}))
        return
    for row, end in zip(rows, table.rows, strict=True):
        counts = "  ".join(f"{row[one]:>6}" for one in ("came", "stayed_away", "left_out"))
        click.echo(f"{end.end.label:50}  {counts}")
    click.echo(f"Nothing recorded yet: {table.not_recorded}")


def _moment(text: str | None) -> datetime:
    """The moment that was asked for, which must not lie ahead: what it holds is not known yet."""
    if text is None:
        return clock.now()
    try:
        moment = clock.parse_instant(text)
    except ValueError as fault:
        raise RuleBroken(str(fault)) from fault
    if moment > clock.now():
        raise RuleBroken("Give --as-at as a moment that has passed.")
    return moment


def _period(first: str, last: str) -> Period:
    """The days asked for; refused where one has no beginning or no end by London's clock."""
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
        clock.start_of_day(period.first)
        clock.end_of_day(period.last)
    except (ValueError, OverflowError) as fault:
        raise RuleBroken(
            "Give --from and --to as days like 2026-03-31, the first not after the last."
        ) from fault
    return period


def init_app(app: Flask) -> None:
    """Put the commands where `flask reports` finds them."""
    app.cli.add_command(reports_cli)
