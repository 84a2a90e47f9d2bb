"""How often the hub tries to reach somebody, and which loss makes a report complex."""

from __future__ import annotations

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
