"""Boxes of a contact round: one row for each person, each saved by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any  # the boxes of each row are of several types

from wtforms import Field

from beacon.calls.commands import Attempt
from beacon.calls.queries import RoundRow
from beacon.cases.terms import ContactOutcome
from beacon.core.errors import RuleBroken, Stale
from beacon.web.fields import DateField, HiddenField, SelectField, TextAreaField
from beacon.web.forms import BeaconForm

NOTES_AT_MOST = 2_000
OUTCOMES = (
    ContactOutcome.SPOKE,
    ContactOutcome.MESSAGE_LEFT,
    ContactOutcome.NO_ANSWER,
    ContactOutcome.NOT_SAFE,
)
NUMBERED = re.compile(r"seen_([0-9]{1,18})")
LONGEST_SEEN = 18
PARTS = ("outcome", "notes", "again")


def ids_sent(sent: Mapping[str, str]) -> list[int]:
    """The cases whose boxes a page sent, in its order."""
    found = (NUMBERED.fullmatch(name) for name in sent)
    return [int(one.group(1)) for one in found if one]


class RoundForm(BeaconForm):
    """Attempts to reach several people; a mistake in one row keeps none of the others back."""

    rows: Sequence[RoundRow] = ()

    @classmethod
    def of(cls, rows: Sequence[RoundRow]) -> RoundForm:
        """The boxes of these people."""
        boxes = {name: box for row in rows for name, box in _boxes(row).items()}
        seen = {f"seen_{row.case_id}": str(row.seen) for row in rows}
        form: RoundForm = type(cls.__name__, (cls,), boxes)(**seen)
        form.rows = rows
        return form

    def boxes_of(self, row: RoundRow) -> tuple[Field, Field, Field]:
        """What came of it, the note, and the next try."""
        outcome, notes, again = (self[f"{part}_{row.case_id}"] for part in PARTS)
        return outcome, notes, again

    def to_save(self) -> Iterator[tuple[RoundRow, Attempt, int]]:
        """The rows that say what came of it and can be used, each with the contact it has seen."""
        for row in self.rows:
            outcome, notes, again = self.boxes_of(row)
            if not any(box.data or box.errors for box in (outcome, notes, again)):
                continue
            if outcome.data is None and not outcome.errors:
                outcome.errors = [f"Choose what came of the call to {row.victim_name}"]
            if not any(box.errors for box in (outcome, notes, again)):
                attempt = Attempt(outcome=outcome.data, notes=notes.data or "", again_on=again.data)
                yield row, attempt, self._seen(row)

    def refuse_row(self, row: RoundRow, refusal: RuleBroken) -> None:
        """Put the sentence by the row it is about; a stale one may be saved again once read."""
        outcome, _, again = self.boxes_of(row)
        box = again if refusal.field == "again" else outcome
        box.errors = [*box.errors, f"{row.victim_name}: {refusal.message}"]
        if isinstance(refusal, Stale):
            self[f"seen_{row.case_id}"].data = None

    def show(self, rows: Sequence[RoundRow]) -> None:
        """Show these rows, as they stand now, with what was typed."""
        before = {row.case_id: row for row in self.rows}
        self.rows = rows
        for row in rows:
            box = self[f"seen_{row.case_id}"]
            stale = box.data is None
            box.typed = str(row.seen if stale else self._seen(before[row.case_id]))

    def drop(self, case_ids: set[int]) -> None:
        """Take the boxes of what is saved off the form."""
        for case_id in case_ids:
            for part in ("seen", *PARTS):
                del self[f"{part}_{case_id}"]

    def _seen(self, row: RoundRow) -> int:
        text = str(self[f"seen_{row.case_id}"].data or "")
        plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST_SEEN
        return int(text) if plain else -1


def _boxes(row: RoundRow) -> dict[str, Any]:
    number, name = row.case_id, row.victim_name
    return {
        f"seen_{number}": HiddenField(),
        f"outcome_{number}": SelectField(
            f"What came of it: {name}",
            coerce=ContactOutcome,
            choices=[("", "Not rung yet"), *((one.value, one.label) for one in OUTCOMES)],
        ),
        f"notes_{number}": TextAreaField(f"Note: {name}", max_length=NOTES_AT_MOST),
        f"again_{number}": DateField(f"Try again on: {name}"),
    }
