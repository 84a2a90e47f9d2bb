"""Boxes for giving a case to somebody, deciding its category, closing and reopening it."""

from __future__ import annotations

from beacon.cases.models import CaseFile
from beacon.entitlements.terms import EnhancedGround, VictimCategory
from beacon.web.asked_twice import AskedTwice
from beacon.web.fields import (
    BooleanField,
    CheckboxesField,
    InputRequired,
    RadioField,
    TextAreaField,
)
from beacon.web.versions import VersionedForm

REASON_AT_MOST = 500


class CaseForm(VersionedForm):
    """A change of the case as it stood when the page was opened."""

    def renew(self, case: CaseFile) -> None:
        """Hold the answers from now on against the case as it is, keeping every one of them.

        So after "somebody else has changed this case" the person sees what it says now, and may
        send the same answers again knowing it.
        """
        self.version.typed = str(case.version)


class AssignForm(CaseForm):
    """Who answers for the case from now on."""

    manager = RadioField(
        "Case manager", [InputRequired("Choose the case manager")], coerce=int, choices=[]
    )
    reason = TextAreaField("Why somebody else than is proposed", max_length=REASON_AT_MOST)
    although_full = BooleanField("Give it although they carry all they can")


class CategoryForm(CaseForm):
    """Which rights the victim has, and on which grounds (domain.md 1.4)."""

    category = RadioField(
        "Category",
        [InputRequired("Choose standard or enhanced")],
        coerce=VictimCategory,
        choices=[
            (VictimCategory.ENHANCED.value, "Enhanced Rights"),
            (VictimCategory.STANDARD.value, "Standard rights"),
        ],
    )
    grounds = CheckboxesField(
        "Grounds for Enhanced Rights",
        choices=[(ground.value, ground.label) for ground in EnhancedGround],
    )
    reason = TextAreaField("Reason", max_length=REASON_AT_MOST)

    @property
    def held_so(self) -> dict[EnhancedGround, bool]:
        """Each ground with whether it was ticked."""
        ticked = set(self.grounds.data or [])
        return {ground: ground.value in ticked for ground in EnhancedGround}


class CloseForm(CaseForm, AskedTwice):
    """How the case ended, and that what is left open may stay so."""

    ORDER = "See to it, or tick that the case may be closed so."
    sure = BooleanField("Close it all the same")
    note = TextAreaField("How the case ended", [InputRequired("Enter how the case ended")])


class ReopenForm(CaseForm):
    """Why the case is taken up again."""

    note = TextAreaField(
        "Why the case is opened again", [InputRequired("Enter why the case is opened again")]
    )
