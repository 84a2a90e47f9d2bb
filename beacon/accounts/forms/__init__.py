"""The boxes of the pages of accounts."""

from beacon.accounts.forms.admin import SettingForm, StaffForm
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
    "ChangeFactorForm",
    "CodeForm",
    "NewPasswordForm",
    "ProveForm",
    "RecoveryForm",
    "SeenForm",
    "SettingForm",
    "SignInForm",
    "StaffForm",
]
