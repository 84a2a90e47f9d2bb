"""Risk from a terminal: the licensed wording of the questions."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from pathlib import Path

import click
from flask import Flask

from beacon.core.actor import machine
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.risk import commands
from beacon.risk.terms import RiskTool
from beacon.web.terminal import Commands

risk_cli = Commands("risk", help="Assessments of risk.")
AT_TERMINAL = machine("flask risk load-wording")
COLUMNS = {"tool", "number", "wording"}
LARGEST = 1_000_000
Wording = dict[RiskTool, dict[int, str]]


@risk_cli.command("load-wording")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def load_wording(file: Path, as_json: bool) -> None:
    """Show the licensed wording of FILE in the place of our own neutral topics.

    FILE is a CSV (UTF-8) with the columns tool (dash or vs_dash), number and wording. Load it only
    where your service has the authors' permission. All of it is taken, or none.
    """
    wording = _read(file)
    with transaction():
        loaded = {
            tool.value: commands.load_wording(tool, questions, actor=AT_TERMINAL)
            for tool, questions in wording.items()
        }
    if as_json:
        click.echo(json.dumps(loaded))
    else:
        for tool, count in loaded.items():
            click.echo(f"{RiskTool(tool).label}: the wording of {count} questions is loaded")


def _read(file: Path) -> Wording:
    """The questions of a file by tool and number, or a refusal that says where it is wrong."""
    try:
        if file.stat().st_size > LARGEST:
            raise RuleBroken("This file is too large to hold the questions of a form.")
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise RuleBroken(f"{file.name} cannot be read as text in UTF-8.") from fault
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {(name or "").strip().casefold() for name in rows.fieldnames or ()} >= COLUMNS:
        raise RuleBroken("The first row must name the columns tool, number and wording.")
    found: Wording = defaultdict(dict)
    for place, row in enumerate(rows, start=2):
        known = {(name or "").strip().casefold(): words or "" for name, words in row.items()}
        tool, number = _question(known, place)
        if number in found[tool]:
            raise RuleBroken(f"Row {place}: question {number} stands there twice.")
        found[tool][number] = known["wording"]
    if not found:
        raise RuleBroken("There is no question in this file.")
    return dict(found)


def _question(row: dict[str, str], place: int) -> tuple[RiskTool, int]:
    """The tool and the number of a row."""
    word, number = row["tool"].strip().casefold(), row["number"].strip()
    tool = next((one for one in RiskTool if one.value == word and one.has_questions), None)
    if tool is None:
        raise RuleBroken(f"Row {place}: the tool must be dash or vs_dash.")
    if not (number.isascii() and number.isdigit() and len(number) <= 3):
        raise RuleBroken(f"Row {place}: the number must be a whole number, like 12.")
    return tool, int(number)


def init_app(app: Flask) -> None:
    """Put the commands where `flask risk` finds them."""
    app.cli.add_command(risk_cli)
