"""Boxes for making, changing and stopping an account, and for changing a setting."""

from __future__ import annotations

from beacon.accounts.terms import ClientFeed
from beacon.core.roles import Role
from beacon.web.fields import (
    CheckboxesField,
    DateField,
    EmailField,
    InputRequired,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

NAME_AT_MOST = 100
REASON_AT_MOST = 500


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


class ChangeStaffForm(BeaconForm):
    """What a person does here, where, and until when."""

    roles = CheckboxesField(
        "Roles",
        [InputRequired("Choose at least one role")],
        choices=[(role.value, role.label) for role in Role],
    )
    team = SelectField("Team")
    agency = StringField(
        "Partner agency", description="Only for a partner's account", max_length=NAME_AT_MOST
    )
    ends_on = DateField("Last day")


class DisableForm(BeaconForm):
    """Why somebody is stopped while they have work in hand."""

    reason = TextAreaField("Why their work is left to nobody", max_length=REASON_AT_MOST)


class SettingForm(BeaconForm):
    """One setting's new value."""

    text = StringField("New value", [InputRequired("Enter the new value")])


class ClientForm(BeaconForm):
    """A program that is to send us referrals, and what it may do."""

    name = StringField(
        "Name of the program",
        [InputRequired("Enter a name for the program")],
        max_length=NAME_AT_MOST,
    )
    feeds = CheckboxesField(
        "Lists that it may send",
        [InputRequired("Choose at least one list")],
        choices=[(feed.value, feed.label) for feed in ClientFeed],
    )
    agency = StringField("Agency in whose name it sends", max_length=NAME_AT_MOST)
    rate = IntegerField(
        "Calls a minute, at most", [InputRequired("Enter how many calls it may make a minute")]
    )
    ends_on = DateField("Last day")
