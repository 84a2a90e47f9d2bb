"""How long partners are waited for: settings that an administrator edits, with safe defaults."""

from __future__ import annotations

from beacon.core.settings import KNOWN, Known

CHASE, EXPIRY, AFTER, CHECK = (
    "partners.chase_days",
    "partners.expiry_days",
    "partners.after_days",
    "partners.check_days",
)
KNOWN.update(
    {
        CHASE: Known(
            "3",
            "count",
            "Working days after which a partner that has not answered is chased",
            "The case manager is reminded then, and again after as many days",
            most=30,
        ),
        EXPIRY: Known(
            "90",
            "count",
            "Days for which a partner sees what was sent to it",
            "Never longer than the consent holds",
            most=366,
        ),
        AFTER: Known(
            "14",
            "count",
            "Days for which a partner still sees what it has declined or finished",
            most=90,
        ),
        CHECK: Known(
            "180",
            "count",
            "Days after which a service of the directory is to be checked again",
            most=730,
        ),
    }
)
