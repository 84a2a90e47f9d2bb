"""Signing in behind Flask-Login: the cookie's token leads to a session row, read each time."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from flask import Flask, request
from flask_login import LoginManager, UserMixin

from beacon.accounts import commands, queries
from beacon.accounts.models import AuthSession
from beacon.core import clock, roles, settings
from beacon.core.actor import Actor
from beacon.core.roles import Role

manager = LoginManager()
manager.session_protection = None  # the row in the database is the session; nothing else is asked


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login is untyped
    """The person at the page, for this one request."""

    def __init__(self, token: str, row: AuthSession) -> None:
        person = row.staff
        self.token = token
        self.id = person.id
        self.name = person.name
        self.session_id = row.id
        self.proved_at = row.proved_at
        self.roles: frozenset[Role] = person.roles
        self.actor = Actor(
            kind="staff",
            id=person.id,
            name=person.name,
            session=row.id_hash[:16],
            ip=row.ip if not request else (request.remote_addr or ""),
            team_id=person.team_id,
            agency=person.agency,
            roles=self.roles,
        )

    def get_id(self) -> str:
        """What the cookie holds: the random token, and nothing about the person."""
        return self.token

    def may(self, permission: StrEnum) -> bool:
        """Whether one of the roles held now grants the permission."""
        return roles.may(self.roles, permission)

    @property
    def has_proved_lately(self) -> bool:
        """Whether the person proved who they are within the minutes that step-up allows."""
        lately = clock.now() - timedelta(minutes=settings.count("accounts.step_up_minutes"))
        return self.proved_at is not None and self.proved_at > lately

    def has(self, *wanted: Role) -> bool:
        """Whether the person holds one of these roles."""
        return self.actor.has(*wanted)


@manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> SignedIn | None:
    """The person whose live session this token names."""
    row = queries.live_session(commands.digest(token))
    if row is None:
        return None
    signed_in = SignedIn(token, row)
    if "X-Beacon-Polling" not in request.headers:  # a page that asks by itself keeps nobody in
        commands.touch(row)
    return signed_in


def init_app(app: Flask) -> None:
    """Put Flask-Login to work, without its remember-me cookie."""
    manager.init_app(app)
