"""The codes of an authenticator app (RFC 6238): a secret, its picture, the step a code is of."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup

from beacon.core import sealed

ISSUER = "Beacon"
STEP_SECONDS = 30
EITHER_SIDE = 1  # steps that a telephone's clock may be out by (security.md A-17)
DIGITS = 6
_PLACE = {"table": "second_factor", "column": "offered"}


@dataclass(frozen=True)
class Offer:
    """A new secret on its way to an app: shown to one session, and good in that session alone."""

    secret: str
    sealed: str

    @property
    def groups(self) -> str:
        """The secret in groups of four, for typing."""
        return " ".join(re.findall(".{1,4}", self.secret))


def offer(id_hash: str) -> Offer:
    """A new secret for the session of this hash. Nothing is kept until a code confirms it."""
    secret = pyotp.random_base32()
    blob = sealed.seal(secret, row=id_hash, **_PLACE)
    return Offer(secret, base64.urlsafe_b64encode(blob).decode())


def offered(text: str, id_hash: str) -> Offer | None:
    """The secret that was offered to this session; None where it was offered to another."""
    try:
        blob = base64.urlsafe_b64decode(text.encode())
        return Offer(sealed.unseal(blob, row=id_hash, **_PLACE), text)
    except (binascii.Error, ValueError, sealed.CannotUnseal):
        return None


def step_at(moment: datetime) -> int:
    """The time step of a moment, by the server's clock and no other."""
    return int(moment.timestamp()) // STEP_SECONDS


def step_of(secret: str, typed: str, at: datetime) -> int | None:
    """The step whose code was typed, among the few that count now."""
    code = re.sub(r"[\s-]", "", typed)
    if not (len(code) == DIGITS and code.isascii() and code.isdigit()):
        return None
    codes = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    now = step_at(at)
    for step in range(now - EITHER_SIDE, now + EITHER_SIDE + 1):
        if hmac.compare_digest(codes.generate_otp(step), code):
            return step
    return None


def picture(secret: str, email: str) -> Markup:
    """The secret as a square that an app reads with its camera."""
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    drawn = segno.make(address, error="m").svg_inline(
        border=4, light="#fff", omitsize=True, title="Code for your authenticator app"
    )
    # Drawn by the library from an address of ours: nothing in it was typed but the e-mail, encoded.
    return Markup(drawn)  # noqa: S704  # nosec B704
