"""Pounds and pence, kept as whole pence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_AMOUNT = re.compile(
    r"£?\s*(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<pence>[0-9]*))?", re.ASCII
)
_MOST_POUNDS = 999_999_999


class NegativeAmount(ValueError):
    """An amount below nothing, where only an amount received, lost or claimed makes sense."""


@dataclass(frozen=True, order=True)
class Money:
    """An amount in pounds sterling, as a whole number of pence."""

    pence: int

    def __post_init__(self) -> None:
        if type(self.pence) is not int:
            raise TypeError("Money is a whole number of pence.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount as people type it, such as 1234.5 or £1,234.56."""
        typed = text.strip().replace("\u2212", "-")
        negative = typed.startswith(("-", "£-", "(")) or typed.endswith("-")
        match = _AMOUNT.fullmatch(typed.replace("-", "", 1).strip("()") if negative else typed)
        if not match or not (match["pounds"] or match["pence"]):
            raise ValueError("Enter an amount in pounds, such as 1,234.56.")
        return cls(_pence(match["pounds"], match["pence"] or "", negative=negative))

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Self:
        """What the amounts come to together."""
        return cls(sum(amount.pence for amount in amounts))

    def __add__(self, other: Money) -> Money:
        return Money(self.pence + other.pence)

    def __sub__(self, other: Money) -> Money:
        return Money(self.pence - other.pence)

    def __str__(self) -> str:
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{'-' if self.pence < 0 else ''}£{pounds:,}.{pence:02}"


def _pence(pounds: str, pence: str, *, negative: bool) -> int:
    if len(pence) > 2:
        raise ValueError("Enter the amount in pounds and pence, with no parts of a penny.")
    # Counted in digits first: turning a million digits into a number takes minutes.
    digits = pounds.replace(",", "").lstrip("0")
    if len(digits) > len(str(_MOST_POUNDS)):
        raise ValueError(f"Enter an amount of no more than £{_MOST_POUNDS:,}.")
    amount = int(digits or "0") * 100 + int(pence.ljust(2, "0") or "0")
    if negative and amount:
        raise NegativeAmount("Enter an amount that is not below zero.")
    return amount
