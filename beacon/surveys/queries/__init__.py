"""What surveys are asked: who is invited, what lies open, and what the counts say."""

from beacon.surveys.queries.asking import (
    address_index,
    draft_of,
    invitation_of,
    opens,
    print_of,
    read,
)
from beacon.surveys.queries.due import due_after, live_ones, to_follow
from beacon.surveys.queries.inviting import (
    chosen_way,
    email_of,
    groups_of,
    invitations_of,
    mobile_of,
    reason_in_words,
)
from beacon.surveys.queries.measuring import Group, Measured, Said, by_month, measured
from beacon.surveys.queries.reading import (
    comments,
    concerns,
    get_concern,
    get_words,
    names_here,
    open_concerns,
    reference_of,
    words_to_read,
)
from beacon.surveys.queries.showing import Row, rows_of

__all__ = [
    "Group",
    "Measured",
    "Row",
    "Said",
    "address_index",
    "by_month",
    "chosen_way",
    "comments",
    "concerns",
    "draft_of",
    "due_after",
    "email_of",
    "get_concern",
    "get_words",
    "groups_of",
    "invitation_of",
    "invitations_of",
    "live_ones",
    "measured",
    "mobile_of",
    "names_here",
    "open_concerns",
    "opens",
    "print_of",
    "read",
    "reason_in_words",
    "reference_of",
    "rows_of",
    "to_follow",
    "words_to_read",
]
