"""What oversight can be asked."""

from beacon.oversight.queries.log import About, LogLine, lines_of, people_of_the_log, records_of
from beacon.oversight.queries.unusual import Listed, unusual, week_of

__all__ = [
    "About",
    "Listed",
    "LogLine",
    "lines_of",
    "people_of_the_log",
    "records_of",
    "unusual",
    "week_of",
]
