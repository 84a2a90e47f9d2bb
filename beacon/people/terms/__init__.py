"""Words about people: ways to reach them, what is safe, and how two records may be one person."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role
from beacon.people.terms.equality import Disability as Disability
from beacon.people.terms.equality import Orientation as Orientation
from beacon.people.terms.equality import Religion as Religion


class ContactKind(StrEnum):
    """A way to reach somebody."""

    MOBILE = "mobile"
    PHONE = "phone"
    EMAIL = "email"

    @property
    def label(self) -> str:
        """The word as a person says it."""
        return {"mobile": "Mobile", "phone": "Landline or other phone", "email": "Email"}[self]


class Safe(StrEnum):
    """What the person said of a way to reach them. Not asked counts as not safe."""

    YES = "yes"
    NO = "no"
    ASK = "ask"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {
            "yes": "Safe",
            "no": "Not safe",
            "ask": "Ask each time",
            "not_asked": "Not asked",
        }[self]


class Preferred(StrEnum):
    """How the person would rather be reached."""

    SMS = "sms"
    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    NONE = "none"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return {
            "sms": "Text",
            "email": "Email",
            "phone": "Phone call",
            "post": "Letter",
            "none": "No contact",
        }[self]


class LinkState(StrEnum):
    """Whether two records are held to be one person. Links, never merges."""

    POSSIBLE = "possible"
    LINKED = "linked"
    NOT_THE_SAME = "not_the_same"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {
            "possible": "Possible match",
            "linked": "Linked",
            "not_the_same": "Not the same person",
            "undone": "Link undone",
        }[self]


class Fact(StrEnum):
    """A fact by which two records may be seen to be one person, and how it agrees."""

    REFERENCE = "reference"
    NAME = "name"
    NICKNAME = "nickname"
    MORE_NAMES = "more_names"
    SWAPPED = "swapped"
    SWAPPED_NEAR = "swapped_near"
    INITIAL = "initial"
    SOUND = "sound"
    SPELLING = "spelling"
    BORN = "born"
    BORN_SWAPPED = "born_swapped"
    BORN_DIGIT = "born_digit"
    CONTACT = "contact"
    ADDRESS = "address"
    POSTCODE = "postcode"
    STREET = "street"

    @property
    def label(self) -> str:
        """The fact as a page says it."""
        return {
            "reference": "victim reference",
            "name": "name",
            "nickname": "name (a nickname)",
            "more_names": "name (one is longer)",
            "swapped": "name (in another order)",
            "swapped_near": "name (in another order, nearly the same)",
            "initial": "name (an initial)",
            "sound": "name (sounds alike)",
            "spelling": "name (a letter off)",
            "born": "date of birth",
            "born_swapped": "date of birth (day and month swapped)",
            "born_digit": "date of birth (a digit off)",
            "contact": "phone or email",
            "address": "address",
            "postcode": "postcode",
            "street": "street (postcode not known)",
        }[self]


class Around(StrEnum):
    """How somebody stands to a victim. Another victim of the crime has a record of their own."""

    HOUSEHOLD = "household"
    CHILD = "child"
    NEXT_OF_KIN = "next_of_kin"
    WITNESS = "witness"
    THIRD_PARTY = "third_party"
    SPEAKS_FOR = "speaks_for"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return {
            "household": "Lives with them",
            "child": "Child",
            "next_of_kin": "Next of kin",
            "witness": "Witness",
            "third_party": "Somebody whom they let us speak to",
            "speaks_for": "Speaks for the organisation",
        }[self]


class PeoplePermission(StrEnum):
    """What may be done with people's records."""

    READ = "people.read"
    EDIT = "people.edit"
    REACH = "people.reach"  # see a number or an email address, each time recorded
    ADDRESS = "people.address"  # see where a person lives, with a reason, each time recorded


_WORKERS = frozenset({Role.INTAKE_OFFICER, Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER})
GRANTS = {
    PeoplePermission.READ: _WORKERS,
    PeoplePermission.EDIT: _WORKERS,
    PeoplePermission.REACH: _WORKERS,
    PeoplePermission.ADDRESS: _WORKERS,
}


class KeyKind(StrEnum):
    """By what a person is found."""

    SURNAME = "surname"  # the surname, then what comes before it
    NAME = "name"  # the name as it is written
    SOUND = "sound"  # how the surname sounds, then what comes before it
    BORN = "born"  # the date of birth, as 1984-03-12
    REFERENCE = "reference"  # a reference, or a part of one

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            "surname": "Surname",
            "name": "Name",
            "sound": "Sound of the surname",
            "born": "Date of birth",
            "reference": "Reference",
        }[self]


class Purpose(StrEnum):
    """What somebody is asked to agree to: each by itself (domain.md 7.2)."""

    SUPPORT = "support"
    REFER_ON = "refer_on"
    SURVEY = "survey"

    @property
    def label(self) -> str:
        """The purpose as a page says it."""
        return {
            "support": "To be supported by us",
            "refer_on": "To be referred on to an agency",
            "survey": "To be asked how we did",
        }[self]

    @property
    def names_an_agency(self) -> bool:
        """Whether it is agreed to for one agency at a time (domain.md 7.2)."""
        return self is Purpose.REFER_ON


class Agreed(StrEnum):
    """What somebody said when they were asked to agree."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def tone(self) -> str:
        """The colour of its tag; the words carry the meaning."""
        return {"given": "green", "refused": "red", "withdrawn": "red"}.get(self.value, "grey")


class SaidHow(StrEnum):
    """How somebody said whether they agree."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    IN_WRITING = "in_writing"
    THROUGH_CARER = "through_carer"
    THROUGH_REFERRER = "through_referrer"

    @property
    def label(self) -> str:
        """The way as a page says it."""
        return {
            "phone": "On the telephone",
            "in_person": "In person",
            "in_writing": "In writing",
            "through_carer": "Through a parent or carer",
            "through_referrer": "Through whoever referred them",
        }[self]


class Helps(StrEnum):
    """What somebody needs so that they can understand us and be understood (domain.md 2.5)."""

    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    HEARING = "hearing"
    SIGHT = "sight"
    MOBILITY = "mobility"
    LITERACY = "literacy"

    @property
    def label(self) -> str:
        """The need as a page says it."""
        named = {"easy_read": "Easy Read", "literacy": "Help with reading and writing"}
        return named.get(self.value, self.value.replace("_", " ").capitalize())
