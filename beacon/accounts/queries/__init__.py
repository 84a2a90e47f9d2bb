"""What accounts can be asked."""

from beacon.accounts.queries.own import Declared, OpenSession, declared_by, sessions_of
from beacon.accounts.queries.resetting import resets_asked, resets_before
from beacon.accounts.queries.signing_in import Lock, live_session, lock_on
from beacon.accounts.queries.staff import (
    by_email,
    by_index,
    email_index,
    everyone,
    get_staff,
    holding,
    teams,
)
from beacon.accounts.queries.watching import Watch, factor_since, is_dormant, watch

__all__ = [
    "Declared",
    "Lock",
    "OpenSession",
    "Watch",
    "by_email",
    "by_index",
    "declared_by",
    "email_index",
    "everyone",
    "factor_since",
    "get_staff",
    "holding",
    "is_dormant",
    "live_session",
    "lock_on",
    "resets_asked",
    "resets_before",
    "sessions_of",
    "teams",
    "watch",
]
