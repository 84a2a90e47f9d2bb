"""Every page that says no: what we meant shows its own words, a fault shows none and is logged."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any  # what an exception carries

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from beacon.core.db import db
from beacon.core.errors import BeaconError, TooMany
from beacon.web.logs import request_id

log = logging.getLogger(__name__)
# Never shown back: what proves who somebody is.
SECRET = re.compile(
    r"passw|token|secret"
    r"|(?:^|[_-])(?:t?otp|recovery|backup|factor|pin)(?:$|[_-])"
    r"|(?:^|(?<!type)[_-])codes?(?:$|[_-])",  # a code that was sent, not that of a type or a place
    re.IGNORECASE,
)
SHORTEST_WORTH_KEEPING = 1
MOST_KEPT = 60


@dataclass(frozen=True)
class Notice:
    """What a page says when a request is turned away, and what to do next."""

    title: str
    sentences: tuple[str, ...]


NOTICES = {
    400: Notice(
        "Beacon could not read that request",
        ("Go back, check what you entered and try again.",),
    ),
    401: Notice("Sign in to see this page", ("Sign in, then open the page again.",)),
    403: Notice(
        "You may not open this page",
        (
            "Your role does not include it.",
            "If your work needs it, ask your team leader or an administrator.",
        ),
    ),
    404: Notice(
        "Page not found",
        (
            "There is no such page, or it is not one you may see.",
            "If you typed the address, check it. If you followed a link, tell an administrator.",
        ),
    ),
    405: Notice(
        "This page cannot be used that way",
        ("Open the page from the menu and use the buttons on it.",),
    ),
    413: Notice(
        "That is too large to send",
        (
            "The file or text is larger than Beacon takes on this page.",
            "Nothing was saved. Send a smaller file, or send it in parts.",
        ),
    ),
    429: Notice(
        "Too many tries",
        ("Wait a few minutes, then try again.",),
    ),
    503: Notice(
        "Beacon is not available at the moment",
        ("Nothing you entered was saved. Try again in a few minutes.",),
    ),
}


NOT_SHOWN = frozenset({401, 403, 404})  # the record of the address is not shown: nor is it named
NOT_KEPT = Notice(
    "Copy what you had typed",
    (
        "You must show who you are before this can be saved, and it could not be kept for you.",
        "Copy it from the boxes below. Then open the page again and send it once more.",
    ),
)


def page(status: int, notice: Notice | None = None) -> Response:
    """The page for a request that is turned away, with what was typed, to be copied (Z-26)."""
    g.is_turned_away = status in NOT_SHOWN
    shown = notice or NOTICES.get(status, NOTICES[400])
    kept = list(typed()) if notice or request.endpoint else []
    return make_response(render_template("errors/notice.html", notice=shown, typed=kept), status)


def answer_under(app: Flask, prefix: str, answer: Callable[[Exception], Response]) -> None:
    """Let another give the answer that says no, to whatever address begins with this."""
    app.extensions.setdefault("beacon_answers", {})[prefix] = answer


def _by_another(error: Exception) -> Response | None:
    """The answer of whoever says no at this address in a way of its own."""
    answers = current_app.extensions.get("beacon_answers", {})
    own = next((answers[one] for one in answers if request.path.startswith(one)), None)
    return own(error) if own else None


def undo() -> None:
    """Drop what a view had changed and not saved, before the page that says no reads anything."""
    if "sqlalchemy" in current_app.extensions:
        db.session.rollback()


def turned_away(error: HTTPException) -> Response:
    """A refusal by the web server's own rules, in our words."""
    undo()
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    if status >= 500 or isinstance(error, SecurityError):
        g.is_faulty = True  # no database, or no host of ours: nobody is looked up
    answer = _by_another(error) or page(status)
    for name in ("Allow", "Retry-After"):
        for key, value in error.get_headers():
            if key == name:
                answer.headers[name] = value
    return answer


def refusal(error: BeaconError) -> Response:
    """A refusal we meant, in its own words; what is absent and what is hidden read alike."""
    undo()
    g.is_faulty = error.status >= 500
    other = _by_another(error)
    if other:
        return other
    if error.status in {403, 404}:
        return page(error.status)
    if isinstance(error, TooMany):
        return too_many(error)
    answer = render_template("errors/refusal.html", message=error.message, typed=list(typed()))
    return make_response(answer, error.status)


def too_many(error: TooMany) -> Response:
    """A refusal that passes with time: when to try again, and what was typed, to be copied."""
    kept = list(typed())
    answer = make_response(
        render_template("errors/too_many.html", message=error.message, typed=kept), error.status
    )
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def form_expired(error: CSRFError) -> Response:
    """A form whose token no longer fits: nothing was saved, and nothing typed is lost."""
    g.is_form_refused = True  # for the log, which tells it from a form that was filled in wrongly
    answer = render_template("errors/form_expired.html", typed=list(typed()))
    return make_response(answer, 400)


def typed() -> list[tuple[str, str]]:
    """What the person had typed, for copying, without anything that proves who they are."""
    if not g.get("is_from_here") or not _can_be_read():
        return []
    kept = [
        (name.replace("_", " ").replace("-", " ").capitalize(), text.strip())
        for name, text in request.form.items(multi=True)
        if not SECRET.search(name) and len(text.strip()) >= SHORTEST_WORTH_KEEPING
    ]
    return sorted(kept, key=lambda pair: -len(pair[1]))[:MOST_KEPT]


def _can_be_read() -> bool:
    """Whether the body is a form, and no larger than Beacon takes."""
    try:
        return bool(request.form)
    except HTTPException:
        return False


def fault(error: Exception) -> Response:
    """A fault we did not mean: the person is given a reference, and nothing of the fault."""
    g.is_faulty = True
    other = _by_another(error)
    if other:
        return other
    return make_response(render_template("errors/fault.html", reference=request_id()), 500)


def write_down(exc_info: Any) -> None:
    """The whole of a fault for the log, without the address, which may hold a token."""
    log.error("unhandled fault", exc_info=exc_info)


def init_app(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.log_exception = write_down  # type: ignore[method-assign]  # Flask's own logs the address
    app.register_error_handler(HTTPException, turned_away)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(BeaconError, refusal)
    app.register_error_handler(500, fault)
