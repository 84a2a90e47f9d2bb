"""How money is written on the bars of a chart."""

from __future__ import annotations


def short_pounds(pence: int) -> str:
    """An amount short enough to stand on a bar; the table beside the chart has every penny."""
    pounds = abs(pence) // 100
    sign = "-" if pence < 0 else ""
    if pounds < 10_000:
        return f"{sign}£{pounds:,}" if pence else ""
    return f"{sign}£{pounds // 1000:,}k"
