"""Boxes for a firm of the directory."""

from __future__ import annotations

from beacon.fraud_hub.commands import BankGiven
from beacon.fraud_hub.models import BankContact
from beacon.web.fields import (
    BooleanField,
    DateField,
    EmailField,
    InputRequired,
    StringField,
    TextAreaField,
)
from beacon.web.versions import VersionedForm

COLUMNS = (
    *("name", "group_name", "brands", "telephone", "email", "address", "opening"),
    *("crm_known", "crm_from", "crm_to", "is_active"),
)


class BankForm(VersionedForm):
    """A firm, its group and brands, and how its fraud team is reached."""

    name = StringField(
        "Name of the firm", [InputRequired("Enter the name of the firm")], max_length=100
    )
    group_name = StringField("Group it belongs to", max_length=100)
    brands = StringField("Its other brands", max_length=200)
    telephone = StringField("Telephone of the fraud team", max_length=40)
    email = EmailField("Email of the fraud team")
    address = TextAreaField("Address for letters", max_length=400)
    opening = StringField("When they are open", max_length=200)
    crm_known = BooleanField("It is known whether it had signed the CRM Code")
    crm_from = DateField("Signed the CRM Code from")
    crm_to = DateField("Until")
    is_active = BooleanField("Claims may name it", default=True)

    @classmethod
    def of(cls, bank: BankContact, **more: object) -> BankForm:
        """The form as the directory stands."""
        known = {name: getattr(bank, name) for name in COLUMNS}
        return cls(version=str(bank.version), **known, **more)

    def given(self) -> BankGiven:
        """The answers, as the command wants them."""
        given = self.answers()
        return BankGiven(
            name=given["name"] or "",
            group_name=given["group_name"] or "",
            brands=given["brands"] or "",
            telephone=given["telephone"] or "",
            email=given["email"] or "",
            address=given["address"] or "",
            opening=given["opening"] or "",
            crm_known=bool(given["crm_known"]),
            crm_from=given["crm_from"],
            crm_to=given["crm_to"],
            is_active=bool(given["is_active"]),
        )
