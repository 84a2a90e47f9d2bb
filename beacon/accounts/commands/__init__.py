"""What can be done about accounts: make them, sign in and out, end sessions, change settings."""

from beacon.accounts.commands.factors import (
    Enrolled,
    change_factor,
    enrol,
    prove_by_code,
    prove_by_password,
    reset_factor,
    show_code,
    use_recovery_code,
)
from beacon.accounts.commands.notices import notify_owner, see_notices
from beacon.accounts.commands.passwords import issue_setup_link, set_password, use_setup_link
from beacon.accounts.commands.sessions import (
    digest,
    end_other_sessions,
    end_sessions,
    new_token,
    renew,
    sign_out,
    sweep_sessions,
    touch,
)
from beacon.accounts.commands.settings import change_setting
from beacon.accounts.commands.signing_in import check_password, open_without_factor, sign_in
from beacon.accounts.commands.staff import create_staff, disable

__all__ = [
    "Enrolled",
    "change_factor",
    "change_setting",
    "check_password",
    "create_staff",
    "digest",
    "disable",
    "end_other_sessions",
    "end_sessions",
    "enrol",
    "issue_setup_link",
    "new_token",
    "notify_owner",
    "open_without_factor",
    "prove_by_code",
    "prove_by_password",
    "renew",
    "reset_factor",
    "see_notices",
    "set_password",
    "show_code",
    "sign_in",
    "sign_out",
    "sweep_sessions",
    "touch",
    "use_recovery_code",
    "use_setup_link",
]
