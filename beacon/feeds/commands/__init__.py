"""Taking files in."""

from beacon.feeds.commands.batches import (
    digest_of,
    expect,
    order_batch,
    refuse_batch,
    upload_done,
)
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
    "digest_of",
    "expect",
    "order_batch",
    "refuse_batch",
    "run",
    "run_whole",
    "upload_done",
]
