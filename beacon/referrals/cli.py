"""Referrals from a terminal: a feed's file taken in as the folder and the page take it in."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from rich.console import Console
from rich.progress import Progress

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.errors import BeaconError
from beacon.feeds.commands import Report
from beacon.referrals.columns import FEEDS
from beacon.referrals.imports import MORE, OUTCOMES, import_file
from beacon.web.terminal import Commands

referrals_cli = Commands("referrals", help="People sent to us by the police and others.")
AT_TERMINAL = machine("flask referrals import")
SHOWN_AT_MOST = 20


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
        with _clock(at), _progress() as progress:
            report = import_file(
                feed,
                file,
                file_name=file.name,
                actor=AT_TERMINAL,
                dry_run=dry_run,
                rejects_to=config.instance / "rejected",
                progress=progress,
            )
    except BeaconError as refusal:
        click.echo(" ".join(refusal.message.split()), err=True)
        raise SystemExit(2) from refusal
    if as_json:
        figures = {"feed": feed, **report.figures(*OUTCOMES)}
        figures |= {name: report.counts[name] for name in MORE}
        click.echo(json.dumps(figures | {"seconds": report.seconds}))
    else:
        _tell(report)
    raise SystemExit(1 if report.rejected else 0)


def _clock(at: str | None) -> AbstractContextManager[datetime | None]:
    """The clock as it is, or held at the moment that was asked for."""
    if at is None:
        return contextlib.nullcontext()
    try:
        return clock.fixed(clock.parse_instant(at))
    except ValueError as fault:
        raise BeaconError(f"--at: {fault}") from fault


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Rows", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(report: Report) -> None:
    """The report for a person to read; no row is repeated, only its number."""
    for line in (*_about(report), *_figures(report), *_rows(report)):
        click.echo(line)
    click.echo(f"{report.seconds:.1f} seconds")


def _about(report: Report) -> Iterator[str]:
    if report.seen_before:
        day = clock.london(report.seen_before)
        yield f"This file was taken in before, on {day.day} {day:%B %Y}."
    if report.unknown:
        yield f"Columns that are not known, kept as they are: {', '.join(report.unknown)}"
    if report.dry_run:
        yield "A dry run: nothing was stored."


def _figures(report: Report) -> Iterator[str]:
    figures = report.figures(*OUTCOMES) | {name: report.counts[name] for name in MORE}
    for name, figure in figures.items():
        yield f"{name.replace('_', ' '):>20} {figure:>8,}"


def _rows(report: Report) -> Iterator[str]:
    for row_no, words in report.warnings[:SHOWN_AT_MOST]:
        yield f"row {row_no:,}: warning: {words}"
    if len(report.warnings) > SHOWN_AT_MOST:
        yield f"and {len(report.warnings) - SHOWN_AT_MOST:,} more warnings"
    for raw, reason in report.rejects[:SHOWN_AT_MOST]:
        yield f"row {raw.row_no:,}: rejected: {reason}"
    if report.rejected_file:
        yield f"The rejected rows are in {report.rejected_file}"


def init_app(app: Flask) -> None:
    """Put the commands where `flask referrals` finds them."""
    app.cli.add_command(referrals_cli)
