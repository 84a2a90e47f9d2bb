"""Who is owed more under the Code, and why."""

from __future__ import annotations

from enum import StrEnum


class VictimCategory(StrEnum):
    """Whether a victim has the ordinary rights or Enhanced Rights."""

    STANDARD = "standard"
    ENHANCED = "enhanced"

    @property
    def label(self) -> str:
        """The category as a page says it."""
        return self.value.capitalize()


class EnhancedGround(StrEnum):
    """Why a victim has Enhanced Rights: any one is enough (domain.md 1.4)."""

    BEREAVED = "bereaved"
    DOMESTIC_ABUSE = "domestic_abuse"
    HATE_CRIME = "hate_crime"
    TERRORISM = "terrorism"
    SEXUAL_OFFENCE = "sexual_offence"
    TRAFFICKING = "trafficking"
    ATTEMPTED_MURDER = "attempted_murder"
    KIDNAP = "kidnap"
    FALSE_IMPRISONMENT = "false_imprisonment"
    ARSON_ENDANGERING_LIFE = "arson_endangering_life"
    WOUNDING_WITH_INTENT = "wounding_with_intent"
    MOST_SERIOUS = "most_serious"
    PERSISTENTLY_TARGETED = "persistently_targeted"
    UNDER_18 = "under_18"
    VULNERABLE = "vulnerable"
    INTIMIDATED = "intimidated"
    DISCRETION = "discretion"

    @property
    def label(self) -> str:
        """The ground as the Code words it, shortened."""
        return GROUND_LABELS[self]

    @property
    def group(self) -> str:
        """The group of the Code under which the ground stands."""
        return next(group for group, grounds in GROUND_GROUPS.items() if self in grounds)


GROUND_LABELS: dict[EnhancedGround, str] = {
    EnhancedGround.BEREAVED: "Close relative bereaved by criminal conduct",
    EnhancedGround.DOMESTIC_ABUSE: "Domestic abuse",
    EnhancedGround.HATE_CRIME: "Hate crime",
    EnhancedGround.TERRORISM: "Terrorism",
    EnhancedGround.SEXUAL_OFFENCE: "Sexual offence",
    EnhancedGround.TRAFFICKING: "Human trafficking or modern slavery",
    EnhancedGround.ATTEMPTED_MURDER: "Attempted murder",
    EnhancedGround.KIDNAP: "Kidnap",
    EnhancedGround.FALSE_IMPRISONMENT: "False imprisonment",
    EnhancedGround.ARSON_ENDANGERING_LIFE: "Arson with intent to endanger life",
    EnhancedGround.WOUNDING_WITH_INTENT: "Wounding or grievous bodily harm with intent",
    EnhancedGround.MOST_SERIOUS: "Another of the most serious crimes",
    EnhancedGround.PERSISTENTLY_TARGETED: "Persistently targeted, harassed or stalked",
    EnhancedGround.UNDER_18: "Under 18 at the time of the offence",
    EnhancedGround.VULNERABLE: "Vulnerable: mental disorder, impairment or disability",
    EnhancedGround.INTIMIDATED: "Intimidated: fear or distress about giving evidence",
    EnhancedGround.DISCRETION: "Given at our discretion",
}

GROUND_GROUPS: dict[str, tuple[EnhancedGround, ...]] = {
    "Victim of the most serious crime": (
        EnhancedGround.BEREAVED,
        EnhancedGround.DOMESTIC_ABUSE,
        EnhancedGround.HATE_CRIME,
        EnhancedGround.TERRORISM,
        EnhancedGround.SEXUAL_OFFENCE,
        EnhancedGround.TRAFFICKING,
        EnhancedGround.ATTEMPTED_MURDER,
        EnhancedGround.KIDNAP,
        EnhancedGround.FALSE_IMPRISONMENT,
        EnhancedGround.ARSON_ENDANGERING_LIFE,
        EnhancedGround.WOUNDING_WITH_INTENT,
        EnhancedGround.MOST_SERIOUS,
    ),
    "Persistently targeted": (EnhancedGround.PERSISTENTLY_TARGETED,),
    "Vulnerable or intimidated": (
        EnhancedGround.UNDER_18,
        EnhancedGround.VULNERABLE,
        EnhancedGround.INTIMIDATED,
    ),
    "Discretion": (EnhancedGround.DISCRETION,),
}
