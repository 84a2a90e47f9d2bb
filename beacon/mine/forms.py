"""Boxes for one's own tools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wtforms import Field

from beacon.cases.queries import Whose
from beacon.cases.terms import CaseStatus
from beacon.mine.commands import Narrowed
from beacon.mine.terms import Column
from beacon.web.fields import BooleanField, HiddenField, InputRequired, SelectField, StringField
from beacon.web.forms import BeaconForm, FilterForm

NAME_AT_MOST = 60
PLACES = 9
LONGEST_VERSION = 10


class ColumnsForm(BeaconForm):
    """The columns of a list, in their order: one choice for each place."""

    version = HiddenField()

    @classmethod
    def of(cls, columns: Sequence[Column], version: int) -> ColumnsForm:
        """The boxes with what is kept in them."""
        kept = {f"place_{number}": column for number, column in enumerate(columns, 1)}
        return cls(version=str(version), **kept)

    @property
    def read_version(self) -> int:
        """The version of the page; one that never was where its own word was altered."""
        text = str(self.version.data or "")
        plain = text.isascii() and text.isdecimal() and len(text) < LONGEST_VERSION
        return int(text) if plain else -1

    def places(self) -> Iterator[Field]:
        """Each place in its order."""
        for number in range(1, PLACES + 1):
            yield self[f"place_{number}"]

    def chosen(self) -> list[Column]:
        """The columns in their order, the empty places left out."""
        return [place.data for place in self.places() if place.data is not None]


for _number in range(1, PLACES + 1):
    setattr(
        ColumnsForm,
        f"place_{_number}",
        SelectField(
            f"Column {_number}",
            coerce=Column,
            choices=[("", "None"), *((one.value, one.label) for one in Column)],
        ),
    )


class NarrowedForm(FilterForm):
    """How the list of cases is narrowed, in the address of the page that keeps it."""

    whose = SelectField("Show", coerce=Whose, choices=[(one.value, one.label) for one in Whose])
    status = SelectField(
        "Status",
        coerce=CaseStatus,
        choices=[("", "Not closed"), *((one.value, one.label) for one in CaseStatus)],
    )
    late = BooleanField("Late only")

    def narrowed(self) -> Narrowed:
        """What it says, as the command wants it; what it does not say narrows nothing."""
        good = self.asked_well()
        whose = self.whose.data if good else None
        status = self.status.data if good else None
        return Narrowed(whose=whose or Whose.MINE, status=status, late=bool(self.late.data))


class SaveFilterForm(BeaconForm):
    """The name under which a filter is kept."""

    name = StringField(
        "Name of the filter",
        [InputRequired("Enter a name for the filter")],
        max_length=NAME_AT_MOST,
    )


class LinkForm(BeaconForm):
    """Whether a calendar says the reference of the case."""

    keeps_draft = False
    with_reference = BooleanField("Put the reference of the case in the title")
