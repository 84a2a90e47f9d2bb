"""Proving the log from a terminal, and writing its head down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from flask import Flask

from beacon.audit import anchors, commands, queries
from beacon.audit.queries import Verdict
from beacon.web.terminal import Commands, NothingDone

audit_cli = Commands("audit", help="The log of who saw and did what.")


@audit_cli.command("verify")
@click.option(
    "--anchor",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of heads written down earlier, one 'seq mac' a line.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def verify(anchor: Path | None, as_json: bool) -> None:
    """Walk the whole chain and name the first row that does not hold.

    The heads in BEACON_AUDIT_ANCHORS are compared by themselves, those of --anchor as well. A head
    that the log says was written down must be among them.
    """
    kept = anchors.read(commands.anchors_place())
    given = anchors.read(anchor) if anchor else []
    if anchor and not given:
        raise click.UsageError(
            "There is no head in that file: each line is a row number and its code."
        )
    verdict = queries.verify(
        queries.keyed(*commands.audit_keys()), [(one.seq, one.mac) for one in (*kept, *given)]
    )
    # Read again: what the log says was written down while it was proved is kept by now.
    kept_now = {one.seq for one in (*anchors.read(commands.anchors_place()), *given)}
    lost = [seq for seq in verdict.anchored if seq not in kept_now]
    ok = verdict.ok and not lost
    if as_json:
        report = {"rows": verdict.rows, "ok": ok, "first_bad_seq": verdict.first_bad_seq}
        click.echo(json.dumps(report))
    else:
        click.echo(_words(verdict, len(kept) + len(given), lost))
    if not ok:
        raise SystemExit(1)


def _words(verdict: Verdict, heads: int, lost: Sequence[int]) -> str:
    if not verdict.ok and verdict.first_bad_seq is None:
        return f"{verdict.rows} rows, and {verdict.why}."
    if not verdict.ok:
        return f"The chain is broken at row {verdict.first_bad_seq}: {verdict.why}."
    keys = f", signed with keys {', '.join(verdict.key_ids)}" if verdict.key_ids else ""
    holds = (
        f"{verdict.rows} rows, the chain holds{keys}; {heads} heads written down elsewhere agree"
    )
    if not lost:
        return f"{holds}."
    return (
        f"{holds}, but {len(lost)} heads that the log says were written down are not kept, "
        f"the first of row {lost[0]}. Put the file of BEACON_AUDIT_ANCHORS back from its copy, or "
        "give the copy with --anchor: without it a log that was cut or written anew looks whole."
    )


@audit_cli.command("anchor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def anchor(as_json: bool) -> None:
    """Write the head of the log down in BEACON_AUDIT_ANCHORS, apart from the log itself."""
    written = commands.anchor_now()
    if written is None:
        raise NothingDone("Nothing is in the log yet.")
    if as_json:
        at = written.at.isoformat() if written.at else None
        click.echo(json.dumps({"seq": written.seq, "mac": written.mac, "at": at}))
    else:
        click.echo(written.line.strip())


def init_app(app: Flask) -> None:
    """Put the commands where `flask audit` finds them."""
    app.cli.add_command(audit_cli)
