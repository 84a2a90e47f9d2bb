"""The words of an out-of-court disposal and of the victim's view on it (R6_OOCVIEW, R6_OOC)."""

from __future__ import annotations

from enum import StrEnum


class Disposal(StrEnum):
    """Which disposal is considered."""

    COMMUNITY_RESOLUTION = "community_resolution"
    SIMPLE_CAUTION = "simple_caution"
    CONDITIONAL_CAUTION = "conditional_caution"
    YOUTH_CAUTION = "youth_caution"
    YOUTH_CONDITIONAL = "youth_conditional"
    PENALTY_NOTICE = "penalty_notice"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The disposal as a page says it."""
        return {
            "community_resolution": "Community resolution",
            "simple_caution": "Simple caution",
            "conditional_caution": "Conditional caution",
            "youth_caution": "Youth caution",
            "youth_conditional": "Youth conditional caution",
            "penalty_notice": "Penalty notice for disorder",
            "other": "Another disposal",
        }[self]


class AskedBy(StrEnum):
    """Who asks for the victim's view."""

    POLICE = "police"
    CPS = "cps"
    BEACON = "beacon"

    @property
    def label(self) -> str:
        """The body as a page says it."""
        return {
            "police": "The police",
            "cps": "The Crown Prosecution Service",
            "beacon": "Beacon, for the police",
        }[self]


class ViewStep(StrEnum):
    """One step with a disposal."""

    TRIED = "tried"
    ASKED = "asked"
    VIEW = "view"
    NO_VIEW = "no_view"
    PASSED = "passed"
    DECIDED = "decided"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        """The step as a page says it."""
        return {
            "tried": "Tried to reach them",
            "asked": "Asked for their view",
            "view": "Their view",
            "no_view": "They do not want to say",
            "passed": "Passed to the police",
            "decided": "Decided",
            "taken_back": "Taken back",
        }[self]


VIEWS = frozenset({ViewStep.VIEW, ViewStep.NO_VIEW})


class Decided(StrEnum):
    """What was decided."""

    GIVEN = "given"
    OTHER_DISPOSAL = "other_disposal"
    NOT_GIVEN = "not_given"

    @property
    def label(self) -> str:
        """The decision as a page says it."""
        return {
            "given": "The disposal was given",
            "other_disposal": "Another out-of-court disposal was given",
            "not_given": "No out-of-court disposal",
        }[self]

    @property
    def is_disposal(self) -> bool:
        """Whether an out-of-court disposal was given, of which the victim is told (R6_OOC)."""
        return self is not Decided.NOT_GIVEN


class PassedBy(StrEnum):
    """By which way a view went to the police."""

    EMAIL = "email"
    PHONE = "phone"
    IN_PERSON = "in_person"
    LETTER = "letter"

    @property
    def label(self) -> str:
        """The way as a page says it."""
        return {
            "email": "Secure email",
            "phone": "Telephone",
            "in_person": "In person",
            "letter": "Letter",
        }[self]
