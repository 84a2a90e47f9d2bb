"""Measure Beacon on a made-up county of its own, print each figure, and write bench.json."""

from __future__ import annotations

import json
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from beacon.core import clock
from beacon.ops.bench import appending, due, page, searching, taking_in, texts
from beacon.ops.bench.county import County, build
from beacon.ops.bench.figures import Figure, Worthless, short
from beacon.ops.bench.ground import Ground, ground, load, machine, postgresql, why_no_postgresql
from beacon.ops.bench.stub import Stub, stub
from config import ROOT, bench_cases, instance_folder

DATABASES = ("sqlite", "postgresql")


@click.command()
@click.option("--only", type=click.Choice(DATABASES), help="Measure on this database alone.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=ROOT / "bench.json",
    help="Where the figures are written.  [default: bench.json]",
)
@click.option("--search", is_flag=True, help="Measure search alone, on what search reads.")
def main(only: str | None, out: Path, search: bool) -> None:
    """Measure lists, desks, a case, compliance, search, an append to the log, an import, texts.

    Nothing is judged: the ratios are to bare floors, measured in the same run. BENCH_CASES sets
    the size. The data lie in a new folder in the instance folder until the end; the working
    database is not looked at.
    """
    signal.signal(signal.SIGTERM, _stop)
    begun, cases, instance = time.perf_counter(), bench_cases(), instance_folder()
    result: dict[str, object] = {
        "at": clock.now().isoformat(timespec="seconds"),
        "cases": cases,
        "machine": machine(),
        "load_before": load(),
    }
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=instance))
    try:
        with stub() as provider:
            for found in measure_all(only, cases, folder, provider, search_alone=search):
                write(out, result | found | {"seconds": round(time.perf_counter() - begun, 1)})
                result |= found
    except Worthless as fault:
        raise SystemExit(f"The figures are worth nothing: {fault}") from fault
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    result |= {"load_after": load(), "seconds": round(time.perf_counter() - begun, 1)}
    write(out, result)
    say(f"{result['seconds']} seconds; the figures with their floors are in {out}")


def _stop(number: int, frame: object) -> None:
    """End as on Ctrl-C: with the servers that were started, and without the data."""
    raise SystemExit(128 + number)


def write(out: Path, result: Mapping[str, object]) -> None:
    """Write the figures; after each database, so that a stopped run is not in vain."""
    out.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")


def measure_all(
    only: str | None, cases: int, folder: Path, provider: Stub, *, search_alone: bool
) -> Iterator[dict[str, object]]:
    """Every figure so far, after each database that is there; the floors' code at the end."""
    figures: list[Figure] = []
    databases: dict[str, object] = {}
    left_out: dict[str, str] = {}
    for name in (only,) if only else DATABASES:
        if name == "postgresql" and (why := why_no_postgresql()):
            left_out[name] = why
            print(f"left out: {name}: {why}", flush=True)
        else:
            with database(name, folder, provider) as on:
                county = fill(on, cases, searched_alone=search_alone)
                databases[name] = {**on.versions, **on.durability, **asdict(county)}
                figures += measure(on, county, provider, search_alone=search_alone)
        yield {
            "databases": databases,
            "figures": [figure.facts() for figure in figures],
            "left_out": left_out,
        }
    show_floors(figures)


def show_floors(figures: list[Figure]) -> None:
    """The code of every floor with the milliseconds it took; the same code once."""
    by_code: dict[str, list[Figure]] = {}
    for figure in figures:
        by_code.setdefault(figure.floor.code, []).append(figure)
    for code, measured in by_code.items():
        print()
        for one in measured:
            print(f"# the floor of {one.database}.{one.name}: {short(one.floor.ms)} ms")
        print(code, flush=True)


@contextmanager
def database(name: str, folder: Path, provider: Stub) -> Iterator[Ground]:
    """A fresh database of this kind, with an application on it."""
    say(f"{name}: a fresh database")
    place = folder / name
    if name == "sqlite":
        with ground(name, f"sqlite:///{place / 'bench.sqlite'}", place, provider.url) as made:
            yield made
        return
    with postgresql() as url, ground(name, url, place, provider.url) as made:
        yield made


def fill(on: Ground, cases: int, *, searched_alone: bool = False) -> County:
    """Build the county, and say how far it has come."""
    begun = time.perf_counter()
    settings = ", ".join(f"{setting}={value}" for setting, value in on.durability.items())
    say(f"{on.name}: {settings}; building {cases:,} cases")
    with on.app.app_context(), progress(cases) as tell:
        county = build(cases, tell=tell, searched_alone=searched_alone)
    say(f"{on.name}: {county.rows:,} rows in {time.perf_counter() - begun:.0f} seconds")
    return county


def measure(on: Ground, county: County, provider: Stub, *, search_alone: bool) -> Iterator[Figure]:
    """The figures on one database, each printed as soon as it is there."""
    runs: dict[str, Callable[[], Figure]] = {
        "the due list": lambda: due.measure(on, county),
        **{words: partial(page.measure, on, county, asked) for words, asked in page.PAGES.items()},
        "search": lambda: searching.measure(on, county),
        "the log": lambda: appending.measure(on, county),
        "an import": lambda: taking_in.measure(on, county),
        "texts": lambda: texts.measure(on, county, provider),
    }
    for name, run in runs.items():
        if search_alone and name != "search":
            continue
        say(f"{on.name}: measuring {name}")
        figure = run()
        print(figure.line, flush=True)
        yield figure


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; a line for each tenth elsewhere, so that nobody thinks it hangs."""
    if sys.stderr.isatty():
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Cases", total=total)
            yield lambda done: bar.update(task, completed=done)
        return
    told = [0]

    def tell(done: int) -> None:
        tenth = done * 10 // total
        if tenth > told[0]:
            told[0] = tenth
            say(f"{done:,} cases")

    yield tell


def say(words: str) -> None:
    """One line about the work, apart from the figures."""
    print(f"-- {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(prog_name="make bench")
