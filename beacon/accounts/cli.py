"""Accounts from a terminal: the first administrator is made here."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask, current_app

from beacon.accounts import commands, denylist, queries
from beacon.accounts.models import Staff
from beacon.core.actor import machine
from beacon.core.db import transaction
from beacon.core.errors import BeaconError
from beacon.core.roles import Role
from beacon.web.terminal import Commands, progress_bar

accounts_cli = Commands("accounts", help="Members of staff.")
AT_TERMINAL = machine("flask accounts")


@accounts_cli.command("create")
@click.argument("email")
@click.option("--name", required=True, help="The person's full name.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="May be given several times.",
)
@click.option("--team", help="The team; made if it is new.")
@click.option("--agency", help="The partner agency, for a partner.")
@click.option("--password-stdin", is_flag=True, help="Demonstration only: set it at once.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def create(
    email: str,
    name: str,
    roles: tuple[str, ...],
    team: str | None,
    agency: str | None,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Make an account; print the single-use link that sets its password."""
    config = current_app.config["BEACON"]
    if password_stdin and not config.is_demo:
        _stop("--password-stdin is for the demonstration only: send the link instead.")
    try:
        with transaction():
            person = commands.create_staff(
                email=email,
                name=name,
                roles=[Role(word) for word in roles],
                team=team,
                agency=agency,
                actor=AT_TERMINAL,
            )
            if password_stdin:
                password = sys.stdin.readline().rstrip("\n")
                commands.set_password(person, password, actor=AT_TERMINAL)
            token = commands.issue_setup_link(person, actor=AT_TERMINAL)
    except BeaconError as refusal:
        _stop(refusal.message)
    url = commands.link_of(token)
    if as_json:
        click.echo(json.dumps({"email": person.email, "setup_url": url}))
    else:
        click.echo(f"{person.email} may set a password, once and within a day, at {url}")


@accounts_cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
def list_accounts(as_json: bool) -> None:
    """Everybody with an account."""
    rows = [_row(person) for person in queries.everyone()]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{row['email']}  {row['name']}  {', '.join(row['roles'])}  {row['state']}")


@accounts_cli.command("disable")
@click.argument("email")
@click.option("--reason", default="", help="Why what they have in hand is left to nobody.")
def disable(email: str, reason: str) -> None:
    """Stop a person from signing in, at once; their cases must have been handed over."""
    person = queries.by_email(email)
    if person is None:
        _stop("There is no account with that email address.")
    left = commands.disable(person, reason=reason, actor=AT_TERMINAL)
    click.echo(
        f"{person.email} can no longer sign in." + (f" Left to nobody: {left}." if left else "")
    )


@accounts_cli.command("load-deny-list")
@click.argument("file", type=click.Path(path_type=Path, resolve_path=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def load_deny_list(file: Path, as_json: bool) -> None:
    """Refuse from now on the passwords of FILE: one a line, or its SHA-1, as HASH or HASH:count."""
    begun = time.monotonic()
    with progress_bar("Passwords") as progress:
        entries = denylist.load(file, current_app.config["BEACON"], progress)
    seconds = round(time.monotonic() - begun, 1)
    if as_json:
        click.echo(json.dumps({"entries": entries, "seconds": seconds}))
    else:
        click.echo(f"{entries:,} passwords are refused from now on. {seconds} seconds.")


@accounts_cli.command("reset-factor")
@click.argument("email")
def reset_factor(email: str) -> None:
    """Take the authenticator app off an account: the next sign-in sets up another."""
    person = queries.by_email(email)
    if person is None:
        _stop("There is no account with that email address.")
    commands.reset_factor(person, actor=AT_TERMINAL)
    click.echo(f"{email} sets up an authenticator app with the next sign-in.")


def _row(person: Staff) -> dict[str, str | list[str]]:
    return {
        "email": person.email,
        "name": person.name,
        "roles": sorted(person.roles),
        "team": person.team.name if person.team else "",
        "state": "disabled" if person.disabled_at else "active",
    }


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(2)


def init_app(app: Flask) -> None:
    """Put the commands where `flask accounts` finds them."""
    app.cli.add_command(accounts_cli)
