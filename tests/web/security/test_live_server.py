"""The real web server on a port of this machine: what it refuses before any page is asked."""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from beacon.core.db import db
from tests import servers

ROOT = Path(__file__).resolve().parents[3]
STRONG = secrets.token_urlsafe(48)


def key() -> str:
    """A key of 32 random bytes."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


@pytest.fixture
def installation(app: Flask, tmp_path: Path) -> dict[str, str]:
    """The environment of an installation with a migrated database of its own, of staging."""
    file = tmp_path / "beacon.sqlite"
    shutil.copyfile(servers.pattern_file(app), file)
    file.chmod(0o600)
    with db.engine.dialect.dbapi.connect(str(file)) as connection:
        connection.execute("UPDATE environment SET name = 'staging'")
    plain = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("BEACON_", "FLASK_", "TWILIO_", "DATABASE_"))
    }
    return plain | {
        "BEACON_ENV": "staging",
        "BEACON_INSTANCE": str(tmp_path),
        "BEACON_SECRET_KEY": STRONG,
        "BEACON_FIELD_KEYS": f"k1:{key()}",
        "BEACON_INDEX_KEY": key(),
        "BEACON_AUDIT_KEY": key(),
        "BEACON_PUBLIC_URL": "https://beacon.example.org",
    }


def said_at_start(environment: dict[str, str], *order: str) -> tuple[int, str]:
    """How a start ended, and what it said."""
    done = subprocess.run(
        [sys.executable, *order], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""


WEB = ("-c", "import wsgi")


@pytest.mark.proves("E-02")
@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("production", "staging"),
        pytest.param("staging", "production", marks=pytest.mark.long),
    ],
)
def test_neither_pages_nor_jobs_are_served_from_another_environments_database(
    installation: dict[str, str], here: str, there: str
):
    file = Path(installation["BEACON_INSTANCE"]) / "beacon.sqlite"
    with db.engine.dialect.dbapi.connect(str(file)) as connection:
        connection.execute("UPDATE environment SET name = ?", (there,))
    environment = installation | {"BEACON_ENV": here}
    line = f"This is {here}, and the database belongs to {there}."
    for order in (WEB, ("-m", "beacon.scheduler"), ("-m", "flask", "scheduler", "tick")):
        status, said = said_at_start(environment, *order)
        assert status == 2
        assert said.startswith(line)
    status, _ = said_at_start(environment, "-m", "flask", "doctor")
    assert status == 1  # it works, and names this among the faults


@pytest.mark.proves("E-05")
def test_a_database_that_others_may_read_is_not_served(installation: dict[str, str]):
    file = Path(installation["BEACON_INSTANCE"]) / "beacon.sqlite"
    assert said_at_start(installation, *WEB)[0] == 0
    file.chmod(0o644)
    assert said_at_start(installation, *WEB) == (
        2,
        f"The database can be read by others: chmod 600 {file}",
    )


@dataclass(frozen=True)
class Live:
    """A web server that runs."""

    port: int

    def asked(self, *lines: str) -> str:
        """The whole answer to a request written by hand."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall("\r\n".join((*lines, "Connection: close", "", "")).encode())
            parts = []
            while part := line.recv(65_536):
                parts.append(part)
        return b"".join(parts).decode("utf-8", "replace")

    def status(self, *lines: str) -> int:
        """The status of the answer."""
        return int(self.asked(*lines).split(" ", 2)[1])

    @property
    def is_alive(self) -> bool:
        """Whether it answers."""
        return "alive" in self.asked("GET /healthz HTTP/1.1", HERE)


HERE = "Host: beacon.example.org"


@pytest.fixture
def live(installation: dict[str, str]) -> Iterator[Live]:
    """Gunicorn, as `make run` starts it, with one worker."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    order = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
    process = subprocess.Popen(
        [sys.executable, *order, "--no-control-socket", "wsgi:app"],
        cwd=ROOT,
        env=installation,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server, until = Live(port), time.monotonic() + 60
    try:
        while time.monotonic() < until:
            try:
                if server.is_alive:
                    break
            except OSError:
                time.sleep(0.2)
        yield server
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.proves("C-07", "E-06", "E-11", "H-07", "H-10", "I-11", "S-12")
def test_the_server_refuses_what_no_page_should_see_and_lives_on(
    live: Live, installation: dict[str, str]
):
    get = "GET /sign-in HTTP/1.1"
    assert "\r\nLocation: https://beacon.example.org/sign-in\r\n" in live.asked(get, HERE)
    plain = live.asked(get, HERE)
    assert plain.startswith("HTTP/1.1 301")
    assert "Set-Cookie" not in plain
    assert live.status("POST /hooks/twilio/inbound HTTP/1.1", HERE, "Content-Length: 0") == 403
    bad = {
        "another host": live.status(get, "Host: evil.example.org"),
        "no host": live.status(get, "Host:"),
        "two hosts": live.status(get, HERE, "Host: evil.example.org"),
        "a host behind another": live.status(get, "Host: evil.example.org", f"X-Forwarded-{HERE}"),
        "a long header": live.status(get, HERE, f"X-Long: {'x' * 10_000}"),
        "a long address": live.status(f"GET /sign-in?{'a=1&' * 5_000} HTTP/1.1", HERE),
        "many headers": live.status(get, HERE, *(f"X-{n}: 1" for n in range(200))),
    }
    assert {
        kind: status for kind, status in bad.items() if status not in {400, 413, 414, 431}
    } == {}
    forged = live.asked(get, HERE, "X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.1")
    assert forged.startswith("HTTP/1.1 301")  # nobody but a proxy of ours says that it was https
    for answer in (plain, live.asked(get, "Host: evil.example.org")):
        assert "\r\nServer: Beacon\r\n" in answer
        assert "gunicorn" not in answer.lower()
    assert live.is_alive
    folder = Path(installation["BEACON_INSTANCE"])
    open_to_others = [path.name for path in folder.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []
