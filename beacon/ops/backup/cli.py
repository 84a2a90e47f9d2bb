"""Backups at a terminal: taken, proved, put back."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import current_app

from beacon.core import schema
from beacon.ops.backup import restoring, taking
from beacon.ops.backup.manifest import Manifest
from beacon.web.terminal import Commands, NothingDone, progress_bar
from config import Config

backup_cli = Commands("backup", help="Backups: take, prove, put back.", needs_tables=False)
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
FILE = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))


@backup_cli.command("create")
@click.argument("dest", type=click.Path(path_type=Path))
@JSON
def create(dest: Path, as_json: bool) -> None:
    """Write a sealed backup to DEST, a new file or a folder, while others go on working."""
    if why := schema.why_unusable():
        raise NothingDone(why)
    with progress_bar("Bytes") as progress:
        taken = taking.create(dest.resolve(), _config(), progress)
    facts = {"file": str(taken.path), "bytes": taken.size} | _facts(taken.manifest, taken.checksum)
    words = f"{taken.path}: {taken.size:,} bytes, {taken.manifest.facts.total:,} rows."
    _say(facts, words, as_json=as_json)


@backup_cli.command("verify")
@FILE
@JSON
def verify(file: Path, as_json: bool) -> None:
    """Prove a backup: read it whole, open it, count its rows, walk its log."""
    with progress_bar("Bytes") as progress:
        proved = restoring.verify(file, _config(), progress)
    facts = proved.manifest.facts
    words = (
        f"The backup holds: made at {proved.manifest.made_at} of {facts.environment}, schema "
        f"{facts.schema}, {facts.total:,} rows, the log whole to row {facts.head_seq}."
    )
    _say(_facts(proved.manifest, proved.checksum), words, as_json=as_json)


@backup_cli.command("restore")
@FILE
@click.option("--replace", is_flag=True, help="Take the place of the database that is there.")
@JSON
def restore(file: Path, replace: bool, as_json: bool) -> None:
    """Put a backup in the place of the database, which is kept under another name.

    Stop the web server and the scheduler first. Afterwards: flask env adopt.
    """
    with progress_bar("Bytes") as progress:
        put = restoring.restore(file, _config(), replace=replace, progress=progress)
    facts = _facts(put.manifest, put.checksum)
    facts |= {"kept": put.kept or None, "needs_upgrade": put.needs_upgrade}
    _say(facts, _next_steps(put), as_json=as_json)


def _next_steps(put: restoring.Restored) -> str:
    lines = [f"Restored as it was at {put.manifest.made_at}; it belongs to nobody yet."]
    if put.kept:
        lines.append(f"The database that was there is kept: {put.kept}")
    first = "flask db upgrade, then " if put.needs_upgrade else ""
    lines.append(f"Next: {first}flask env adopt, then flask notify reconcile.")
    return "\n".join(lines)


def _facts(manifest: Manifest, checksum: str) -> dict[str, object]:
    return {
        "made_at": manifest.made_at,
        "environment": manifest.facts.environment,
        "schema": manifest.facts.schema,
        "rows": manifest.facts.total,
        "head_seq": manifest.facts.head_seq,
        "sha256": checksum,
    }


def _say(facts: dict[str, object], words: str, *, as_json: bool) -> None:
    click.echo(json.dumps(facts) if as_json else words)


def _config() -> Config:
    config: Config = current_app.config["BEACON"]
    return config
