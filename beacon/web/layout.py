"""What base.html needs: where templates and assets are, who is signed in, what to warn of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any  # Flask-Login's user is whatever accounts makes it

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from beacon.core import together
from beacon.web import drafts

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Told:
    """A sentence at the top of the page; where it has one, a link, or a button that ends it."""

    sentence: str
    address: str = ""
    button: str = ""
    hidden: Mapping[str, object] = field(default_factory=dict)
    link: str = ""  # where more of it stands
    link_words: str = ""


Banner = Callable[[], str | Told | None]


def add_banner(app: Flask, banner: Banner) -> None:
    """Show a sentence to whoever is signed in while the function gives one, such as a late job."""
    app.extensions.setdefault("beacon_banners", []).append(banner)


def banners() -> list[Told]:
    """What the person who is signed in must know now."""
    registered = current_app.extensions.get("beacon_banners", ())
    said = together.ask(*(together.of(banner) for banner in registered))
    return [one if isinstance(one, Told) else Told(one) for one in said if one]


@dataclass(frozen=True)
class Idle:
    """How long an idle session lives, and the address that keeps it alive when a person asks."""

    seconds: int
    address: str


def warn_of_idling(app: Flask, seconds: Callable[[], int], endpoint: str) -> None:
    """Warn on every page before an idle session ends; the endpoint takes a POST and keeps it."""
    app.extensions["beacon_idle"] = (seconds, endpoint)


def idle() -> Idle | None:
    """What the page must know to warn in time (WCAG 2.2.1)."""
    known = current_app.extensions.get("beacon_idle")
    return Idle(known[0](), url_for(known[1])) if known else None


def is_turned_away() -> bool:
    """Whether the answer is a page that shows nothing of the record to which its address leads."""
    return bool(g.get("is_turned_away"))


def signed_in() -> Any | None:
    """The person at the page, or None; on a page about a fault nobody is looked up."""
    if g.get("is_faulty") or not hasattr(current_app, "login_manager"):
        return None
    return current_user if current_user.is_authenticated else None


def asset(name: str) -> str:
    """The address of a file of ours; it changes with the content, so a browser may keep it."""
    # By hand: a page that refuses a wrong host has no map of addresses to ask.
    address = f"{request.script_root}{current_app.static_url_path}/{name}"
    if name.startswith("vendor/"):
        return address
    return f"{address}?v={current_app.extensions['beacon_assets'][name]}"


def stamps(folder: Path) -> dict[str, str]:
    """The fingerprint of each of our own static files."""
    files = (path for path in folder.rglob("*") if path.is_file())
    own = (path for path in files if "vendor" not in path.relative_to(folder).parts)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in own
    }


def init_app(app: Flask) -> None:
    """Find the templates and assets, and give base.html what it asks for."""
    shared = FileSystemLoader(HERE / "templates")
    app.jinja_loader = ChoiceLoader(
        [
            shared,
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    app.extensions["beacon_assets"] = stamps(HERE / "static")
    app.add_template_global(asset)
    app.add_template_global(drafts.address, "draft_address")
    app.add_template_global(drafts.forget_address, "forget_address")
    app.add_template_global(banners)
    app.add_template_global(idle)
    app.add_template_global(signed_in)
    app.jinja_env.globals["is_demo"] = app.config["BEACON"].is_demo
