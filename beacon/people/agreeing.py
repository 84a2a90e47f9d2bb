"""Who heeds at once what somebody says of being referred on: what was shared with that agency.

People know of no referral, so a feature above says at start how it heeds. In its
``routes.init_app``::

    agreeing.heeded_by(commands.heed_consent)

It is called in the transaction in which the answer is written down.
"""

from __future__ import annotations

from collections.abc import Callable

from beacon.core.actor import Actor
from beacon.people.models import Victim

Heed = Callable[[Victim, str, Actor], None]
_heeding: list[Heed] = []


def heeded_by(heed: Heed) -> None:
    """Tell this too, when somebody says whether they agree to be referred on to an agency."""
    if heed not in _heeding:
        _heeding.append(heed)


def tell(victim: Victim, agency: str, actor: Actor) -> None:
    """Have it heeded by every feature that shares something."""
    for heed in _heeding:
        heed(victim, agency, actor)
