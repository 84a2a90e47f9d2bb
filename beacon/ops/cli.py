"""The doctor: is this installation set up as it should be?"""

from __future__ import annotations

import json
from dataclasses import asdict

import click
import sqlalchemy as sa
from flask import Flask, current_app

from beacon.core.db import db
from beacon.ops import adopting, checks, grants
from beacon.ops.backup.cli import backup_cli
from beacon.web.terminal import Commands, NothingDone, OneLine

ops_cli = Commands("ops", help="Putting an installation in order.")
env_cli = Commands("env", help="Whose database this is.")


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


@ops_cli.command("grants")
@click.option("--web", required=True, help="The database role of the web server.")
@click.option("--scheduler", help="The database role of the scheduler.")
@click.option("--print", "only_print", is_flag=True, help="Print the statements; change nothing.")
def give_grants(web: str, scheduler: str | None, only_print: bool) -> None:
    """Give both roles the rights they need and no more (PostgreSQL), as the owner of the tables.

    The log, the timeline and the ledger can then only be added to. Run it after each upgrade.
    """
    try:
        orders = grants.statements(web=web, scheduler=scheduler)
    except grants.NotARole as wrong:
        raise NothingDone(str(wrong)) from wrong
    if only_print:
        click.echo("".join(f"{order};\n" for order in orders), nl=False)
        return
    if db.engine.dialect.name != "postgresql":
        raise NothingDone("Only PostgreSQL has roles; SQLite keeps the log by triggers alone.")
    try:
        grants.give(db.engine, orders)
    except sa.exc.DBAPIError as fault:
        raise NothingDone(f"The database refused: {str(fault.orig).splitlines()[0]}") from fault
    click.echo(f"{len(orders)} statements carried out.")


@env_cli.command("adopt")
@click.option("--scrub", is_flag=True, help="Take numbers and e-mails out of a foreign copy.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def adopt(scrub: bool, as_json: bool) -> None:
    """Make a restored or copied database this environment's own.

    Everybody is signed out and texts stand still. Where it came from another environment, every
    number and e-mail is taken out of it.
    """
    config = current_app.config["BEACON"]
    done = adopting.adopt(config, may_scrub=scrub)
    if as_json:
        click.echo(json.dumps(asdict(done)))
    else:
        click.echo(_adopted(done, config.env))


def _adopted(done: adopting.Adopted, here: str) -> str:
    if not done.is_new:
        return f"Nothing to do: the database belongs to {here} already."
    lines = [f"The database is now {here}'s own; it came from {done.origin or 'nowhere'}."]
    if done.scrubbed:
        lines.append(f"Numbers and e-mails were taken out: {done.scrubbed:,} rows.")
    if done.given_up:
        lines.append(f"The log goes on from the backup: {done.given_up} later heads are given up.")
    lines.append("Everybody is signed out. Texts stand still: flask notify reconcile")
    return "\n".join(lines)


def init_app(app: Flask) -> None:
    """Put the commands where `flask doctor` and `flask ops` find them."""
    app.cli.add_command(doctor)
    app.cli.add_command(ops_cli)
    app.cli.add_command(backup_cli)
    app.cli.add_command(env_cli)
