"""The scheduler from a terminal: run it, or make one pass as at a given instant."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import asdict
from datetime import timedelta
from typing import NoReturn

import click
from flask import Flask, current_app

from beacon.core import clock
from beacon.core.timetable import Ran
from beacon.ops.start import stop_where_foreign
from beacon.scheduler import queries, running
from beacon.scheduler.queries import Outage
from beacon.web.terminal import Commands

scheduler_cli = Commands("scheduler", help="The scheduler: reminders and texts.")


@scheduler_cli.command("run")
def run() -> None:
    """Run the scheduler; one leads at a time, the others wait."""
    running.serve(current_app._get_current_object())  # type: ignore[attr-defined]


@scheduler_cli.command("tick")
@click.option("--at", help="The instant to act as at; London time where no offset is given.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def tick(at: str | None, as_json: bool) -> None:
    """Every job once, in their order, without leadership."""
    if at and current_app.config["BEACON"].is_production:
        _stop("--at is refused in production: a text sent as at another day is a wrong text.")
    stop_where_foreign(current_app._get_current_object())  # type: ignore[attr-defined]
    try:
        held = clock.fixed(clock.parse_instant(at)) if at else nullcontext()
    except ValueError as wrong:
        _stop(f"--at is not an instant: {wrong}")
    with held:
        moment = clock.now()
        ran = running.tick()
    if as_json:
        jobs = {
            one.name: {"done": one.done, "failed": one.failed, "seconds": one.seconds}
            for one in ran
        }
        click.echo(json.dumps({"at": moment.isoformat(), "jobs": jobs}))
    else:
        for one in ran:
            click.echo(f"{one.name}: {_words(one)}")
    if any(one.failed for one in ran):
        raise SystemExit(1)


@scheduler_cli.command("report")
@click.option("--days", default=14, type=click.IntRange(1, 365), help="How far to look back.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
def report(days: int, as_json: bool) -> None:
    """Each outage, and what became of the texts due in it: gone late, too late, still waiting."""
    found = queries.outages(clock.now() - timedelta(days=days))
    if as_json:
        click.echo(json.dumps([_facts(one) for one in found]))
        return
    for one in found:
        click.echo(_sentence(one))
    click.echo(f"{len(found)} outages of more than ten minutes in {days} days.")


def _facts(one: Outage) -> dict[str, object]:
    moments = {"began": one.began.isoformat(), "ended": one.ended.isoformat()}
    return asdict(one) | moments | {"minutes": one.minutes}


def _sentence(one: Outage) -> str:
    end = f"to {clock.london(one.ended):%H:%M on %d %B}" if one.is_over else "and still"
    parts = [
        f"{one.due} texts were due",
        f"{one.late} went late",
        f"{one.stale} were too late and were given up",
        f"{one.stopped} were stopped",
        f"{one.waiting} wait",
    ]
    if one.never_planned:
        parts.append(f"{one.never_planned} hearings passed without a text being planned")
    return (
        f"From {clock.london(one.began):%H:%M on %d %B} {end} ({one.minutes} minutes): "
        f"{', '.join(parts)}."
    )


def _words(one: Ran) -> str:
    return "failed; see the log" if one.failed else f"{one.done} done in {one.seconds} s"


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(2)


def init_app(app: Flask) -> None:
    """Put the commands where `flask scheduler` finds them."""
    app.cli.add_command(scheduler_cli)
