"""What is written to victims, what is held and why, and the letters to be printed."""

from beacon.notices.queries.letters import (
    PARTED,
    RunRow,
    get_run,
    letters_of,
    printings,
    runs,
    words_of,
)
from beacon.notices.queries.listing import (
    NoticeRow,
    Notices,
    about,
    counts,
    get_notice,
)
from beacon.notices.queries.reaching import (
    address_for,
    email_for,
    mobile_for,
    safe_email,
    safe_mobile,
    way_for,
    way_now,
)
from beacon.notices.queries.waiting import on_their_way, to_ask_again

__all__ = [
    "PARTED",
    "NoticeRow",
    "Notices",
    "RunRow",
    "about",
    "address_for",
    "counts",
    "email_for",
    "get_notice",
    "get_run",
    "letters_of",
    "mobile_for",
    "on_their_way",
    "printings",
    "runs",
    "safe_email",
    "safe_mobile",
    "to_ask_again",
    "way_for",
    "way_now",
    "words_of",
]
