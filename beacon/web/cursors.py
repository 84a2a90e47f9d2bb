"""A place in a long list, in an address: sealed, so that it shows no name and cannot be made up."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any  # a key is whatever the list is ordered by

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app, request, url_for

from beacon.web.paging import Cursor

PARAMETER = "from"
LONGEST = 2_000


def _box() -> MultiFernet:
    """The seal of this installation; old secrets still open what they closed."""
    older = current_app.config.get("SECRET_KEY_FALLBACKS") or ()
    secrets = [current_app.secret_key, *older]
    digests = (hashlib.sha256(f"place in a list {secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def written(cursor: Cursor) -> str:
    """The place as a word for an address."""
    body = json.dumps([cursor.order, cursor.backwards, [_plain(key) for key in cursor.keys]])
    return _box().encrypt(body.encode()).decode()


def asked_for() -> Cursor | None:
    """The place the address asks for; one that cannot be read is the beginning of the list."""
    word = request.args.get(PARAMETER, "")
    if not word or len(word) > LONGEST:
        return None
    try:
        order, backwards, keys = json.loads(_box().decrypt(word.encode()))
    except (InvalidToken, ValueError):  # made up, or sealed when places said less
        return None
    return Cursor(tuple(_full(key) for key in keys), str(order), backwards=bool(backwards))


def page_link(cursor: Cursor) -> str:
    """The address of this same list at another place."""
    return _same_list(but={PARAMETER}, **{PARAMETER: written(cursor)})


def sort_link(column: str, *, current: str, descending: bool) -> str:
    """The address of this same list from its beginning, ordered by a column."""
    turned = column == current and not descending
    order = "down" if turned else "up"
    return _same_list(but={PARAMETER, "sort", "order"}, sort=column, order=order)


def _same_list(*, but: Collection[str], **asked: str) -> str:
    """The address of this list as it was asked for, with some of what was asked put otherwise.

    What begins with an underscore would be an order to `url_for` itself, and is left out.
    """
    kept: dict[str, Any] = {
        name: values
        for name, values in request.args.to_dict(flat=False).items()
        if name not in but and not name.startswith("_")
    }
    return url_for(request.endpoint or "", **{**kept, **(request.view_args or {}), **asked})


def _plain(key: Any) -> Any:
    if isinstance(key, datetime):
        return {"moment": key.isoformat()}
    return {"day": key.isoformat()} if isinstance(key, date) else key


def _full(key: Any) -> Any:
    if isinstance(key, dict):
        if "moment" in key:
            return datetime.fromisoformat(key["moment"])
        return date.fromisoformat(key["day"])
    return key


def init_app(app: Flask) -> None:
    """Let templates link to other places in the list they show."""
    app.add_template_global(page_link)
    app.add_template_global(sort_link)
