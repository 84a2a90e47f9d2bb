"""The way round: one list of places, of which each person is shown those they may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, current_app, request, url_for
from flask_login import current_user


@dataclass(frozen=True)
class Item:
    """One place in the service navigation. Without a permission, everyone signed in sees it."""

    label: str
    endpoint: str
    permission: StrEnum | None = None
    order: int = 100
    also: tuple[str, ...] = ()  # other blueprints whose pages belong to this place


@dataclass(frozen=True)
class Link:
    """An item as the page shows it."""

    label: str
    href: str
    is_current: bool


def register(app: Flask, items: Iterable[Item]) -> None:
    """Add places to the navigation, at start."""
    known: list[Item] = app.extensions.setdefault("beacon_navigation", [])
    known.extend(items)
    known.sort(key=lambda item: (item.order, item.label))


def check(app: Flask) -> None:
    """Stop the start when the navigation leads to a page that does not exist."""
    for item in registered(app):
        if item.endpoint not in app.view_functions:
            raise RuntimeError(f"the navigation leads to {item.endpoint}, which does not exist")


def registered(app: Flask) -> tuple[Item, ...]:
    """Every place there is, for everybody."""
    return tuple(app.extensions.get("beacon_navigation", ()))


def navigation() -> list[Link]:
    """The places the present person may open, the one they are in marked."""
    if not current_user.is_authenticated:
        return []
    return [
        Link(item.label, url_for(item.endpoint), is_current=_is_here(item))
        for item in registered(current_app)
        if item.permission is None or current_user.may(item.permission)
    ]


def _is_here(item: Item) -> bool:
    """Whether the page belongs to this place: the very page, or one of its feature."""
    if request.endpoint == item.endpoint:
        return True
    feature = item.endpoint.rpartition(".")[0]
    exact = {other.endpoint for other in registered(current_app)}
    return request.endpoint not in exact and request.blueprint in {feature, *item.also} - {""}


def init_app(app: Flask) -> None:
    """Let every template ask for the navigation."""
    app.add_template_global(navigation)
