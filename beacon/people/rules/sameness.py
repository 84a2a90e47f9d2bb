"""Who may be one person: what two records agree in, and what that amounts to (contract 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from beacon.people.rules.naming import UNSURE, Named, alike
from beacon.people.terms import Fact

REACHED_BY = frozenset({Fact.CONTACT, Fact.ADDRESS})
NAMED = frozenset(
    {
        *(Fact.NAME, Fact.SWAPPED, Fact.SWAPPED_NEAR, Fact.NICKNAME, Fact.MORE_NAMES),
        *(Fact.INITIAL, Fact.SOUND, Fact.SPELLING),
    }
)
# The same words, whichever of the two boxes each was typed into.
SAME_NAME = frozenset({Fact.NAME, Fact.SWAPPED})
BORN_NEAR = frozenset({Fact.BORN_DIGIT, Fact.BORN_SWAPPED})
NEARBY = REACHED_BY | {Fact.POSTCODE, Fact.STREET}


WHOLE = frozenset({Fact.REFERENCE, Fact.NAME, Fact.BORN, Fact.CONTACT, Fact.ADDRESS})


@dataclass(frozen=True)
class Mark:
    """How one fact of two records compares."""

    fact: Fact | None  # how it agrees, if it does
    is_known: bool  # of both

    @property
    def word(self) -> str:
        """The mark in one word: same, near, differs or unknown."""
        if self.fact is not None:
            return "same" if self.fact in WHOLE else "near"
        return "differs" if self.is_known else "unknown"

    @property
    def label(self) -> str:
        """The mark as a page says it."""
        if self.fact is not None and self.word == "near":
            return NEAR[self.fact]
        return {"same": "Same", "differs": "Differs", "unknown": "Not known"}[self.word]


NEAR = {
    Fact.NICKNAME: "Nickname",
    Fact.MORE_NAMES: "One name more",
    Fact.SWAPPED: "Another order",
    Fact.SWAPPED_NEAR: "Another order, nearly the same",
    Fact.INITIAL: "Initial",
    Fact.SOUND: "Sounds alike",
    Fact.SPELLING: "A letter off",
    Fact.BORN_SWAPPED: "Day and month swapped",
    Fact.BORN_DIGIT: "A digit off",
    Fact.POSTCODE: "Same postcode",
    Fact.STREET: "Same street, no postcode",
}


@dataclass(frozen=True)
class Home:
    """Where somebody lives, as blind indexes; empty where it is not known."""

    whole: str = ""
    street: str = ""
    postcode: str = ""

    def agrees(self, other: Home) -> Fact | None:
        """How two homes agree; a street alone only where no two postcodes speak against it."""
        if self.whole and self.whole == other.whole:
            return Fact.ADDRESS
        if self.postcode and self.postcode == other.postcode:
            return Fact.POSTCODE
        both = bool(self.postcode and other.postcode)
        same_street = bool(self.street) and self.street == other.street
        return Fact.STREET if same_street and not both else None


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """What one record can be compared by: keys and blind indexes, nothing readable but the name."""

    named: Named
    born: date | None
    reference: str
    contacts: frozenset[str]
    home: Home

    @property
    def name(self) -> str:
        """The whole name as it is compared; empty where none is known."""
        return self.named.whole

    @property
    def marks(self) -> frozenset[str]:
        """The indexes of its numbers and addresses."""
        return self.contacts | {one for one in (self.home.whole, self.home.postcode) if one}


def agreeing(one: Fingerprint, other: Fingerprint) -> tuple[Fact, ...]:
    """Which facts of two records agree, and how.

    Where two dates of birth are known and far apart, a name that is only near, or a postcode, says
    nothing: those are brothers and neighbours.
    """
    named, born = alike(one.named, other.named), _born(one.born, other.born)
    apart = bool(one.born and other.born and born is None)
    home = one.home.agrees(other.home)
    pairs = (
        (Fact.REFERENCE, bool(one.reference) and one.reference == other.reference),
        (named, not (apart and named in UNSURE)),
        (born, True),
        (Fact.CONTACT, not one.contacts.isdisjoint(other.contacts)),
        (home, home is Fact.ADDRESS or not apart),
    )
    return tuple(fact for fact, agrees in pairs if agrees and fact)


def beside(one: Fingerprint, other: Fingerprint) -> dict[str, Mark]:
    """What a page says of two records laid side by side, fact by fact."""
    same_contact = not one.contacts.isdisjoint(other.contacts)
    same_reference = bool(one.reference) and one.reference == other.reference
    housed = all(place != Home() for place in (one.home, other.home))
    return {
        "name": Mark(alike(one.named, other.named), bool(one.name and other.name)),
        "born": Mark(_born(one.born, other.born), bool(one.born and other.born)),
        "contact": Mark(
            Fact.CONTACT if same_contact else None, bool(one.contacts and other.contacts)
        ),
        "address": Mark(one.home.agrees(other.home), housed),
        "reference": Mark(
            Fact.REFERENCE if same_reference else None, bool(one.reference and other.reference)
        ),
    }


def is_certain(facts: Iterable[Fact]) -> bool:
    """The same victim reference, or the same name, date of birth and one contact (contract 3.5).

    Nothing that is only near makes two records one person by itself (decision 0025).
    """
    agreed = set(facts)
    named = Fact.BORN in agreed and not agreed.isdisjoint(SAME_NAME)
    return Fact.REFERENCE in agreed or (named and not agreed.isdisjoint(REACHED_BY))


def is_likely(facts: Iterable[Fact]) -> bool:
    """Two or more agreeing facts, short of certain; one of them says who it is (contract 3.5).

    A phone and an address together are a household's, not a person's: they are shown.
    """
    agreed = set(facts)
    if is_certain(agreed):
        return False
    named, nearby = bool(agreed & NAMED), bool(agreed & NEARBY)
    by_birth = Fact.BORN in agreed and (named or nearby)
    return by_birth or (named and nearby) or (bool(agreed & SAME_NAME) and bool(agreed & BORN_NEAR))


def _born(one: date | None, other: date | None) -> Fact | None:
    """How two dates of birth agree: the same, day and month swapped, or off by one figure."""
    if one is None or other is None:
        return None
    if one == other:
        return Fact.BORN
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Fact.BORN_SWAPPED
    return Fact.BORN_DIGIT if _is_a_figure_off(one.isoformat(), other.isoformat()) else None


def _is_a_figure_off(one: str, other: str) -> bool:
    """One figure is another, or two beside each other are the wrong way round: 1965 for 1956."""
    at = [
        place for place, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs
    ]
    if len(at) == 1:
        return True
    return (
        len(at) == 2
        and at[1] - at[0] == 1
        and one[at[0] : at[1] + 1] == other[at[1]] + other[at[0]]
    )
