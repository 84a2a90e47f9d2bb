"""What the text provider posts to us: receipts and replies, their signature checked first."""

from __future__ import annotations

import logging

import sqlalchemy as sa
from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue

from beacon.core.db import db
from beacon.notify import commands
from beacon.notify.commands import Receipt
from beacon.notify.gateway import is_signed
from beacon.web.security import for_machines
from config import Config

hooks = Blueprint("hooks", __name__, url_prefix="/hooks/twilio")
log = logging.getLogger(__name__)

FORM = "application/x-www-form-urlencoded"
# A reply of 1,600 emoji is some 20,000 bytes of a form.
BYTES_AT_MOST = 64 * 1024
FIELDS_AT_MOST = 100


@hooks.post("/status/<token>")
@for_machines
def status(token: str) -> ResponseReturnValue:
    """Take one receipt. Known or not, seen before or not, the answer is the same."""
    check_caller()
    form = request.form
    code = form.get("ErrorCode", "")
    commands.record_receipt(
        Receipt(
            token=token[:64],
            sid=form.get("MessageSid", "")[:40],
            status=form.get("MessageStatus", "")[:30].lower(),
            code=int(code) if code.isascii() and code.isdigit() and len(code) < 9 else None,
        )
    )
    return "", 204


@hooks.post("/inbound")
@for_machines
def inbound() -> ResponseReturnValue:
    """Take one reply: the few words that act by themselves act, the rest is for a person.

    The answer is empty, whatever was said; pictures are counted and not fetched (W-07, W-13).
    """
    check_caller()
    form = request.form
    pictures = form.get("NumMedia", "")[:2]
    commands.take_reply(
        form.get("From", "")[:40],
        form.get("Body", ""),
        sid=form.get("MessageSid", "")[:40],
        media=int(pictures)
        if pictures.isascii() and pictures.isdigit() and len(pictures) < 3
        else 0,
    )
    return "", 204


@hooks.errorhandler(sa.exc.DBAPIError)
@hooks.errorhandler(sa.exc.TimeoutError)
def database_is_gone(fault: Exception) -> ResponseReturnValue:
    """Say that it should be sent again: nothing of it was kept (security.md W-16)."""
    db.session.remove()
    log.error("a report could not be kept", extra={"fault": type(fault).__name__})
    return "", 503, {"Retry-After": "60"}


def check_caller() -> None:
    """Turn away what is too large, of another form, or not signed by the provider.

    The signature is checked against our public address from the settings, never against what
    the request says of itself (security.md W-02, W-03, W-10, W-14).
    """
    if (request.content_length or 0) > BYTES_AT_MOST or request.content_length is None:
        abort(413)
    if request.mimetype != FORM:
        abort(415)
    if len(request.form) > FIELDS_AT_MOST:
        abort(400)
    config: Config = current_app.extensions["beacon_post"].config
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    address = f"{config.public_url}{request.path}{query}"
    signature = request.headers.get("X-Twilio-Signature")
    ours = request.form.get("AccountSid") == config.twilio_account_sid
    if not ours or not is_signed(config, address, request.form, signature):
        log.warning("a caller's signature does not hold", extra={"endpoint": request.endpoint})
        abort(403)
