"""The pages of caseloads."""

from __future__ import annotations

from flask import Flask

from beacon.caseloads import commands, queries
from beacon.cases import choosing


class Choosing:
    """Advises whoever gives a case away, and gives it."""

    advise = staticmethod(queries.advise)
    give = staticmethod(commands.give)


def init_app(app: Flask) -> None:
    """Advise on the page on which a case is given away."""
    choosing.by(Choosing())
