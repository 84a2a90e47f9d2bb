"""Boxes on a page: GOV.UK widgets outside, our own types inside.

A field's `data` is already checked and of our own type, or None where the box was left empty.
"""

from wtforms.validators import InputRequired

from beacon.web.fields.chosen import (
    BooleanField,
    CheckboxesField,
    FileField,
    FilesField,
    RadioField,
    SelectField,
)
from beacon.web.fields.days import DateField, MomentField
from beacon.web.fields.rules import NotBefore, NotInFuture
from beacon.web.fields.typed import (
    EmailField,
    HiddenField,
    IntegerField,
    MoneyField,
    PasswordField,
    PostcodeField,
    StringField,
    TextAreaField,
    TimeField,
    UkMobileField,
    UkPhoneField,
)

__all__ = [
    "BooleanField",
    "CheckboxesField",
    "DateField",
    "EmailField",
    "FileField",
    "FilesField",
    "HiddenField",
    "InputRequired",
    "IntegerField",
    "MoneyField",
    "MomentField",
    "NotBefore",
    "NotInFuture",
    "PasswordField",
    "PostcodeField",
    "RadioField",
    "SelectField",
    "StringField",
    "TextAreaField",
    "TimeField",
    "UkMobileField",
    "UkPhoneField",
]
