"""Taking files in."""

from beacon.feeds.commands.batches import (
    digest_of,
    expect,
    order_batch,
    refuse_batch,
    upload_done,
)
from beacon.feeds.commands.deliveries import (
    InTheWay,
    answer_delivery,
    begin_delivery,
    drop_delivery,
    note_batch,
    sweep_deliveries,
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
    "InTheWay",
    "Plan",
    "Progress",
    "Rehearse",
    "Report",
    "Result",
    "Take",
    "Unit",
    "answer_delivery",
    "begin_delivery",
    "digest_of",
    "drop_delivery",
    "expect",
    "note_batch",
    "order_batch",
    "refuse_batch",
    "run",
    "run_whole",
    "sweep_deliveries",
    "upload_done",
]
