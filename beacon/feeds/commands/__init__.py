"""Taking files in."""

from beacon.feeds.commands.batches import digest_of, expect, refuse_batch, upload_done
from beacon.feeds.commands.checking import (
    confirm_batch,
    expect_check,
    hold_check,
    keep_check,
    note_check,
    throw_away,
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
    Made,
    Plan,
    Progress,
    Rehearse,
    Report,
    Result,
    Take,
    Unit,
)
from beacon.feeds.commands.running import run
from beacon.feeds.commands.whole import run_whole

__all__ = [
    "Ahead",
    "InTheWay",
    "Made",
    "Plan",
    "Progress",
    "Rehearse",
    "Report",
    "Result",
    "Take",
    "Unit",
    "answer_delivery",
    "begin_delivery",
    "confirm_batch",
    "digest_of",
    "drop_delivery",
    "expect",
    "expect_check",
    "hold_check",
    "keep_check",
    "note_batch",
    "note_check",
    "refuse_batch",
    "run",
    "run_whole",
    "sweep_deliveries",
    "throw_away",
    "upload_done",
]
