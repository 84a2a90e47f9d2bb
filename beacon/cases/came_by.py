"""By which feed a case came, and from whom: said by the feature that took it in.

A case never asks where it came from, but lists may. In a feature's ``routes.init_app``::

    came_by.told_by(queries.feed_of_case(), queries.agency_of_case())

where both are scalar subqueries on the `CaseFile` of the list. Until somebody says so, both are
empty.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

Words = sa.ColumnElement[str]


@dataclass
class _Said:
    feed: Words
    agency: Words


_said = _Said(sa.literal(""), sa.literal(""))


def told_by(feed: Words, agency: Words) -> None:
    """Ask these for the feed and the agency of a case."""
    _said.feed, _said.agency = feed, agency


def feed() -> Words:
    """The feed by which the case of a list came; empty where none is known."""
    return sa.func.coalesce(_said.feed, "")


def agency() -> Words:
    """The agency, or the feed's name, that sent it."""
    return sa.func.coalesce(_said.agency, "")
