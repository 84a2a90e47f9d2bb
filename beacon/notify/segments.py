"""How long a text is as the networks count it: GSM-7 septets or UCS-2 units, in segments."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

# GSM 03.38, the basic set and its extension (domain.md 5.7).
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")
GSM_ONE, GSM_PART = 160, 153
UCS_ONE, UCS_PART = 70, 67
# Marks that a word processor puts in the place of plain ones (domain.md RULE 5.8).
PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2026": "...",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u00ad": "",
        "\u200b": "",
        "`": "'",
    }
)


@dataclass(frozen=True)
class Length:
    """What a text costs: its units in the alphabet it needs, and its segments."""

    is_gsm: bool
    units: int
    segments: int


def measure(text: str) -> Length:
    """Count a text as the networks do."""
    if all(mark in BASIC or mark in EXTENSION for mark in text):
        units = sum(2 if mark in EXTENSION else 1 for mark in text)
        return Length(True, units, _segments(units, GSM_ONE, GSM_PART))
    units = len(text.encode("utf-16-be")) // 2
    return Length(False, units, _segments(units, UCS_ONE, UCS_PART))


def plain(text: str) -> str:
    """The text with curly quotes, long dashes and odd spaces made plain."""
    return unicodedata.normalize("NFC", text).translate(PLAIN)


def _segments(units: int, one: int, part: int) -> int:
    return 1 if units <= one else math.ceil(units / part)
