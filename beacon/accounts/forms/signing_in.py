"""Boxes for signing in, for the second factor, and for setting a password."""

from __future__ import annotations

from beacon.accounts import passwords
from beacon.web.fields import EmailField, InputRequired, IntegerField, PasswordField, StringField
from beacon.web.forms import BeaconForm

CODE_AT_MOST = 60


class SignInForm(BeaconForm):
    """An email address and a password."""

    email = EmailField("Email address", [InputRequired("Enter your email address")])
    password = PasswordField("Password", [InputRequired("Enter your password")])


class CodeForm(BeaconForm):
    """The code that the authenticator app shows now."""

    code = StringField(
        "Code from your authenticator app",
        [InputRequired("Enter the code of six figures")],
        max_length=CODE_AT_MOST,
    )


class RecoveryForm(BeaconForm):
    """One of the codes that were kept for a lost telephone."""

    code = StringField(
        "Recovery code",
        [InputRequired("Enter one of your recovery codes")],
        max_length=CODE_AT_MOST,
    )


class ChangeFactorForm(CodeForm):
    """The first code of a new app, and the password of somebody who is signed in."""

    password = PasswordField("Your password", [InputRequired("Enter your password")])


class ProveForm(BeaconForm):
    """The password, of somebody who has no authenticator app."""

    password = PasswordField("Password", [InputRequired("Enter your password")])


class SeenForm(BeaconForm):
    """The last of the notices that the page showed."""

    upto = IntegerField("Last notice", [InputRequired("Open the page again")])


class NewPasswordForm(BeaconForm):
    """A new password, once."""

    password = PasswordField(
        "New password",
        [InputRequired("Enter a new password")],
        description=f"{passwords.SHORTEST} characters or more. Three random words are good.",
    )
