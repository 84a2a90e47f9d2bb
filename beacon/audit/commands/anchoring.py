"""Writing the head of the log down outside the database, so that a cut end is found."""

from __future__ import annotations

from beacon.audit import anchors, queries
from beacon.audit.anchors import Anchor
from beacon.audit.commands.keys import anchors_place
from beacon.audit.commands.writing import apart, append
from beacon.audit.terms import ANCHORED
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.errors import Unavailable

NIGHTLY = machine("anchor-log")


def anchor_now() -> Anchor | None:
    """Write down the head as it is now; none where nothing is in the log yet.

    The log says so in its next row, so that it is known which heads there must be (U-08).
    """
    seq, mac = queries.head()
    if not seq:
        return None
    anchor = Anchor(seq, mac, clock.now())
    try:
        anchors.write(anchors_place(), anchor)
    except OSError as fault:
        raise Unavailable(
            f"The head of the log cannot be written down: {fault.strerror}. "
            "See BEACON_AUDIT_ANCHORS."
        ) from fault
    with apart() as session:
        append(session, ANCHORED, ("audit_entry", seq), NIGHTLY, ids={})
    return anchor


def anchor_daily() -> int:
    """Write the head down, once a day by the London calendar; how many were written."""
    written = anchors.read(anchors_place())
    last = written[-1].at if written else None
    if last is not None and clock.london_day(last) == clock.today():
        return 0
    return int(anchor_now() is not None)
