"""Boxes for agencies and whom to ring there."""

from __future__ import annotations

from beacon.partners.commands import ContactFacts
from beacon.web.fields import HiddenField, InputRequired, StringField, UkMobileField, UkPhoneField
from beacon.web.forms import BeaconForm

NAME_AT_MOST = 100


class AgencyForm(BeaconForm):
    """A new agency."""

    name = StringField(
        "Name of the agency", [InputRequired("Enter the agency's name")], max_length=NAME_AT_MOST
    )


class VersionForm(BeaconForm):
    """An order about what was looked at."""

    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version the person was looking at."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class ContactForm(VersionForm):
    """Whom to ring."""

    name = StringField("Name", [InputRequired("Enter their name")], max_length=NAME_AT_MOST)
    work = StringField("What they do there", max_length=NAME_AT_MOST)
    mobile = UkMobileField("Mobile number")
    phone = UkPhoneField("Other telephone number")

    def facts(self) -> ContactFacts:
        """The answers, as the command wants them."""
        return ContactFacts(
            name=self.name.data or "",
            work=self.work.data or "",
            mobile=str(self.mobile.data or ""),
            phone=str(self.phone.data or ""),
        )
