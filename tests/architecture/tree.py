"""The source as the architecture tests read it: collected from the tree, so nothing is left out."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = (ROOT / "config.py", ROOT / "wsgi.py")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def name_of(path: Path) -> str:
    """The path as people write it: from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def modules() -> list[Path]:
    """Every module of the product."""
    return [path for path in (*PRODUCT, *sorted((ROOT / "beacon").rglob("*.py"))) if path.exists()]


def migrations() -> list[Path]:
    """Every module that Alembic runs."""
    return sorted((ROOT / "migrations").rglob("*.py"))


def templates() -> list[Path]:
    """Every file in a folder of templates."""
    return sorted(
        path
        for path in (ROOT / "beacon").rglob("*")
        if path.is_file() and "templates" in path.parts and "vendor" not in path.parts
    )


@cache
def parsed(path: Path) -> ast.Module:
    """The module as a syntax tree."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in the tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of attributes; the empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (base := dotted(node.value)):
        return f"{base}.{node.attr}"
    return ""


def last_name(node: ast.AST) -> str:
    """`c` for `anything.c` or `c`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def imported(tree: ast.AST) -> Iterator[str]:
    """The full name of every module and name that the tree imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def without_jinja(text: str) -> str:
    """The plain HTML of a template."""
    return JINJA.sub("", text)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps, or, outside a clone, every file that is not made by a tool."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        found = (ROOT / name for name in listed.stdout.split("\0") if name)
        return tuple(path for path in found if path.is_file())
    made = {".venv", ".git", ".cache", "instance", "__pycache__"}
    return tuple(p for p in ROOT.rglob("*") if p.is_file() and made.isdisjoint(p.parts))
