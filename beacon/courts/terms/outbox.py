"""What a court officer does about a text that the outbox itself kept from leaving."""

from __future__ import annotations

from beacon.notify.terms import Reason

# What to do, and whether a person should ring: the defendant must come, and was not texted.
ADVICE: dict[str, tuple[str, bool]] = {
    Reason.WINDOW_PASSED: ("Ring them now.", True),
    Reason.NUMBER_CAP: ("Ring them: the number had as many texts as one may have.", True),
    Reason.REFUSED: ("Ring them, and look at what the provider said.", True),
    Reason.HELD_TOO_LONG: ("Ring them, unless the reason for holding it still stands.", True),
}


def advice_on(reason: str) -> str:
    """What to do about it; empty where there is nothing to do."""
    return ADVICE.get(reason, ("", False))[0]


def is_to_be_rung(reason: str) -> bool:
    """Whether a person should ring instead."""
    return ADVICE.get(reason, ("", False))[1]
