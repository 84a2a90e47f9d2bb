"""The boxes of the pages of accounts."""

from beacon.accounts.forms.admin import SettingForm, StaffForm
from beacon.accounts.forms.signing_in import NewPasswordForm, SignInForm

__all__ = ["NewPasswordForm", "SettingForm", "SignInForm", "StaffForm"]
