"""`make bench` at its smallest: its lines, its file, and that it leaves everything else alone."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = [
    "caseload_page",
    "desk_of_manager",
    "desk_of_leader",
    "case_page",
    "compliance_quarter",
    "compliance_year",
    "compliance_cut",
]
NAMES = ["due_list", *PAGES, "search_p95", "audit_append", "import", "texts"]
UNITS = dict.fromkeys(NAMES, "ms") | {"import": "rows/s", "texts": "texts/s"}
NUMBER = r"\d+(?:\.\d+)?(?:e-\d+)?"
LINE = re.compile(rf"sqlite\.(\w+) ({NUMBER}) (\S+) ({NUMBER})x (.+) \((.+ms)\)")

# Ten minutes for each figure in earnest: here every floor once, in the long evidence.
pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


def measured(instance: Path, out: Path, **known: str) -> subprocess.CompletedProcess[str]:
    """Run the bench as `make bench` does, small and on SQLite alone."""
    return subprocess.run(
        [sys.executable, "-m", "beacon.ops.bench", "--only", "sqlite", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "BENCH_CASES": "300", "BEACON_INSTANCE": str(instance), **known},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One run beside an instance that holds something, and what it left behind."""
    instance = tmp_path_factory.mktemp("instance")
    out = tmp_path_factory.mktemp("out") / "bench.json"
    kept = {"beacon.sqlite": b"somebody's cases", "demo-keys.json": b"{}", "bench": b"a note"}
    for name, held in kept.items():
        (instance / name).write_bytes(held)
    done = measured(instance, out, DATABASE_URL=f"sqlite:///{instance / 'beacon.sqlite'}")
    assert done.returncode == 0, done.stderr
    left = {path.name: path.read_bytes() for path in instance.iterdir() if path.is_file()}
    folders = [path.name for path in instance.iterdir() if path.is_dir()]
    return {
        "lines": done.stdout.splitlines(),
        "told": done.stderr,
        "json": json.loads(out.read_text("utf-8")),
        "kept": kept,
        "left": left,
        "folders": folders,
    }


def test_each_figure_is_one_line_with_its_ratio_to_a_floor(run):
    found = [match for line in run["lines"] if (match := LINE.fullmatch(line))]
    assert [match[1] for match in found] == NAMES
    assert {match[1]: match[3] for match in found} == UNITS
    assert all(float(match[2]) > 0 and float(match[4]) > 0 for match in found)


def test_the_code_of_each_floor_is_printed_with_its_milliseconds(run):
    said = "\n".join(run["lines"])
    assert [name for name in NAMES if f"# the floor of sqlite.{name}: " not in said] == []
    for bare in ("sa.insert(CASES), rows", "def bare_commit", "messages.create(", "TABLE ="):
        assert bare in said


def test_the_file_says_the_same_with_machine_versions_and_durability(run):
    told = run["json"]
    assert told["cases"] == 300
    assert told["databases"]["sqlite"]["synchronous"] == "2"
    assert told["databases"]["sqlite"]["journal_mode"] == "wal"
    assert {"processor", "cores", "python", "flask", "sqlalchemy"} <= told["machine"].keys()
    by_name = {figure["name"]: figure for figure in told["figures"]}
    assert list(by_name) == NAMES
    for figure in by_name.values():
        floor = figure["floor"]
        assert figure["ratio"] == pytest.approx(figure["value"] / floor["value"])
        assert floor["ms"] > 0
        assert floor["code"] in "\n".join(run["lines"])


def test_as_many_pages_are_in_the_log_as_were_served_and_every_row_and_text_arrived(run):
    by_name = {figure["name"]: figure for figure in run["json"]["figures"]}
    for page in (by_name[name] for name in PAGES):
        assert page["pages"] == page["audit_rows"] > 0
        assert page["caseload"] >= 50
    taken_in, texts = by_name["import"], by_name["texts"]
    report = taken_in["report"]
    assert report["created"] == report["read"] == taken_in["rows"] == 360
    assert report["cases_opened"] + report["queued_for_review"] == 360
    assert 0 < taken_in["peak_mb"] < 400
    assert taken_in["pages_meanwhile"]["number"] > 0
    assert texts["texts"] == 100


def test_it_leaves_the_working_database_and_everything_else_as_it_was(run):
    assert run["left"] == run["kept"]
    assert run["folders"] == []


def test_a_size_that_is_no_number_stops_it_in_one_line(tmp_path):
    done = measured(tmp_path / "instance", tmp_path / "bench.json", BENCH_CASES="many")
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.strip() == "BENCH_CASES is 'many': use a whole number from 100."
    assert not (tmp_path / "bench.json").exists()


def test_a_run_that_is_told_to_end_takes_its_servers_and_its_data_along(tmp_path):
    instance = tmp_path / "instance"
    run = subprocess.Popen(
        [sys.executable, "-m", "beacon.ops.bench", "--only", "sqlite", "--out", tmp_path / "out"],
        cwd=ROOT,
        env={**os.environ, "BENCH_CASES": "20000", "BEACON_INSTANCE": str(instance)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    line = next(line for line in run.stderr if "building" in line)
    assert "20,000 cases" in line
    assert list(instance.glob("bench-*"))
    (stub,) = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text("ascii").split()
    run.terminate()
    run.communicate()
    assert run.returncode == 128 + signal.SIGTERM
    assert not list(instance.glob("bench-*"))
    assert not Path(f"/proc/{stub}").exists()
