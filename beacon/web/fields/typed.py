"""Boxes a person types one answer in: text, numbers, money, telephones, times of day."""

from __future__ import annotations

import re
import unicodedata
from datetime import time
from typing import Any  # WTForms passes untyped values through its hooks

import wtforms
from flask import current_app

from beacon.core.money import Money
from beacon.core.phone import Phone, UkMobile
from beacon.core.postcode import Postcode
from beacon.web import widgets
from beacon.web.fields.answered import Answered, unkeepable
from beacon.web.fields.reading import read_time

LINE_LENGTH = 200
TEXT_LENGTH = 10_000
PASSWORD_LENGTH = 1_024


class Typed(Answered):
    """A box a person types in: refuses what cannot be kept and what is too long."""

    max_length = LINE_LENGTH

    def __init__(
        self, *args: Any, max_length: int | None = None, in_errors: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.max_length = max_length or self.max_length
        self.in_errors = in_errors

    def tidied(self, text: str) -> str:
        """The text on one line, without spaces around it, in one form of Unicode."""
        return unicodedata.normalize("NFC", " ".join(text.split()))

    def read(self, text: str) -> Any:
        """The answer as our own type; a ValueError's sentence is shown by the box."""
        return text

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, or say in one sentence why it cannot be read."""
        if not valuelist:
            return
        typed = str(valuelist[0])
        self.typed = typed
        self.data: Any = None
        if unkeepable(typed):
            raise ValueError(
                f"{self.name_in_errors} has a character that cannot be kept. "
                "Delete it, or type the answer again."
            )
        if len(typed) > self.max_length:
            raise ValueError(
                f"{self.name_in_errors} must be {self.max_length:,} characters or fewer."
            )
        text = self.tidied(typed)
        self.raw_data = [text]
        self.data = self.read(text) if text else self.nothing

    nothing: Any = None

    def _value(self) -> str:
        shown = getattr(self, "typed", None)
        if shown is not None:
            return str(shown).replace("\0", "")
        return "" if self.data is None else self.written(self.data)

    def written(self, answer: Any) -> str:
        """The answer as it stands in the box when the page is first shown."""
        return str(answer)


class StringField(Typed, wtforms.StringField):
    """One line of text. Empty is an empty string."""

    widget = widgets.TextInput()
    nothing = ""


class EmailField(StringField):
    """An e-mail address, as typed; the form adds the `Email` validator of its choice."""

    widget = widgets.EmailInput()
    max_length = 254


class HiddenField(Typed, wtforms.HiddenField):
    """A value the page carries and the person does not see."""

    nothing = ""


class TextAreaField(Typed, wtforms.TextAreaField):
    """Several lines of text. Empty is an empty string."""

    widget = widgets.TextArea()
    max_length = TEXT_LENGTH
    nothing = ""

    def tidied(self, text: str) -> str:
        """The text with its lines kept."""
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").strip())


class PasswordField(Typed, wtforms.PasswordField):
    """A secret, kept exactly as typed."""

    widget = widgets.PasswordInput()
    max_length = PASSWORD_LENGTH
    nothing = ""

    def tidied(self, text: str) -> str:
        """Nothing is tidied away from a password."""
        return text


class IntegerField(Typed, wtforms.StringField):
    """A whole number -> int."""

    widget = widgets.NumberInput()
    max_length = 18

    def __init__(
        self, *args: Any, least: int | None = 0, most: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = least, most

    def read(self, text: str) -> int:
        """The number, within its limits."""
        figures = text.replace(",", "").replace("\u2212", "-")
        if not re.fullmatch(r"-?[0-9]+", figures):
            raise ValueError(f"{self.name_in_errors} must be a whole number, like 12.")
        number = int(figures)
        if self.least is not None and number < self.least:
            raise ValueError(f"{self.name_in_errors} must be {self.least:,} or more.")
        if self.most is not None and number > self.most:
            raise ValueError(f"{self.name_in_errors} must be {self.most:,} or less.")
        return number


class MoneyField(Typed, wtforms.StringField):
    """Pounds and pence as typed -> whole pence."""

    widget = widgets.MoneyInput()
    max_length = 30

    def read(self, text: str) -> int:
        """The amount in pence."""
        return Money.parse(text).pence

    def written(self, answer: int) -> str:
        """The amount without its sign, which stands before the box."""
        return str(Money(answer)).replace("£", "")


class UkPhoneField(Typed, wtforms.StringField):
    """Any telephone number that can be called from here -> Phone."""

    widget = widgets.PhoneInput()
    max_length = 40

    def read(self, text: str) -> Phone:
        """The number in its one form."""
        return self.real(Phone.parse(text))

    def real(self, number: Phone) -> Phone:
        """Refuse, in the real service, a number that Ofcom keeps for made-up people."""
        if number.is_drama and current_app.config["BEACON"].is_production:
            raise ValueError("Enter a real number: this one is kept for made-up people.")
        return number

    def written(self, answer: Phone | str) -> str:
        """The number as it is dialled here."""
        return answer.readable if isinstance(answer, Phone) else answer


class UkMobileField(UkPhoneField):
    """A mobile that can be texted -> UkMobile."""

    def read(self, text: str) -> Phone:
        """The number in its one form."""
        return self.real(UkMobile.parse(text))


class PostcodeField(Typed, wtforms.StringField):
    """A full postcode -> Postcode."""

    widget = widgets.PostcodeInput()
    max_length = 12

    def read(self, text: str) -> Postcode:
        """The postcode in its one form."""
        return Postcode.parse(text)


class TimeField(Typed, wtforms.StringField):
    """A time of day -> time."""

    widget = widgets.TimeInput()
    max_length = 20

    def read(self, text: str) -> time:
        """The time of day."""
        return read_time(text)

    def written(self, answer: time) -> str:
        """The time as 09:30."""
        return f"{answer:%H:%M}"
