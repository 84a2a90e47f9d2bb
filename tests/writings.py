"""The ways in which people, telephones and spreadsheets write one mobile number."""

from __future__ import annotations

from collections.abc import Callable

# Full-width and Arabic-Indic figures.
WIDE = str.maketrans("0123456789", "".join(chr(0xFF10 + figure) for figure in range(10)))
ARABIC = str.maketrans("0123456789", "".join(chr(0x0660 + figure) for figure in range(10)))

# Each is given the number as "07700900123".
WAYS: dict[str, Callable[[str], str]] = {
    "bare": lambda n: n,
    "spaced": lambda n: f"{n[:5]} {n[5:]}",
    "in threes": lambda n: f"{n[:5]} {n[5:8]} {n[8:]}",
    "every figure alone": " ".join,
    "international": lambda n: f"+44{n[1:]}",
    "international, spaced": lambda n: f"+44 {n[1:5]} {n[5:]}",
    "with (0)": lambda n: f"+44 (0){n[1:5]} {n[5:]}",
    "with [0]": lambda n: f"+44 [0] {n[1:]}",
    "with a 0 too many": lambda n: f"+44 {n}",
    "0044": lambda n: f"0044{n[1:]}",
    "00 44 (0)": lambda n: f"00 44 (0) {n[1:]}",
    "011 44": lambda n: f"011 44 {n[1:]}",
    "44 without a plus": lambda n: f"44{n[1:]}",
    "plus without 44": lambda n: f"+{n}",
    "in brackets": lambda n: f"({n[:5]}) {n[5:]}",
    "all in brackets": lambda n: f"(+44{n[1:]})",
    "dashes": lambda n: f"{n[:5]}-{n[5:8]}-{n[8:]}",
    "long dashes": lambda n: f"{n[:5]}\u2013{n[5:8]}\u2014{n[8:]}",
    "dots": lambda n: f"{n[:5]}.{n[5:8]}.{n[8:]}",
    "a stroke": lambda n: f"{n[:5]}/{n[5:]}",
    "full-width figures": lambda n: n.translate(WIDE),
    "full-width plus": lambda n: f"\uff0b44{n[1:]}".translate(WIDE),
    "Arabic figures": lambda n: n.translate(ARABIC),
    "no-break spaces": lambda n: f"{n[:5]}\u00a0{n[5:8]}\u202f{n[8:]}",
    "zero-width spaces": lambda n: f"{n[:5]}\u200b{n[5:]}\ufeff",
    "marks of direction": lambda n: f"\u202a+44 {n[1:5]} {n[5:]}\u202c",
    "tel:": lambda n: f"tel:+44-{n[1:5]}-{n[5:]}",
    "tel: with an extension": lambda n: f"tel:{n};ext=12",
    "an extension": lambda n: f"{n} ext. 4",
    "x4": lambda n: f"{n[:5]} {n[5:]}x4",
    "a leading apostrophe": lambda n: f"'{n}",
    "a formula": lambda n: f'="{n}"',
    "the 0 eaten by a spreadsheet": lambda n: n[1:],
    "a fraction from a spreadsheet": lambda n: f"{n[1:]}.0",
    "an exponent from a spreadsheet": lambda n: f"{n[1]}.{n[2:]}E+09",
    "the letter O for a nought": lambda n: n.replace("0", "O"),
    "a word before": lambda n: f"Mob: {n}",
    "a word behind": lambda n: f"{n} (mum)",
    "with another number": lambda n: f"01632 960123 / {n}",
    "on two lines": lambda n: f"{n[:5]}\n{n[5:]}",
}
