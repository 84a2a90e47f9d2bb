"""Casework at a terminal."""

from __future__ import annotations

import json

import click
from flask import Flask

from beacon.cases import queries
from beacon.core import clock
from beacon.core.actor import machine
from beacon.web.terminal import Commands

cases_cli = Commands("cases", help="Cases, and what their victims must be told.")
TERMINAL = machine("flask cases")


def init_app(app: Flask) -> None:
    """Put the commands on the command line."""
    app.cli.add_command(cases_cli)


@cases_cli.command("overdue")
@click.option("--manager", "manager_id", type=int, help="One manager's staff number only.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list on stdout.")
def overdue(manager_id: int | None, as_json: bool) -> None:
    """List what victims should have been told by now. References and dates, no names."""
    today = clock.today()
    late = [
        row
        for row in queries.duties_due(TERMINAL, today, manager_id=manager_id, at_most=10_000)
        if row.is_late(today)
    ]
    if as_json:
        rows = [
            {"case": row.reference, "what": row.title, "due_on": row.due_on.isoformat()}
            for row in late
        ]
        click.echo(json.dumps(rows))
        return
    for row in late:
        click.echo(f"{row.reference}  by {row.due_on.isoformat()}  {row.title}")
    click.echo(f"{len(late)} overdue.")
