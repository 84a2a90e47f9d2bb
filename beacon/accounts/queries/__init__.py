"""What accounts can be asked."""

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
    email_index,
    everyone,
    get_staff,
    holding,
    teams,
)

__all__ = [
    "Lock",
    "by_email",
    "earlier_sessions",
    "email_index",
    "everyone",
    "factor_of",
    "get_session",
    "get_staff",
    "holding",
    "live_session",
    "living_sessions",
    "lock_on",
    "may_enrol",
    "recovery_code",
    "teams",
    "waiting_notices",
]
