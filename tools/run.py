"""Starts Beacon on this machine: database, demonstration county, web server and scheduler.

Plain standard library: it makes .venv first where that is missing, and starts everything from it.
"""

from __future__ import annotations

import argparse
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO

import environment
from environment import PYTHON, ROOT, say, stop

HOST = "127.0.0.1"
WAIT_FOR_WEB = 60
GRACE = 10
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class Stopped(Exception):
    """Somebody asked for the end: Ctrl-C, or the system."""


def on_signal(number: int, frame: FrameType | None) -> None:
    """Turn the first request to stop into an exception, and ignore further ones."""
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, signal.SIG_IGN)
    raise Stopped


def end_with_parent() -> None:
    """Have the system stop this child when we are gone, even if we were killed."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


class Child:
    """One process of Beacon, with its log beside the database."""

    def __init__(self, name: str, order: list[str], log: Path) -> None:
        self.name, self.log = name, log
        self._out: IO[bytes] = log.open("wb")
        linux = sys.platform.startswith("linux")
        self.process = subprocess.Popen(
            [str(PYTHON), *order],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=subprocess.STDOUT,
            start_new_session=os.name != "nt",
            preexec_fn=end_with_parent if linux else None,
        )

    def ended(self) -> bool:
        """Whether it has stopped, wanted or not."""
        return self.process.poll() is not None

    def last_lines(self, count: int = 15) -> str:
        """The end of its log, for the person who must find out why."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return "\n".join(f"  {line}" for line in lines[-count:])

    def end(self) -> None:
        """Stop it kindly, then for certain."""
        if not self.ended():
            self.process.terminate()
            try:
                self.process.wait(GRACE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._out.close()


def refuse_a_port_in_use(port: int) -> None:
    """Say it in one line now, rather than in a traceback later."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError:
            stop(f"Port {port} is in use. Stop what uses it, or choose another: make run PORT=5001")


def flask(words: str, *order: str) -> None:
    """Run one command of Beacon to its end; show what it printed only if it failed."""
    say(words)
    with subprocess.Popen(
        [str(PYTHON), "-m", "flask", *order],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        try:
            printed = wait_aloud(running)
        except BaseException:
            running.terminate()
            raise
    if running.returncode:
        print(printed, file=sys.stderr)
        stop(f"flask {' '.join(order)} failed; it says why above. Nothing was started.", 1)


def wait_aloud(running: subprocess.Popen[str]) -> str:
    """Wait for a command, with a line each ten seconds so that nobody thinks it hangs."""
    while True:
        try:
            return running.communicate(timeout=10)[0]
        except subprocess.TimeoutExpired:
            say("still at it")


def web_order(port: int) -> list[str]:
    """The web server for this system: gunicorn where it runs, waitress elsewhere."""
    if sys.platform.startswith("linux"):
        order = ["-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "8"]
        return [*order, "--graceful-timeout", "5", "--no-control-socket", "wsgi:app"]
    return ["-m", "waitress", f"--listen={HOST}:{port}", "--threads=8", "wsgi:app"]


def answers(port: int) -> bool:
    """Whether the web server is alive."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def fault_of(children: list[Child]) -> str | None:
    """The one line about a child that ended by itself, after the end of its log."""
    for child in children:
        if child.ended():
            print(child.last_lines(), file=sys.stderr)
            code = child.process.returncode
            return f"The {child.name} ended by itself (status {code}); its log is {child.log}."
    return None


def wait_until_ready(children: list[Child], port: int) -> None:
    """Return when the web server answers; end all if it does not."""
    until = time.monotonic() + WAIT_FOR_WEB
    while not answers(port):
        if fault := fault_of(children):
            stop(fault, 1)
        if time.monotonic() > until:
            print(children[0].last_lines(), file=sys.stderr)
            stop(f"The web server gave no answer for {WAIT_FOR_WEB} seconds.", 1)
        time.sleep(0.2)


def watch(children: list[Child]) -> None:
    """Stay until somebody asks for the end, or one of the two ends by itself."""
    while True:
        if fault := fault_of(children):
            stop(fault + " The other was stopped too.", 1)
        time.sleep(0.5)


def show_sign_ins(sign_ins: Path) -> None:
    """One line a role, as the demonstration wrote them down."""
    if not sign_ins.exists():
        return
    for line in sign_ins.read_text("utf-8").splitlines():
        words = line.split()
        if words and not line.startswith("#"):
            print("sign-in", *(words[1:] if words[0] == "sign-in" else words), flush=True)


def prepare(instance: Path, *, demonstration: bool) -> None:
    """Environment, database, and on the very first start a made-up county."""
    environment.ready(development=False)
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    flask("Bringing the database up to date", "db", "upgrade")
    if demonstration and not (instance / "demo-sign-ins").exists():
        flask("Loading the demonstration county (the first start only)", "demo", "load")


def serve(instance: Path, port: int, *, demonstration: bool) -> None:
    """Start both processes, tell where and how to sign in, and stay with them."""
    children: list[Child] = []
    try:
        say("Starting the web server and the scheduler")
        children.append(Child("web server", web_order(port), instance / "web.log"))
        scheduler = ["-m", "beacon.scheduler"]
        children.append(Child("scheduler", scheduler, instance / "scheduler.log"))
        wait_until_ready(children, port)
        print(f"\nBeacon is at http://{HOST}:{port}", flush=True)
        if demonstration:
            show_sign_ins(instance / "demo-sign-ins")
        print("Ctrl-C stops it.", flush=True)
        say("Ready")
        watch(children)
    finally:
        for child in children:
            child.process.terminate()
        for child in children:
            child.end()


def main() -> None:
    """Read the two settings that matter before anything is installed, and go."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 5000))
    port = parser.parse_args().port
    instance = ROOT / (os.environ.get("BEACON_INSTANCE") or "instance")
    demonstration = (os.environ.get("BEACON_ENV") or "demo") == "demo"
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, on_signal)
    os.umask(0o077)  # the logs of both are for this account alone
    try:
        environment.check_python()
        refuse_a_port_in_use(port)
        prepare(instance, demonstration=demonstration)
        serve(instance, port, demonstration=demonstration)
    except Stopped:
        print(flush=True)
        say("Stopped")


if __name__ == "__main__":
    main()
