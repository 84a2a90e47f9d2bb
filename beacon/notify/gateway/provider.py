"""The official client, pointed at the text provider or at what stands in its place."""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar  # the provider's client is untyped

import requests
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from beacon.core import clock
from beacon.notify.gateway.answers import Answer, CannotAsk, Found, Letter
from beacon.notify.gateway.outcomes import of_broken_call, of_refusal, of_success
from beacon.notify.rules import CALL_SECONDS
from beacon.notify.terms import AttemptEnd
from config import Config

T = TypeVar("T")
LISTED_AT_MOST = 100
NOT_FOUND = 404
# The provider keeps neither the words nor the last digits, where the account has that (T-32).
FORGOTTEN = {"content_retention": "discard", "address_retention": "obfuscate"}
_silent = logging.getLogger("beacon.provider")
_silent.addHandler(logging.NullHandler())
_silent.propagate = False
_silent.setLevel(logging.CRITICAL)


class _Line:
    """One client of the provider with one connection, lent to one call at a time.

    The official client keeps its last response on itself, so two threads on one client could
    read each other's answers.
    """

    def __init__(self, config: Config) -> None:
        self.heard: requests.Response | None = None
        self.http = TwilioHttpClient(
            timeout=CALL_SECONDS, request_hooks={"response": [self._hear]}, logger=_silent
        )
        self.http.session.trust_env = False  # a proxy only where TWILIO_API_BASE_URL names it
        self.client = Client(
            config.twilio_account_sid,
            config.twilio_auth_token,
            http_client=self.http,
            environment={"TWILIO_REGION": ""},  # not from the machine's own environment
        )
        if config.twilio_api_base_url:
            self.client.api.base_url = config.twilio_api_base_url

    def _hear(self, response: requests.Response, *args: object, **kwargs: object) -> None:
        self.heard = response

    def header(self, name: str) -> str:
        """A header of the answer that came last, if one came."""
        return "" if self.heard is None else self.heard.headers.get(name, "")


class TwilioGateway:
    """The official client, pointed at the provider or at what stands in its place."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._lines: queue.LifoQueue[_Line] = queue.LifoQueue()
        self._sender: dict[str, str] = (
            {"messaging_service_sid": config.twilio_messaging_service_sid}
            if config.twilio_messaging_service_sid
            else {"from_": config.twilio_from}
        )
        if config.forgetful:
            self._sender |= FORGOTTEN

    def send(self, letter: Letter) -> Answer:
        """Make one call and say what it came to (the table of security.md R6)."""
        with self._line(letter.call_seconds) as line:
            try:
                made = line.client.messages.create_with_http_info(
                    to=letter.to,
                    body=letter.body,
                    status_callback=self.callback(letter.token),
                    validity_period=letter.valid_seconds,
                    **self._sender,
                )
            except TwilioException as refusal:
                answer = of_refusal(refusal)
            except requests.RequestException as fault:
                answer = of_broken_call(fault)
            except (ValueError, TypeError, LookupError, AttributeError) as unreadable:
                answer = Answer(AttemptEnd.UNKNOWN, fault=type(unreadable).__name__)
            else:
                answer = of_success(made)
            return replace(
                answer,
                drift=drift(line.header("Date")),
                retry_after=_seconds(line.header("Retry-After")),
            )

    def find(self, to: str) -> list[Found]:
        """The latest messages to a number, whatever day the provider files them under."""
        with self._line(CALL_SECONDS) as line:
            try:
                listed = line.client.messages.list(to=to, limit=LISTED_AT_MOST)
                return [_found(message) for message in listed]
            except (TwilioException, requests.RequestException) as fault:
                raise CannotAsk(type(fault).__name__) from fault
            except (ValueError, TypeError, LookupError, AttributeError) as unreadable:
                raise CannotAsk("unreadable") from unreadable

    def look_up(self, sid: str) -> Found | None:
        """What the provider says of one message (security.md W-17)."""
        return self._about(sid, lambda message: _found(message.fetch()))

    def drift(self) -> float:
        """By how many seconds our clock is ahead of the provider's (security.md D-06)."""
        with self._line(CALL_SECONDS) as line:
            try:
                line.client.messages.list(limit=1)
            except (TwilioException, requests.RequestException) as fault:
                raise CannotAsk(type(fault).__name__) from fault
            except (ValueError, TypeError, LookupError, AttributeError) as unreadable:
                raise CannotAsk("unreadable") from unreadable
            ahead = drift(line.header("Date"))
        if ahead is None:
            raise CannotAsk("no date")
        return ahead

    def forget(self, sid: str) -> None:
        """Wipe the words of one message: an empty body (security.md T-32)."""
        self._about(sid, lambda message: message.update(body=""))

    def _about(self, sid: str, ask: Callable[[Any], T]) -> T | None:
        """One call about one message; None where the provider has none of that name."""
        with self._line(CALL_SECONDS) as line:
            try:
                return ask(line.client.messages(sid))
            except (TwilioException, requests.RequestException) as fault:
                if getattr(fault, "status", None) == NOT_FOUND:
                    return None
                raise CannotAsk(type(fault).__name__) from fault
            except (ValueError, TypeError, LookupError, AttributeError) as unreadable:
                raise CannotAsk("unreadable") from unreadable

    def callback(self, token: str) -> str:
        """Where the provider reports on a text: our public address and the claim's token."""
        return f"{self.config.public_url}/hooks/twilio/status/{token}"

    @contextmanager
    def _line(self, seconds: float) -> Iterator[_Line]:
        try:
            line = self._lines.get_nowait()
        except queue.Empty:
            line = _Line(self.config)
        line.heard, line.http.timeout = None, seconds
        try:
            yield line
        finally:
            self._lines.put(line)


def drift(date_header: str) -> float | None:
    """By how many seconds our clock is ahead of the provider's."""
    try:
        theirs = parsedate_to_datetime(date_header)
    except ValueError:
        return None
    return (clock.now() - theirs.astimezone(UTC)).total_seconds()


def _seconds(header: str) -> float:
    return float(header) if header.isascii() and header.isdigit() else 0.0


def _found(message: Any) -> Found:
    created: datetime | None = message.date_created
    code = message.error_code
    return Found(
        sid=str(message.sid),
        status=str(message.status or ""),
        body=str(message.body or ""),
        created_at=created and created.replace(tzinfo=created.tzinfo or UTC),
        code=int(code) if code else None,
    )
