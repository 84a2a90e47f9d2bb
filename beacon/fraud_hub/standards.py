"""From which amount money in the ledger needs a second person: a setting, with a safe default."""

from __future__ import annotations

from beacon.core import settings
from beacon.core.settings import KNOWN, Known

SECOND_PERSON = "fraud.second_person_pounds"
# Most money that comes back is some hundred pounds or a few thousand; a slip of five thousand and
# more would be seen in the published figure, and so rarely comes that asking twice costs little.
KNOWN[SECOND_PERSON] = Known(
    "5000",
    "count",
    "Pounds above which a second person approves an entry of the fraud ledger",
    "The parts of one recovery, logged within a day, count together",
)


def second_person_pence() -> int:
    """The amount above which a second person is asked, in pence."""
    return settings.count(SECOND_PERSON) * 100
