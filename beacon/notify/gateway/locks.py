"""Who may be texted from here at all, and who may tell us that they were."""

from __future__ import annotations

from typing import Any  # a form as Flask gives it

from twilio.request_validator import RequestValidator

from beacon.core.phone import Phone
from config import Config


def is_signed(config: Config, url: str, form: Any, signature: str | None) -> bool:
    """Whether the provider signed this request to this very address, with either of our tokens."""
    if not signature:
        return False
    tokens = (config.twilio_auth_token, config.twilio_auth_token_secondary)
    return any(RequestValidator(token).validate(url, form, signature) for token in tokens if token)


def may_text(config: Config, mobile: Phone) -> bool:
    """Whether this installation may text this number at all (contract.md 4).

    Nothing real by accident: outside production Ofcom's numbers for made-up people go to an
    emulator on this machine only, and any other number only if it is on the list.
    """
    if not config.texts_are_real:
        return True
    if config.is_production:
        return not mobile.is_drama or config.provider_is_loopback
    if mobile.is_drama:
        return config.provider_is_loopback
    return mobile.e164 in {Phone.parse(listed).e164 for listed in config.text_allow}
