"""A pytest plugin: runs the tests that carry certain numbers, and writes down what came of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

NUMBERS = "proves"
LONG = "long"  # what the suite leaves to the long evidence
SLOW = "slow"  # and this as well
POSTGRESQL = "postgresql"  # has a part of its own


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the numbers, the folder that counts whole, the tests to keep to, and the report."""
    group = parser.getgroup("proving")
    group.addoption("--numbers", default="", help="numbers of rules, with commas between them")
    group.addoption("--whole", default="", help="a folder whose tests all count")
    group.addoption("--claimed", default="", help="numbers; and all long tests with none of them")
    group.addoption("--long-on", default="", help="a database; all long tests on it")
    group.addoption("--slow", action="store_true", help="all that tests/slow.txt names")
    group.addoption("--in-order", default="", help="a file of the tests to run, in its order")
    group.addoption("--report", default="", help="the file to write what came of each test to")


def pytest_configure(config: pytest.Config) -> None:
    """Gather where the reports of every worker arrive."""
    if config.getoption("--report") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Gathering(Path(config.getoption("--report"))))


def numbers_of(item: pytest.Item) -> list[str]:
    """The numbers that a test carries."""
    return [str(word) for mark in item.iter_markers(NUMBERS) for word in mark.args]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that were asked for; let each tell its numbers with its report."""
    wanted = set(config.getoption("--numbers").split(",")) - {""}
    whole, claimed = config.getoption("--whole"), set(config.getoption("--claimed").split(","))
    kept = list(items)
    if database := config.getoption("--long-on"):
        kept = [item for item in kept if is_long_on(item, database)]
    if config.getoption("--slow"):
        kept = [one for one in kept if one.get_closest_marker(SLOW) and not is_long(one)]
    if wanted or whole:
        folder = config.rootpath / whole if whole else None
        kept = [
            item
            for item in kept
            if counts(item, wanted, folder) or is_long_alone(item, claimed - {""})
        ]
    if order := config.getoption("--in-order"):
        kept = in_order(kept, Path(order).read_text("utf-8").splitlines())
    for item in kept:
        item.user_properties.append((NUMBERS, numbers_of(item)))
    left = set(items) - set(kept)
    if left:
        config.hook.pytest_deselected(items=[item for item in items if item in left])
    items[:] = kept


def counts(item: pytest.Item, wanted: set[str], folder: Path | None) -> bool:
    """Whether a test carries a number that is asked for, or else lies in the folder."""
    in_folder = folder is not None and folder in item.path.parents
    return in_folder or bool(wanted & set(numbers_of(item)))


def is_long_alone(item: pytest.Item, claimed: set[str]) -> bool:
    """Whether the suite leaves a test to the long evidence, and no part claims it."""
    if not claimed or not is_long(item) or is_long_on(item, POSTGRESQL):
        return False
    return not claimed & set(numbers_of(item))


def is_long_on(item: pytest.Item, database: str) -> bool:
    """Whether the suite leaves a test on this database to the long evidence."""
    spec = getattr(item, "callspec", None)
    on = spec.params.get("database_kind") if spec else None
    return on == database and is_long(item)


def is_long(item: pytest.Item) -> bool:
    """Whether the suite runs the same test for another role, page or database."""
    return item.get_closest_marker(LONG) is not None


def in_order(items: Iterable[pytest.Item], order: list[str]) -> list[pytest.Item]:
    """The tests that the order names, as it names them."""
    by_name = {item.nodeid: item for item in items}
    return [by_name[name] for name in order if name in by_name]


class Gathering:
    """What came of each test, written as one file when all have run."""

    def __init__(self, report: Path) -> None:
        self._report = report
        self._tests: dict[str, dict[str, object]] = {}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot even be read is a failure, not an absence."""
        if report.failed:
            self._tests[report.nodeid] = {
                "numbers": [],
                "outcome": "failed",
                "when": "collect",
                "why": report.longreprtext,
                "said": "",
                "seconds": 0.0,
            }

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add one of the three reports of a test: before it, of it, after it."""
        known = self._tests.setdefault(
            report.nodeid,
            {
                "numbers": dict(report.user_properties).get(NUMBERS, []),
                "outcome": "passed",
                "when": "call",
                "why": "",
                "said": "",
                "seconds": 0.0,
            },
        )
        known["seconds"] = float(str(known["seconds"])) + report.duration
        if report.when == "call":
            known["said"] = report.capstdout
        if report.failed or (report.skipped and known["outcome"] == "passed"):
            known["outcome"] = "failed" if report.failed else "skipped"
            known["when"] = report.when
            known["why"] = why(report)

    def pytest_sessionfinish(self) -> None:
        """Write the report."""
        self._report.write_text(json.dumps(self._tests), "utf-8")


def why(report: pytest.TestReport) -> str:
    """Why a test failed, or the reason that it gave for being left out."""
    if report.failed:
        return report.longreprtext
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return str(getattr(report, "wasxfail", "")) or report.longreprtext
