"""How long what the fraud hub keeps is trusted: settings that an administrator edits."""

from __future__ import annotations

from beacon.core.settings import KNOWN, Known

CHECK = "fraud.bank_check_days"
KNOWN.update(
    {
        CHECK: Known(
            "180",
            "count",
            "Days after which a firm of the fraud hub’s directory is to be checked again",
            most=730,
        ),
    }
)
