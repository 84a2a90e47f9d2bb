"""How a feature declares what a feed's columns hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from beacon.core.reference import Checked
from beacon.feeds.terms import Kind


def plain(text: str) -> str:
    """A header or a word as it is compared: any case, no surrounding space."""
    return text.strip().strip("\ufeff").strip().casefold()


def words(*canonical: str) -> Mapping[str, str]:
    """The words that a column takes, by the form in which they are compared."""
    return {word_key(word): word for word in canonical}


def word_key(text: str) -> str:
    """A word in any case, with a space or hyphen for its underscore."""
    return "_".join(plain(text).replace("-", " ").replace("_", " ").split())


@dataclass(frozen=True, kw_only=True)
class Column:
    """One known column: what it holds and what is asked of it."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    """For `Kind.WORD`: made by `words(...)`. An unknown word is a warning."""
    check: Callable[[str], Checked] | None = None
    """For `Kind.REFERENCE`: its normal form, and a warning where its shape is unusual."""
    past: bool = False
    """A moment more than ten minutes ahead of the clock rejects the row; a later date is left out
    with a warning."""
    most: int = 255
    """The longest text, in characters, that the record can keep; longer stays in the raw row."""


@dataclass(frozen=True, kw_only=True)
class OneOf:
    """Something that a row must give in at least one way, such as a name."""

    label: str
    ways: tuple[tuple[str, ...], ...]

    @property
    def told(self) -> str:
        """The ways in words: first_name and last_name, or organisation."""
        return ", or ".join(" and ".join(way) for way in self.ways)


@dataclass(frozen=True, kw_only=True)
class FeedSpec:
    """A feed: its name and its columns."""

    name: str
    columns: tuple[Column, ...]
    one_of: tuple[OneOf, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The known columns by their names."""
        return {column.name: column for column in self.columns}

    def missing(self, headers: Collection[str]) -> list[str]:
        """What a header row lacks: required columns, then groups that no way satisfies."""
        lacking = [one.name for one in self.columns if one.required and one.name not in headers]
        for group in self.one_of:
            if not any(all(name in headers for name in way) for way in group.ways):
                lacking.append(f"{group.label} ({group.told})")
        return lacking
