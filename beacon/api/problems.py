"""How the API says no: problem+json in plain words (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Response, json
from werkzeug.exceptions import HTTPException

from beacon.core.errors import BeaconError, TooMany
from beacon.web.logs import request_id

MIMETYPE = "application/problem+json"
SAID_AT_MOST = 50
TITLES = {
    400: "The call cannot be read",
    401: "Show your token",
    403: "Your token does not allow this",
    404: "There is no such address",
    405: "The address is not used that way",
    409: "Another call stands in the way",
    413: "That is too much at once",
    415: "Send JSON",
    422: "The batch cannot be taken in",
    429: "Too many calls",
    503: "Not available at the moment",
}
DETAILS = {
    400: "The body is not JSON (UTF-8). Nothing was taken in.",
    401: "Send 'Authorization: Bearer' and the token that an administrator gave you.",
    403: "The call is not allowed. Nothing was taken in.",
    404: "Referrals are posted to /api/v1/referrals; /api/v1/openapi.json describes how.",
    405: "Referrals are sent with POST.",
    413: "Send at most 500 referrals and 2 MB in one call. Nothing was taken in.",
    415: "Send the body as application/json. Nothing was taken in.",
    422: "Something in the call is not as the description asks. Nothing was taken in.",
    503: "Send it again in a few minutes, with the same Idempotency-Key.",
}
FAULT = "Something went wrong on our side"
SEND_AGAIN = (
    "Whole rows may have been taken in. Send it again with the same Idempotency-Key; "
    "if it fails again, give us the reference."
)


def problem(error: Exception) -> Response:
    """The answer to a call that was turned away, whatever turned it away."""
    status = _status(error)
    body: dict[str, object] = {
        "type": "about:blank",
        "title": TITLES.get(status, FAULT if status >= 500 else TITLES[400]),
        "status": status,
        "detail": _detail(error, status),
        "reference": request_id(),
    }
    wrong = list(_wrong(getattr(error, "data", None)))
    if wrong:
        body["errors"] = wrong[:SAID_AT_MOST]
    answer = Response(json.dumps(body), status, mimetype=MIMETYPE)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _status(error: Exception) -> int:
    if isinstance(error, BeaconError):
        return error.status
    return (error.code or 500) if isinstance(error, HTTPException) else 500


def _detail(error: Exception, status: int) -> str:
    """Our own words; a fault shows nothing of itself."""
    if isinstance(error, BeaconError):
        return error.message
    return DETAILS.get(status, SEND_AGAIN if status >= 500 else DETAILS[400])


def _wrong(data: object) -> Iterator[dict[str, str]]:
    """What the reader found wrong, place by place."""
    messages = data.get("messages") if isinstance(data, Mapping) else None
    for location in messages.values() if isinstance(messages, Mapping) else ():
        yield from _places((), location)


def _places(path: tuple[str, ...], found: object) -> Iterator[dict[str, str]]:
    if isinstance(found, Mapping):
        for name, below in found.items():
            yield from _places((*path, str(name)[:80]), below)
        return
    words = " ".join(map(str, found)) if isinstance(found, list) else str(found)
    yield {"place": ".".join(path) or "body", "words": words[:300]}
