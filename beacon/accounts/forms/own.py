"""Boxes for one's own account, and for a password that is forgotten."""

from __future__ import annotations

from beacon.accounts import passwords
from beacon.accounts.commands import Declaration
from beacon.accounts.terms import Relation
from beacon.web.fields import (
    EmailField,
    InputRequired,
    PasswordField,
    PostcodeField,
    SelectField,
    StringField,
    TextAreaField,
    UkPhoneField,
)
from beacon.web.forms import BeaconForm

NAME_AT_MOST = 100
ADDRESS_AT_MOST = 500


class ForgottenForm(BeaconForm):
    """Where to send the link."""

    email = EmailField("Email address", [InputRequired("Enter your email address")])


class ChangePasswordForm(BeaconForm):
    """The present password, and the one that takes its place."""

    current_password = PasswordField(
        "Present password", [InputRequired("Enter your present password")]
    )
    password = PasswordField(
        "New password",
        [InputRequired("Enter a new password")],
        description=f"{passwords.SHORTEST} characters or more. Three random words are good.",
    )


class ChangeEmailForm(BeaconForm):
    """The present password, and the address to sign in by."""

    email = EmailField("New email address", [InputRequired("Enter the new email address")])
    current_password = PasswordField(
        "Present password", [InputRequired("Enter your present password")]
    )


class PhoneForm(BeaconForm):
    """The number on which a member of staff can be reached."""

    phone = UkPhoneField("Telephone number")


class DeclareForm(BeaconForm):
    """Somebody whose record the person must never open: whatever is known of them."""

    relation = SelectField(
        "Who it is",
        [InputRequired("Choose who it is")],
        coerce=Relation,
        choices=[("", "Choose…"), *((one.value, one.label) for one in Relation)],
    )
    first_name = StringField("First name", max_length=NAME_AT_MOST)
    last_name = StringField("Surname", max_length=NAME_AT_MOST)
    phone = UkPhoneField("Telephone number")
    email = EmailField("Email address")
    address = TextAreaField("Address", max_length=ADDRESS_AT_MOST)
    postcode = PostcodeField("Postcode")

    def declaration(self) -> Declaration:
        """The answers, as the command wants them."""
        given = {name: str(answer or "") for name, answer in self.answers().items()}
        return Declaration(**given | {"relation": self.relation.data})
