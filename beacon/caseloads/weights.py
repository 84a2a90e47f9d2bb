"""What the features above add to the weight of a case: a hearing that is near, a high risk.

Caseloads know of none of them, so each says at start how it weighs. In a feature's
``routes.init_app``::

    from beacon.caseloads import weights

    weights.add("court", court_soon)

where ``court_soon(cases)`` takes a select of case ids and gives, in one statement however many they
are, a `Part` for each case that has it: ``{7: Part("court on 9 May", 2)}``. Nothing of it is shown
beside the words and the points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from beacon.caseloads.rules import Part

Weigh = Callable[[sa.Select[int]], Mapping[int, Part]]
_weighers: dict[str, Weigh] = {}


def add(name: str, weigh: Weigh) -> None:
    """Say how a feature weighs. Said again under the same name, it takes the place of the first."""
    _weighers[name] = weigh


def more(cases: sa.Select[int]) -> dict[int, dict[str, Part]]:
    """What the features add to each of these cases, by the names that they weigh under."""
    found: dict[int, dict[str, Part]] = {}
    for name in sorted(_weighers):
        for case_id, part in _weighers[name](cases).items():
            found.setdefault(case_id, {})[name] = part
    return found
