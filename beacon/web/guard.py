"""Who may open a page: every view carries a stamp, and the app will not start without it."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any  # a view may take and give what it likes
from urllib.parse import urlencode

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.web import drafts, errors

View = Callable[..., ResponseReturnValue]
ANY_SIGNED_IN = "any member of staff who is signed in"
HOME = "/"
# Only plain marks: whatever a browser might read as another site is not in the list. Each part
# begins with its own stroke, so that there is one way alone to read an address.
SAME_SITE = re.compile(
    r"/(?:[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*/?)?(?:\?[A-Za-z0-9._~%&=+,:/-]*)?"
)
LONGEST_ADDRESS = 500


class Unguarded(RuntimeError):
    """A view has no stamp, so nobody has decided who may open it."""


def permission_required(permission: StrEnum) -> Callable[[View], View]:
    """Only people whose roles grant the permission may open the view."""

    def stamp(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return to_sign_in()
            if not current_user.may(permission):
                abort(403)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return stamp


def takes_up_to(most: int) -> Callable[[View], View]:
    """What is sent to the view may be as large as this, in bytes, by whoever is signed in."""

    def stamp(view: View) -> View:
        view.takes_up_to = most  # type: ignore[attr-defined]
        return view

    return stamp


def any_signed_in(view: View) -> View:
    """Every member of staff may open the view: their own desk, their own account, signing out."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return to_sign_in()
        return view(*args, **kwargs)

    guarded.permission = ANY_SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def password_given(view: View) -> View:
    """Whoever has given the password may open the view, before the second factor: nothing of the
    work may stand on it."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not (current_user.is_authenticated or is_half_signed_in()):
            return to_sign_in()
        return view(*args, **kwargs)

    guarded.permission = ANY_SIGNED_IN  # type: ignore[attr-defined]
    guarded.password_is_enough = True  # type: ignore[attr-defined]
    return guarded


def is_half_signed_in() -> bool:
    """Whether the person at the page has given the password and not yet the second factor."""
    return bool(getattr(current_user, "is_half", False))


def proof_required(view: View) -> View:
    """Whoever opens the view has lately proved who they are, or proves it now (A-26).

    Stands below the permission: who may not open the page is not asked to prove anything.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not current_user.has_proved_lately:
            return to_proof()
        return view(*args, **kwargs)

    guarded.needs_proof = True  # type: ignore[attr-defined]
    return guarded


def to_proof() -> ResponseReturnValue:
    """Send the person to prove who they are, and then back to the page they asked for.

    What they had typed is kept, and is back in the boxes when they return.
    """
    if not drafts.keep_typed():
        return errors.page(401, errors.NOT_KEPT)
    return redirect(f"{request.script_root}/prove?{urlencode({'next': _wanted()})}")


def open_to_all(view: View) -> View:
    """Anyone may open the view: signing in, being alive, a caller that proves itself otherwise."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def to_sign_in() -> ResponseReturnValue:
    """Send the person to sign in, or on to the second factor, and then to the page they wanted.

    What they had typed is kept where their session has only ended, and comes back to them alone.
    """
    if not drafts.keep_typed():
        return errors.page(401, errors.NOT_KEPT)
    wanted = _wanted()
    query = urlencode({"next": wanted}) if safe_next(wanted) != HOME else ""
    door = "/factor" if is_half_signed_in() else "/sign-in"
    return redirect(f"{request.script_root}{door}" + (f"?{query}" if query else ""))


def _wanted() -> str:
    """The page to come back to."""
    return request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else _page_of_form()


def _page_of_form() -> str:
    """The page whose form was sent, where it can be opened again."""
    rule = request.url_rule
    return request.path if rule and "GET" in (rule.methods or ()) else HOME


def safe_next(wanted: str | None) -> str:
    """The page to go to after signing in: a plain address of this site, or the desk."""
    address = wanted or ""
    if len(address) <= LONGEST_ADDRESS and SAME_SITE.fullmatch(address):
        return address
    return HOME


def is_stamped(view: Callable[..., Any]) -> bool:
    """Whether somebody has decided who may open this view."""
    return bool(getattr(view, "permission", None) or getattr(view, "open_to_all", False))


def check_every_view(app: Flask) -> None:
    """Stop the start while any address could be opened without a decision (security.md R4)."""
    endpoints = sorted({rule.endpoint for rule in app.url_map.iter_rules()})
    bare = [
        endpoint
        for endpoint in endpoints
        if endpoint.rpartition(".")[2] != "static" and not is_stamped(app.view_functions[endpoint])
    ]
    if bare:
        raise Unguarded(f"no permission is set for: {', '.join(bare)}")
