"""Telephone numbers: read in any form that people write them, kept in one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType


class PhoneKind(StrEnum):
    """What sort of number it is, which settles what may be done with it."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    PERSONAL = "personal"
    PAGER = "pager"
    NON_GEOGRAPHIC = "non_geographic"
    FOREIGN = "foreign"

    @property
    def label(self) -> str:
        """The kind in words."""
        return LABELS[self]


LABELS: dict[PhoneKind, str] = {
    PhoneKind.MOBILE: "Mobile",
    PhoneKind.LANDLINE: "Landline",
    PhoneKind.PERSONAL: "Personal number (070)",
    PhoneKind.PAGER: "Pager",
    PhoneKind.NON_GEOGRAPHIC: "Non-geographic",
    PhoneKind.FOREIGN: "Outside the United Kingdom",
}

KINDS: dict[int, PhoneKind] = {
    PhoneNumberType.MOBILE: PhoneKind.MOBILE,
    PhoneNumberType.FIXED_LINE: PhoneKind.LANDLINE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: PhoneKind.LANDLINE,
    PhoneNumberType.PERSONAL_NUMBER: PhoneKind.PERSONAL,
    PhoneNumberType.PAGER: PhoneKind.PAGER,
    PhoneNumberType.TOLL_FREE: PhoneKind.NON_GEOGRAPHIC,
    PhoneNumberType.SHARED_COST: PhoneKind.NON_GEOGRAPHIC,
    PhoneNumberType.UAN: PhoneKind.NON_GEOGRAPHIC,
    PhoneNumberType.VOIP: PhoneKind.NON_GEOGRAPHIC,
}

# Ofcom's "numbers for drama": nobody's, so the library holds some of them not to be valid.
DRAMA: dict[re.Pattern[str], PhoneKind] = {
    re.compile(r"\+447700900\d{3}"): PhoneKind.MOBILE,
    re.compile(r"\+441(?:13|14|15|16|17|18|21|31|41|51|61)4960\d{3}"): PhoneKind.LANDLINE,
    re.compile(r"\+441914980\d{3}"): PhoneKind.LANDLINE,
    re.compile(r"\+441632960\d{3}"): PhoneKind.LANDLINE,
    re.compile(r"\+442(?:079460|896496|920180)\d{3}"): PhoneKind.LANDLINE,
    re.compile(r"\+44(?:3069990|8081570)\d{3}"): PhoneKind.NON_GEOGRAPHIC,
}

# Letters are refused, not turned into keypad digits: "07700 900 mum" must not become a number.
_TYPED = re.compile(r"\+?[0-9 ()./\-]+", re.ASCII)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
# What a spreadsheet makes of a number: 7.700900123E+09, 7700900123.0
_EXPONENT = re.compile(r"['=\"]*([0-9](?:\.[0-9]{1,14})?e\+?[0-9]{1,2})\"?")
_ZERO_IN_BRACKETS = re.compile(r"[(\[{]\s*0\s*[)\]}]")
# An extension, or the fraction of a whole number: nothing of the number itself.
_BEHIND = re.compile(
    r"(?<=[0-9])[\s,;(]*(?:(?:ext(?:ension|n)?|xt?)[\s.:=]*[0-9]{1,6}|#\s*[0-9]{1,6})[\s)\"]*$"
    r"|(?<=[0-9]{9})\.0+[\s\"]*$"
)
_LIKE_FIGURES = str.maketrans({"o": "0", "i": "1", "l": "1"})
# A national number behind whatever stands before it: 0, 44, 0044, 01144, +440.
_NATIONAL = re.compile(r"(?:011(?=44))?0*(?:440*)?([1-9][0-9]{8,9})")
_BETWEEN = re.compile(r"[/;,|&\n\r\t]|\bor\b|\band\b", re.IGNORECASE)
_MOBILES = re.compile(r"(?:\+?440?|0044|0)7[0-9]{9}")
# Figures with nothing but the usual marks between them: a number beside words and other figures.
_RUN = re.compile(r"[+(]*[0-9][0-9 ()./\-]*")
FEWEST_FIGURES = 9  # of one number
_UNREADABLE = "Enter a telephone number, such as 01632 960001 or 07700 900001."


