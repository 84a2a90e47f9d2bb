"""What each answer of the provider, or the lack of one, comes to (the table of security.md R6)."""

from __future__ import annotations

import ssl
from typing import Any  # the provider's client is untyped

import requests
from twilio.base.exceptions import TwilioException
from urllib3.exceptions import MaxRetryError, NewConnectionError

from beacon.notify.gateway.answers import Answer
from beacon.notify.terms import AttemptEnd

# What a TLS layer says while it is still shaking hands, so before any request.
HANDSHAKE = (
    "CERTIFICATE_VERIFY_FAILED",
    "WRONG_VERSION_NUMBER",
    "HANDSHAKE_FAILURE",
    "PROTOCOL_VERSION",
    "UNSUPPORTED_PROTOCOL",
    "NO_PROTOCOLS_AVAILABLE",
    "UNRECOGNIZED_NAME",
    "HTTP_REQUEST",
    "RECORD_LAYER_FAILURE",
)


def of_success(made: Any) -> Answer:
    """A 201 with a sid is accepted; anything else that looks like success is unknown."""
    sid, status = made.data.sid, str(made.data.status or "")
    if made.status_code != 201 or not sid:
        return Answer(AttemptEnd.UNKNOWN, fault=f"HTTP {made.status_code}")
    return Answer(AttemptEnd.ACCEPTED, sid=str(sid), status=status)


def of_refusal(refusal: TwilioException) -> Answer:
    """The provider said no, in a way that tells whether the text may have left."""
    status, code = getattr(refusal, "status", None), getattr(refusal, "code", None)
    fault = f"HTTP {status}" if status else type(refusal).__name__
    # Without a code of its own it is not the provider that spoke.
    code = code if isinstance(code, int) and code != status else None
    if status == 429 or code == 20429:
        return Answer(AttemptEnd.NOT_SENT, code=code, fault=fault)
    if status in {401, 403, 404} or code == 20003:
        return Answer(AttemptEnd.NOT_SENT, code=code, fault=fault, refuses_us=True)
    if status is not None and 400 <= status < 500 and status != 408 and code is not None:
        return Answer(AttemptEnd.REFUSED, code=code, fault=fault)
    return Answer(AttemptEnd.UNKNOWN, code=code, fault=fault)


def of_broken_call(fault: requests.RequestException) -> Answer:
    """The call broke: before anything was sent, or at a moment when we cannot know."""
    name = type(fault).__name__
    if isinstance(fault, requests.ConnectTimeout) or _never_connected(fault):
        return Answer(AttemptEnd.NOT_SENT, fault=name, is_down=True)
    return Answer(AttemptEnd.UNKNOWN, fault=name)


def _never_connected(fault: requests.RequestException) -> bool:
    """Whether no connection was made: name not found, refused, or no handshake."""
    inner = fault.args[0] if fault.args else None
    reason = inner.reason if isinstance(inner, MaxRetryError) else inner
    if isinstance(reason, NewConnectionError):  # a name that is not found is one of these
        return True
    if isinstance(fault, requests.exceptions.SSLError):
        said = f"{reason!r}".upper()
        return any(word in said for word in HANDSHAKE)
    return isinstance(
        fault, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema
    ) or isinstance(reason, ssl.SSLCertVerificationError)
