"""Words about people who come by themselves: who writes, what happened, how they may be reached."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role

FEED = "self"
PHONE_FEED = "phone"


class FilledBy(StrEnum):
    """Who writes, or rings."""

    SELF = "self"
    FRIEND = "friend"
    AGENCY = "agency"
    CENTRE = "centre"

    @property
    def label(self) -> str:
        """Who it is, as the form asks."""
        return {
            "self": "Me",
            "friend": "Someone I know, such as a friend or relative",
            "agency": "Someone my organisation works with",
            "centre": "Someone who came to our third-party reporting centre",
        }[self]

    @property
    def source(self) -> str:
        """The source of the referral, where no organisation is named."""
        return {
            "self": "The person themselves",
            "friend": "A friend or relative",
            "agency": "Another organisation",
            "centre": "A third-party reporting centre",
        }[self]


class PoliceTold(StrEnum):
    """Whether the police know. A fact that is kept, never a reason to refuse."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"
    NOT_SAID = "not_said"

    @property
    def label(self) -> str:
        """The answer as the form gives it."""
        return {
            "yes": "Yes",
            "no": "No",
            "not_sure": "I am not sure",
            "not_said": "I would rather not say",
        }[self]


class Danger(StrEnum):
    """Whether somebody is in danger at this moment."""

    YES = "yes"
    NOT_SURE = "not_sure"
    NO = "no"

    @property
    def label(self) -> str:
        """The answer as the form gives it."""
        return {"yes": "Yes", "not_sure": "I am not sure", "no": "No"}[self]


class Happened(StrEnum):
    """What happened, in plain words. Several may be true."""

    HURT = "hurt"
    HOME = "home"
    SEXUAL = "sexual"
    HATE = "hate"
    STALKING = "stalking"
    FRAUD = "fraud"
    THEFT = "theft"
    NEIGHBOURS = "neighbours"
    DEATH = "death"
    EXPLOITED = "exploited"
    OTHER = "other"
    NOT_SAID = "not_said"

    @property
    def label(self) -> str:
        """The answer as the form gives it."""
        return _HAPPENED[self][0]

    @property
    def offence(self) -> str:
        """The same in the words of the trade; empty where nothing is said."""
        return _HAPPENED[self][1]


_HAPPENED: dict[str, tuple[str, str]] = {
    "hurt": ("Attacked, hurt or threatened", "Assault or threats"),
    "home": (
        "Frightened, hurt or controlled by a partner, an ex-partner or family",
        "Domestic abuse",
    ),
    "sexual": ("Rape, sexual assault or unwanted touching", "Sexual offence"),
    "hate": ("Picked on for who someone is, or is thought to be", "Hate crime"),
    "stalking": ("Followed, watched or contacted again and again", "Stalking or harassment"),
    "fraud": ("Tricked out of money or details", "Fraud"),
    "theft": ("Something stolen or damaged, or a break-in", "Theft, burglary or damage"),
    "neighbours": ("Trouble nearby that goes on and on", "Anti-social behaviour"),
    "death": ("Someone close was killed", "Death of a close relative"),
    "exploited": (
        "Made to work, or kept somewhere, against their will",
        "Modern slavery or trafficking",
    ),
    "other": ("Something else", "Other"),
    "not_said": ("I would rather not say now", ""),
}


class Strand(StrEnum):
    """The five monitored strands of hate crime (domain.md 3.6), by anybody's perception."""

    RACE = "race"
    RELIGION = "religion"
    ORIENTATION = "sexual_orientation"
    DISABILITY = "disability"
    TRANSGENDER = "transgender"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The strand as the form gives it."""
        return {
            "race": "Race, colour or where someone comes from",
            "religion": "Religion or belief",
            "sexual_orientation": "Sexual orientation",
            "disability": "Disability",
            "transgender": "Being transgender",
            "other": "Something else, or not sure",
        }[self]


class Way(StrEnum):
    """A way to reach somebody. Only what is ticked is safe (domain.md RULE 7.1)."""

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    HELPER = "helper"
    NONE = "none"

    @property
    def label(self) -> str:
        """The way as the form gives it."""
        return {
            "call": "Phone call",
            "text": "Text message",
            "email": "Email",
            "letter": "Letter in a plain envelope",
            "helper": "Only through me, who is filling this in",
            "none": "No way is safe now",
        }[self]


class Need(StrEnum):
    """What would help."""

    TALK = "talk"
    SAFE = "safe"
    POLICE = "police"
    MONEY = "money"
    HOME = "home"
    FAMILY = "family"
    HEALTH = "health"
    WORK = "work"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        """The need as the form gives it."""
        return {
            "talk": "Someone to talk to",
            "safe": "Feeling safer",
            "police": "Understanding what the police or a court do",
            "money": "Money, or getting money back",
            "home": "Somewhere to live",
            "family": "Help for children or family",
            "health": "Health, sleep, drink or drugs",
            "work": "Work, school or college",
            "unsure": "I do not know yet",
        }[self]


class Support(StrEnum):
    """How we should talk and write."""

    INTERPRETER = "interpreter"
    BSL = "bsl"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    OTHER = "other"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        """The adjustment as the form gives it."""
        return {
            "interpreter": "An interpreter",
            "bsl": "British Sign Language",
            "large_print": "Large print",
            "easy_read": "Easy read",
            "other": "Something else",
            "nothing": "None of these",
        }[self]


class Sharing(StrEnum):
    """Whether we may speak to other services that could help."""

    YES = "yes"
    ASK = "ask"
    NO = "no"

    @property
    def label(self) -> str:
        """The answer as the form gives it."""
        return {"yes": "Yes", "ask": "Ask first, each time", "no": "No"}[self]


class TryKind(StrEnum):
    """What is counted at the public door."""

    START = "start"
    SEND = "send"
    OPEN = "open"

    @property
    def label(self) -> str:
        """What was tried, in words."""
        return {"start": "Began", "send": "Sent", "open": "Tried a code"}[self]


class Step(StrEnum):
    """The pages of the form, by the words of their addresses: none says what the form is for."""

    FOR = "for"
    HELPER = "helper"
    AGREED = "agreed"
    NOW = "now"
    NAME = "name"
    BORN = "born"
    KIND = "kind"
    STRAND = "why"
    WORDS = "words"
    WHEN = "when"
    WHERE = "where"
    POLICE = "who-knows"
    REACH = "reach"
    BEST = "best"
    VOICEMAIL = "messages"
    TIMES = "times"
    NEEDS = "help"
    SUPPORT = "talk"
    SHARE = "agree"

    @property
    def label(self) -> str:
        """The page as a link to it says it."""
        return self.value.replace("-", " ").capitalize()


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
ELSEWHERE = "Somewhere else"
NOT_KNOWN = "I am not sure"


class PhonePermission(StrEnum):
    """What may be done with the person on the line."""

    TAKE = "self_referrals.take"


GRANTS = {PhonePermission.TAKE: frozenset({Role.INTAKE_OFFICER, Role.TEAM_LEADER})}
