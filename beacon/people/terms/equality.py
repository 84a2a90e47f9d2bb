"""What people say of themselves, when they are asked, for the equality figures."""

from __future__ import annotations

from enum import StrEnum


class Disability(StrEnum):
    """What a person says of disability, when they are asked (domain.md 2.5)."""

    NONE = "none"
    PHYSICAL = "physical"
    SENSORY = "sensory"
    LEARNING_DISABILITY = "learning_disability"
    LEARNING_DIFFICULTY = "learning_difficulty"
    MENTAL_HEALTH = "mental_health"
    LONG_TERM_ILLNESS = "long_term_illness"
    NEURODIVERGENT = "neurodivergent"
    OTHER = "other"
    SEVERAL = "several"
    PREFER_NOT_TO_SAY = "prefer_not_to_say"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {
            "none": "No disability",
            "physical": "Physical",
            "sensory": "Sensory: sight, hearing",
            "learning_disability": "Learning disability",
            "learning_difficulty": "Learning difficulty",
            "mental_health": "Mental health",
            "long_term_illness": "Long-term illness",
            "neurodivergent": "Neurodivergent",
            "other": "Another",
            "several": "More than one of these",
            "prefer_not_to_say": "Prefer not to say",
            "not_asked": "Not asked",
        }[self]


class Orientation(StrEnum):
    """What a person says of their sexual orientation, when they are asked (domain.md 2.5)."""

    HETEROSEXUAL = "heterosexual"
    GAY_OR_LESBIAN = "gay_or_lesbian"
    BISEXUAL = "bisexual"
    OTHER = "other"
    PREFER_NOT_TO_SAY = "prefer_not_to_say"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        if self is Orientation.OTHER:
            return "Another"
        return self.value.replace("_", " ").capitalize()


class Religion(StrEnum):
    """What a person says of their religion, when they are asked (domain.md 2.5)."""

    NONE = "none"
    CHRISTIAN = "christian"
    BUDDHIST = "buddhist"
    HINDU = "hindu"
    JEWISH = "jewish"
    MUSLIM = "muslim"
    SIKH = "sikh"
    OTHER = "other"
    PREFER_NOT_TO_SAY = "prefer_not_to_say"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        named = {Religion.NONE: "No religion", Religion.OTHER: "Another"}
        return named.get(self, self.value.replace("_", " ").capitalize())
