"""What accounts can be asked."""

from beacon.accounts.queries.clients import clients, get_client
from beacon.accounts.queries.drafts import (
    draft_of,
    oldest_draft,
    only_timed_out,
    place_of,
    session_of,
)
from beacon.accounts.queries.own import (
    Declared,
    OpenSession,
    declared_by,
    one_declared,
    sessions_of,
)
from beacon.accounts.queries.resetting import (
    resets_asked,
    resets_before,
)
from beacon.accounts.queries.signing_in import (
    Lock,
    earlier_sessions,
    factor_of,
    get_session,
    live_session,
    living_sessions,
    lock_on,
    may_enrol,
    recovery_code,
    waiting_notices,
)
from beacon.accounts.queries.staff import (
    by_email,
    by_index,
    email_index,
    everyone,
    get_staff,
    holding,
    phone_of,
    teams,
    who_hold,
)
from beacon.accounts.queries.watching import (
    Watch,
    factor_since,
    is_dormant,
    watch,
)

__all__ = [
    "Declared",
    "Lock",
    "OpenSession",
    "Watch",
    "by_email",
    "by_index",
    "clients",
    "declared_by",
    "draft_of",
    "earlier_sessions",
    "email_index",
    "everyone",
    "factor_of",
    "factor_since",
    "get_client",
    "get_session",
    "get_staff",
    "holding",
    "who_hold",
    "is_dormant",
    "live_session",
    "living_sessions",
    "lock_on",
    "may_enrol",
    "oldest_draft",
    "one_declared",
    "only_timed_out",
    "phone_of",
    "place_of",
    "recovery_code",
    "resets_asked",
    "resets_before",
    "session_of",
    "sessions_of",
    "teams",
    "waiting_notices",
    "watch",
]
