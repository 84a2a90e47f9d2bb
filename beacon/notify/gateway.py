"""The door to the outside: the one place that knows the text provider.

What the provider answers, or fails to answer, is turned into one of four outcomes: accepted,
certainly not sent, certainly refused, or unknown (security.md R6).
"""

from __future__ import annotations

import logging
import queue
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol  # the provider's client is untyped

import requests
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from urllib3.exceptions import MaxRetryError, NewConnectionError

from beacon.core import clock
from beacon.core.phone import Phone
from beacon.notify.rules import CALL_SECONDS
from beacon.notify.terms import AttemptEnd
from beacon.notify.tray import TEXT, Tray
from config import Config

LISTED_AT_MOST = 100
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
_silent = logging.getLogger("beacon.provider")
_silent.addHandler(logging.NullHandler())
_silent.propagate = False
_silent.setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Letter:
    """One text on its way out: everything that one call needs."""

    to: str
    body: str
    token: str
    key: str
    valid_seconds: int
    call_seconds: float = CALL_SECONDS


@dataclass(frozen=True)
class Answer:
    """What one call came to."""

    end: AttemptEnd
    sid: str = ""
    status: str = ""
    code: int | None = None
    fault: str = ""
    retry_after: float = 0
    drift: float | None = None  # seconds by which our clock is ahead of the provider's
    refuses_us: bool = False  # our credentials or our set-up: every other call would fail too
    is_down: bool = False  # the provider cannot be reached: every other call would fail too
    is_free: bool = False  # no fault of the text: it does not count as a try


@dataclass(frozen=True)
class Found:
    """A message that the provider has."""

    sid: str
    status: str
    body: str
    created_at: datetime | None
    code: int | None


class CannotAsk(Exception):
    """The provider could not be asked what it has; ask again later."""


class Gateway(Protocol):
    """A way out."""

    def send(self, letter: Letter) -> Answer:
        """Hand one text over. Never raises: whatever happens is an answer."""
        ...

    def find(self, to: str) -> list[Found]:
        """The latest messages to a number that the other side has."""
        ...


class PaperGateway:
    """Nothing leaves: texts are laid in the paper tray."""

    def __init__(self, tray: Tray) -> None:
        self.tray = tray

    def send(self, letter: Letter) -> Answer:
        """Lay the text in the tray, as good as accepted."""
        try:
            self.tray.put(TEXT, token=letter.token, to=letter.to, body=letter.body)
        except OSError as full:
            return Answer(AttemptEnd.NOT_SENT, fault=type(full).__name__, is_down=True)
        return Answer(AttemptEnd.ACCEPTED, sid=f"SM{letter.token}", status="accepted")

    def find(self, to: str) -> list[Found]:
        """What lies in the tray for a number."""
        return [
            Found(f"SM{sheet.token}", "accepted", sheet.body, sheet.at, None)
            for sheet in self.tray.sheets()
            if sheet.kind == TEXT and sheet.to == to
        ]


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


def drift(date_header: str) -> float | None:
    """By how many seconds our clock is ahead of the provider's."""
    try:
        theirs = parsedate_to_datetime(date_header)
    except ValueError:
        return None
    return (clock.now() - theirs.astimezone(UTC)).total_seconds()


def is_signed(config: Config, url: str, form: Any, signature: str | None) -> bool:
    """Whether the provider signed this request to this very address, with either of our tokens."""
    if not signature:
        return False
    tokens = (config.twilio_auth_token, config.twilio_auth_token_secondary)
    return any(RequestValidator(token).validate(url, form, signature) for token in tokens if token)


def may_text(config: Config, mobile: Phone) -> bool:
    """Whether this installation may text this number at all (contract.md 4).

    Nothing real by accident: outside production Ofcom's numbers for made-up people go to an
    emulator on this machine only, and any other number only if it is on the list.
    """
    if not config.texts_are_real:
        return True
    if config.is_production:
        return not mobile.is_drama or config.provider_is_loopback
    if mobile.is_drama:
        return config.provider_is_loopback
    return mobile.e164 in {Phone.parse(listed).e164 for listed in config.text_allow}


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
