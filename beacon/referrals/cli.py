"""Files from a terminal: a feed's, as the folder and the page take it in, and a caseload."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import Flask, current_app

from beacon.cases.cli import cases_cli
from beacon.core.actor import machine
from beacon.core.beside import worth_having
from beacon.core.errors import BeaconError
from beacon.feeds.rejected import write_beside
from beacon.feeds.terminal import clock_at, report_lines
from beacon.referrals.columns import FEEDS
from beacon.referrals.imports import (
    MORE,
    OUTCOMES,
    TAKEN_ON,
    Caseload,
    import_file,
    reconciliation,
    take_on_caseload,
)
from beacon.web.terminal import Commands, progress_bar

referrals_cli = Commands("referrals", help="People sent to us by the police and others.")
AT_TERMINAL = machine("flask referrals import")
AT_TAKE_ON = machine("flask cases import")


@referrals_cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--feed", type=click.Choice(sorted(FEEDS)), required=True, help="Whose list it is.")
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and store nothing.")
@click.option("--at", "at", metavar="INSTANT", help="Take it in as at this moment (ISO 8601).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def import_command(file: Path, feed: str, dry_run: bool, at: str | None, as_json: bool) -> None:
    """Take in FILE: new people, new facts, and the cases that open by themselves.

    Exit status: 0 done; 1 done, with rows sent back (they are beside the file, with the reasons);
    2 nothing was done, and why.
    """
    config = current_app.config["BEACON"]
    try:
        with clock_at(at), progress_bar() as progress:
            report = import_file(
                feed,
                file,
                file_name=file.name,
                actor=AT_TERMINAL,
                dry_run=dry_run,
                rejects_to=config.instance / "rejected",
                progress=progress,
                beside=worth_having(),
            )
    except BeaconError as refusal:
        click.echo(" ".join(refusal.message.split()), err=True)
        raise SystemExit(2) from refusal
    if as_json:
        figures = {"feed": feed, **report.figures(*OUTCOMES)}
        figures |= {name: report.counts[name] for name in MORE}
        click.echo(json.dumps(figures | {"seconds": report.seconds}))
    else:
        click.echo("\n".join(report_lines(report, OUTCOMES, MORE)))
    raise SystemExit(1 if report.rejected else 0)


@cases_cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and store nothing.")
@click.option("--at", "at", metavar="INSTANT", help="Take it on as at this moment (ISO 8601).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the reconciliation is written.  [default: beside FILE; none for a dry run]",
)
def take_on(file: Path, dry_run: bool, at: str | None, as_json: bool, sheet: Path | None) -> None:
    """Take on FILE, live cases of another system: their people, their manager, what is still owed.

    The columns of the police's file, and manager (an email address), category, grounds, status (new
    or open), opened_at, first_contact_at and open_duties (R6_CHARGE 2026-11-20 10:30; and so on).
    Each row that came, and what became of it, is in FILE.reconciliation.xlsx.

    Exit status: 0 done; 1 done, with rows sent back (they are beside the file, with the reasons);
    2 nothing was done, and why.
    """
    config = current_app.config["BEACON"]
    apart = config.instance / "rejected"
    try:
        with clock_at(at), progress_bar() as progress:
            taken = take_on_caseload(
                file,
                file_name=file.name,
                actor=AT_TAKE_ON,
                dry_run=dry_run,
                rejects_to=apart,
                progress=progress,
            )
            written = _reconcile(taken, file, sheet, apart)
    except BeaconError as refusal:
        click.echo(" ".join(refusal.message.split()), err=True)
        raise SystemExit(2) from refusal
    report = taken.report
    if as_json:
        figures = report.figures(*TAKEN_ON)
        click.echo(json.dumps(figures | {"seconds": report.seconds}))
    else:
        click.echo("\n".join(report_lines(report, TAKEN_ON)))
        if written:
            click.echo(f"What became of each row is in {written}")
    raise SystemExit(1 if report.rejected else 0)


def _reconcile(taken: Caseload, file: Path, sheet: Path | None, apart: Path) -> Path | None:
    """Write the reconciliation where it was asked for, or beside the file."""
    if sheet is not None:
        return write_beside(sheet.with_suffix(""), sheet.suffix, reconciliation(taken), apart)
    if taken.report.dry_run:
        return None
    return write_beside(file, ".reconciliation.xlsx", reconciliation(taken), apart)


def init_app(app: Flask) -> None:
    """Put the commands where `flask referrals` finds them."""
    app.cli.add_command(referrals_cli)
