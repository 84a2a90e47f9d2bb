"""How each kind of box is drawn: the GOV.UK widgets, with the few faults we know of mended."""

from __future__ import annotations

from typing import Any  # WTForms and the GOV.UK macros pass untyped parameters

from flask import current_app
from govuk_frontend_wtf import wtforms_widgets as govuk
from govuk_frontend_wtf.gov_form_base import GovFormBase
from markupsafe import Markup
from wtforms.widgets import CheckboxInput


class Drawn(GovFormBase):
    """Draws the widget's template alone, and leaves `required` to the server's own sentences."""

    extra: dict[str, Any] = {}

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs["required"] = False
        return super().__call__(field, **kwargs)

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """The parameters of the macro: the field's own, the widget's, then the template's."""
        kwargs.pop("required", None)
        kwargs.pop("maxlength", None)
        kwargs["params"] = {**self.extra, **kwargs.get("params", {})}
        label_class = kwargs["params"].pop("label_class", None)
        label_words = kwargs["params"].pop("label_words", None)
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)
        heading = params.get("fieldset", {}).get("legend") or params.get("label") or {}
        if label_class:
            heading["classes"] = label_class
        if label_words:
            heading["text"] = label_words
        if not any((params.get("hint") or {}).values()):
            params["hint"] = None
        return params

    def render(self, params: dict[str, Any]) -> Markup:
        """Draw without the page's context, which would be gathered again for every box."""
        template = current_app.jinja_env.get_template(self.template)
        return Markup(template.render(params=params))  # noqa: S704  # nosec B704  # the template escapes


class TextInput(Drawn, govuk.GovTextInput):
    """One line."""


class EmailInput(TextInput):
    """An e-mail address."""

    input_type = "email"
    extra = {"autocomplete": "off", "spellcheck": False}


class NumberInput(TextInput):
    """A whole number, in a narrow box with a numeric keyboard."""

    extra = {"inputmode": "numeric", "classes": "govuk-input--width-5", "spellcheck": False}


class MoneyInput(TextInput):
    """An amount, with its pound sign before the box."""

    extra = {
        "inputmode": "decimal",
        "classes": "govuk-input--width-10",
        "prefix": {"text": "£"},
        "spellcheck": False,
    }


class PhoneInput(TextInput):
    """A telephone number."""

    input_type = "tel"
    extra = {"classes": "govuk-input--width-20", "autocomplete": "off"}


class PostcodeInput(TextInput):
    """A postcode."""

    extra = {"classes": "govuk-input--width-10", "autocomplete": "off", "spellcheck": False}


class TimeInput(TextInput):
    """A time of day."""

    extra = {"classes": "govuk-input--width-5", "autocomplete": "off", "spellcheck": False}


class PasswordInput(Drawn, govuk.GovPasswordInput):
    """A password, which may be shown on request."""

    extra = {"autocomplete": "current-password"}

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs["value"] = ""
        return super().__call__(field, **kwargs)


class TextArea(Drawn, govuk.GovTextArea):
    """Several lines."""


class Select(Drawn, govuk.GovSelect):
    """A drop-down."""


class FileInput(Drawn, govuk.GovFileInput):
    """A file chooser."""


class Listed(Drawn):
    """Radios and checkboxes: hints and hidden boxes by value, and a first box to link to."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Each answer with its own hint and the boxes it reveals."""
        given = dict(kwargs.pop("params", {}))
        hints, reveal = given.pop("hints", {}), given.pop("reveal", {})
        for item in kwargs["items"]:
            value = str(item["value"])
            if value in hints:
                item["hint"] = {"text": hints[value]}
            if value in reveal:
                item["conditional"] = {"html": reveal[value]}
        params = super().map_gov_params(field, params=given, **kwargs)
        params["idPrefix"] = field.id
        return params


class Radios(Listed, govuk.GovRadioInput):
    """One of several, all shown."""


class Checkboxes(Listed, govuk.GovCheckboxesInput):
    """Any of several, all shown."""


class Checkbox(Listed, govuk.GovCheckboxInput):
    """One box to tick; its own label says what it means."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """One box needs no group around it."""
        params = super().map_gov_params(field, **kwargs)
        params.pop("fieldset", None)
        return params


class PlainCheckbox(CheckboxInput):
    """The bare box that a group asks whether it is ticked."""


class DateInput(Drawn):
    """Day, month and year, however many of them a script has sent."""

    template = "govuk_frontend_wtf/date.html"

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs.setdefault("id", field.id)
        return super().__call__(field, **kwargs)

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Three boxes of one name, each with its own id."""
        params = super().map_gov_params(field, **kwargs)
        params["fieldset"] = {"legend": params.pop("label")}
        params["items"] = day_boxes(field)
        return params


class MomentInput(DateInput):
    """Day, month, year and time; asks which of two when the clocks go back."""

    template = "widgets/moment.html"

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """The boxes of the day, and the box of the time."""
        params = super().map_gov_params(field, **kwargs)
        wrong = " govuk-input--error" if field.errors else ""
        params["time"] = {
            "label": "Time",
            "id": f"{field.id}-time",
            "name": f"{field.name}-time",
            "value": field.time_box,
            "classes": f"govuk-input--width-5{wrong}",
        }
        params["which"] = field.typed_which
        params["asks_which"] = field.asks_which
        return params


DAY = ("govuk-input--width-2", "govuk-input--width-2", "govuk-input--width-4")


def day_boxes(field: Any) -> list[dict[str, Any]]:
    """The three boxes of a day as the date macro takes them."""
    wrong = " govuk-input--error" if field.errors and field.first_box == "-day" else ""
    words = zip(("Day", "Month", "Year"), DAY, field.boxes, strict=True)
    return [
        {
            "label": word,
            "id": f"{field.id}-{word.lower()}",
            "name": field.name,
            "classes": width + wrong,
            "value": value,
        }
        for word, width, value in words
    ]
