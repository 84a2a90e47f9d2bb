"""How sure a rate is: intervals for shares and for the difference of two shares.

Wilson's score interval (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927) and, for a difference, the
hybrid of two of them (R. G. Newcombe, Statistics in Medicine 17, 1998, method 10). Both stay
within their bounds and hold for small numbers and for shares near nought and one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEAST = 5  # no rate is shown of fewer people than this
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Interval:
    """Two shares, or two differences of shares, between which the true one lies: 19 in 20."""

    low: float
    high: float


def wilson(some: int, of_all: int) -> Interval:
    """The 95 % interval of a share: `some` of `of_all`, which must be more than nought."""
    if not 0 <= some <= of_all or of_all == 0:
        raise ValueError("a share is of at least one, and of no more than there are")
    share, square = some / of_all, _Z * _Z
    middle = share + square / (2 * of_all)
    reach = _Z * sqrt(share * (1 - share) / of_all + square / (4 * of_all * of_all))
    scale = 1 + square / of_all
    return Interval(max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale))


def difference(one: tuple[int, int], other: tuple[int, int]) -> Interval:
    """The 95 % interval of the first share less the second; each is (some, of all)."""
    first, second = wilson(*one), wilson(*other)
    a, b = one[0] / one[1], other[0] / other[1]
    low = a - b - sqrt((a - first.low) ** 2 + (second.high - b) ** 2)
    high = a - b + sqrt((first.high - a) ** 2 + (b - second.low) ** 2)
    return Interval(low, high)
