"""Boxes about people: how they may be reached, who is around them, to what they agree."""

from beacon.people.forms.consenting import ConsentForm
from beacon.people.forms.equality import CommunicationForm, EqualityForm
from beacon.people.forms.reaching import (
    AroundForm,
    ChangeAroundForm,
    ContactForm,
    RevealForm,
    ShowForm,
    VersionForm,
    contact_form,
)

__all__ = [
    "AroundForm",
    "ChangeAroundForm",
    "CommunicationForm",
    "ConsentForm",
    "ContactForm",
    "EqualityForm",
    "RevealForm",
    "ShowForm",
    "VersionForm",
    "contact_form",
]
