"""Questions on the pages about texts."""

from __future__ import annotations

from wtforms.validators import Length

from beacon.notify.terms import NumberFlag
from beacon.web.fields import InputRequired, RadioField, StringField, TextAreaField
from beacon.web.forms import BeaconForm

SEND, LEAVE = "send", "leave"
NOTHING = "nothing"


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


class ReplyForm(BeaconForm):
    """What a person did about a reply, and what it says about the number."""

    number = RadioField(
        "What does it say about the number?",
        [InputRequired("Say what it tells about the number")],
        choices=[
            (NOTHING, "Nothing"),
            (NumberFlag.OPTED_OUT.value, "They do not want texts: text this number no more"),
            (NumberFlag.WRONG_PERSON.value, "Somebody else has it: text this number no more"),
        ],
    )
    note = TextAreaField(
        "What did you do?",
        [InputRequired("Say what you did, for whoever reads this later"), Length(max=500)],
    )

    def flag(self) -> NumberFlag | None:
        """What the number is marked as, if anything."""
        return None if self.number.data == NOTHING else NumberFlag(self.number.data)


class LiftForm(BeaconForm):
    """Why a number is texted again."""

    because = TextAreaField(
        "Why may this number be texted again?",
        [InputRequired("Say why, for whoever reads this later"), Length(max=500)],
    )
