"""Asking once more where what a form says seems wrong, or leaves something open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # answers are of whatever type each field yields

from wtforms import Field

from beacon.web.fields import BooleanField, HiddenField
from beacon.web.forms import BeaconForm

HIDDEN_AT_MOST = 1_000


class AskedTwice(BeaconForm):
    """A form that asks once more where what it says seems wrong, and takes it where it is not."""

    ORDER = "Check it, or tick that it is right."
    sure = BooleanField("It is right: record it")
    asked = HiddenField(max_length=HIDDEN_AT_MOST)  # what was asked when the page was last shown

    def is_sure(self, doubts: Sequence[str], box: Field) -> bool:
        """Whether nothing is doubtful, or somebody has said of just these doubts that it is right.

        A tick given for other answers does not count for these.
        """
        now = _in_one(doubts)
        if not doubts or (self.sure.data and self.asked.data == now):
            return True
        self.ask(doubts)
        box.errors = [*box.errors, f"{now} {self.ORDER}"]
        return False

    def ask(self, doubts: Sequence[str]) -> None:
        """Have the page ask for the tick, for these doubts and no others."""
        self.asked.typed, self.sure.data = _in_one(doubts), False

    def answers(self) -> dict[str, Any]:
        """The answers without those to our own question."""
        return {
            name: answer
            for name, answer in super().answers().items()
            if name not in {self.sure.name, self.asked.name}
        }

    @property
    def asks(self) -> bool:
        """Whether the page asks for the tick."""
        return bool(getattr(self.asked, "typed", ""))


def _in_one(doubts: Sequence[str]) -> str:
    """The doubts as they are sent back with the form."""
    return " ".join(doubts)[:HIDDEN_AT_MOST]
