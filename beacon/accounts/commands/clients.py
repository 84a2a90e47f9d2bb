"""Programs that may send us referrals: made and revoked by an administrator, let in by a token."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from beacon.accounts.commands.sessions import digest, new_token
from beacon.accounts.models import ApiClient
from beacon.accounts.terms import ClientFeed
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken, TooMany

# By which a token that was left somewhere is known for one of ours.
PREFIX = "beacon_"
SEEN_EVERY = timedelta(minutes=1)
CALLS_AT_MOST = 600
TOO_MANY = "Too many calls in a minute. Wait {seconds} seconds, then send it again."


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a program may do: its lists, in whose name, how often (calls a minute), until when."""

    feeds: Collection[ClientFeed]
    agency: str = ""
    rate: int = 60
    ends_on: date | None = None


def make_client(name: str, terms: Terms, *, actor: Actor) -> tuple[ApiClient, str]:
    """Let a program in; its token is given this once, and only a print of it is kept."""
    name, agency = " ".join(name.split()), " ".join(terms.agency.split())
    _check(terms, agency)
    token = PREFIX + new_token()
    with transaction() as session:
        if session.scalar(sa.select(ApiClient.id).where(ApiClient.name == name)):
            raise RuleBroken("There is a program of that name already.", field="name")
        client = ApiClient(
            name=name,
            token_hash=digest(token),
            feeds=",".join(sorted(terms.feeds)),
            agency=agency or None,
            rate=terms.rate,
            ends_on=terms.ends_on,
            made_by_id=actor.id,
        )
        session.add(client)
        audit.record(
            "api_client.made", client, actor, feeds=client.feeds, agency=agency, rate=terms.rate
        )
    return client, token


def _check(terms: Terms, agency: str) -> None:
    if not terms.feeds:
        raise RuleBroken("Choose at least one list.", field="feeds")
    if ClientFeed.PARTNER in terms.feeds and not agency:
        raise RuleBroken(
            "Enter the agency in whose name it sends referrals of the partner list.",
            field="agency",
        )
    if not 0 < terms.rate <= CALLS_AT_MOST:
        raise RuleBroken(f"Enter a whole number from 1 to {CALLS_AT_MOST}.", field="rate")
    if terms.ends_on is not None and terms.ends_on < clock.today():
        raise RuleBroken("Enter a last day that is not over.", field="ends_on")


def revoke_client(client: ApiClient, *, actor: Actor) -> None:
    """Shut a program out, from its next call on. What it sent stays."""
    with transaction() as session:
        session.refresh(client, with_for_update=True)
        if client.revoked_at is None:
            client.revoked_at = clock.now()
            audit.record("api_client.revoked", client, actor)


def admit(token: str) -> ApiClient | None:
    """The program whose token this is, if it may still send; its call is counted.

    The minute is that of the clock: at its turn a program may send twice its calls at once, never
    more.
    """
    with transaction() as session:
        client = session.scalar(
            sa.select(ApiClient).where(ApiClient.token_hash == digest(token)).with_for_update()
        )
        if client is None or not client.may_send(clock.today()):
            return None
        now = clock.now()
        minute = now.replace(second=0, microsecond=0)
        if client.minute_at != minute:
            client.minute_at, client.minute_calls = minute, 0
        client.minute_calls += 1
        if client.last_used_at is None or now - client.last_used_at >= SEEN_EVERY:
            client.last_used_at = now
    return client


def keep_rate(client: ApiClient) -> None:
    """Refuse a call over those that the program may make in a minute: TooMany."""
    if client.minute_calls > client.rate:
        left = 60 - clock.now().second
        raise TooMany(TOO_MANY.format(seconds=left), seconds=left)


def actor_of(client: ApiClient) -> Actor:
    """The program as the log names it."""
    return machine(f"program {client.name}")
