"""Boxes about who somebody is."""

from __future__ import annotations

from collections.abc import Sequence

from beacon.referrals.forms.deciding import REASON_AT_MOST, VersionedForm
from beacon.referrals.queries import Candidate
from beacon.referrals.terms import (
    SamePerson,
)
from beacon.web.fields import (
    HiddenField,
    InputRequired,
    RadioField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

SAME_PERSON = [(one.value, one.label) for one in SamePerson]


class WhoForm(VersionedForm):
    """Of each record laid beside a referral: the same person, somebody else, or later."""

    people = HiddenField()  # which records, in the order of the page
    first = RadioField("First", coerce=SamePerson, choices=SAME_PERSON)
    second = RadioField("Second", coerce=SamePerson, choices=SAME_PERSON)
    third = RadioField("Third", coerce=SamePerson, choices=SAME_PERSON)
    reason = TextAreaField("How you know", max_length=REASON_AT_MOST)

    @classmethod
    def beside(cls, candidates: Sequence[Candidate], *, version: int) -> WhoForm:
        """The form for these records; each box is named after whom it asks about."""
        form = cls(version=str(version), people=_ids(candidates))
        for number, (box, one) in enumerate(zip(form.boxes, candidates, strict=False), start=1):
            box.label.text = f"{number}. {one.card.name if one.card else ''}"
        return form

    @property
    def boxes(self) -> tuple[RadioField, ...]:
        """The boxes in the order of the page."""
        return (self.first, self.second, self.third)

    def is_about(self, candidates: Sequence[Candidate]) -> bool:
        """Whether it was answered about these records, in this order."""
        return str(self.people.data) == _ids(candidates)

    def said(self, candidates: Sequence[Candidate]) -> dict[int, SamePerson]:
        """What was said of each record; later, where nothing was."""
        pairs = zip(candidates, self.boxes, strict=False)
        return {one.victim_id: box.data or SamePerson.LATER for one, box in pairs}


def _ids(candidates: Sequence[Candidate]) -> str:
    return ",".join(str(one.victim_id) for one in candidates)


class CutForm(BeaconForm):
    """Which link of a chain is undone, and why."""

    link = RadioField(
        "Which link is wrong?", [InputRequired("Choose the link to undo")], coerce=int
    )
    reason = TextAreaField(
        "Why are they not the same person?",
        [InputRequired("Say why they are not the same person")],
        max_length=REASON_AT_MOST,
    )
