"""How every command answers at a terminal: where nothing was done, why, in one line; status 2."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import IO, Any, NoReturn

import click
import sqlalchemy as sa
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import Progress

from beacon.core import schema
from beacon.core.errors import BeaconError

UNANSWERED = (
    "The database did not answer, or is locked, so this was not finished: see flask doctor, "
    "and then run it again."
)


class NothingDone(click.ClickException):
    """Nothing was done, and why (contract 2)."""

    exit_code = 2

    def __init__(self, why: str) -> None:
        super().__init__(" ".join(why.split()))

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it on one line, and nothing on stdout."""
        click.echo(self.message, file=file, err=file is None)


class OneLine(click.Command):
    """A command whose wrong use is told in one line."""

    def make_context(self, *args: Any, **known: Any) -> click.Context:
        """Read what was typed."""
        try:
            return super().make_context(*args, **known)
        except click.UsageError as fault:
            _tell(fault)


class Commands(AppGroup):
    """The commands of one feature, which work on a database whose tables are as they should be."""

    def __init__(self, name: str, *, help: str, needs_tables: bool = True) -> None:
        super().__init__(name, help=help)
        self.needs_tables = needs_tables

    def make_context(self, *args: Any, **known: Any) -> click.Context:
        """Read what was typed."""
        try:
            return super().make_context(*args, **known)
        except click.UsageError as fault:
            _tell(fault)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except click.UsageError as fault:
            _tell(fault)
        except BeaconError as refusal:
            raise NothingDone(refusal.message) from refusal
        except sa.exc.OperationalError as fault:
            raise NothingDone(UNANSWERED) from fault

    # Click's own may also be used without brackets; ours is not.
    def command(  # type: ignore[override]
        self, *args: Any, **known: Any
    ) -> Callable[[Callable[..., Any]], click.Command]:
        """Add a command, run within the application."""
        add = super().command(*args, **known)
        return lambda work: add(_with_tables(work) if self.needs_tables else work)


@contextmanager
def progress_bar(what: str = "Rows") -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _with_tables(work: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(work)
    def checked(*args: Any, **known: Any) -> Any:
        if why := schema.why_unusable():
            raise NothingDone(why)
        return work(*args, **known)

    return checked


def _tell(fault: click.UsageError) -> NoReturn:
    """The help, where nothing was asked for; else what was wrong, and where the help is."""
    if isinstance(fault, click.exceptions.NoArgsIsHelpError):
        raise fault
    path = fault.ctx.command_path if fault.ctx else "flask"
    why = fault.format_message()
    end = "" if why.endswith((".", "?")) else "."
    raise NothingDone(f"{why}{end} Help: {path} --help") from fault
