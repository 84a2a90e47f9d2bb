"""Into which group a crime falls in the figures: the first that fits, from the top."""

from __future__ import annotations

from enum import StrEnum


class CrimeGroup(StrEnum):
    """What kind of matter a case is about, each case in one group (domain.md 2.3)."""

    FRAUD = "fraud"
    ASB = "asb"
    DOMESTIC_ABUSE = "domestic_abuse"
    SEXUAL = "sexual"
    HATE = "hate"
    SLAVERY = "slavery"
    BEREAVED = "bereaved"
    STALKING = "stalking"
    ROBBERY = "robbery"
    VIOLENCE = "violence"
    THEFT = "theft"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The group as a row says it."""
        return CRIME_LABELS[self]


CRIME_LABELS: dict[CrimeGroup, str] = {
    CrimeGroup.FRAUD: "Fraud",
    CrimeGroup.ASB: "Anti-social behaviour",
    CrimeGroup.DOMESTIC_ABUSE: "Domestic abuse",
    CrimeGroup.SEXUAL: "Sexual offences",
    CrimeGroup.HATE: "Hate crime",
    CrimeGroup.SLAVERY: "Modern slavery",
    CrimeGroup.BEREAVED: "Bereaved by a crime",
    CrimeGroup.STALKING: "Stalking and harassment",
    CrimeGroup.ROBBERY: "Robbery",
    CrimeGroup.VIOLENCE: "Violence",
    CrimeGroup.THEFT: "Burglary, theft and damage",
    CrimeGroup.OTHER: "Other crime",
}
# Where neither the kind of matter nor a ground says it: parts of the words of the offence.
OFFENCE_WORDS: dict[CrimeGroup, tuple[str, ...]] = {
    CrimeGroup.STALKING: ("stalk", "harass"),
    CrimeGroup.ROBBERY: ("robbery",),
    CrimeGroup.VIOLENCE: (
        "assault", "wound", "bodily harm", "murder", "manslaughter", "violence", "kidnap",
        "threat", "affray", "strangul",
    ),
    CrimeGroup.THEFT: (
        "burglary", "theft", "damage", "shoplift", "vehicle", "arson", "stolen",
    ),
}  # fmt: skip
