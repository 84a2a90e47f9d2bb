"""Boxes to choose with: lists, ticks and files."""

from __future__ import annotations

from typing import Any  # WTForms passes untyped values through its hooks

import wtforms
from flask_wtf.file import FileField as FlaskFileField
from flask_wtf.file import MultipleFileField as FlaskMultipleFileField
from wtforms.validators import StopValidation, ValidationError

from beacon.web import widgets
from beacon.web.fields.answered import Answered


class Chosen(Answered):
    """A field with listed answers. `choices` are passed by the route as (value, words) pairs."""

    def pre_validate(self, form: wtforms.Form) -> None:
        """Refuse an answer that is not in the list, in words of ours."""
        try:
            super().pre_validate(form)
        except StopValidation:
            raise
        except ValidationError as unlisted:
            raise StopValidation(self.unlisted) from unlisted

    unlisted = "Choose one of the answers in the list."


class SelectField(Chosen, wtforms.SelectField):
    """One of a list, in a drop-down. Not answered is None where the first choice is ("", …)."""

    widget = widgets.Select()

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("coerce", _chosen)
        super().__init__(label, validators, **kwargs)

    def pre_validate(self, form: wtforms.Form) -> None:
        """An empty answer is no answer; `InputRequired` says whether that will do."""
        if self.raw_data and not self.process_errors and self.data is not None:
            super().pre_validate(form)
        elif self.process_errors:
            raise StopValidation(self.unlisted)


class RadioField(Chosen, wtforms.RadioField):
    """One of a list, all shown. Not answered is None."""

    widget = widgets.Radios()

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("coerce", _chosen)
        super().__init__(label, validators, **kwargs)

    def pre_validate(self, form: wtforms.Form) -> None:
        """Nothing chosen is no answer; `InputRequired` says whether that will do."""
        if self.raw_data and not self.process_errors and self.data is not None:
            super().pre_validate(form)
        elif self.process_errors:
            raise StopValidation(self.unlisted)


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


def _chosen(value: Any) -> str | None:
    return None if value is None or str(value) == "" else str(value)
