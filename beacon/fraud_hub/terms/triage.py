"""The tick list of vulnerability, and the levels of triage (domain.md 4.3 and 4.5)."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Factor(StrEnum):
    """One line of the tick list (domain.md 4.5)."""

    AGE_OR_ALONE = "age_or_alone"
    REPEAT = "repeat"
    STILL_PAYING = "still_paying"
    IN_CONTACT = "in_contact"
    LARGE_LOSS = "large_loss"
    DISBELIEVES = "disbelieves"
    CONDITION = "condition"
    BEREAVED = "bereaved"
    SUICIDAL = "suicidal"
    ROMANCE = "romance"
    VISITED = "visited"
    REMOTE_ACCESS = "remote_access"
    CARER = "carer"
    LANGUAGE = "language"
    MULE = "mule"
    ABUSE = "abuse"
    REPORTED = "reported"

    @property
    def label(self) -> str:
        """The factor as a page says it."""
        return FACTOR_LABELS[self]


FACTOR_LABELS: dict[Factor, str] = {
    Factor.SUICIDAL: "Suicidal thoughts",
    Factor.VISITED: "The offender knows their address, or has visited",
    Factor.STILL_PAYING: "Still paying",
    Factor.REMOTE_ACCESS: "Remote access to their device is live",
    Factor.CARER: "A carer or relative is suspected",
    Factor.IN_CONTACT: "Still in contact with the offender",
    Factor.AGE_OR_ALONE: "Aged 75 or over, or living alone",
    Factor.REPEAT: "Repeat victim: 2 or more in 12 months",
    Factor.LARGE_LOSS: "A large loss for their means, or debt taken on",
    Factor.DISBELIEVES: "Does not accept that it is fraud",
    Factor.CONDITION: (
        "Dementia, mental health, a learning disability, or a sensory or physical impairment"
    ),
    Factor.BEREAVED: "Bereaved or isolated in the last 12 months",
    Factor.ROMANCE: "Romance or grooming",
    Factor.LANGUAGE: "A language barrier",
    Factor.MULE: "Coerced to move money for others",
    Factor.ABUSE: "Domestic or financial abuse",
    Factor.REPORTED: "The report calls them vulnerable",
}
# A call on the same day, and the manager is told (domain.md RULE 4.3).
CALL_THE_SAME_DAY = (
    Factor.SUICIDAL,
    Factor.VISITED,
    Factor.STILL_PAYING,
    Factor.REMOTE_ACCESS,
    Factor.CARER,
)


class Level(IntEnum):
    """How complex a report is (domain.md 4.3)."""

    ONE = 1
    TWO = 2

    @property
    def label(self) -> str:
        """The level as a page says it."""
        return f"Level {self.value}"


class Because(StrEnum):
    """The rule that gives a report its level."""

    NO_SIGN = "no_sign"
    FACTOR = "factor"
    LOSS = "loss"

    @property
    def label(self) -> str:
        """The rule as a page says it."""
        return {
            "no_sign": "no sign of vulnerability, and less complex (4.3)",
            "factor": "a sign of vulnerability (4.3, 4.5)",
            "loss": "the loss reaches the amount that makes a report complex (4.3)",
        }[self]
