"""The demonstration from a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn

import click
from flask import Flask, current_app
from rich.console import Console
from rich.progress import Progress

from beacon.core.errors import BeaconError
from beacon.seed import county
from beacon.web.terminal import Commands

demo_cli = Commands("demo", help="A made-up county, to look at and to learn with.")
VICTIMS, SEED, MOST_VICTIMS = 220, 41, 5_000


@demo_cli.command("load")
@click.option(
    "--victims",
    default=VICTIMS,
    show_default=True,
    help="How many.",
    type=click.IntRange(20, MOST_VICTIMS),
)
@click.option("--seed", default=SEED, show_default=True, help="The same people for the same seed.")
def load(victims: int, seed: int) -> None:
    """Fill an empty database with made-up people and their cases, up to this moment.

    Prints how each role signs in. Passwords are new with each load.
    """
    config = current_app.config["BEACON"]
    if config.is_production:
        _stop("The demonstration is never loaded in production.")
    try:
        county.check_tables()
        if county.finish(config.instance):
            click.echo(f"It is loaded; the sign-ins are in {config.instance / county.SIGN_INS}")
            return
        county.check_empty()
        with _progress() as told:
            sign_ins = county.load(config.instance, victims=victims, seed=seed, told=told)
    except BeaconError as refusal:
        _stop(refusal.message)
    for one in sign_ins:
        click.echo(f"sign-in {one.role} {one.email} {one.password}")


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """A bar on a terminal, one line elsewhere."""
    if not sys.stderr.isatty():
        click.echo("Making up a county; this takes about a minute", err=True)
        yield lambda share: None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Making up a county", total=1.0)
        yield lambda share: bar.update(task, completed=share)


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(2)


def init_app(app: Flask) -> None:
    """Put the commands where `flask demo` finds them."""
    app.cli.add_command(demo_cli)
