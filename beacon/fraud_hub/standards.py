"""How often the hub tries to reach somebody, which loss is complex, which sum two see."""

from __future__ import annotations

from beacon.core import settings
from beacon.core.settings import KNOWN, Known

TRIES, LARGE = "fraud.tries_at_most", "fraud.large_loss_pounds"
KNOWN.update(
    {
        TRIES: Known(
            "3",
            "count",
            "How often the fraud hub tries to reach somebody",
            "Then a letter, where that is safe, and the decision that they could not be reached",
            most=20,
        ),
        LARGE: Known(
            "5000",
            "count",
            "A loss of so many pounds makes a fraud report level 2",
            "Any sign of vulnerability does so at any loss",
        ),
    }
)
SECOND_PERSON = "fraud.second_person_pounds"
# Most money that comes back is some hundred pounds or a few thousand; a slip of five thousand and
# more would be seen in the published figure, and so rarely comes that asking twice costs little.
KNOWN[SECOND_PERSON] = Known(
    "5000",
    "count",
    "Pounds above which a second person approves an entry of the fraud ledger",
    "The parts of one recovery, logged within a day, count together",
)
CHECK = "fraud.bank_check_days"
KNOWN[CHECK] = Known(
    "180",
    "count",
    "Days after which a firm of the fraud hub’s directory is to be checked again",
    most=730,
)


def second_person_pence() -> int:
    """The amount above which a second person is asked, in pence."""
    return settings.count(SECOND_PERSON) * 100
