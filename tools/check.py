"""What a change must pass before anybody reads it: each check in turn, one line each."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SOURCES = ("beacon", "config.py", "wsgi.py")
TYPED_ROOMS = ("rules", "terms", "commands", "queries")
# A column, a word of an enum or a box of a form is read by SQL and by pages, not by its name.
DEAD_KINDS = frozenset({"function", "class", "method", "property", "import", "unreachable_code"})
BANDIT_LINES = ("-f", "custom", "--msg-template", "{relpath}:{line}: {test_id} {msg}")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def tool(*order: str) -> Callable[[], str]:
    """A check that another program makes; what it printed, where it refused."""

    def run() -> str:
        done = subprocess.run(
            [str(BIN / order[0]), *order[1:]],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return ""
        return (done.stdout + done.stderr).strip() or f"status {done.returncode}"

    return run


def typed_modules() -> list[str]:
    """The rooms that hold the work, and the ground they stand on."""
    found = set((ROOT / "beacon" / "core").rglob("*.py"))
    for room in TYPED_ROOMS:
        found.update((ROOT / "beacon").rglob(f"{room}.py"))
        found.update((ROOT / "beacon").rglob(f"{room}/**/*.py"))
    return sorted(str(path.relative_to(ROOT)) for path in found)


def there(*paths: str) -> list[str]:
    """Those of the paths that exist."""
    return [path for path in paths if (ROOT / path).exists()]


def dead_code() -> str:
    """Functions, classes and imports that neither Python nor any template names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["vulture"]
    reader = Vulture(
        ignore_names=settings["ignore_names"], ignore_decorators=settings["ignore_decorators"]
    )
    reader.scavenge([str(ROOT / path) for path in there(*SOURCES)])
    for page in (ROOT / "beacon").rglob("templates/**/*.html"):
        reader.used_names.update(WORD.findall(page.read_text("utf-8")))
    unused = reader.get_unused_code(min_confidence=settings["min_confidence"])
    return "\n".join(
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno}: unused {item.typ} {item.name}"
        for item in unused
        if item.typ in DEAD_KINDS
    )


def templates() -> str:
    """The pages, held to djlint's rules."""
    folders = sorted({str(page.parent) for page in (ROOT / "beacon").rglob("templates/**/*.html")})
    return tool("djlint", "--lint", "--quiet", *folders)() if folders else ""


CHECKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("lint (ruff)", tool("ruff", "check", "--quiet", "--output-format=concise", ".")),
    ("format (ruff)", tool("ruff", "format", "--check", "--output-format=concise", ".")),
    ("types (mypy --strict)", tool("mypy", *typed_modules())),
    ("floors and rooms (import-linter)", tool("lint-imports", "--no-logo")),
    ("dead code (vulture)", dead_code),
    ("dependencies (deptry)", tool("deptry", "--no-ansi", ".")),
    (
        "security (bandit)",
        tool("bandit", "-q", "-c", "pyproject.toml", *BANDIT_LINES, "-r", *there(*SOURCES)),
    ),
    ("templates (djlint)", templates),
)


def main() -> int:
    """Run every check, also after one that refused; say how long each took."""
    refused = 0
    for name, check in CHECKS:
        begun = time.monotonic()
        complaint = check()
        outcome = "refused" if complaint else "ok"
        print(f"{name}: {outcome} ({time.monotonic() - begun:.1f} s)", flush=True)
        if complaint:
            refused += 1
            print(complaint, flush=True)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
