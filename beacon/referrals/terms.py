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


class Urgent(StrEnum):
    """Why a referral must be looked at before others."""

    LIFE = "life"
    CHILD = "child"
    SUSPECT_NEAR = "suspect_near"
    EXPLOITED = "exploited"
    MONEY_LEAVING = "money_leaving"
    SELF_HARM = "self_harm"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as a page says it."""
        return {
            "life": "A life may be in danger",
            "child": "A child may be at risk",
            "suspect_near": "The suspect is known to them and not in custody",
            "exploited": "They may still be exploited",
            "money_leaving": "Money may still be leaving, or somebody has their computer",
            "self_harm": "They may harm themselves",
            "other": "Another reason",
        }[self]


class Route(StrEnum):
    """Which way a referral goes when it is taken."""

    SAFEGUARDING = "safeguarding"
    FRAUD_HUB = "fraud_hub"
    CASE_MANAGER = "case_manager"
    ASB = "asb"
    NEEDS_ASSESSMENT = "needs_assessment"
    INFORMATION_ONLY = "information_only"

    @property
    def label(self) -> str:
        """The way as a page says it."""
        return {
            "safeguarding": "Safeguarding",
            "fraud_hub": "Fraud hub",
            "case_manager": "Case manager",
            "asb": "Anti-social behaviour",
            "needs_assessment": "Needs assessment",
            "information_only": "Information only",
        }[self]


class TriageStage(StrEnum):
    """The three decisions of triage, each with its day and its person."""

    INITIAL = "initial"
    SCREENING = "screening"
    FINAL = "final"

    @property
    def label(self) -> str:
        """The stage as a page says it."""
        return f"{self.value.capitalize()} decision"


class Verdict(StrEnum):
    """What was decided at a stage."""

    GO_ON = "go_on"
    TAKEN = "taken"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The decision as a page says it."""
        return {"go_on": "Goes on", "taken": "Taken", "ended": "Ended"}[self]


class Ending(StrEnum):
    """Why no case comes of a referral, or its new case ends at once."""

    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OUT_OF_AREA = "out_of_area"
    NO_CONSENT = "no_consent"
    NO_REPLY = "no_reply"

    @property
    def label(self) -> str:
        """The ending as a page says it."""
        return {
            "declined": "Declined",
            "withdrawn": "Withdrawn by them",
            "out_of_area": "Out of area",
            "no_consent": "No consent",
            "no_reply": "Could not be reached",
        }[self]

    @property
    def hint(self) -> str:
        """When this is the ending."""
        return {
            "declined": "Not for this service, or they do not want it.",
            "withdrawn": "They had agreed, and have changed their mind.",
            "out_of_area": "Another force answers for them: it is handed on.",
            "no_consent": "They were asked, and did not agree to be referred.",
            "no_reply": "Tried as often as the service tries, and by letter where that is safe.",
        }[self]


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
