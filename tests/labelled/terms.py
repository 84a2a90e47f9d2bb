"""Words of the labelled set: how somebody comes, what is damaged, and who looks like whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Damage(StrEnum):
    """What differs when the same person comes again."""

    WRITING = "case, accents, hyphens, apostrophes"
    FORMAT = "numbers, e-mail and postcode written another way"
    MOVED = "moved house, or a new number too"
    SPARSE = "facts left out"
    TYPING = "a slip of the keys in a name"
    NICKNAME = "nickname, initial or middle name"
    SWAPPED = "first and last name swapped"
    BORN = "date of birth off by a digit, or day and month swapped"


class Likeness(StrEnum):
    """How somebody else comes to look like a person of the set."""

    TWIN = "twins"
    SON = "father and son of one name"
    HOUSEHOLD = "a shared household phone"
    NAMESAKE = "a common name"


@dataclass(frozen=True)
class Came:
    """One thing said of how a record came: for the first time, damaged, or as somebody else."""

    damage: Damage | None = None
    second: Damage | None = None
    likeness: Likeness | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a form says of somebody, as it is written there."""

    first_name: str
    last_name: str
    born: date | None = None
    mobile: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    reference: str = ""
