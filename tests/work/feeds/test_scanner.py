"""The virus scanner: a file that it refuses, or that it did not see, is not read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from beacon.feeds import scanning
from beacon.feeds.reading import read_file
from beacon.feeds.terms import FileRefused
from beacon.ops import incoming
from beacon.referrals.columns import FEEDS
from tests.feed_rows import a_file

# The test file of the European Institute for Computer Antivirus Research, in two halves.
HARMLESS_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAM = "import sys; sys.exit(1 if b'EICAR' in sys.stdin.buffer.read() else 0)"


@pytest.fixture(autouse=True)
def no_scanner_afterwards() -> Iterator[None]:
    yield
    scanning.configure(())


def read(content: bytes) -> int:
    return read_file(content, FEEDS["police"]).total


@pytest.mark.proves("M-19")
def test_a_harmful_file_is_refused_and_another_is_read():
    scanning.configure((sys.executable, "-c", PROGRAM))
    assert read(a_file({})) == 1
    with pytest.raises(FileRefused, match="virus scanner refuses"):
        read(a_file({"notes": HARMLESS_VIRUS.decode()}))


@pytest.mark.proves("M-19")
@pytest.mark.parametrize(
    "command",
    [("/nowhere/scanner",), (sys.executable, "-c", "raise SystemExit(2)"), (sys.executable, "-c",
     "import os; os.kill(os.getpid(), 9)")],
)  # fmt: skip
def test_a_file_that_was_not_scanned_is_not_read(command: tuple[str, ...]):
    scanning.configure(command)
    with pytest.raises(FileRefused, match="could not be scanned"):
        read(a_file({}))


@pytest.mark.proves("M-19")
def test_the_doctor_says_where_there_is_no_scanner(staging: Flask):
    assert incoming.scanner().state == "warning"


def test_the_doctor_looks_at_the_drop_folder(app: Flask, tmp_path: Path):
    from beacon.feeds import folder

    assert incoming.drop_folder().state == "ok"
    folder.configure(tmp_path / "gone")
    try:
        assert incoming.drop_folder().state == "fault"
        folder.configure(tmp_path)
        assert incoming.drop_folder().state == "ok"
    finally:
        folder.configure(None)
