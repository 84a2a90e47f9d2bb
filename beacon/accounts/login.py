"""Signing in behind Flask-Login: the cookie's token leads to a session row, read each time.

A session begins half: the password was given, and only the pages of the second factor answer. It is
whole once everything that is asked was shown, which its row says (decision 0005).
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from flask import Flask, current_app, g, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from beacon.accounts import commands, queries
from beacon.accounts.models import AuthSession
from beacon.core import clock, roles, settings
from beacon.core.actor import Actor
from beacon.core.roles import Role
from beacon.web import guard, security
from config import Config

manager = LoginManager()
manager.session_protection = None  # the row in the database is the session; nothing else is asked


def factor_needed(config: Config) -> bool:
    """Whether everybody shows a second factor here: everywhere but in the demonstration."""
    return not config.is_demo


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login is untyped
    """The person at the page, for this one request."""

    def __init__(self, token: str, row: AuthSession) -> None:
        person = row.staff
        self.token = token
        self.id = person.id
        self.name = person.name
        self.session_id = row.id
        self.id_hash = row.id_hash
        self.proved_at = row.proved_at
        asked = factor_needed(current_app.config["BEACON"])
        self.is_half = row.proved_at is None or (asked and row.mfa_at is None)
        self.roles: frozenset[Role] = frozenset() if self.is_half else person.roles
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

    @property
    def is_authenticated(self) -> bool:
        """Whether the person has shown everything that is asked of them."""
        return not self.is_half

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


def take_up(token: str) -> None:
    """Put a new session's token in the browser's cookie, and nothing of what was there before."""
    session.clear()
    g.pop("csrf_token", None)  # it was made for what has just been thrown away
    carry_on(token)


def carry_on(token: str) -> None:
    """Put the session's new token in the cookie; forms that are open in other tabs still work."""
    login_user(load(token))
    for written in ("_id", "_fresh"):  # what Flask-Login would keep of the browser
        session.pop(written, None)
    security.keep_tokens()


def held() -> str:
    """The token in the browser's cookie, living or dead."""
    return str(session.get("_user_id", ""))


def leave() -> None:
    """Empty the cookie."""
    logout_user()
    session.clear()


def begin(token: str) -> None:
    """Take up a session to which the password was given; where no more is asked, it is whole."""
    take_up(token)
    asked = factor_needed(current_app.config["BEACON"])
    if not asked and queries.factor_of(current_user.id) is None:
        carry_on(commands.open_without_factor(token, actor=current_user.actor))


def hold_back() -> ResponseReturnValue | None:
    """Let nothing answer a half session but the second factor, signing out and our own files.

    Here for all pages at once, so that no view can forget it (security.md A-15).
    """
    view = current_app.view_functions.get(request.endpoint or "")
    answers = any(getattr(view, mark, False) for mark in ("password_is_enough", "for_machines"))
    if answers or request.endpoint == "static" or "_user_id" not in session:
        return None
    return guard.to_sign_in() if guard.is_half_signed_in() else None


def init_app(app: Flask) -> None:
    """Put Flask-Login to work, without its remember-me cookie."""
    manager.init_app(app)
    app.before_request(hold_back)
