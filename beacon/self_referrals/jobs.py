"""What nobody came back for does not stay."""

from __future__ import annotations

from beacon.core.timetable import every
from beacon.self_referrals import commands


@every(60, name="sweep-public-forms", order=91)
def sweep_public_forms() -> int:
    """Remove what was written at the public form and never sent, once its time is over."""
    return commands.sweep()
