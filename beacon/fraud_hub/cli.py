"""A bank's letter from a terminal: shown beside the ledger, and kept for a person to log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any  # what a line of JSON holds

import click
from flask import Flask, current_app

from beacon.core.actor import machine
from beacon.core.errors import BeaconError
from beacon.feeds.rejected import write_rejected
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.commands import ReadLetter
from beacon.fraud_hub.queries import Differences
from beacon.fraud_hub.terms.bank_letters import LineState
from beacon.web.terminal import Commands

fraud_cli = Commands("fraud", help="The fraud hub's ledger.")
AT_TERMINAL = machine("flask fraud import-letter")


@fraud_cli.command("import-letter")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show the differences, and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def import_letter(file: Path, dry_run: bool, as_json: bool) -> None:
    """Show the lines of FILE, a bank's letter, beside the ledger, and keep them for a person.

    No entry is made. The columns are reference, date, amount, payee and our_reference (a case or
    the number of a claim). The same file twice changes nothing.

    Exit status: 0 done; 1 done, with rows sent back (they are beside the file, with the reasons);
    2 nothing was done, and why.
    """
    try:
        read = commands.read_letter(file)
        lines = commands.matched(AT_TERMINAL, read.lines)
        found = queries.differences(AT_TERMINAL, lines)
        is_new = False
        if not dry_run:
            _kept, is_new = commands.keep_letter(read, actor=AT_TERMINAL)
        config = current_app.config["BEACON"]
        kept = config.instance / "rejected"
        beside = write_rejected(file, read.headers, read.rejects, kept, dry_run=dry_run)
    except BeaconError as refusal:
        click.echo(" ".join(refusal.message.split()), err=True)
        raise SystemExit(2) from refusal
    figures = _figures(read, found) | {"kept": is_new}
    if as_json:
        click.echo(json.dumps(figures | {"lines": _lines(found)}))
    else:
        for name, figure in figures.items():
            click.echo(f"{name.replace('_', ' '):>20} {figure!s:>8}")
        for line in _lines(found):
            click.echo(_said(line))
        for raw, reason in read.rejects:
            click.echo(f"row {raw.row_no}: sent back: {reason}")
        if beside:
            click.echo(f"The rows sent back are in {beside}")
    raise SystemExit(1 if read.rejects else 0)


def _said(line: dict[str, Any]) -> str:
    """A line in words, with what differs."""
    differs = f" ({', '.join(line['differs'])})" if line["differs"] else ""
    return f"row {line['row']}: {LineState(line['state']).label}{differs}"


def _figures(read: ReadLetter, found: Differences) -> dict[str, int]:
    counts = {state.value: found.count(state) for state in LineState}
    return counts | {"not_in_letter": len(found.unlisted), "sent_back": len(read.rejects)}


def _lines(found: Differences) -> list[dict[str, Any]]:
    """By number of row and case: no reference of a bank, no name."""
    return [
        {
            "row": row.line.row_no,
            "state": row.state.value,
            "differs": list(row.differs),
            "case": row.case_reference,
            "amount_pence": row.line.amount_pence,
        }
        for row in found.rows
    ]


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(fraud_cli)
