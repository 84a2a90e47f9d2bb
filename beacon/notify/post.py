"""How texts leave this installation: its way out, its journal, its settings."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from beacon.core.tray import FILE, Tray
from beacon.notify.gateway import Gateway, PaperGateway, TwilioGateway
from beacon.notify.journal import Journal
from config import Config


@dataclass(frozen=True)
class Post:
    """The way out of one installation."""

    config: Config
    gateway: Gateway
    journal: Journal
    tray: Tray

    @classmethod
    def of(cls, config: Config) -> Post:
        """The way out that the settings ask for: the provider, or the paper tray."""
        tray = Tray(config.instance / FILE)
        gateway = TwilioGateway(config) if config.texts_are_real else PaperGateway(tray)
        return cls(config, gateway, Journal(config.journal), tray)


def init_app(app: Flask) -> None:
    """Open the way out that this installation's settings ask for."""
    app.extensions["beacon_post"] = Post.of(app.config["BEACON"])


def post() -> Post:
    """The way out of the installation that is running."""
    found: Post = current_app.extensions["beacon_post"]
    return found
