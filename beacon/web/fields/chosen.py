"""Boxes to choose with: lists, ticks and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # WTForms passes untyped values through its hooks

import wtforms
from flask_wtf.file import FileField as FlaskFileField
from flask_wtf.file import MultipleFileField as FlaskMultipleFileField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from beacon.web import widgets
from beacon.web.fields.answered import Answered


class Chosen(Answered):
    """A field with listed answers: `choices` are (value, words) pairs, given by the route."""

    unlisted = "Choose one of the answers in the list."

    def __init__(
        self,
        label: str | None = None,
        validators: Any = None,
        *,
        choices: Any = None,
        coerce: Callable[[Any], Any] = str,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("invalid_value_message", self.unlisted)
        kwargs.setdefault("invalid_choice_message", self.unlisted)
        super().__init__(label, validators, coerce=self.read_by(coerce), **kwargs)
        self.choices = choices

    def read_by(self, coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """How one answer becomes our own type."""
        return coerce

    @property
    def choices(self) -> Any:
        """The answers to choose from."""
        return super().choices  # type: ignore[misc]

    @choices.setter
    def choices(self, given: Any) -> None:
        if isinstance(given, list | tuple):
            given = [SelectChoice(*one) if isinstance(one, tuple) else one for one in given]
        wtforms.SelectField.choices.fset(self, given)


class ChosenOnce(Chosen):
    """One of a list. Nothing chosen is None; `coerce` may be an enum."""

    def read_by(self, coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """An empty answer is no answer, whatever the others become."""
        return lambda value: None if value is None or value == "" else coerce(value)

    def pre_validate(self, form: wtforms.Form) -> None:
        """No answer is not a wrong one; `InputRequired` says whether that will do."""
        if self.process_errors:
            raise StopValidation
        if self.data is not None:
            super().pre_validate(form)


class SelectField(ChosenOnce, wtforms.SelectField):
    """One of a list, in a drop-down whose first choice is ("", "Choose…") where it may be empty."""

    widget = widgets.Select()


class RadioField(ChosenOnce, wtforms.RadioField):
    """One of a list, all shown."""

    widget = widgets.Radios()


class CheckboxesField(Chosen, wtforms.SelectMultipleField):
    """Any number of a list -> list of values."""

    widget = widgets.Checkboxes()
    option_widget = widgets.PlainCheckbox()
    unlisted = "Choose only answers that are in the list."


class BooleanField(Answered, wtforms.BooleanField):
    """One box to tick -> bool."""

    widget = widgets.Checkbox()


class FileField(Answered, FlaskFileField):
    """A file from the person's machine -> FileStorage, or None."""

    widget = widgets.FileInput()


class FilesField(Answered, FlaskMultipleFileField):
    """Some files from the person's machine -> list of FileStorage."""

    widget = widgets.FileInput(multiple=True)
