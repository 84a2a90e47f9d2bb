"""Questions on the pages about texts."""

from __future__ import annotations

from wtforms.validators import Length

from beacon.web.fields import InputRequired, RadioField, StringField, TextAreaField
from beacon.web.forms import BeaconForm

SEND, LEAVE = "send", "leave"


class DecisionForm(BeaconForm):
    """What to do with a text of which nobody knows whether it was sent."""

    decision = RadioField(
        "What should happen to this text?",
        [InputRequired("Choose what should happen to this text")],
        choices=[(SEND, "Send it again"), (LEAVE, "Leave it as it is")],
    )
    reason = TextAreaField(
        "Why?", [InputRequired("Say why, for whoever reads this later"), Length(max=500)]
    )


class PauseForm(BeaconForm):
    """Why the sender is paused."""

    reason = StringField(
        "Why are texts paused?", [InputRequired("Say why, for whoever resumes them")]
    )


class OrderForm(BeaconForm):
    """An order without a question: the button and its token."""
