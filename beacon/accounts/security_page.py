"""Lines that other features add to the administrator's page about security."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True)
class Line:
    """One thing that an administrator watches: what it is, how it stands, whether that is well."""

    what: str
    words: str
    is_well: bool = True


def add(app: Flask, line: Callable[[], Line]) -> None:
    """Put a line on the page, asked anew each time it is opened."""
    app.extensions.setdefault("beacon_security_lines", []).append(line)


def lines() -> list[Line]:
    """Every line there is, in the order in which they were added."""
    return [line() for line in current_app.extensions.get("beacon_security_lines", ())]
