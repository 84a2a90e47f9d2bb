"""Fifty secrets, where they are planted, and how to look for them in whatever came out."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

WORDS = (
    "quillfeather", "marzipanic", "obelisque", "tanglewoods", "pemmicanth",
    "zephyrine", "lobscouser", "hawthornet", "vellichorus", "brindlecote",
)  # fmt: skip
ADDRESS, NUMBER, MAIL, WORD, PROOF = "address", "number", "e-mail", "word", "proof"
# What proves who somebody is, and what they only began to write: by their own names.
PROOFS = {
    "password": "correct-quince-lantern-stair",
    "wrong password": "wrong-quince-lantern-stair",
    "new password": "newer-quince-lantern-stair",
    "recovery code": "KQ7ZM3WXAB5TNRD2",
    "secret of the second factor": "JBSWY3DPEHPK3PXPQUINCE7A",
    "search": "sarsaparillian",
    "draft": "cuttlebonework",
    "refused form": "hobbledehoyish",
    "invitation": "",
    "session": "",
}


@dataclass
class Secrets:
    """The secrets of a run, each of its kind, with the ways in which it may be written."""

    by_kind: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of_this_run(cls, **made: str) -> Secrets:
        """Ten of each kind; what is made by chance is given."""
        plain = {
            ADDRESS: [f"{number + 11} {word} Crescent" for number, word in enumerate(WORDS)],
            NUMBER: [f"07700 9004{number:02}" for number in range(10)],
            MAIL: [f"{word}.post@example.org" for word in WORDS],
            WORD: [f"{word}-said-so" for word in WORDS],
            PROOF: [made.get(name.replace(" ", "_"), text) for name, text in PROOFS.items()],
        }
        return cls(plain)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for kind, secrets in self.by_kind.items():
            for secret in secrets:
                yield kind, secret

    def writings(self) -> dict[str, str]:
        """Every way of writing each secret, with the kind it is of."""
        found = {}
        for kind, secret in self:
            for text in _writings(kind, secret):
                found[text.lower()] = kind
        return found

    def found_in(self, text: str) -> dict[str, set[str]]:
        """The secrets that stand in a text, by kind."""
        plain, found = html.unescape(text).lower(), defaultdict(set)
        for writing, kind in self.writings().items():
            if writing in plain:
                found[kind].add(writing)
        return found


def _writings(kind: str, secret: str) -> Iterable[str]:
    if kind != NUMBER:
        return [secret]
    digits = re.sub(r"\D", "", secret)
    return [secret, digits, f"+44{digits[1:]}", f"44{digits[1:]}", f"{digits[:5]} {digits[5:]}"]


@dataclass
class Places:
    """Where it was looked, and what of each kind was found there."""

    secrets: Secrets
    looked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def look(self, place: str, text: str) -> None:
        """Look for every secret in what came out at a place."""
        self.looked[place] += 1
        for kind, writings in self.secrets.found_in(text).items():
            self.found[kind, place] |= writings

    def beyond(self, may: dict[str, set[str]]) -> list[str]:
        """What was found where it may not be."""
        return [
            f"{kind} in {place}: {sorted(writings)[:3]}"
            for (kind, place), writings in sorted(self.found.items())
            if writings and place not in may.get(kind, set())
        ]

    def table(self) -> str:
        """Each kind by each place: how many were found, or none."""
        kinds = list(self.secrets.by_kind)
        wide = max(len(place) for place in self.looked) + 2
        head = "".ljust(wide) + " ".join(kind.rjust(8) for kind in kinds) + "   looked at"
        lines = [
            place.ljust(wide)
            + " ".join(str(len(self.found[kind, place]) or "-").rjust(8) for kind in kinds)
            + f"   {count}"
            for place, count in self.looked.items()
        ]
        return "\n".join([head, *lines])
