"""The boxes of the pages of accounts."""

from beacon.accounts.forms.admin import (
    ChangeStaffForm,
    ClientForm,
    DisableForm,
    SettingForm,
    StaffForm,
)
from beacon.accounts.forms.own import (
    ChangeEmailForm,
    ChangePasswordForm,
    DeclareForm,
    ForgottenForm,
    PhoneForm,
)
from beacon.accounts.forms.signing_in import (
    ChangeFactorForm,
    CodeForm,
    NewPasswordForm,
    ProveForm,
    RecoveryForm,
    SeenForm,
    SignInForm,
)

__all__ = [
    "ChangeEmailForm",
    "ChangeFactorForm",
    "ChangePasswordForm",
    "ChangeStaffForm",
    "ClientForm",
    "CodeForm",
    "DeclareForm",
    "DisableForm",
    "ForgottenForm",
    "NewPasswordForm",
    "PhoneForm",
    "ProveForm",
    "RecoveryForm",
    "SeenForm",
    "SettingForm",
    "SignInForm",
    "StaffForm",
]
