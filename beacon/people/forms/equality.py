"""What a person is asked about themselves so that everybody is served alike."""

from __future__ import annotations

from typing import Any

from beacon.people.commands import Communication, Equality
from beacon.people.models import CommunicationNeeds, Victim
from beacon.people.terms import Disability, Helps, Orientation, Religion
from beacon.web.fields import (
    CheckboxesField,
    InputRequired,
    RadioField,
    StringField,
    TextAreaField,
)
from beacon.web.versions import VersionedForm

LANGUAGE_AT_MOST = 60


class EqualityForm(VersionedForm):
    """What a person says of themselves, if they wish to (domain.md 2.5)."""

    disability = RadioField(
        "Disability, as they say it themselves",
        [InputRequired("Choose what they said, or that they prefer not to say")],
        coerce=Disability,
        choices=[(one.value, one.label) for one in Disability],
    )
    orientation = RadioField(
        "Sexual orientation, as they say it themselves",
        coerce=Orientation,
        choices=[(one.value, one.label) for one in Orientation],
        validate_choice=False,
        default=Orientation.NOT_ASKED,
    )
    religion = RadioField(
        "Religion or belief, as they say it themselves",
        coerce=Religion,
        choices=[(one.value, one.label) for one in Religion],
        validate_choice=False,
        default=Religion.NOT_ASKED,
    )

    @classmethod
    def of(cls, victim: Victim, **how: Any) -> EqualityForm:
        """The boxes with what is saved in them."""
        return cls(
            version=str(victim.version),
            disability=victim.disability,
            orientation=victim.orientation,
            religion=victim.religion,
            **how,
        )

    def said(self) -> Equality:
        """What they said, as the command wants it."""
        return Equality(
            disability=self.disability.data,
            orientation=self.orientation.data,
            religion=self.religion.data,
        )


class CommunicationForm(VersionedForm):
    """What somebody needs to understand us and be understood."""

    language = StringField("Language they speak best", max_length=LANGUAGE_AT_MOST)
    interpreter = StringField("Interpreter, of which language", max_length=LANGUAGE_AT_MOST)
    needs = CheckboxesField("What helps them", choices=[(one.value, one.label) for one in Helps])
    words = TextAreaField("More about what helps", max_length=500)

    @classmethod
    def of(cls, victim: Victim, said: CommunicationNeeds | None, **how: Any) -> CommunicationForm:
        """The boxes with what is saved in them."""
        return cls(
            version=str(victim.version),
            language=victim.language,
            interpreter=victim.interpreter,
            needs=[one.value for one in said.needs] if said else [],
            words=said.words if said else "",
            **how,
        )

    def said(self) -> Communication:
        """What they said, as the command wants it."""
        return Communication(
            language=self.language.data or "",
            interpreter=self.interpreter.data or "",
            needs=frozenset(Helps(one) for one in self.needs.data or ()),
            words=self.words.data or "",
        )
