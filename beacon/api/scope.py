"""Who calls, and what the caller may send: a token for each program, its lists and its agency."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any  # a view may take what it likes

from flask import g, request
from flask.typing import ResponseReturnValue

from beacon.accounts import commands as accounts
from beacon.accounts.models import ApiClient
from beacon.core.errors import BeaconError
from beacon.feeds.specs import plain

BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/=-]{1,200})", re.IGNORECASE)
View = Callable[..., ResponseReturnValue]
NO_TOKEN = "Send 'Authorization: Bearer' and the token that an administrator gave you."  # noqa: S105  # nosec B105
DEAD_TOKEN = "This token does not open the door: it is unknown, over or shut out."  # noqa: S105  # nosec B105
NOT_JSON = "Send the body as application/json. Nothing was taken in."


class Unknown(BeaconError):
    """Nobody of ours calls."""

    status = 401


class OutOfScope(BeaconError):
    """The caller may not send this."""

    status = 403


class NotJson(BeaconError):
    """The body is of another kind."""

    status = 415


def client_required(view: View) -> View:
    """Only a program with a living token may call the view, and no oftener than it may."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        g.api_client = _caller()
        if not request.is_json:
            raise NotJson(NOT_JSON)
        return view(*args, **kwargs)

    return guarded


def _caller() -> ApiClient:
    """The program whose token the call shows; the log names it from here on."""
    shown = BEARER.fullmatch(request.headers.get("Authorization", ""))
    client = accounts.admit(shown.group(1)) if shown else None
    if client is None:
        raise Unknown(DEAD_TOKEN if shown else NO_TOKEN)
    g.caller = accounts.actor_of(client)
    # Once a minute is enough: a program that does not stop must not fill the log.
    g.is_told = client.minute_calls > client.rate + 1
    accounts.keep_rate(client)
    return client


def check_scope(client: ApiClient, feed: str, rows: Sequence[dict[str, str | None]]) -> None:
    """Refuse what the program may not send, all of it (security.md M-16).

    A referral of the partner list that names no agency is of the program's own.
    """
    if feed not in client.scope:
        raise OutOfScope(f"This token may not send the list '{feed}'. Nothing was taken in.")
    if feed != "partner":
        return
    for number, row in enumerate(rows, 1):
        # A column is known by its name in any case, with or without spaces around it.
        spelt = [name for name in row if plain(name) == "agency"]
        named = [cell for name in spelt if (cell := row.pop(name) or "").strip()]
        row["agency"] = named[0] if named else client.agency
        if any(_folded(one) != _folded(client.agency) for one in named):
            raise OutOfScope(
                f"Referral {number} is of another agency. This token sends for {client.agency} "
                "alone. Nothing was taken in.",
            )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