@dataclass(frozen=True, eq=False, repr=False)
class Phone:
    """A number that exists or could, in the international form that the networks use."""

    e164: str
    kind: PhoneKind

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number; without a country code it is a number of the United Kingdom."""
        typed = _DASHES.sub("-", _plain(text))
        if not _TYPED.fullmatch(typed):
            raise ValueError(_UNREADABLE)
        try:
            number = phonenumbers.parse(typed, "GB")
        except phonenumbers.NumberParseException as fault:
            raise ValueError(_UNREADABLE) from fault
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return cls(e164, _kind(number, e164))

    @property
    def is_uk_mobile(self) -> bool:
        """Whether a text can reach it at home: not 070, not a pager, not abroad."""
        return self.kind is PhoneKind.MOBILE

    @property
    def is_drama(self) -> bool:
        """Whether Ofcom keeps the number for made-up people, so that nobody answers it."""
        return _drama_kind(self.e164) is not None

    @property
    def readable(self) -> str:
        """The number as it is dialled here and written on paper: 07700 900532."""
        number = phonenumbers.parse(self.e164)
        shape = phonenumbers.PhoneNumberFormat.NATIONAL
        if self.kind is PhoneKind.FOREIGN:
            shape = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(number, shape)

    @property
    def masked(self) -> str:
        """Enough to tell two numbers apart, too little to ring: +44 77•• •••532."""
        number = phonenumbers.parse(self.e164)
        digits = phonenumbers.national_significant_number(number)
        hidden = digits[:2] + "•" * (len(digits) - 5) + digits[-3:]
        return f"+{number.country_code} {hidden[:4]} {hidden[4:-3]}{hidden[-3:]}".rstrip()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phone) and self.e164 == other.e164

    def __hash__(self) -> int:
        return hash(self.e164)

    def __str__(self) -> str:
        return self.e164

    def __repr__(self) -> str:
        # Masked: what is printed in a trace or a failed test may end up in a log.
        return f"{type(self).__name__}({self.masked})"


@dataclass(frozen=True, eq=False, repr=False)
class UkMobile(Phone):
    """A mobile number of the United Kingdom, the only kind that is ever texted."""

    def __post_init__(self) -> None:
        if self.kind is not PhoneKind.MOBILE:
            raise ValueError("Enter a mobile number of the United Kingdom, such as 07700 900001.")


def normal(text: str) -> str:
    """The form by which two writings of a number are compared, even where it is no number.

    Empty where there is no digit in it. It is more lenient than `Phone.parse`, since what it finds
    to be equal is only ever held back, never rung.
    """
    typed = _plain(text).casefold()
    if exponent := _EXPONENT.fullmatch(typed.replace(" ", "")):
        typed = f"{Decimal(exponent[1]):f}"
    typed = _BEHIND.sub("", _ZERO_IN_BRACKETS.sub("", typed))
    if not re.search(r"[a-z]", typed.translate(_LIKE_FIGURES)):
        typed = typed.translate(_LIKE_FIGURES)
    digits = re.sub(r"[^0-9]", "", typed)
    national = _NATIONAL.fullmatch(digits)
    plus = "+" if re.match(r"[^0-9]*\+", typed) else ""
    for reading in (plus + digits, f"+44{national[1]}" if national else "", digits):
        try:
            return Phone.parse(reading).e164
        except ValueError:
            continue
    return f"44{national[1]}" if national else digits


def all_in(text: str) -> tuple[str, ...]:
    """The normal form of what was written, and of each number that may stand in it.

    Several in one place, or one beside a note with figures: "07700 900123 after 6pm".
    """
    shown = _plain(text)
    parts = [*_BETWEEN.split(shown), *_RUN.findall(_DASHES.sub("-", shown))]
    parts = [part for part in parts if _figures_in(part) >= FEWEST_FIGURES]
    parts += _MOBILES.findall(re.sub(r"[^0-9+]", "", shown))
    forms = [normal(part) for part in dict.fromkeys((text, *parts))]
    return tuple(dict.fromkeys(form for form in forms if form))


def _figures_in(text: str) -> int:
    return sum(mark.isdecimal() for mark in text)


def _plain(text: str) -> str:
    """The text with plain figures and without marks that nobody sees."""
    if text.isascii():
        return text.strip()
    shown = (mark for mark in unicodedata.normalize("NFKC", text) if not _is_unseen(mark))
    return "".join(str(unicodedata.decimal(mark, mark)) for mark in shown).strip()


def _is_unseen(mark: str) -> bool:
    """Whether it only sets a direction or joins: contacts copied from a telephone carry these."""
    return unicodedata.category(mark) == "Cf"


def readable(number: str) -> str:
    """A number as it is dialled here; as it was written where it cannot be read."""
    try:
        return Phone.parse(number).readable
    except ValueError:
        return number


def compared(typed: str) -> str:
    """The form in which a number is kept to be found by: its own, or whatever was written."""
    try:
        return Phone.parse(typed).e164
    except ValueError:
        return normal(typed) or typed.casefold()


def _kind(number: PhoneNumber, e164: str) -> PhoneKind:
    """What sort of number it is; refused where it is none, or one that costs the caller dear."""
    if kind := _drama_kind(e164):
        return kind
    if not phonenumbers.is_valid_number(number):
        raise ValueError(_UNREADABLE)
    if number.country_code != 44:
        return PhoneKind.FOREIGN
    kind = KINDS.get(phonenumbers.number_type(number))
    if kind is None:
        raise ValueError("Enter an ordinary number: this one is charged at a premium rate.")
    return kind


def _drama_kind(e164: str) -> PhoneKind | None:
    return next((kind for shape, kind in DRAMA.items() if shape.fullmatch(e164)), None)
