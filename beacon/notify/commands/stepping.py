"""Whether this machine's clock was set to another time since texts were last sent (D-06).

A text that leaves by a wrong clock is a wrong text. A clock that went back is known by the last
pass; one that went far forward looks like a long silence, so the provider's clock is asked first.
A pass in which nothing may leave is a pass too, so that texts go on once a person has looked.
In production alone: elsewhere a pass may be made as at another moment.
"""

from __future__ import annotations

from datetime import timedelta

from beacon.core import clock, timetable
from beacon.core.db import db
from beacon.core.errors import BeaconError
from beacon.notify.commands.sender import SENDING, pause
from beacon.notify.gateway import CannotAsk, Gateway
from beacon.notify.rules import LARGEST_DRIFT

LONG_SILENCE = timedelta(hours=6)
SET_BACK = "This machine's clock was set back"
DIFFERS = "This machine's clock and the provider's differ"


class ClockNotKnown(BeaconError):
    """Nothing was sent for hours, and the provider's clock could not be asked."""


def has_stepped(gateway: Gateway) -> bool:
    """Whether the clock is wrong; the sender is then paused until a person has looked.

    Raises ClockNotKnown where nobody can be asked: nothing may leave, and the job has failed.
    """
    last = timetable.last_success(SENDING.name)
    if clock.is_held() or last is None:
        return False
    ahead = clock.now() - last
    if ahead < -timedelta(seconds=LARGEST_DRIFT):
        pause(reason=SET_BACK, actor=SENDING)
        return True
    if ahead < LONG_SILENCE:
        return False
    db.session.remove()  # no connection waits while the provider is asked
    try:
        drift = gateway.drift()
    except CannotAsk as fault:
        raise ClockNotKnown("The provider's clock could not be asked.") from fault
    if abs(drift) <= LARGEST_DRIFT:
        return False
    pause(reason=DIFFERS, actor=SENDING)
    return True
