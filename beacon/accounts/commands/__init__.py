"""What can be done about accounts: make them, sign in and out, end sessions, change settings."""

from beacon.accounts.commands.clients import (
    Terms,
    actor_of,
    admit,
    keep_rate,
    make_client,
    revoke_client,
)
from beacon.accounts.commands.declaring import (
    Declaration,
    ask_to_withdraw,
    declare,
    withdraw,
)
from beacon.accounts.commands.drafting import (
    keep_draft,
    sweep_drafts,
    throw_draft_away,
)
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
from beacon.accounts.commands.leaving import (
    disable,
    enable,
)
from beacon.accounts.commands.notices import (
    notify_owner,
    see_notices,
)
from beacon.accounts.commands.own import (
    change_email,
    change_password,
    end_every_session,
    end_session,
)
from beacon.accounts.commands.passwords import (
    invite,
    issue_setup_link,
    link_of,
    set_password,
    use_setup_link,
)
from beacon.accounts.commands.phones import (
    keep_phone,
)
from beacon.accounts.commands.resetting import (
    ask_for_reset,
    send_resets,
)
from beacon.accounts.commands.restoring import end_every_proof
from beacon.accounts.commands.rights import (
    NO_LONGER,
    as_now,
    still_may,
)
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
from beacon.accounts.commands.settings import (
    change_setting,
)
from beacon.accounts.commands.signing_in import (
    check_password,
    open_without_factor,
    sign_in,
)
from beacon.accounts.commands.staff import (
    change_staff,
    create_staff,
)

__all__ = [
    "NO_LONGER",
    "Declaration",
    "Enrolled",
    "Terms",
    "actor_of",
    "admit",
    "as_now",
    "ask_for_reset",
    "ask_to_withdraw",
    "change_email",
    "change_factor",
    "change_password",
    "change_setting",
    "change_staff",
    "check_password",
    "create_staff",
    "declare",
    "digest",
    "disable",
    "enable",
    "end_every_proof",
    "end_every_session",
    "end_other_sessions",
    "end_session",
    "end_sessions",
    "enrol",
    "invite",
    "issue_setup_link",
    "keep_draft",
    "keep_phone",
    "keep_rate",
    "link_of",
    "make_client",
    "new_token",
    "notify_owner",
    "open_without_factor",
    "prove_by_code",
    "prove_by_password",
    "renew",
    "reset_factor",
    "see_notices",
    "revoke_client",
    "send_resets",
    "set_password",
    "show_code",
    "sign_in",
    "sign_out",
    "still_may",
    "sweep_drafts",
    "sweep_sessions",
    "throw_draft_away",
    "touch",
    "use_recovery_code",
    "use_setup_link",
    "withdraw",
]
