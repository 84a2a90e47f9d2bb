"""Taking files in."""

from beacon.feeds.commands.report import (
    Ahead,
    Plan,
    Progress,
    Rehearse,
    Report,
    Result,
    Take,
    Unit,
)
from beacon.feeds.commands.running import run, run_whole

__all__ = [
    "Ahead",
    "Plan",
    "Progress",
    "Rehearse",
    "Report",
    "Result",
    "Take",
    "Unit",
    "run",
    "run_whole",
]
