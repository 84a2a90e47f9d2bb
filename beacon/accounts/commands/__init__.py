"""What can be done about accounts: make them, sign in and out, end sessions, change settings."""

from beacon.accounts.commands.drafting import keep_draft, sweep_drafts, throw_draft_away
from beacon.accounts.commands.passwords import issue_setup_link, set_password, use_setup_link
from beacon.accounts.commands.sessions import (
    digest,
    end_sessions,
    sign_out,
    sweep_sessions,
    touch,
)
from beacon.accounts.commands.settings import change_setting
from beacon.accounts.commands.signing_in import sign_in
from beacon.accounts.commands.staff import create_staff, disable

__all__ = [
    "change_setting",
    "create_staff",
    "digest",
    "disable",
    "end_sessions",
    "issue_setup_link",
    "keep_draft",
    "set_password",
    "sign_in",
    "sign_out",
    "sweep_drafts",
    "sweep_sessions",
    "throw_draft_away",
    "touch",
    "use_setup_link",
]
