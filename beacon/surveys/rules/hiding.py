"""Which numbers of one column are not shown, so that none under five can be worked out.

A column adds up to a total that is shown. Where a number is small it is hidden, with the next
larger ones beside it until what is hidden comes to five or more in at least two rows: taking away
then gives their sum alone. (reports.rules.hiding protects whole tables; a column needs no network.)
"""

from __future__ import annotations

from collections.abc import Mapping

from beacon.surveys.rules.counting import LEAST


def hidden(numbers: Mapping[str, int]) -> frozenset[str]:
    """The rows whose number is not shown; a nought hides nothing and is shown."""
    some = sorted((number, name) for name, number in numbers.items() if number)
    found: list[tuple[int, str]] = [one for one in some if one[0] < LEAST]
    if not found:
        return frozenset()
    for one in some[len(found) :]:
        if len(found) > 1 and sum(number for number, _ in found) >= LEAST:
            break
        found.append(one)
    return frozenset(name for _, name in found)
