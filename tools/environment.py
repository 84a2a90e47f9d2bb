"""Makes .venv from the locked requirements, and makes it again only when a lock has changed.

Plain standard library, so that any Python 3.11 can run it before anything is installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
STARTED = time.monotonic()


def say(words: str) -> None:
    """One progress line, with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {words}", flush=True)


def stop(words: str, status: int = 2) -> None:
    """Say in one line why nothing more can be done, and end."""
    print(words, file=sys.stderr, flush=True)
    raise SystemExit(status)


def check_python() -> None:
    """Refuse a Python that is too old."""
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:3]))
        stop(
            f"Beacon needs Python 3.11 or later; this is {have}. Set PYTHON=python3.11 (or later)."
        )


def ready(*, development: bool) -> None:
    """Make sure that .venv holds exactly what the locks name."""
    check_python()
    _make_venv()
    locks = ["requirements.txt"] + (["requirements-dev.txt"] if development else [])
    for lock in locks:
        _install(lock)


def _make_venv() -> None:
    if PYTHON.exists() and _answers(PYTHON):
        return
    say("Making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        stop("Python could not make .venv. On Debian and Ubuntu install python3-venv, then repeat.")


def _answers(python: Path) -> bool:
    """Whether this interpreter still starts, is new enough and has pip."""
    test = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(python), "-c", test], capture_output=True).returncode == 0


def _install(lock: str) -> None:
    """Install one lock; the copy kept in .venv tells the next start that it is done."""
    wanted, installed = ROOT / lock, VENV / f"installed-{lock}"
    if installed.exists() and installed.read_bytes() == wanted.read_bytes():
        return
    say(f"Installing {lock} (about a minute the first time)")
    order = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    order += ["--no-input", "--require-hashes", "--requirement", str(wanted)]
    if subprocess.run(order, check=False).returncode:
        stop(f"{lock} could not be installed; pip says why above. Nothing was started.")
    shutil.copyfile(wanted, installed)
    say(f"{lock} is installed")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    ready(development=parser.parse_args().dev)
