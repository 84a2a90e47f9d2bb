"""What the service has promised of itself. Never among the Code's duties (domain.md rule 1.10)."""

from __future__ import annotations

from beacon.entitlements.codes.rows import row, table
from beacon.entitlements.terms import Body, ClockStart, Mark

# What a duty says in place of the name of a Code.
STANDARD = "standard"
FIRST_CONTACT = "FIRST_CONTACT"

# Figures to begin with: an administrator changes them in the settings.
LOCAL_STANDARDS = table(
    [
        row(
            FIRST_CONTACT,
            None,
            "First attempt to reach the victim",
            None,
            Body.BEACON,
            5,
            1,
            ClockStart.REFERRAL,
            "",
            "",
            Mark.HIGH,
            note="Our own standard, no part of the Code.",
        )
    ]
)
