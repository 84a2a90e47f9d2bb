"""What accounts can be asked."""

from beacon.accounts.queries.drafts import author_of, draft_of, oldest_draft, place_of
from beacon.accounts.queries.signing_in import Lock, live_session, lock_on
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
    "author_of",
    "by_email",
    "draft_of",
    "email_index",
    "everyone",
    "get_staff",
    "holding",
    "live_session",
    "lock_on",
    "oldest_draft",
    "place_of",
    "teams",
]
