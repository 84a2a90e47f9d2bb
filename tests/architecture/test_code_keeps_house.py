"""What must not be found in the code, read from its syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import (
    ROOT,
    calls,
    dotted,
    imported,
    last_name,
    migrations,
    modules,
    name_of,
    parsed,
)

LONGEST = 300
# The database's own door, and the log's short connection, which commits before a page leaves.
COMMITS_IN = {
    "beacon/core/db.py": None,
    "beacon/core/postgresql.py": {"prepare_postgresql", "connect"},  # what each session is told
    "beacon/audit/commands/writing.py": {"apart"},
}
LOG_LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
TODAY_OF = {"now", "utcnow", "today", "time_ns", "localtime", "gmtime"}
CLOCKS = {"datetime", "date", "time", "dt", "func"}


def committing(path: Path) -> Iterator[str]:
    """The functions of a module in which something is committed."""
    for function in ast.walk(parsed(path)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and any(
            isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
            for call in calls(function)
        ):
            yield function.name


def test_only_the_database_module_and_the_log_commit():
    strays = [
        f"{name_of(path)}: {function}"
        for path in modules()
        for function in committing(path)
        if name_of(path) not in COMMITS_IN
        or function not in (COMMITS_IN[name_of(path)] or {function})
    ]
    assert strays == []


def test_only_config_reads_the_environment():
    readers = [
        f"{name_of(path)}:{node.lineno}"
        for path in (*modules(), *migrations())
        if name_of(path) != "config.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute | ast.Name)
        and dotted(node) in {"os.environ", "os.getenv", "os.environb", "environ", "getenv"}
    ]
    assert readers == []


def asks_the_system_for_the_time(call: ast.Call) -> bool:
    """Whether this call reads a clock other than ours."""
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = last_name(call.func.value)
    return (owner in CLOCKS and call.func.attr in TODAY_OF) or dotted(call.func) == "time.time"


def test_only_our_clock_reads_the_time():
    readers = [
        f"{name_of(path)}:{call.lineno}"
        for path in modules()
        if name_of(path) != "beacon/core/clock.py"
        for call in calls(parsed(path))
        if asks_the_system_for_the_time(call)
    ]
    assert readers == []


def test_no_module_is_longer_than_three_hundred_lines():
    everything = [*modules(), *sorted((ROOT / "tools").glob("*.py"))]
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in everything}
    assert {name: count for name, count in lengths.items() if count > LONGEST} == {}


def is_log_call(call: ast.Call) -> bool:
    """Whether this call writes a line of log."""
    func = call.func
    if not isinstance(func, ast.Attribute) or func.attr not in LOG_LEVELS or not call.args:
        return False
    return "log" in last_name(func.value).lower()


def test_no_line_of_log_is_put_together_from_facts():
    formatted = [
        f"{name_of(path)}:{call.lineno}"
        for path in modules()
        for call in calls(parsed(path))
        if is_log_call(call) and not isinstance(call.args[0], ast.Constant | ast.Name)
    ]
    assert formatted == []


def test_nothing_catches_every_exception_but_the_outermost_loops():
    allowed = {"beacon/core/timetable.py", "beacon/scheduler/__main__.py", "beacon/web/errors.py"}
    wide = [
        f"{name_of(path)}:{handler.lineno}"
        for path in modules()
        if name_of(path) not in allowed
        for handler in ast.walk(parsed(path))
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or last_name(handler.type) in {"Exception", "BaseException"})
        and not any(isinstance(node, ast.Raise) for node in ast.walk(handler))
    ]
    assert wide == []


def test_every_module_says_in_one_line_what_it_is_for():
    silent = [
        name_of(path)
        for path in modules()
        if path.read_text("utf-8").strip() and not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def test_importing_beacon_imports_nothing():
    assert list(imported(parsed(ROOT / "beacon" / "__init__.py"))) == []


def test_no_migration_imports_beacon():
    versions = [path for path in migrations() if path.parent.name == "versions"]
    importers = [
        name_of(path)
        for path in versions
        if any(name.split(".")[0] == "beacon" for name in imported(parsed(path)))
    ]
    assert versions
    assert importers == []


def test_no_test_replaces_our_own_code():
    fakes = [
        f"{name_of(path)}:{node.lineno}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(name.startswith("unittest.mock") for name in imported(node))
    ]
    assert fakes == []
