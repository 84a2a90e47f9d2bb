"""The words of caseloads: skills, districts, hand-overs, reviews, and who may do what."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role

# The ten districts of Hertfordshire, as the list of a form has them.
DISTRICTS = (
    "Broxbourne",
    "Dacorum",
    "East Hertfordshire",
    "Hertsmere",
    "North Hertfordshire",
    "St Albans",
    "Stevenage",
    "Three Rivers",
    "Watford",
    "Welwyn Hatfield",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
USUAL_DAYS = "12345"  # Monday to Friday, as ISO 8601 counts the days of a week


def district_key(name: str) -> str:
    """A district as it is compared: feeds write East Herts for East Hertfordshire."""
    return " ".join(name.casefold().replace("hertfordshire", "herts").split())


class Skill(StrEnum):
    """What a case manager has been trained in."""

    DOMESTIC_ABUSE = "domestic_abuse"
    SEXUAL_VIOLENCE = "sexual_violence"
    STALKING = "stalking"
    YOUNG_PEOPLE = "young_people"
    HATE_CRIME = "hate_crime"
    MODERN_SLAVERY = "modern_slavery"
    ASB = "asb"
    FRAUD = "fraud"
    BEREAVEMENT = "bereavement"

    @property
    def label(self) -> str:
        """The skill as a page says it."""
        return {
            "domestic_abuse": "Domestic abuse",
            "sexual_violence": "Sexual violence",
            "stalking": "Stalking and harassment",
            "young_people": "Young people",
            "hate_crime": "Hate crime",
            "modern_slavery": "Modern slavery",
            "asb": "Anti-social behaviour",
            "fraud": "Fraud",
            "bereavement": "Bereavement",
        }[self]

    @property
    def words(self) -> str:
        """The skill in the middle of a sentence."""
        return self.label[:1].lower() + self.label[1:]


class StrengthKind(StrEnum):
    """What of a case manager fits a case: a skill, a district, a language."""

    SKILL = "skill"
    DISTRICT = "district"
    LANGUAGE = "language"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return self.value.capitalize()


class HandOverState(StrEnum):
    """Where a case that was handed over stands with whoever received it."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PASSED_ON = "passed_on"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {
            "waiting": "Not yet accepted",
            "accepted": "Accepted",
            "declined": "Declined",
            "passed_on": "Given to somebody else",
        }[self]


class ReviewQuestion(StrEnum):
    """What a supervisor asks of one case: how it was done, and not only when."""

    SAFETY = "safety"
    RIGHTS = "rights"
    NEEDS = "needs"
    VOICE = "voice"
    RECORD = "record"

    @property
    def label(self) -> str:
        """The question as the form asks it."""
        return {
            "safety": "Safe contact and risk were asked about, recorded and kept to",
            "rights": "They were told what they are owed, clearly and in a way that suits them",
            "needs": "Needs were assessed, and what was done follows from them",
            "voice": "The record says what they want, in their own words",
            "record": "A colleague could take over from the record today",
        }[self]


class ReviewScore(StrEnum):
    """How far one question of a review was met."""

    FULLY = "fully"
    MOSTLY = "mostly"
    PARTLY = "partly"
    NOT_MET = "not_met"
    DOES_NOT_APPLY = "does_not_apply"

    @property
    def label(self) -> str:
        """The score as a page says it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def points(self) -> int | None:
        """Three for fully down to none; nothing where the question does not apply."""
        return {"fully": 3, "mostly": 2, "partly": 1, "not_met": 0}.get(self.value)


class CaseloadPermission(StrEnum):
    """What may be done with caseloads."""

    LEAD = "caseloads.lead"  # the board, working patterns, cover, hand-over, reviews of a team
    OWN = "caseloads.own"  # one's own leave, the cases handed to one, one's own reviews


GRANTS = {
    CaseloadPermission.LEAD: frozenset({Role.TEAM_LEADER}),
    CaseloadPermission.OWN: frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER}),
}
