"""Words about referrals: where they come from, why they wait, who may take them."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from beacon.core.roles import Role


class ReferralState(StrEnum):
    """Where a referral stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return self.value.capitalize()


class Waits(StrEnum):
    """Why a referral does not open a case by itself (contract 3.5)."""

    NO_CONTACT_POINT = "no_contact_point"
    NO_CONSENT = "no_consent"
    POSSIBLE_MATCH = "possible_match"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    ANONYMOUS = "anonymous"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NEW_GROUNDS = "new_grounds"

    @property
    def label(self) -> str:
        """The reason as a page says it."""
        return {
            "no_contact_point": "No way to reach them",
            "no_consent": "Did not agree to be referred",
            "possible_match": "May be somebody we know",
            "birth_date_differs": "Same crime and name, another date of birth",
            "anonymous": "No name given",
            "consent_withdrawn": "The feed now says that they do not agree",
            "new_grounds": "The feed now speaks for Enhanced Rights",
        }[self]

    @property
    def is_about_identity(self) -> bool:
        """Whether a person must say who this is."""
        return self in {Waits.POSSIBLE_MATCH, Waits.BIRTH_DATE_DIFFERS, Waits.ANONYMOUS}


class Repeats(StrEnum):
    """The rule by which somebody is a repeat victim."""

    MANY_CRIMES = "many_crimes"
    EARLIER_CASE = "earlier_case"

    @property
    def label(self) -> str:
        """The rule as a page says it."""
        return {
            "many_crimes": "Three or more crimes in 12 months",
            "earlier_case": "An earlier case",
        }[self]


class SamePerson(StrEnum):
    """What somebody says of a record laid beside the person of a referral."""

    SAME = "same"
    NOT_THE_SAME = "not_the_same"
    LATER = "later"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {
            "same": "The same person",
            "not_the_same": "Somebody else",
            "later": "Decide later",
        }[self]


FEED_LABELS: dict[str, str] = {
    "police": "Police",
    "fraud": "Report Fraud",
    "partner": "Partner agencies",
    "self": "People themselves",
    "phone": "By phone",
}


class Place(IntEnum):
    """Where a referral stands in the queue of triage: the lower comes first."""

    WAITING = 0
    NEW_CASE = 1
    DONE = 2

    @property
    def label(self) -> str:
        """The place as a page says it."""
        return ("Waits for a decision", "New case", "Done")[self]


class ReferralPermission(StrEnum):
    """What may be done with referrals."""

    READ = "referrals.read"
    TRIAGE = "referrals.triage"
    IMPORT = "referrals.import"
    TAKE_ON = "referrals.take_on"  # live cases of another system


_INTAKE = frozenset({Role.INTAKE_OFFICER, Role.TEAM_LEADER})
GRANTS = {
    ReferralPermission.READ: _INTAKE,
    ReferralPermission.TRIAGE: _INTAKE,
    ReferralPermission.IMPORT: _INTAKE,
    ReferralPermission.TAKE_ON: frozenset({Role.TEAM_LEADER}),
}
