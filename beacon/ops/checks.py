"""What `flask doctor` and /readyz look at: each check says in one line what it found."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from importlib.metadata import version

import sqlalchemy as sa
from flask import current_app

from beacon.accounts import denylist
from beacon.cases import queries as case_queries
from beacon.core import bank_holidays, clock, restored, timetable, zones
from beacon.core import schema as tables
from beacon.core.db import db
from beacon.core.reference_rows import environment_of_database
from beacon.core.sqlite import sqlite_is_fit
from beacon.courts import languages
from beacon.entitlements.codes import CODES, OTHER_CLOCKS, Code
from beacon.fraud_hub.rules import TO_VERIFY
from beacon.mail import queries as mail_queries
from beacon.notify import readiness
from beacon.ops import anchored, incoming
from beacon.ops.finding import Finding
from beacon.scheduler.leader import leader
from config import Config

HEARTBEAT_LATE = timedelta(minutes=10)
CALENDAR_WARNING = timedelta(days=366)
LOAD = "load more (flask entitlements holidays load FILE)"
ZONES_OLDEST = timedelta(days=400)
DISK_LEAST = 0.15
TOOLS = ("flask", "sqlalchemy", "apscheduler", "twilio", "cryptography", "tzdata")


def _config() -> Config:
    config: Config = current_app.config["BEACON"]
    return config


def versions() -> Finding:
    """Which libraries this runs on."""
    return Finding("versions", "ok", ", ".join(f"{tool} {version(tool)}" for tool in TOOLS))


def database() -> Finding:
    """Whether the database answers, and which it is."""
    try:
        db.session.execute(sa.text("SELECT 1"))
    except sa.exc.SQLAlchemyError as fault:
        return Finding("database", "fault", f"does not answer ({type(fault).__name__})")
    finally:
        db.session.rollback()
    return Finding("database", "ok", db.engine.dialect.name)


def schema() -> Finding:
    """Whether every migration has been run."""
    head = tables.head()
    try:
        here = tables.here()
    except sa.exc.SQLAlchemyError as fault:
        return Finding("schema", "fault", f"cannot be read ({type(fault).__name__})")
    if here != head:
        return Finding(
            "schema", "fault", f"is at {here or 'nothing'}, not {head}: flask db upgrade"
        )
    return Finding("schema", "ok", f"at head ({head})")


def sqlite() -> Finding:
    """Whether the embedded database is free of the WAL-reset fault."""
    if db.engine.dialect.name != "sqlite":
        return Finding("sqlite", "ok", "not used")
    found = tuple(db.engine.dialect.dbapi.sqlite_version_info)  # type: ignore[union-attr]
    words = ".".join(map(str, found))
    if not sqlite_is_fit(found):
        return Finding("sqlite", "fault", f"{words} can damage a shared file: use 3.51.3 or later")
    return Finding("sqlite", "ok", f"{words}, fit for WAL")


def journal() -> Finding:
    """Whether the send journal, outside the database, can be written."""
    path = _config().journal
    folder = path.parent
    usable = os.access(path, os.W_OK) if path.exists() else os.access(folder, os.W_OK)
    if not usable:
        return Finding("journal", "fault", "cannot be written: no text will be sent")
    return Finding("journal", "ok", "writable")


def disk() -> Finding:
    """Whether there is room to write."""
    usage = shutil.disk_usage(_config().instance)
    share = usage.free / usage.total
    state = "ok" if share >= DISK_LEAST else "warning"
    return Finding("disk", state, f"{share:.0%} free")


def scheduler() -> Finding:
    """Whether the scheduler has finished a job lately."""
    try:
        last = timetable.last_finished()
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return Finding("scheduler", "fault", "its runs cannot be read")
    if last is None:
        return Finding("scheduler", "warning", "has never run: flask scheduler run")
    name = leader(_config().instance)
    if is_late(last):
        hangs = f"; {name} still leads: end it" if name else ""
        return Finding(
            "scheduler",
            "warning",
            f"last finished a job at {clock.london(last):%H:%M on %d %B}{hangs}",
        )
    return Finding("scheduler", "ok", f"awake: {name} leads" if name else "awake; none leads now")


def is_late(last: datetime) -> bool:
    """Whether it is too long ago that a job was finished (security.md R7)."""
    return clock.now() - last > HEARTBEAT_LATE


def jobs() -> Finding:
    """Whether a job has failed again and again (security.md K-08)."""
    try:
        names = timetable.failing()
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return Finding("jobs", "fault", "their runs cannot be read")
    if names:
        words = f"failed three times in a row: {', '.join(names)}; see the log"
        return Finding("jobs", "warning", words)
    return Finding("jobs", "ok", f"{len(timetable.entries())} on the timetable")


def environment() -> Finding:
    """Whether the database belongs to the environment that this is."""
    try:
        name = environment_of_database()
    except sa.exc.SQLAlchemyError:
        return Finding("environment", "fault", "the database does not say")
    finally:
        db.session.rollback()
    if restored.is_restored(name):
        return Finding("environment", "fault", "the database was restored: flask env adopt")
    if name != _config().env:
        return Finding(
            "environment", "fault", f"this is {_config().env}; the database is of {name}"
        )
    return Finding("environment", "ok", _config().env)


def texts() -> Finding:
    """Whether texts are real, and whether they may leave at all."""
    config = _config()
    if not config.texts_are_real:
        return Finding("texts", "ok", "paper: nothing leaves")
    where = "an emulator on this machine" if config.provider_is_loopback else "real"
    try:
        why = readiness.why_stopped()
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return Finding("texts", "fault", f"{where}; whether any may leave cannot be read")
    if why:
        return Finding("texts", "warning", f"{where}, but none is sent: {why}")
    return Finding("texts", "ok", where)


def keys() -> Finding:
    """Whether the keys are there, and readable by their owner alone."""
    config = _config()
    file = config.instance / "demo-keys.json"
    if config.is_demo and file.exists() and file.stat().st_mode & 0o077:
        return Finding("keys", "fault", "the demonstration's keys can be read by others: chmod 600")
    return Finding(
        "keys", "ok", f"{len(config.field_keys)} field, 1 index, {len(config.audit_keys)} audit"
    )


def deny_list() -> Finding:
    """Whether a list of passwords known to thieves has been loaded."""
    held = denylist.standing()
    if held.fault:
        return Finding("deny list", "warning", held.fault)
    if not held.is_loaded:
        return Finding("deny list", "warning", "none loaded: common passwords are not refused")
    return Finding("deny list", "ok", f"{held.entries:,} passwords")


def translations() -> Finding:
    """In which languages a defendant may be texted, and who approved the words."""
    held = languages.loaded()
    if not held:
        return Finding("translations", "ok", "none: whoever needs an interpreter is rung")
    told = (f"{one.language} (by {one.approved_by}, {one.approved_on:%d %B %Y})" for one in held)
    return Finding("translations", "ok", ", ".join(told))


def mails() -> Finding:
    """Whether mails to staff are real, and whether any could not leave."""
    where = "by the mail server" if _config().mail_is_real else "paper: nothing leaves"
    try:
        standing = mail_queries.standing()
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return Finding("mails", "fault", "cannot be read")
    if standing.failed or standing.late:
        words = f"{where}; {standing.failed} given up, {standing.late} waiting over an hour"
        return Finding("mails", "warning", words)
    return Finding("mails", "ok", where)


def reminders() -> Finding:
    """Whether a leader of every team with open cases hears of what stays late."""
    try:
        teams = case_queries.teams_without_leader()
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return Finding("reminders", "fault", "cannot be read")
    if teams:
        words = f"without a team leader, what stays late reaches nobody: {', '.join(teams)}"
        return Finding("reminders", "warning", words)
    return Finding("reminders", "ok", "every team with open cases has a leader")


def calendar() -> Finding:
    """How far the bank holidays reach; warned of a year ahead."""
    try:
        last = date(bank_holidays.last_year(), 12, 31)
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return Finding("calendar", "fault", "the days that were changed here cannot be read")
    if last - clock.today() < CALENDAR_WARNING:
        return Finding("calendar", "warning", f"bank holidays end on {last:%d %B %Y}: {LOAD}")
    return Finding("calendar", "ok", f"bank holidays to {last:%d %B %Y}")


def time_zones() -> Finding:
    """Whether the time zone data know of the latest changes of the clocks (security.md D-08)."""
    name = zones.edition()
    published = zones.published_about(name)
    if published is None:
        return Finding("time zones", "warning", f"of an edition that cannot be dated: {name}")
    if clock.today() - published > ZONES_OLDEST:
        return Finding("time zones", "warning", f"edition {name} is more than 400 days old: update")
    return Finding("time zones", "ok", f"edition {name}")


def to_verify() -> Finding:
    """Which rules of the Code a person has still to check against its text."""
    tables_in_use = (*reversed(CODES.values()), *OTHER_CLOCKS)
    waiting = [rule for code in tables_in_use for rule in code.rules.values() if not rule.verified]
    if waiting:
        unsure = "; ".join(filter(None, map(_from_memory, tables_in_use)))
        words = f"{len(waiting)} rules are in use but not verified"
        return Finding("Code", "warning", f"{words}; from memory: {unsure}" if unsure else words)
    return Finding("Code", "ok", "every rule verified")


def schemes_to_verify() -> Finding:
    """Which facts about getting money back a person has still to check against their source."""
    words = "; ".join(f"{scheme.label}: {what}" for scheme, what in TO_VERIFY.items())
    return Finding("fraud schemes", "warning", f"to be verified: {words}")


def _from_memory(code: Code) -> str:
    keys = [key for key, rule in code.rules.items() if rule.must_be_checked]
    return f"{', '.join(keys)} ({code.name})" if keys else ""


READY: tuple[Callable[[], Finding], ...] = (database, schema, sqlite, journal, scheduler)
# What does not stop the work, but must not go unseen.
ADVISED: tuple[Callable[[], Finding], ...] = (
    jobs, deny_list, mails, time_zones, anchored.backups, incoming.scanner, incoming.drop_folder,
)  # fmt: skip
ALL: tuple[Callable[[], Finding], ...] = (
    versions, database, schema, sqlite, environment, journal, disk, scheduler, jobs, texts,
    translations, mails, reminders, keys, anchored.anchors, anchored.backups, anchored.rights,
    incoming.scanner, incoming.drop_folder, deny_list, calendar, time_zones, to_verify,
    schemes_to_verify,
)  # fmt: skip


def look(checks: Iterable[Callable[[], Finding]] = ALL) -> list[Finding]:
    """Every finding, in order."""
    return [check() for check in checks]
