"""Every request that is turned away is written down: who asked, by which route, for what."""

from __future__ import annotations

import logging
from contextlib import suppress

from flask import Flask, Response, g, request
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core.actor import Actor
from beacon.core.errors import Unavailable
from beacon.core.reference import CaseReference

log = logging.getLogger(__name__)
REFUSED = frozenset({401, 403, 404, 429})
# Of those who have not signed in: a page that is not there says nothing of anybody.
REFUSED_TO_NOBODY = REFUSED - {404}


def write_down_refusal(answer: Response) -> Response:
    """Who was refused which page, and the record they asked for (security.md Z-03, U-15)."""
    if request.endpoint and not g.get("is_faulty") and not g.get("is_told"):
        actor = _who()
        form = g.get("is_form_refused", False)
        if form or answer.status_code in (REFUSED if actor.id else REFUSED_TO_NOBODY):
            try:
                audit.refused(
                    "page.refused",
                    ("page", request.endpoint),
                    actor,
                    status=answer.status_code,
                    method=request.method,
                    why="form_token" if form else None,
                    **_asked_for(),
                )
            except Unavailable:
                log.warning("a refusal could not be written to the log of readings and changes")
    return answer


def _who() -> Actor:
    """The program that calls, the person who is signed in, or nobody."""
    if g.get("caller"):
        caller: Actor = g.caller
        return caller
    if current_user and current_user.is_authenticated:
        known: Actor = current_user.actor
        return known
    return Actor(kind="nobody", name="nobody signed in", ip=request.remote_addr or "")


def _asked_for() -> dict[str, int | str]:
    """The record the address names: a number or a case's reference, never what somebody typed."""
    named: dict[str, int | str] = {}
    for name, text in (request.view_args or {}).items():
        if isinstance(text, int):
            named[name] = text
        elif name == "reference":
            with suppress(ValueError):
                named[name] = str(CaseReference.parse(text))
    return named


def init_app(app: Flask) -> None:
    """Look at every answer before it leaves."""
    app.after_request(write_down_refusal)
