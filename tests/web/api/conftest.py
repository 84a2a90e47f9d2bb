"""A program that has been let in, and a short way for it to post."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.accounts.terms import ClientFeed
from tests.factories import TEST

Post = Callable[..., Any]


@pytest.fixture
def token_of(app: Flask) -> Callable[..., str]:
    """Let a program in, and give its token."""

    def of(*feeds: ClientFeed, name: str = "", agency: str = "Example Refuge", **known: Any) -> str:
        terms = accounts.Terms(feeds=feeds or tuple(ClientFeed), agency=agency, **known)
        name = name or f"Program {secrets.token_hex(4)}"
        return accounts.make_client(name, terms, actor=TEST)[1]

    return of


@pytest.fixture
def post(app: Flask, token_of: Callable[..., str]) -> Post:
    """Post rows of a list with a token and a key of their own, or with those that are given."""
    own = token_of()

    def of(*rows: dict[str, Any], feed: str = "police", token: str = own, key: str = "") -> Any:
        return app.test_client().post(
            "/api/v1/referrals",
            json={"feed": feed, "referrals": list(rows)},
            headers={
                "Authorization": f"Bearer {token}",
                "Idempotency-Key": key or secrets.token_hex(8),
            },
        )

    return of
