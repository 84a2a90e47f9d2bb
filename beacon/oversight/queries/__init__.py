"""What oversight can be asked."""

from beacon.oversight.queries.log import (
    About,
    LogLine,
    lines_of,
    people_of_the_log,
    records_of,
)
from beacon.oversight.queries.reviews import (
    ReviewRow,
    one_review,
    reviews_done,
    reviews_waiting,
)
from beacon.oversight.queries.unusual import (
    Listed,
    unusual,
    week_of,
)

__all__ = [
    "About",
    "Listed",
    "LogLine",
    "ReviewRow",
    "lines_of",
    "one_review",
    "people_of_the_log",
    "records_of",
    "reviews_done",
    "reviews_waiting",
    "unusual",
    "week_of",
]
