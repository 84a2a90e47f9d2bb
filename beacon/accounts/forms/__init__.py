"""The boxes of the pages of accounts."""

from beacon.accounts.forms.admin import (
    ChangeStaffForm,
    DisableForm,
    OrderForm,
    SettingForm,
    StaffForm,
)
from beacon.accounts.forms.own import (
    ChangeEmailForm,
    ChangePasswordForm,
    DeclareForm,
    ForgottenForm,
)
from beacon.accounts.forms.signing_in import NewPasswordForm, SignInForm

__all__ = [
    "ChangeEmailForm",
    "ChangePasswordForm",
    "ChangeStaffForm",
    "DeclareForm",
    "DisableForm",
    "ForgottenForm",
    "NewPasswordForm",
    "OrderForm",
    "SettingForm",
    "SignInForm",
    "StaffForm",
]
