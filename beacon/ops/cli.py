"""The doctor: is this installation set up as it should be?"""

from __future__ import annotations

import json

import click
from flask import Flask

from beacon.ops import checks
from beacon.web.terminal import OneLine


@click.command("doctor", cls=OneLine)
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
def doctor(as_json: bool) -> None:
    """Look at the database, keys, clock, calendar, texts and scheduler; say what must be mended."""
    findings = checks.look()
    if as_json:
        rows = [{"check": f.name, "state": f.state, "words": f.words} for f in findings]
        click.echo(json.dumps(rows))
    else:
        for finding in findings:
            click.echo(f"{finding.state:8}{finding.name:12}{finding.words}")
    if any(finding.state == "fault" for finding in findings):
        raise SystemExit(1)


def init_app(app: Flask) -> None:
    """Put the command where `flask doctor` finds it."""
    app.cli.add_command(doctor)
