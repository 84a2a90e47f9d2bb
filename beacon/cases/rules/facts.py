"""What a victim asked for, step by step, and the last day to ask for it (domain.md 1.2, 1.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from beacon.cases.rules.updates import months_after
from beacon.cases.terms import FactChoice, FactKind, FactStep
from beacon.core.bank_holidays import CalendarEnds, Overrides
from beacon.core.working_days import add_working_days
from beacon.entitlements import rules as entitlements
from beacon.entitlements.codes import FIRST_CODE_ON

S, C = FactStep, FactChoice
ADULT_AT = 18
REVIEW_MONTHS, CPS_IDEALLY_DAYS, INJURIES_MONTHS = 3, 10, 24


@dataclass(frozen=True, kw_only=True)
class StepShape:
    """One step: its words, what else is asked beside the date, and which clock it runs by."""

    step: FactStep
    label: str
    choices: tuple[FactChoice, ...] = ()
    choice_label: str = ""
    money_label: str = ""
    words_label: str = "Notes"
    words_needed: bool = False
    opens: tuple[str, ...] = ()  # the rules of which it sets the clock going
    keeps: str = ""  # the rule whose promise it keeps
    hint: str = ""


@dataclass(frozen=True)
class Shape:
    """The steps of one kind, in their order; the window closes with the step that uses it."""

    steps: tuple[StepShape, ...]
    closed_by: FactStep | None = None


@dataclass(frozen=True)
class Window:
    """Until when it can be asked for; None with a note where that is no matter of a date."""

    last_on: date | None = None
    ideally_by: date | None = None
    note: str = ""


def _step(step: FactStep, label: str, **more: object) -> StepShape:
    return StepShape(step=step, label=label, **more)  # type: ignore[arg-type]


def _review(
    *decisions: FactChoice,
    opens: tuple[str, ...],
    acknowledges: str = "",
    answered_by: tuple[StepShape, ...] = (),
    decides: str,
) -> Shape:
    return Shape(
        (
            _step(S.TOLD, "Told of the decision", choices=decisions, choice_label="Which decision"),
            _step(S.ASKED, "Asked for a review", opens=opens),
            _step(S.ACKNOWLEDGED, "Request acknowledged", keeps=acknowledges),
            *answered_by,
            _step(
                S.DECIDED,
                "Review decided",
                choices=(C.STANDS, C.CHANGED),
                choice_label="What was decided",
                keeps=decides,
            ),
        ),
        closed_by=S.ASKED,
    )


SHAPES: dict[FactKind, Shape] = {
    # domain.md 1.3. The CPS acknowledges on receipt, which is no date; its limits are unverified.
    FactKind.REVIEW_POLICE: _review(
        C.NO_PROCEEDINGS,
        C.NOT_REFERRED_TO_CPS,
        opens=("VRR_ACK", "VRR_DECIDE"),
        acknowledges="VRR_ACK",
        decides="VRR_DECIDE",
    ),
    FactKind.REVIEW_CPS: _review(
        C.NOT_CHARGED,
        C.DISCONTINUED,
        C.NO_EVIDENCE,
        C.LEFT_ON_FILE,
        opens=("VRRC_LOCAL", "VRRC_DECIDE"),
        answered_by=(
            _step(
                S.LOOKED_AT_AGAIN,
                "The office that decided has answered",
                choices=(C.STANDS, C.CHANGED),
                choice_label="What it said",
                keeps="VRRC_LOCAL",
            ),
        ),
        decides="VRRC_DECIDE",
    ),
    # Right 7: offer, answer and reading are facts; no limit is known.
    FactKind.STATEMENT: Shape(
        (
            _step(S.OFFERED, "Statement offered"),
            _step(
                S.ANSWERED,
                "They answered",
                choices=(C.WANTS, C.LATER, C.DOES_NOT_WANT),
                choice_label="Their answer",
            ),
            _step(S.TAKEN, "Statement taken"),
            _step(
                S.READ,
                "Statement read",
                choices=(C.THEMSELVES, C.SOMEBODY_ELSE, C.NOT_ALOUD),
                choice_label="Who read it",
            ),
        )
    ),
    FactKind.COMPLAINT: Shape(  # R12_COMPLAINT
        (
            _step(
                S.RECEIVED,
                "Complaint received",
                choices=(C.POLICE, C.CPS, C.COURT, C.WITNESS_CARE, C.PROBATION, C.THIS_SERVICE),
                choice_label="About whom",
                words_label="What about",
                opens=("R12_COMPLAINT",),
            ),
            _step(S.ACKNOWLEDGED, "Complaint acknowledged", keeps="R12_COMPLAINT"),
            _step(
                S.REPLIED,
                "Full reply given",
                choices=(C.UPHELD, C.PARTLY_UPHELD, C.NOT_UPHELD),
                choice_label="What came of it",
            ),
        )
    ),
    FactKind.EXPENSES: Shape(  # R10_EXP
        (
            _step(S.CLAIMED, "Expenses claimed", money_label="How much", opens=("R10_EXP",)),
            _step(S.PAID, "Expenses paid", money_label="How much", keeps="R10_EXP"),
        )
    ),
    FactKind.PROPERTY: Shape(  # R10_PROP: as soon as possible, which is no date
        (
            _step(S.HELD, "Taken as evidence", words_label="What was taken", words_needed=True),
            _step(S.NOT_NEEDED, "No longer needed as evidence"),
            _step(S.RETURNED, "Given back"),
        )
    ),
    FactKind.COMPENSATION: Shape(
        (
            _step(S.ASKED, "Compensation asked for", money_label="How much"),
            _step(S.ORDERED, "Compensation ordered", money_label="How much"),
            _step(S.PAID, "Compensation paid", money_label="How much so far"),
        )
    ),
    FactKind.INJURIES: Shape(  # R5_COMP
        (
            _step(S.TOLD, "Told how to apply"),
            _step(S.APPLIED, "Applied", words_label="Reference"),
            _step(
                S.DECIDED,
                "Decided",
                choices=(C.AWARDED, C.REFUSED),
                choice_label="What was decided",
                money_label="How much",
            ),
        ),
        closed_by=S.APPLIED,
    ),
    FactKind.LENIENT: Shape(  # R9_ULS
        (
            _step(S.SENTENCED, "Sentence passed"),
            _step(S.ASKED, "Attorney General asked to review it"),
            _step(
                S.DECIDED,
                "Attorney General decided",
                choices=(C.SENT_TO_APPEAL, C.NOT_SENT_TO_APPEAL),
                choice_label="What was decided",
            ),
        ),
        closed_by=S.ASKED,
    ),
    FactKind.CONTACT_SCHEME: Shape(  # R11_VCS: a limit that is unverified under the 2020 Code
        (
            _step(
                S.SENTENCED,
                "Sentence that calls for it",
                hint="12 months or more for a violent or sexual offence, or a hospital order.",
                opens=("R11_VCS",),
            ),
            _step(S.REFERRED, "Referred to the scheme", keeps="R11_VCS"),
            _step(
                S.ANSWERED,
                "They answered",
                choices=(C.WANTS, C.DOES_NOT_WANT),
                choice_label="Their answer",
            ),
            _step(
                S.ASSIGNED,
                "Liaison officer named",
                words_label="Liaison officer",
                words_needed=True,
            ),
        )
    ),
}


def steps_of(kind: FactKind) -> tuple[StepShape, ...]:
    """The steps of a kind, in their order."""
    return SHAPES[kind].steps


def step_of(kind: FactKind, step: FactStep) -> StepShape | None:
    """One step of a kind; None where the kind has no such step."""
    return next((one for one in steps_of(kind) if one.step is step), None)


def in_words(kind: FactKind, shape: StepShape) -> str:
    """A step with what it is a step of, unless its own words say that: "Complaint received"."""
    if shape.label.split()[0] == kind.label.split()[0]:
        return shape.label
    return f"{kind.label}: {shape.label[:1].lower()}{shape.label[1:]}"


def order_broken(kind: FactKind, dated: Mapping[FactStep, date], step: FactStep, on: date) -> str:
    """Why a step cannot have been on that day, by the steps before and after it; "" if it can."""
    order = [one.step for one in steps_of(kind)]
    place = order.index(step)
    for other, day in dated.items():
        if other is step:
            continue
        shape = step_of(kind, other)
        said = f"“{shape.label if shape else other.label}” on {day.day} {day:%B %Y}"
        if order.index(other) < place and on < day:
            return f"That is before {said}. Check the date."
        if order.index(other) > place and on > day:
            return f"That is after {said}. Check the date."
    return ""


def window_of(
    kind: FactKind,
    began_on: date | None,
    *,
    offence_on: date | None,
    born_on: date | None,
    overrides: Overrides | None = None,
) -> Window:
    """Until when a review, an award or a stiffer sentence can be asked for.

    Began on the day of the first step, if that is known. Reviews: domain.md 1.3; unduly lenient
    sentence: R9_ULS; criminal injuries: R5_COMP, counted from the incident.
    """
    if kind is FactKind.INJURIES:
        return incident_window(offence_on, born_on)
    if began_on is None or SHAPES[kind].closed_by is None:
        return Window()
    if kind is FactKind.LENIENT:
        if began_on < FIRST_CODE_ON:
            return Window()  # no Code is held from then, and its days are long over
        return Window(entitlements.due("R9_ULS", began_on, enhanced=False).due_on)
    last_on = months_after(began_on, REVIEW_MONTHS)
    if kind is FactKind.REVIEW_POLICE:
        return Window(last_on, note="Later only if the force agrees.")
    return Window(last_on, ideally_by=_working_days_after(began_on, CPS_IDEALLY_DAYS, overrides))


def incident_window(offence_on: date | None, born_on: date | None) -> Window:
    """Criminal injuries: two years from the incident; not so for whoever was under 18 (R5_COMP)."""
    if offence_on is None:
        return Window(note="Ask: the day of the incident is not known.")
    if born_on is not None and entitlements.age_on(offence_on, born_on) < ADULT_AT:
        return Window(note="Ask: they were under 18, and the two years do not hold for them.")
    return Window(months_after(offence_on, INJURIES_MONTHS))


def _working_days_after(day: date, number: int, overrides: Overrides | None) -> date | None:
    """So many working days later; None beyond the bank holidays that are known."""
    try:
        return add_working_days(day, number, overrides)
    except CalendarEnds:
        return None
