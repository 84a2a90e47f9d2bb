"""What is done for people's records by itself."""

from __future__ import annotations

from beacon.core.timetable import every
from beacon.people import commands

AT_ONCE = 50
A_RUN = 5000


@every(1, name="key-people", order=6)
def key_people() -> int:
    """Make records findable that came before their keys; little by little, so that none waits."""
    done = 0
    while done < A_RUN and (made := commands.key_those_without(AT_ONCE)):
        done += made
    return done
