"""Boxes of a promise, and of which days promises are reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from beacon.plans.commands import PromiseEnd, PromiseGiven
from beacon.plans.forms.planning import REASON_AT_MOST, WORDS_AT_MOST, OwnedForm
from beacon.plans.models import Promise
from beacon.plans.terms import PromisedTo, PromiseState
from beacon.web.fields import DateField, InputRequired, RadioField, TextAreaField
from beacon.web.forms import FilterForm
from beacon.web.versions import VersionedForm

YEARS_AT_MOST = 2 * 366


class PromiseForm(OwnedForm):
    """What somebody promises."""

    to = RadioField(
        "To whom",
        [InputRequired("Choose to whom")],
        coerce=PromisedTo,
        choices=[(one.value, one.label) for one in PromisedTo],
    )
    words = TextAreaField(
        "What is promised", [InputRequired("Enter what is promised")], max_length=WORDS_AT_MOST
    )

    def given(self) -> PromiseGiven:
        """The promise, as the command wants it."""
        return PromiseGiven(
            words=self.words.data,
            due_on=self.due_on.data,
            to=self.to.data,
            owner_id=self.owner.data,
        )


class PromiseChangeForm(VersionedForm, PromiseForm):
    """A promise as it is to be from now on, and what became of it."""

    state = RadioField(
        "What became of it",
        [InputRequired("Choose what became of it")],
        coerce=PromiseState,
        choices=[(one.value, one.label) for one in PromiseState],
    )
    ended_on = DateField("On which day")
    reason = TextAreaField("Why", max_length=REASON_AT_MOST)

    @classmethod
    def of(cls, promise: Promise, owners: list[tuple[int, str]], **how: Any) -> PromiseChangeForm:
        """The boxes with what is saved in them."""
        form = cls(
            version=str(promise.version),
            to=promise.to,
            words=promise.words,
            due_on=promise.due_on,
            owner=promise.owner_id,
            state=promise.state,
            ended_on=promise.ended_on,
            reason=promise.reason,
            **how,
        )
        form.offer(owners)
        return form

    def end(self) -> PromiseEnd:
        """What became of it, as the command wants it."""
        return PromiseEnd(
            state=self.state.data, on=self.ended_on.data, reason=self.reason.data or ""
        )


class PeriodForm(FilterForm):
    """Between which days the promises that are counted were due."""

    first = DateField("Promised for a day from")
    last = DateField("Until")

    def period(self, usual: tuple[date, date]) -> tuple[date, date]:
        """The days asked for; the usual ones where none are, or where they cannot be used."""
        if not self.asked_well():
            return usual
        first, last = self.first.data or usual[0], self.last.data or usual[1]
        if first > last or (last - first).days > YEARS_AT_MOST:
            self.form_errors = ["Choose at most two years, the first day before the last."]
            return usual
        return first, last
