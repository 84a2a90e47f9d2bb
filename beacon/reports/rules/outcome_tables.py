"""The tables of the commissioner's page: the words and the definition of each, and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from beacon.reports.rules.figures import Group, in_order
from beacon.reports.rules.grids import Grid, Rate, Row
from beacon.reports.rules.outcome_words import (
    ABOUT_CASES,
    ANSWERED,
    ATTENDED,
    CODE,
    DISTRICTS,
    OUTCOME_EMPTY,
    OUTCOMES,
    PARTNERS,
    TRAVELLED,
)
from beacon.reports.terms import (
    CONTACT_LABELS,
    OUTCOME_LABELS,
    Attended,
    Contacted,
    Dimension,
    Kind,
    Moved,
    Outcome,
    SentOn,
)

D, C = Dimension, Contacted
VOLUMES = "Cases opened, and who was contacted in time"
EQUALITY = "Who the victims are"
IN_TIME = Rate(label="% in time", part=(C.IN_TIME,), of=(C.IN_TIME, C.LATE, C.MISSED))


@dataclass(frozen=True, kw_only=True)
class Spec:
    """The words of one table."""

    section: str
    title: str
    heading: str
    definition: str
    columns: Mapping[str, str]
    kind: Kind = Kind.PARTS
    total_label: str = "All"
    rate: Rate | None = None
    amount_label: str = ""
    empty: str = OUTCOME_EMPTY
    always: Sequence[Group] = field(default_factory=tuple)  # rows that are shown though empty


def _of_cases(dimension: Dimension, section: str, title: str, heading: str) -> Spec:
    return Spec(
        section=section,
        title=title,
        heading=heading,
        definition=ABOUT_CASES[dimension],
        columns=CONTACT_LABELS,
        total_label="Cases opened",
        rate=IN_TIME,
        always=DISTRICTS if dimension is D.DISTRICT else (),
    )


SPECS: dict[str, Spec] = {
    "cases.source": _of_cases(D.SOURCE, VOLUMES, "By who referred them", "Source"),
    "cases.route": _of_cases(D.ROUTE, VOLUMES, "By the route that triage chose", "Route"),
    "cases.crime": _of_cases(D.CRIME, VOLUMES, "By crime group", "Crime group"),
    "cases.district": _of_cases(D.DISTRICT, VOLUMES, "By district", "District"),
    "cases.category": _of_cases(
        D.CATEGORY, VOLUMES, "Enhanced, and assigned to a named case manager", "Category"
    ),
    "code.right": Spec(
        section="The Victims' Code",
        title="Duties of the Code by Right",
        heading="Right",
        definition=CODE,
        columns={one.value: OUTCOME_LABELS[one] for one in Outcome},
        kind=Kind.PARTS,
        total_label="Duties",
        rate=Rate(
            label="% in time",
            part=(Outcome.MET,),
            of=(Outcome.MET, Outcome.LATE, Outcome.MISSED),
        ),
    ),
    "hearings.text": Spec(
        section="Court texts and attendance",
        title="Who came, by what became of the text",
        heading="Text",
        definition=ATTENDED,
        columns={
            Attended.CAME: "Came",
            Attended.STAYED_AWAY: "Did not come",
            Attended.LEFT_OUT: "Need not come, or not known",
            Attended.NOT_RECORDED: "Nothing recorded",
        },
        total_label="Hearings",
        rate=Rate(
            label="% came",
            part=(Attended.CAME,),
            of=(Attended.CAME, Attended.STAYED_AWAY),
        ),
    ),
    "cope.outcome": Spec(
        section="Cope and recover",
        title="What victims said when their case was closed",
        heading="Outcome",
        definition=OUTCOMES,
        columns=ANSWERED,
        kind=Kind.APART,
        total_label="Asked about",
        rate=Rate(label="% yes or partly", part=("yes", "partly"), of=("yes", "partly", "no")),
    ),
    "needs.category": Spec(
        section="Cope and recover",
        title="Distance travelled",
        heading="Need",
        definition=TRAVELLED,
        columns={Moved.BETTER: "Less need", Moved.SAME: "The same", Moved.WORSE: "More need"},
        kind=Kind.APART,
        total_label="Scored twice",
        rate=Rate(label="% less need", part=(Moved.BETTER,), of=tuple(Moved)),
        amount_label="Points of need, fewer on average",
    ),
    "partners.agency": Spec(
        section="Referrals to partners",
        title="What became of referrals to partners",
        heading="Agency",
        definition=PARTNERS,
        columns={
            SentOn.HELPED: "Helped",
            SentOn.ENDED: "Ended otherwise",
            SentOn.UNDER_WAY: "Under way",
            SentOn.WAITING: "No answer yet",
            SentOn.DECLINED: "Declined",
            SentOn.STOPPED: "Taken back or expired",
        },
        total_label="Sent",
        rate=Rate(label="% helped", part=(SentOn.HELPED,), of=tuple(SentOn)),
    ),
    "cases.age": _of_cases(D.AGE, EQUALITY, "Age at the end of the period", "Age"),
    "cases.sex": _of_cases(D.SEX, EQUALITY, "Sex or gender", "Sex or gender"),
    "cases.ethnicity": _of_cases(D.ETHNICITY, EQUALITY, "Ethnicity", "Ethnicity"),
    "cases.disability": _of_cases(D.DISABILITY, EQUALITY, "Disability", "Disability"),
    "cases.orientation": _of_cases(
        D.ORIENTATION, EQUALITY, "Sexual orientation", "Sexual orientation"
    ),
    "cases.religion": _of_cases(D.RELIGION, EQUALITY, "Religion or belief", "Religion or belief"),
}


def grid_of(
    key: str, rows: Mapping[Group, Counter[str]], points: Mapping[Group, int] | None = None
) -> Grid:
    """One table with exact counts; rows that are always shown are there with noughts."""
    spec = SPECS[key]
    named = {group: Counter[str]() for group in spec.always} | dict(rows)
    apart = spec.kind is Kind.APART
    return Grid(
        key=key,
        section=spec.section,
        title=spec.title,
        heading=spec.heading,
        definition=spec.definition,
        columns=spec.columns,
        kind=spec.kind,
        total_label=spec.total_label,
        rows=tuple(
            _row(spec, group, one, points.get(group) if points is not None else None)
            for group, one in sorted(named.items(), key=lambda row: _order(row[0]))
        ),
        total=None if apart else _row(spec, ("", ""), sum(named.values(), Counter[str]()), None),
        rate=spec.rate,
        amount_label=spec.amount_label,
        empty=spec.empty,
    )


def _row(spec: Spec, group: Group, row: Counter[str], points: int | None) -> Row:
    cells = {column: row[column] for column in spec.columns}
    return Row(group=group[0], name=group[1], total=row.total(), cells=cells, amount=points)


def _order(group: Group) -> tuple[object, ...]:
    """Rows by name, those of which nothing is known last."""
    last = group[1].startswith(("Not ", "No ", "Prefer not", "Opened without", "Another"))
    return not group[0], last, in_order(group)
