"""The charts of the board, and how money is written on their bars."""

from __future__ import annotations

from markupsafe import Markup

from beacon.fraud_hub.queries import Board
from beacon.web import charts


def short_pounds(pence: int) -> str:
    """An amount short enough to stand on a bar; the table beside the chart has every penny."""
    pounds = abs(pence) // 100
    sign = "-" if pence < 0 else ""
    if pounds < 10_000:
        return f"{sign}£{pounds:,}" if pence else ""
    return f"{sign}£{pounds // 1000:,}k"


def drawings(board: Board) -> dict[str, Markup]:
    """The charts of the board by name, each drawn where there is anything to draw.

    The words in them are escaped as the drawing is written.
    """
    losses, contacts = board.losses, board.contacts
    drawn: dict[str, str] = {}
    for name, lines in (("type", losses.by_type), ("district", losses.by_district)):
        if any(one.lost_pence for one in lines):
            drawn[name] = charts.lying(
                [one.name for one in lines],
                [one.lost_pence or 0 for one in lines],
                write=short_pounds,
            )
    if any(one.lost_pence for one in losses.by_month):
        drawn["month"] = charts.bars(
            [one.name[:3] if one.name[:1].isalpha() else one.name for one in losses.by_month],
            [one.lost_pence or 0 for one in losses.by_month],
            write=short_pounds,
        )
    if any(number for _, number in board.open_by_age):
        drawn["ages"] = charts.bars(
            [age.label for age, _ in board.open_by_age],
            [number for _, number in board.open_by_age],
            write=str,
        )
    asked = [one for one in board.firms if one.asked]
    if asked:
        drawn["firms"] = charts.lying(
            [one.firm for one in asked], [one.asked or 0 for one in asked], write=str
        )
    reached = (contacts.in_time, contacts.late, contacts.waiting)
    if any(reached):
        drawn["contacts"] = charts.bars(
            ["In time", "Late", "Still in time"], [one or 0 for one in reached], write=str
        )
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704  # nosec B704
