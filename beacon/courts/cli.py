"""Court lists from a terminal: taken in as the page takes them in."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import Flask, current_app

from beacon.core.actor import machine
from beacon.core.errors import BeaconError
from beacon.courts.imports import OUTCOMES, import_court_list
from beacon.feeds.terminal import clock_at, report_lines
from beacon.web.terminal import Commands, progress_bar

courts_cli = Commands("courts", help="Courts and hearings.")
AT_TERMINAL = machine("flask courts import")


@courts_cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and store nothing.")
@click.option("--at", "at", metavar="INSTANT", help="Take it in as at this moment (ISO 8601).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def import_command(file: Path, dry_run: bool, at: str | None, as_json: bool) -> None:
    """Take in FILE, a court list: new hearings, and those that moved, fell away or changed.

    Exit status: 0 done; 1 done, with rows sent back (they are beside the file, with the reasons);
    2 nothing was done, and why.
    """
    rejects_to = current_app.config["BEACON"].instance / "rejected"
    try:
        with clock_at(at), progress_bar() as progress:
            report = import_court_list(
                file,
                file_name=file.name,
                actor=AT_TERMINAL,
                dry_run=dry_run,
                rejects_to=rejects_to,
                progress=progress,
            )
    except BeaconError as refusal:
        click.echo(" ".join(refusal.message.split()), err=True)
        raise SystemExit(2) from refusal
    if as_json:
        click.echo(json.dumps(report.figures(*OUTCOMES) | {"seconds": report.seconds}))
    else:
        click.echo("\n".join(report_lines(report, OUTCOMES)))
    raise SystemExit(1 if report.rejected else 0)


def init_app(app: Flask) -> None:
    """Put the commands where `flask courts` finds them."""
    app.cli.add_command(courts_cli)
