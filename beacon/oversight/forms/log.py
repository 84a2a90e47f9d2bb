"""What may be asked of the log. Ids and references only, so it may stand in an address."""

from __future__ import annotations

from collections.abc import Sequence

from beacon.audit import words
from beacon.audit.queries import LogSearch
from beacon.audit.terms import Operation, Outcome
from beacon.core.errors import RuleBroken
from beacon.oversight.queries import About
from beacon.web.fields import DateField, InputRequired, SelectField, StringField
from beacon.web.forms import FilterForm

ANY = ""
KINDS = (("machine", "A scheduled job or a command"), ("nobody", "Nobody signed in"))
REFERENCE_AT_MOST = 20


class LogForm(FilterForm):
    """Which rows of the log are looked for."""

    who = SelectField("Who")
    about = SelectField(
        "About", choices=[(ANY, "Anything"), *((one.value, one.label) for one in About)]
    )
    record = StringField("Reference or number", max_length=REFERENCE_AT_MOST)
    action = SelectField("What was done")
    operation = SelectField(
        "Operation", choices=[(ANY, "Any"), *((one.value, one.label) for one in Operation)]
    )
    outcome = SelectField(
        "Outcome", choices=[(ANY, "Either"), *((one.value, one.label) for one in Outcome)]
    )
    first = DateField("From")
    last = DateField("To")

    def __init__(self, people: Sequence[tuple[int, str]], actions: Sequence[str]) -> None:
        super().__init__()
        self.who.choices = [
            (ANY, "Anybody"),
            *KINDS,
            *((str(number), name) for number, name in people),
        ]
        said = sorted((words.said(action), action) for action in actions)
        self.action.choices = [(ANY, "Anything"), *((action, word) for word, action in said)]

    @property
    def asked_by(self) -> tuple[str, ...]:
        """The names of the boxes that were filled in, for the log."""
        return tuple(name for name, answer in self.answers().items() if answer)

    def search(self, records: Sequence[tuple[str, str]] | None) -> LogSearch:
        """The search that the boxes describe."""
        if self.first.data and self.last.data and self.last.data < self.first.data:
            raise RuleBroken("The last day must not be before the first.", field="last")
        who = self.who.data or ANY
        return LogSearch(
            person_id=int(who) if who.isdigit() else None,
            actor_kind="" if who.isdigit() else who,
            records=records,
            action=self.action.data or "",
            operation=Operation(self.operation.data) if self.operation.data else None,
            outcome=Outcome(self.outcome.data) if self.outcome.data else None,
            first_day=self.first.data,
            last_day=self.last.data,
        )


class SeenForm(FilterForm):
    """Of which case it is asked who has seen it."""

    reference = StringField(
        "Case reference", [InputRequired("Enter a case reference")], max_length=REFERENCE_AT_MOST
    )


class WeekForm(FilterForm):
    """Which week's unusual access is looked at."""

    day = DateField("A day of the week")
