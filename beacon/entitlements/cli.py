"""The tables of the Code, and its calendar, at a terminal."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import IO, NoReturn

import click
from flask import Flask

from beacon.core import bank_holidays, calendar, clock
from beacon.core.errors import RuleBroken
from beacon.entitlements import rules
from beacon.entitlements.codes import CODES, LOCAL_STANDARDS, OTHER_CLOCKS, STANDARD, Rule
from beacon.entitlements.terms import Unit
from beacon.web.terminal import Commands

entitlements_cli = Commands(
    "entitlements", help="The Victims' Code: its rules and its calendar.", needs_tables=False
)


def init_app(app: Flask) -> None:
    """Put the commands on the command line."""
    app.cli.add_command(entitlements_cli)


@entitlements_cli.command("rules")
@click.option("--code", help="One Code or scheme only, such as 2020.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list on stdout.")
def show_rules(code: str | None, as_json: bool) -> None:
    """Print the table of rules, with where each was read and how sure that is."""
    tables = _tables()
    if code is not None and code not in tables:
        _refuse(f"There is no Code {code}: the tables are {', '.join(tables)}.")
    rows = [
        _row(name, rule)
        for name, table in tables.items()
        if code in {None, name}
        for rule in table.values()
    ]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        limit = "no limit" if row["standard"] is None else f"{row['standard']}/{row['enhanced']}"
        click.echo(f"{row['code']:8}  {row['rule']:15}  {limit:9}  {row['mark']:6}  {row['title']}")


@entitlements_cli.group("holidays", help="Bank holidays that were proclaimed, moved or loaded.")
def holidays() -> None:
    """Bank holidays that are held beside the packaged ones."""


@holidays.command("list")
def list_holidays() -> None:
    """Print each day that was changed here, and how far the calendar reaches."""
    for row in calendar.listed():
        click.echo(f"{row.day}  {'holiday' if row.is_holiday else 'none   '}  {row.name}")
    click.echo(f"Bank holidays are known to the end of {bank_holidays.last_year()}.")


@holidays.command("add")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("name", default="")
def add_holiday(day: datetime, name: str) -> None:
    """Make DAY (YYYY-MM-DD) a bank holiday in England and Wales."""
    calendar.change(day.date(), is_holiday=True, name=name)
    click.echo(f"{day:%Y-%m-%d} is a bank holiday. Days that are promised already do not move.")


@holidays.command("remove")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
def remove_holiday(day: datetime) -> None:
    """Make DAY (YYYY-MM-DD) no bank holiday."""
    try:
        calendar.change(day.date(), is_holiday=False)
    except RuleBroken as refusal:
        _refuse(refusal.message)
    click.echo(f"{day:%Y-%m-%d} is no bank holiday. Days that are promised already do not move.")


@holidays.command("load")
@click.argument("file", type=click.File("rb"))
def load_holidays(file: IO[bytes]) -> None:
    """Load the bank holidays of further years from FILE, as gov.uk publishes them (JSON)."""
    try:
        events = json.load(file)["england-and-wales"]["events"]
        days = {date.fromisoformat(one["date"]): str(one["title"]) for one in events}
    except (ValueError, KeyError, TypeError) as fault:
        _refuse(f"This is not the list of bank holidays that gov.uk publishes: {fault}")
    further = {day: name for day, name in days.items() if day.year > bank_holidays.last_year()}
    calendar.change_all(further)
    click.echo(
        f"{len(further)} days loaded. Bank holidays are known to the end of "
        f"{bank_holidays.last_year()}."
    )


@entitlements_cli.command("due")
@click.argument("rule")
@click.argument("event")
@click.option("--enhanced", is_flag=True, help="For a victim with Enhanced Rights.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def show_due(rule: str, event: str, enhanced: bool, as_json: bool) -> None:
    """Say by when RULE must be kept, after EVENT (ISO 8601; London time without an offset)."""
    try:
        held = calendar.overrides_without_tables()
        due = rules.due(rule, _moment(event), enhanced=enhanced, overrides=held)
    except RuleBroken as refusal:
        _refuse(refusal.message)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "rule": due.rule.key,
                    "code": due.code,
                    "event_local": due.event_local.isoformat(),
                    "amount": due.amount,
                    "unit": None if due.unit is Unit.NONE else due.unit.value,
                    "due_on": due.due_on and due.due_on.isoformat(),
                }
            )
        )
    elif due.due_on is None:
        click.echo(f"{due.rule.key} ({due.code}): no limit{_manner(due.rule)}.")
    else:
        day = f"{due.due_on:%A} {due.due_on.day} {due.due_on:%B %Y}"
        click.echo(f"{due.rule.key} ({due.code}): {due.amount} {due.unit.label}, by {day}.")


def _moment(event: str) -> datetime:
    try:
        return clock.parse_instant(event)
    except ValueError as fault:
        _refuse(str(fault))


def _tables() -> dict[str, dict[str, Rule]]:
    codes = {code.name: code.rules for code in (*CODES.values(), *OTHER_CLOCKS)}
    return {**codes, STANDARD: LOCAL_STANDARDS}


def _row(code: str, rule: Rule) -> dict[str, object]:
    return {
        "rule": rule.key,
        "code": code,
        "right": rule.right,
        "title": rule.title,
        "who": [body.value for body in rule.who],
        "standard": rule.standard,
        "enhanced": rule.enhanced,
        "unit": None if rule.unit is Unit.NONE else rule.unit.value,
        "clock_start": rule.starts and rule.starts.value,
        "paragraph": rule.paragraph,
        "source": rule.source,
        "mark": rule.mark.value,
        "doubt": rule.doubt,
    }


def _manner(rule: Rule) -> str:
    return f" ({rule.words})" if rule.words else ""


def _refuse(why: str) -> NoReturn:
    click.echo(" ".join(why.split()), err=True)
    raise SystemExit(2)
