"""Boxes for making an account and changing a setting."""

from __future__ import annotations

from beacon.core.roles import Role
from beacon.web.fields import (
    CheckboxesField,
    EmailField,
    InputRequired,
    SelectField,
    StringField,
)
from beacon.web.forms import BeaconForm

NAME_AT_MOST = 100


class StaffForm(BeaconForm):
    """Who joins, and what they will do."""

    name = StringField(
        "Full name", [InputRequired("Enter the person's name")], max_length=NAME_AT_MOST
    )
    email = EmailField("Email address", [InputRequired("Enter the person's email address")])
    roles = CheckboxesField(
        "Roles",
        [InputRequired("Choose at least one role")],
        choices=[(role.value, role.label) for role in Role],
    )
    team = SelectField("Team")
    agency = StringField(
        "Partner agency", description="Only for a partner's account", max_length=NAME_AT_MOST
    )


class SettingForm(BeaconForm):
    """One setting's new value."""

    text = StringField("New value", [InputRequired("Enter the new value")])
