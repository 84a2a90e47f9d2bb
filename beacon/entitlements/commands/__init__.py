"""Duties: opened when something happens, and ended by telling the victim or saying why not."""

from beacon.entitlements.commands.ending import (
    decline,
    delay_for_safety,
    mark_kept,
    mark_told,
    not_applicable,
    owe_again,
    pause,
    resume,
    withhold,
)
from beacon.entitlements.commands.opening import (
    change_category,
    find_days,
    open_duty,
    open_standard,
    start_clock,
)
from beacon.entitlements.commands.publishing import Publishing, publish_figures

__all__ = [
    "Publishing",
    "change_category",
    "decline",
    "delay_for_safety",
    "find_days",
    "mark_kept",
    "mark_told",
    "not_applicable",
    "open_duty",
    "open_standard",
    "owe_again",
    "pause",
    "publish_figures",
    "resume",
    "start_clock",
    "withhold",
]
