"""Writing the log, keeping a pace in what is read, and writing its head down elsewhere."""

from beacon.audit.commands.anchoring import anchor_daily, anchor_now
from beacon.audit.commands.keys import anchors_place, audit_key, audit_keys, configure
from beacon.audit.commands.pace import keep_pace
from beacon.audit.commands.writing import (
    Recorded,
    handed_over,
    record,
    refused,
    shown,
    take_in,
)

__all__ = [
    "Recorded",
    "anchor_daily",
    "anchor_now",
    "anchors_place",
    "audit_key",
    "audit_keys",
    "configure",
    "handed_over",
    "keep_pace",
    "record",
    "refused",
    "shown",
    "take_in",
]
