"""The API over the wire: every phase of schemathesis against a running server."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.accounts.models import ApiClient
from beacon.accounts.terms import ClientFeed
from beacon.core.db import db, transaction
from config import ROOT
from tests.factories import TEST
from tests.proof.ways_in.children import environment

EXAMPLES = 400


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Iterator[str]:
    """Gunicorn on this database."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    order = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "2"]
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, *order, "--no-control-socket", "wsgi:app"],
            cwd=ROOT,
            env=environment(app),
            stdout=log,
            stderr=log,
        )
        address, until = f"http://127.0.0.1:{port}", time.monotonic() + 120
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5)
                break
            except OSError:
                time.sleep(0.3)
        yield address
        server.terminate()
        server.wait(30)


def a_token() -> str:
    """A program that may call as often as it likes."""
    terms = accounts.Terms(feeds=tuple(ClientFeed), agency="Example Refuge", rate=600)
    client, token = accounts.make_client("Schemathesis", terms, actor=TEST)
    with transaction() as session:
        session.get_one(ApiClient, client.id).rate = 1_000_000
    db.session.remove()
    return token


@pytest.mark.proves("I-07", "I-10", "I-11")
def test_no_call_over_the_wire_fails_or_falls_over(app: Flask, site: str, tmp_path: Path):
    order = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{site}/api/v1/openapi.json"),
        *("--header", f"Authorization: Bearer {a_token()}", "--seed", "41", "--no-color"),
        *("--max-examples", str(EXAMPLES), "--continue-on-failure", "--request-timeout", "60"),
    ]
    done = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, check=False)
    said = done.stdout[-6_000:]
    found = re.search(r"(\d[\d,]*) generated|Test cases:\s*\n?\s*(\d[\d,]*)", done.stdout)
    print("\n".join(line for line in said.splitlines()[-40:] if line.strip()))
    assert found, said
    assert done.returncode == 0, said
    log = (tmp_path / "server.log").read_text("utf-8", "replace")
    assert "unhandled fault" not in log
    assert '"status": 500' not in log
