"""Boxes of the safety plan, and of what is fitted at a home."""

from __future__ import annotations

from typing import Any

from beacon.plans.commands import ItemGiven, SafetyGiven
from beacon.plans.forms.planning import REASON_AT_MOST
from beacon.plans.models import HardeningItem, SafetyPlan
from beacon.plans.terms import ItemKind
from beacon.web.fields import DateField, InputRequired, SelectField, StringField, TextAreaField
from beacon.web.forms import BeaconForm
from beacon.web.versions import VersionedForm


class SafetyForm(VersionedForm):
    """What a victim does when it becomes dangerous."""

    signs = TextAreaField("How they know that it becomes dangerous")
    steps = TextAreaField("What they do then, and where they go")
    people = TextAreaField("Who helps, and how they are asked")
    children = TextAreaField("What is done for children, others and animals")
    concerns = TextAreaField("What still worries us")
    review_on = DateField("Look at it again on")
    reason = TextAreaField("Why it is changed", max_length=REASON_AT_MOST)

    @classmethod
    def of(cls, plan: SafetyPlan | None, **how: Any) -> SafetyForm:
        """The boxes with what is saved in them; a plan not yet written has version nought."""
        if plan is None:
            return cls(version="0", **how)
        return cls(
            version=str(plan.version),
            signs=plan.signs,
            steps=plan.steps,
            people=plan.people,
            children=plan.children,
            concerns=plan.concerns,
            review_on=plan.review_on,
            **how,
        )

    def given(self) -> SafetyGiven:
        """The safety plan, as the command wants it."""
        return SafetyGiven(
            signs=self.signs.data or "",
            steps=self.steps.data or "",
            people=self.people.data or "",
            children=self.children.data or "",
            concerns=self.concerns.data or "",
            review_on=self.review_on.data,
        )


class ItemForm(BeaconForm):
    """One thing for a safer home."""

    kind = SelectField(
        "What",
        [InputRequired("Choose what is asked for")],
        coerce=ItemKind,
        choices=[("", "Choose what is asked for"), *((one.value, one.label) for one in ItemKind)],
    )
    words = TextAreaField("More about it", max_length=REASON_AT_MOST)
    whom = StringField("Who is asked, or who fits it", max_length=200)
    asked_on = DateField("Asked for on", [InputRequired("Enter the day on which it was asked for")])
    agreed_on = DateField("Agreed on")
    fitted_on = DateField("Fitted on")

    def given(self) -> ItemGiven:
        """The item, as the command wants it."""
        return ItemGiven(
            kind=self.kind.data,
            words=self.words.data or "",
            whom=self.whom.data or "",
            asked_on=self.asked_on.data,
            agreed_on=self.agreed_on.data,
            fitted_on=self.fitted_on.data,
            dropped_on=self.dropped_on.data if "dropped_on" in self else None,
        )


class ItemChangeForm(VersionedForm, ItemForm):
    """One thing for a safer home as it is from now on."""

    dropped_on = DateField("Given up on")
    reason = TextAreaField(
        "Why it is not to be fitted, or why this is changed", max_length=REASON_AT_MOST
    )

    @classmethod
    def of(cls, item: HardeningItem, **how: Any) -> ItemChangeForm:
        """The boxes with what is saved in them."""
        return cls(
            version=str(item.version),
            kind=item.kind,
            words=item.words,
            whom=item.whom,
            asked_on=item.asked_on,
            agreed_on=item.agreed_on,
            fitted_on=item.fitted_on,
            dropped_on=item.dropped_on,
            reason=item.reason,
            **how,
        )
