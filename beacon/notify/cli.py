"""Texts at a terminal: what is in the outbox, settling doubts, pausing and going on."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import NoReturn

import click
from flask import Flask

from beacon.core import clock
from beacon.core.actor import machine
from beacon.notify import commands, queries
from beacon.notify.commands import Settled
from beacon.notify.queries import TextRow
from beacon.notify.readiness import waits_for_journal, why_stopped
from beacon.notify.reckoning import reckon
from beacon.notify.terms import TextState
from beacon.web.terminal import Commands

notify_cli = Commands("notify", help="Texts: what waits, what went, what is in doubt.")
TERMINAL = machine("terminal")
NO_JOURNAL = (
    "The send journal is not the one of the backup, so nobody knows what has left since: texts "
    "stand still, and {count} wait for a person on the Texts page. Put the journal back "
    "(BEACON_JOURNAL) and reconcile again, or go on: "
    "flask notify resume --without-journal --reason TEXT"
)
JSON = click.option("--json", "as_json", is_flag=True, help="JSON on stdout, nothing else.")


@notify_cli.command("outbox")
@click.option("--state", help="Only texts in this state, such as planned or needs_a_person.")
@JSON
def outbox(state: str | None, as_json: bool) -> None:
    """List the texts in the outbox, their numbers masked."""
    if state is not None and state not in [known.value for known in TextState]:
        _refuse(f"There is no state {state!r}: use one of {', '.join(TextState)}.")
    rows = queries.outbox(TextState(state) if state else None)
    if as_json:
        click.echo(json.dumps([as_facts(row) for row in rows]))
        return
    for row in rows:
        click.echo(f"{row.key:<40} {row.state.value:<15} {row.masked:<20} {row.reason}")
    click.echo(f"{len(rows)} texts.")


@notify_cli.command("reconcile")
@JSON
def reconcile(as_json: bool) -> None:
    """Settle now every text of which it is not known whether it was sent."""
    if waits_for_journal():
        _after_restore(as_json=as_json)
        return
    commands.sweep()
    _say_settled(commands.reconcile(quiet=timedelta(0)), as_json=as_json)


def _after_restore(*, as_json: bool) -> None:
    """Reconcile a restored database with the journal; status 1 where texts still stand still."""
    done = commands.reconcile_after_restore(actor=TERMINAL)
    settled = replace(done.settled, needs_a_person=done.for_a_person)
    _say_settled(settled, as_json=as_json)
    if not done.journal_is_ours:
        click.echo(NO_JOURNAL.format(count=done.for_a_person), err=True)
    elif done.unknown_left:
        click.echo(
            f"The provider could not be asked about {done.unknown_left}: texts stand still. "
            "Try again: flask notify reconcile",
            err=True,
        )
    else:
        click.echo(why_stopped() or "Reconciled with the journal: texts are being sent.", err=True)
        return
    raise SystemExit(1)


def _say_settled(settled: Settled, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(settled)))
    else:
        click.echo(
            f"{settled.unknown} in doubt: {settled.settled_sent} were sent, "
            f"{settled.settled_not_sent} were not, {settled.needs_a_person} need a person."
        )


@notify_cli.command("report")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today without it.")
@JSON
def report(day: datetime | None, as_json: bool) -> None:
    """What became of the texts that were due on a day; status 1 where the sum does not come out."""
    found = reckon(day.date() if day else clock.today())
    if as_json:
        click.echo(json.dumps(asdict(found) | {"day": found.day.isoformat(), "left": found.left}))
    else:
        click.echo(f"{found.day.isoformat()}: {found.words}.")
    if found.left:
        raise SystemExit(1)


@notify_cli.command("pause")
@click.option("--reason", default="paused at a terminal", help="Why, for the people at the desk.")
@JSON
def pause(reason: str, as_json: bool) -> None:
    """Send no more texts until somebody resumes."""
    commands.pause(reason=reason, actor=TERMINAL)
    _say_where_it_stands(as_json=as_json)


@notify_cli.command("resume")
@click.option("--without-journal", is_flag=True, help="After a restore whose journal is lost.")
@click.option("--reason", default="", help="Why texts go on without the journal.")
@JSON
def resume(without_journal: bool, reason: str, as_json: bool) -> None:
    """Go on sending texts.

    After a restore whose send journal is lost, --without-journal with a --reason: each text for
    today or tomorrow then waits until a person has decided about it on the Texts page.
    """
    if without_journal:
        commands.resume_without_journal(reason=reason, actor=TERMINAL)
    else:
        commands.resume(actor=TERMINAL)
    _say_where_it_stands(as_json=as_json)


def as_facts(row: TextRow) -> dict[str, object]:
    """A text in the words of the contract."""
    return {
        "key": row.key,
        "kind": row.kind,
        "state": row.state.value,
        "reason": row.reason or None,
        "hearing": row.about_id,
        "send_after": _written(row.send_after),
        "expires_at": _written(row.expires_at),
        "attempts": row.attempts,
        "provider_sid": row.provider_sid,
    }


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _say_where_it_stands(*, as_json: bool) -> None:
    why = why_stopped()
    if as_json:
        click.echo(json.dumps({"paused": bool(why), "why": why or None}))
    else:
        click.echo(why or "Texts are being sent.")


def _refuse(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(2)


def init_app(app: Flask) -> None:
    """Give the terminal its words about texts."""
    app.cli.add_command(notify_cli)
