"""Boxes for signing in and for setting a password."""

from __future__ import annotations

from beacon.accounts import passwords
from beacon.web.fields import EmailField, InputRequired, PasswordField
from beacon.web.forms import BeaconForm


class SignInForm(BeaconForm):
    """An email address and a password."""

    email = EmailField("Email address", [InputRequired("Enter your email address")])
    password = PasswordField("Password", [InputRequired("Enter your password")])


class NewPasswordForm(BeaconForm):
    """A new password, once."""

    password = PasswordField(
        "New password",
        [InputRequired("Enter a new password")],
        description=f"{passwords.SHORTEST} characters or more. Three random words are good.",
    )
