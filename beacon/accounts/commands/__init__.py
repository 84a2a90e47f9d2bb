"""What can be done about accounts: make them, sign in and out, end sessions, change settings."""

from beacon.accounts.commands.declaring import Declaration, declare, withdraw
from beacon.accounts.commands.leaving import disable, enable, take_off_factor
from beacon.accounts.commands.notices import notify_owner
from beacon.accounts.commands.own import (
    change_email,
    change_password,
    end_every_session,
    end_other_sessions,
    end_session,
    renew,
)
from beacon.accounts.commands.passwords import (
    invite,
    issue_setup_link,
    link_of,
    set_password,
    use_setup_link,
)
from beacon.accounts.commands.resetting import ask_for_reset, send_resets
from beacon.accounts.commands.sessions import (
    digest,
    end_sessions,
    sign_out,
    sweep_sessions,
    touch,
)
from beacon.accounts.commands.settings import change_setting
from beacon.accounts.commands.signing_in import sign_in
from beacon.accounts.commands.staff import change_staff, create_staff

__all__ = [
    "Declaration",
    "ask_for_reset",
    "change_email",
    "change_password",
    "change_setting",
    "change_staff",
    "create_staff",
    "declare",
    "digest",
    "disable",
    "enable",
    "end_every_session",
    "end_other_sessions",
    "end_session",
    "end_sessions",
    "invite",
    "issue_setup_link",
    "link_of",
    "notify_owner",
    "renew",
    "send_resets",
    "set_password",
    "sign_in",
    "sign_out",
    "sweep_sessions",
    "take_off_factor",
    "touch",
    "use_setup_link",
    "withdraw",
]
