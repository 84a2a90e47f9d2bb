"""Checks that need the day it is; the rest are WTForms' own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any  # a field's data is of its own type

import wtforms
from wtforms.validators import StopValidation

from beacon.core import clock


class NotInFuture:
    """A day or moment that has been, for what people record afterwards."""

    def __init__(self, message: str | None = None) -> None:
        self.message = message

    def __call__(self, form: wtforms.Form, field: Any) -> None:
        latest = clock.now() if isinstance(field.data, datetime) else clock.today()
        if field.data is not None and field.data > latest:
            raise StopValidation(
                self.message or f"{field.name_in_errors} must be today or in the past."
            )


class NotBefore:
    """A day no earlier than one the route knows; `earliest` is asked when the form is checked."""

    def __init__(self, earliest: Callable[[], date], message: str) -> None:
        self.earliest = earliest
        self.message = message

    def __call__(self, form: wtforms.Form, field: Any) -> None:
        if field.data is not None and field.data < self.earliest():
            raise StopValidation(self.message)
