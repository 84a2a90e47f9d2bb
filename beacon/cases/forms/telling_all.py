"""Boxes for telling several victims of one crime: who was told, when and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any  # the boxes of each victim are of several types

from flask import request
from wtforms import Field

from beacon.cases.commands import NotAllRecorded, Telling
from beacon.cases.forms.duties import CHANNELS, REASON_AT_MOST
from beacon.cases.queries import TellLine
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Channel
from beacon.web.fields import (
    BooleanField,
    InputRequired,
    MomentField,
    NotInFuture,
    SelectField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

TICK = re.compile(r"told_[0-9]{1,18}")
GONE = "One of those you ticked is no longer on the list. Look at it again; nothing was recorded."


class TellAllForm(BeaconForm):
    """Who was told; the moment is the same for all, unless another stands beside one."""

    lines: Sequence[TellLine] = ()
    at = MomentField(
        "When they were told", [InputRequired("Enter when they were told"), NotInFuture()]
    )

    late_because = TextAreaField("Why they were told late", max_length=REASON_AT_MOST)
    recovery = TextAreaField("What is done so that it is not late again", max_length=REASON_AT_MOST)

    @classmethod
    def of(cls, lines: Sequence[TellLine], *, at: datetime) -> TellAllForm:
        """The boxes of these victims."""
        boxes = {name: box for line in lines for name, box in _boxes(line).items()}
        form: TellAllForm = type(cls.__name__, (cls,), boxes)(at=at)
        form.lines = lines
        return form

    def boxes_of(self, line: TellLine) -> tuple[Field, Field, Field]:
        """Whether this victim was told, how, and when if at another time; safe ways alone."""
        told, how, at = (self[f"{part}_{line.duty.id}"] for part in ("told", "how", "at"))
        kept = {*line.open_ways, how.data}
        how.choices = [
            ("", "Choose how"),
            *((channel.value, channel.label) for channel in Channel if channel in kept),
        ]
        return told, how, at

    def some_are_late(self, today: date) -> bool:
        """Whether for any of them the day has passed."""
        return any(line.duty.is_late(today) for line in self.lines)

    def heeds(self) -> bool:
        """Whether each who is ticked may be told so, and nothing that was sent is left aside."""
        known = {f"told_{line.duty.id}" for line in self.lines}
        if any(TICK.fullmatch(name) and name not in known for name in request.form):
            self.form_errors = [*self.form_errors, GONE]
        for line in self.lines:
            self._heed(line)
        if not self.tellings() and not self._is_refused():
            self.form_errors = [*self.form_errors, "Tick at least one victim who was told."]
        return not self._is_refused()

    def tellings(self) -> list[Telling]:
        """What is to be recorded, as the command wants it."""
        return [
            Telling(
                duty_id=line.duty.id,
                at=at.data or self.at.data,
                channel=how.data,
                late_because=self.late_because.data or "",
                recovery=self.recovery.data or "",
            )
            for line, told, how, at in self._asked()
            if told.data
        ]

    def refuse(self, refusal: RuleBroken) -> None:
        """Say of each case why it was not recorded, by its reference."""
        if not isinstance(refusal, NotAllRecorded):
            super().refuse(refusal)
            return
        by_duty = {line.duty.id: line for line in self.lines}
        said = [
            f"{by_duty[duty_id].case.reference}: {one.message}{self._typed(by_duty[duty_id])}"
            for duty_id, one in refusal.refusals.items()
        ]
        self.form_errors = [*self.form_errors, refusal.message, *said]

    def _asked(self) -> Iterator[tuple[TellLine, Field, Field, Field]]:
        for line in self.lines:
            number = line.duty.id
            yield line, self[f"told_{number}"], self[f"how_{number}"], self[f"at_{number}"]

    def _heed(self, line: TellLine) -> None:
        told, how, _ = (self[f"{part}_{line.duty.id}"] for part in ("told", "how", "at"))
        if not told.data:
            if how.data:
                words = f"Tick that {line.name} was told, or choose no way in which they were."
                told.errors = [*told.errors, words]
        elif not line.duty.is_open:
            words = (
                f"{line.case.reference}, {line.name}: somebody else has dealt with this meanwhile "
                f"({line.duty.state.label.lower()}).{self._typed(line)}"
            )
            self.form_errors = [*self.form_errors, words]
        elif line.why_not:
            words = f"{line.case.reference}, {line.name}: {line.why_not}{self._typed(line)}"
            self.form_errors = [*self.form_errors, words]
        elif how.data is None:
            how.errors = [*how.errors, f"Choose how {line.name} was told."]
        elif how.data in line.closed:
            words = f"{line.name}, {how.data.label.lower()}: {line.closed[how.data]}"
            how.errors = [*how.errors, f"{words} Choose another way."]

    def _typed(self, line: TellLine) -> str:
        """What stood in the boxes of a line that the page shows without boxes now."""
        _, how, at = (self[f"{part}_{line.duty.id}"] for part in ("told", "how", "at"))
        moment = at if at.data else self.at
        said = [how.data.label.lower()] if how.data else []
        said += [f"{'.'.join(moment.boxes)} {moment.time_box}"] if moment.data else []
        return f" You had typed: {', '.join(said)}." if said else ""

    def _is_refused(self) -> bool:
        return any(True for _ in self.mistakes())


def _boxes(line: TellLine) -> dict[str, Any]:
    number, name = line.duty.id, line.name
    return {
        f"told_{number}": BooleanField(f"{name} was told"),
        f"how_{number}": SelectField(
            f"How {name} was told", coerce=Channel, choices=[("", "Choose how"), *CHANNELS]
        ),
        f"at_{number}": MomentField(f"When {name} was told", [NotInFuture()]),
    }
