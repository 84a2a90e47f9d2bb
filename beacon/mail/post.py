"""How mails leave this installation: the door that its settings ask for."""

from __future__ import annotations

from flask import current_app

from beacon.core.tray import FILE, Tray
from beacon.mail.gateway import Door, PaperDoor, SmtpDoor
from config import Config


def door() -> Door:
    """The mail server of the settings, or the paper tray."""
    config = _config()
    if config.mail_is_real:
        return SmtpDoor(config.smtp_url, public_url=config.public_url)
    return PaperDoor(Tray(config.instance / FILE))


def is_real() -> bool:
    """Whether a mail reaches the person it is for."""
    return _config().mail_is_real


def address(path: str) -> str:
    """A link to a page of ours as a mail carries it: by our own address, never a caller's."""
    return f"{_config().base_url}{path}"


def _config() -> Config:
    config: Config = current_app.config["BEACON"]
    return config
