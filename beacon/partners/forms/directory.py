"""Boxes of the directory: what a service offers, and for whom one is looked for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from beacon.cases.terms import NeedCategory
from beacon.partners.commands import ServiceGiven
from beacon.partners.models import PartnerService
from beacon.partners.rules import Wanted
from beacon.partners.terms import CrimeType, District, ServiceKind
from beacon.web.fields import (
    CheckboxesField,
    DateField,
    InputRequired,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm, FilterForm
from beacon.web.versions import VersionedForm

WORDS_AT_MOST = 2_000
OLDEST = 120
WEEKS_AT_MOST = 260


def _of(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(one.value, str(getattr(one, "label", one.value))) for one in words]


class OfferForm(BeaconForm):
    """What a service offers."""

    name = StringField(
        "Name of the service", [InputRequired("Enter the name of the service")], max_length=100
    )
    kind = SelectField(
        "What sort of help",
        [InputRequired("Choose what sort of help it is")],
        coerce=ServiceKind,
        choices=[
            ("", "Choose the sort of help"),
            *((one.value, one.label) for one in ServiceKind if one.is_for_victims),
        ],
    )
    needs = CheckboxesField(
        "Needs that it meets",
        [InputRequired("Choose at least one need")],
        coerce=NeedCategory,
        choices=_of(NeedCategory),
    )
    districts = CheckboxesField("Districts", coerce=District, choices=_of(District))
    crimes = CheckboxesField(
        "For victims of which crimes", coerce=CrimeType, choices=_of(CrimeType)
    )
    age_from = IntegerField("From which age", most=OLDEST)
    age_to = IntegerField("Up to which age", most=OLDEST)
    what = TextAreaField("What they do", max_length=WORDS_AT_MOST)
    how = TextAreaField("How to refer", max_length=WORDS_AT_MOST)
    opening = StringField("When they are open", max_length=200)
    waiting_weeks = IntegerField("Weeks that one waits", most=WEEKS_AT_MOST)
    waiting_told_on = DateField("When they told us so")
    active_from = DateField("Takes people from", [InputRequired("Enter its first day")])
    active_to = DateField("Last day on which it takes people")

    def given(self) -> ServiceGiven:
        """The answers, as the command wants them."""
        said = self.answers()
        lists: dict[str, Any] = {
            name: frozenset(said[name] or ()) for name in ("needs", "districts", "crimes")
        }
        words: dict[str, Any] = {
            name: said[name] or "" for name in ("name", "what", "how", "opening")
        }
        others = ("kind", "age_from", "age_to", "waiting_weeks", "waiting_told_on")
        days = ("active_from", "active_to")
        return ServiceGiven(**lists, **words, **{name: said[name] for name in (*others, *days)})


class ServiceForm(OfferForm):
    """A service that is new in the directory."""

    agency = SelectField("Agency", [InputRequired("Choose the agency")], coerce=int)

    def offer(self, agencies: list[tuple[int, str]]) -> None:
        """The agencies to choose from."""
        self.agency.choices = [("", "Choose the agency"), *agencies]


class ServiceChangeForm(VersionedForm, OfferForm):
    """A service as it is to stand from now on."""

    @classmethod
    def of(cls, service: PartnerService, **how: Any) -> ServiceChangeForm:
        """The boxes with what is saved in them."""
        same = (
            *("name", "kind", "age_from", "age_to", "what", "how", "opening", "waiting_weeks"),
            *("waiting_told_on", "active_from", "active_to"),
        )
        return cls(
            version=str(service.version),
            needs=sorted(service.needs_met),
            districts=sorted(service.in_districts),
            crimes=sorted(service.of_crimes),
            **{name: getattr(service, name) for name in same},
            **how,
        )


class FindForm(FilterForm):
    """For whom a service is looked for."""

    need = SelectField("Need", coerce=NeedCategory, choices=[("", "Any need"), *_of(NeedCategory)])
    district = SelectField(
        "District", coerce=District, choices=[("", "Any district"), *_of(District)]
    )
    crime = SelectField("Crime", coerce=CrimeType, choices=[("", "Any crime"), *_of(CrimeType)])
    age = IntegerField("Age", most=OLDEST)

    @classmethod
    def of(cls, wanted: Wanted) -> FindForm:
        """The boxes with what a case asks for, where it asks for one thing of a kind."""
        (need,) = wanted.needs if len(wanted.needs) == 1 else (None,)
        (crime,) = wanted.crimes if len(wanted.crimes) == 1 else (None,)
        return cls(need=need, district=wanted.district, crime=crime, age=wanted.age)

    def wanted(self, on: date) -> Wanted:
        """What is asked for; what cannot be used leaves nothing out."""
        if not self.asked_well():
            return Wanted(on=on)
        return Wanted(
            on=on,
            needs=frozenset({self.need.data} if self.need.data else ()),
            district=self.district.data,
            crimes=frozenset({self.crime.data} if self.crime.data else ()),
            age=self.age.data,
        )
