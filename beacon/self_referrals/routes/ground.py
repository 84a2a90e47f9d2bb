"""What the public pages share: whose words they show, and what they say when something is wrong.

A browser holds the token of what was written in its session, which ends with it; no address holds
it, and no page that can be gone back to is kept (Cache-Control: no-store on every page of Beacon).
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from beacon.core.errors import BeaconError, TooMany
from beacon.self_referrals import queries
from beacon.self_referrals.queries import Unsent
from beacon.web.errors import typed, undo

bp = Blueprint("self_referrals", __name__, url_prefix="/refer", template_folder="../templates")
at_the_phone = Blueprint(
    "phone", __name__, url_prefix="/referrals/phone", template_folder="../templates"
)
HELD = "refer"
SENT = "refer_sent"
ELSEWHERE = "https://www.bbc.co.uk/weather"


def token() -> str:
    """The token that this browser holds; empty where it holds none."""
    return str(session.get(HELD, ""))


def hold(new: str) -> None:
    """Let this browser hold a token."""
    session[HELD] = new
    session.pop(SENT, None)


def forget() -> None:
    """Let this browser forget that anything was written in it."""
    session.pop(HELD, None)
    session.pop(SENT, None)


def unsent() -> Unsent | None:
    """What this browser has written and not sent."""
    found = queries.unsent_of(token())
    return None if found is None or found.sent_as else found


def to_start() -> ResponseReturnValue:
    """Back to the first page."""
    return redirect(url_for("self_referrals.start"))


def told_plainly(
    status: int, title: str, *sentences: str, about: Callable[[], list[tuple[str, str]]] = list
) -> Response:
    """A page that says what is wrong and what to do, with what was typed, to be copied."""
    answer = render_template(
        "self_referrals/wrong.html", title=title, sentences=sentences, typed=about()
    )
    return make_response(answer, status)


@bp.errorhandler(CSRFError)
def form_was_old(error: CSRFError) -> Response:
    """The page was open too long, or the browser keeps no cookies."""
    return told_plainly(
        400,
        "Please try that again",
        "We could not be sure that this page was yours. Nothing was sent.",
        "This can happen if your browser does not allow cookies. Allow them, then go back and "
        "try again.",
        about=typed,
    )


@bp.errorhandler(TooMany)
def too_many(error: TooMany) -> Response:
    """A flood from one address: when to come back."""
    undo()
    answer = told_plainly(error.status, "Please wait a little", error.message, about=typed)
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


@bp.errorhandler(BeaconError)
def refused(error: BeaconError) -> Response:
    """A refusal that we meant, in its own words."""
    undo()
    return told_plainly(error.status, "That did not work", error.message, about=typed)


@bp.errorhandler(HTTPException)
def turned_away(error: HTTPException) -> ResponseReturnValue:
    """A page that is not there, or something too large to send."""
    undo()
    if error.code == 413:
        return told_plainly(413, "That is too long to send", "Write less, then send it again.")
    status = error.code or 500
    if status >= 500 or status < 400:
        return error
    return told_plainly(status, "There is no such page", "Go to the first page to begin.")
