"""Boxes for who may open a case, and for breaking the glass."""

from __future__ import annotations

from beacon.cases.forms.deciding import CaseForm
from beacon.web.fields import InputRequired, SelectField, StringField, TextAreaField
from beacon.web.forms import BeaconForm

REASON_AT_MOST = 500


class RestrictForm(CaseForm):
    """Why a case is closed to its team, or opened to it again."""

    reason = TextAreaField("Why", [InputRequired("Enter why")], max_length=REASON_AT_MOST)


class NameForm(BeaconForm):
    """Who else may open a restricted case."""

    person = SelectField("Name somebody", [InputRequired("Choose somebody")], coerce=int)

    def offer(self, people: list[tuple[int, str]]) -> None:
        """Those who may be named."""
        self.person.choices = [("", "Choose somebody"), *((str(one), name) for one, name in people)]


class GlassForm(BeaconForm):
    """Which case must be opened, and why."""

    reference = StringField(
        "Case reference", [InputRequired("Enter the case's reference")], max_length=20
    )
    reason = TextAreaField(
        "Why you must open it",
        [InputRequired("Enter why you must open it")],
        max_length=REASON_AT_MOST,
    )
