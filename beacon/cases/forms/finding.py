"""Boxes for narrowing a list of cases, and for saying why one is opened."""

from __future__ import annotations

from collections.abc import Sequence

from beacon.cases.queries import Whose
from beacon.cases.terms import CaseStatus, EventKind
from beacon.web.fields import BooleanField, CheckboxesField, InputRequired, SelectField, StringField
from beacon.web.forms import BeaconForm, FilterForm

REASON_AT_MOST = 500


class CaseFilter(FilterForm):
    """Which cases a list shows."""

    whose = SelectField("Show", coerce=Whose)
    status = SelectField(
        "Status",
        coerce=CaseStatus,
        choices=[
            ("", "Not closed"),
            *((status.value, status.label) for status in CaseStatus),
        ],
    )
    late = BooleanField("Late only")
    first_contact = BooleanField("First contact due or late only")

    def __init__(self, offered: Sequence[Whose]) -> None:
        super().__init__()
        self.whose.choices = [(whose.value, whose.label) for whose in offered]


class HistoryFilter(FilterForm):
    """Which kinds of event the history of a case shows; none chosen shows all."""

    kind = CheckboxesField(
        "Show only",
        coerce=EventKind,
        choices=[(kind.value, kind.label) for kind in EventKind],
    )


class WhyForm(BeaconForm):
    """Why a case that is not one's own is opened."""

    reason = StringField(
        "Why do you open it?", [InputRequired("Say why you open it")], max_length=REASON_AT_MOST
    )
