"""Proving the log from a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import Flask, current_app

from beacon.audit import queries
from beacon.web.terminal import Commands

audit_cli = Commands("audit", help="The log of who saw and did what.")


@audit_cli.command("verify")
@click.option(
    "--anchor",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of heads written down earlier, one 'seq mac' a line.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def verify(anchor: Path | None, as_json: bool) -> None:
    """Walk the whole chain and name the first row that does not hold."""
    anchors = _read_anchors(anchor) if anchor else {}
    verdict = queries.verify(queries.keyed(current_app.config["BEACON"].audit_key), anchors)
    if as_json:
        click.echo(
            json.dumps(
                {"rows": verdict.rows, "ok": verdict.ok, "first_bad_seq": verdict.first_bad_seq}
            )
        )
    elif verdict.ok:
        click.echo(f"{verdict.rows} rows, the chain holds.")
    else:
        click.echo(f"The chain is broken at row {verdict.first_bad_seq}.")
    if not verdict.ok:
        raise SystemExit(1)


def _read_anchors(path: Path) -> dict[int, str]:
    anchors = {}
    for line in path.read_text().splitlines():
        seq, _, mac = line.strip().partition(" ")
        if seq.isdigit() and mac:
            anchors[int(seq)] = mac.split()[-1]
    if not anchors:
        raise click.UsageError(
            "There is no head in that file: each line is a row number and its code."
        )
    return anchors


def init_app(app: Flask) -> None:
    """Put the commands where `flask audit` finds them."""
    app.cli.add_command(audit_cli)
