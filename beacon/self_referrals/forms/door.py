"""The boxes at the door: what a person never fills in, and a signed word of when a page was shown.

No puzzle. Whoever is too quick, or fills in the box that nobody sees, is asked to press once more;
nothing that was written is lost, and nobody is too slow.
"""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.self_referrals import rules
from beacon.web.fields import HiddenField, InputRequired, StringField
from beacon.web.forms import BeaconForm

ONCE_MORE = "Press the button once more, so that we know that a person sent this."


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="refer-door")


def sign(word: str) -> str:
    """A word that only we can have written."""
    return str(_signer().dumps(word))


def signed(text: object) -> str:
    """The word that was signed; empty where it is not ours."""
    try:
        return str(_signer().loads(str(text or "")))
    except BadSignature:
        return ""


class DoorForm(BeaconForm):
    """A form with the box that nobody sees."""

    keeps_draft = False
    more = StringField("Leave this box empty")

    def is_trapped(self) -> bool:
        """Whether something filled in the box that nobody sees; it is emptied, to be sent again."""
        if not self.more.data:
            return False
        self.more.typed = self.more.data = ""
        self.refuse(RuleBroken(ONCE_MORE))
        return True


class StartForm(DoorForm):
    """Begin."""

    shown = HiddenField()

    @classmethod
    def now(cls) -> StartForm:
        """The form with the moment at which it is shown, signed."""
        return cls(shown=sign(clock.now().isoformat()))

    @property
    def shown_at(self) -> datetime | None:
        """When the page was shown; None where the signature is not ours."""
        word = signed(self.shown.data)
        return datetime.fromisoformat(word) if word else None


class SendForm(DoorForm):
    """Send."""

    asked = HiddenField()

    def is_too_quick(self, shown_at: datetime | None, about: str) -> bool:
        """Whether to ask once for another press; the second is taken however quick it is."""
        if signed(self.asked.data) == about or not rules.is_too_quick(shown_at, clock.now()):
            return False
        self.asked.typed = self.asked.data = sign(about)
        self.refuse(RuleBroken(ONCE_MORE))
        return True


class CodeForm(BeaconForm):
    """The code of a private link."""

    keeps_draft = False
    code = StringField("Your code", [InputRequired("Enter the code that you wrote down")])


class DeleteForm(BeaconForm):
    """Delete what was written."""

    keeps_draft = False


class SaveForm(BeaconForm):
    """Make a private link."""

    keeps_draft = False
