"""What a person is asked about themselves so that everybody is served alike."""

from __future__ import annotations

from beacon.people.forms.reaching import read_version
from beacon.people.terms import Disability
from beacon.web.fields import (
    HiddenField,
    InputRequired,
    RadioField,
)
from beacon.web.forms import BeaconForm


class EqualityForm(BeaconForm):
    """What a person says of themselves, if they wish to (domain.md 2.5)."""

    version = HiddenField()
    disability = RadioField(
        "Disability, as they say it themselves",
        [InputRequired("Choose what they said, or that they prefer not to say")],
        coerce=Disability,
        choices=[(one.value, one.label) for one in Disability],
    )

    @property
    def read_version(self) -> int:
        """The version the person was looking at."""
        return read_version(self.version.data)
