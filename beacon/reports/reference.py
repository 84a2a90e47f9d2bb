"""The first columns of the ministry's return (domain.md 2.3): its five points of the Code, and what
commissioners' grants are usually monitored by. The template itself was not found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from beacon.core.db import transaction
from beacon.reports.models import ReturnColumn
from beacon.reports.rules.countable import COUNTABLE

BEGAN = date(2015, 4, 1)  # before any case of the service
STEP = 10  # between two places, so that a column fits between them
OUR_NAME = "Beacon"
POINTS = {
    3: "Written acknowledgement of the report",
    4: "Referral to support services",
    6: "Updates",
    7: "Opportunity to make a Victim Personal Statement",
    11: "Told of release in advance",
}
FIRST = ("cases", "cases.contacted", "cases.in_time", "cases.enhanced")
BY = (
    "cases.source.", "cases.crime.", "cases.age.", "cases.sex.", "cases.ethnicity.",
    "cases.disability.", "cases.orientation.", "cases.religion.",
)  # fmt: skip
LAST = (
    "partners.all", "partners.helped", "needs.all", "needs.better", "cope.", "restorative.",
    "money.",
)  # fmt: skip


def load_reference() -> None:
    """Write the first columns where there are none; what an administrator changed stays."""
    with transaction() as session:
        if session.scalar(sa.select(ReturnColumn.id).limit(1)) is None:
            session.add_all(
                ReturnColumn(
                    key=counted,
                    heading=heading,
                    counted=counted,
                    place=number * STEP,
                    from_on=BEGAN,
                    until_on=None,
                    by_name=OUR_NAME,
                )
                for number, (counted, heading) in enumerate(first_columns(), start=1)
            )


def first_columns() -> Iterator[tuple[str, str]]:
    """What each counts, and its heading, from left to right."""
    for right, point in POINTS.items():
        yield f"code.{right}.due", f"{point}: due"
        yield f"code.{right}.in_time", f"{point}: in time"
    yield from _named(FIRST)
    yield from _named(BY)
    yield from _named(LAST)


def _named(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each thing of these names; a name that ends with a dot is all that begin with it."""
    for word in words:
        for counted, one in COUNTABLE.items():
            if counted == word or (word.endswith(".") and counted.startswith(word)):
                yield counted, one.label
