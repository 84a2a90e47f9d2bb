"""What each answer of the provider, or the lack of one, comes to (security.md R6)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError, ProtocolError

from beacon.core.phone import Phone
from beacon.notify.gateway import (
    TwilioGateway,
    may_text,
    of_broken_call,
    of_refusal,
    of_success,
)
from beacon.notify.terms import AttemptEnd
from config import Config

NOT_SENT, REFUSED, UNKNOWN = AttemptEnd.NOT_SENT, AttemptEnd.REFUSED, AttemptEnd.UNKNOWN
DRAMA, REAL = Phone.parse("07700 900532"), Phone.parse("07911 123456")
CONFIG = Config(
    env="demo",
    instance=Path("instance"),
    database_url="sqlite://",
    secret_key="x" * 32,
    field_keys={},
    index_key=b"",
    audit_keys=(b"",),
    audit_anchors=Path("audit-anchors"),
    journal=Path("send-journal"),
    texts="twilio",
    public_url="https://beacon.example.org",
    twilio_account_sid="AC1",
    twilio_auth_token="t",
    twilio_from="HERTSCOURT",
)


@pytest.mark.parametrize(
    ("status", "code", "end", "refuses_us"),
    [
        (429, 20429, NOT_SENT, False),
        (429, 429, NOT_SENT, False),
        (400, 21211, REFUSED, False),
        (400, 21614, REFUSED, False),
        (400, 21635, REFUSED, False),
        (400, 21610, REFUSED, False),
        (400, 21408, REFUSED, False),
        (400, 99999, REFUSED, False),
        (400, 400, UNKNOWN, False),
        (401, 20003, NOT_SENT, True),
        (403, 20003, NOT_SENT, True),
        (404, 20404, NOT_SENT, True),
        (408, 408, UNKNOWN, False),
        (302, 302, UNKNOWN, False),
        (500, 20500, UNKNOWN, False),
        (503, 503, UNKNOWN, False),
    ],
)
def test_each_refusal_has_its_outcome(status: int, code: int, end: AttemptEnd, refuses_us: bool):
    answer = of_refusal(TwilioRestException(status, "/Messages.json", "No.", code, "POST"))
    assert (answer.end, answer.refuses_us) == (end, refuses_us)


def connection(reason: Exception) -> requests.ConnectionError:
    return requests.ConnectionError(MaxRetryError(None, "/", reason))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fault", "end"),
    [
        (requests.ConnectTimeout(), NOT_SENT),
        (connection(NewConnectionError(None, "refused")), NOT_SENT),  # type: ignore[arg-type]
        (connection(NameResolutionError("x", None, OSError())), NOT_SENT),  # type: ignore[arg-type]
        (
            requests.exceptions.SSLError(
                MaxRetryError(None, "/", Exception("CERTIFICATE_VERIFY_FAILED"))
            ),
            NOT_SENT,
        ),  # type: ignore[arg-type]
        (requests.exceptions.SSLError("UNEXPECTED_EOF_WHILE_READING"), UNKNOWN),
        (requests.ReadTimeout(), UNKNOWN),
        (requests.ConnectionError(ProtocolError("aborted", ConnectionResetError())), UNKNOWN),
        (requests.exceptions.ChunkedEncodingError(), UNKNOWN),
        (requests.exceptions.ContentDecodingError(), UNKNOWN),
    ],
)
def test_each_broken_call_has_its_outcome(fault: requests.RequestException, end: AttemptEnd):
    assert of_broken_call(fault).end is end


@pytest.mark.parametrize(
    ("status", "sid", "end"),
    [(201, "SM1", AttemptEnd.ACCEPTED), (200, "SM1", UNKNOWN), (201, None, UNKNOWN)],
)
def test_only_a_201_with_a_sid_is_accepted(status: int, sid: str | None, end: AttemptEnd):
    made = SimpleNamespace(status_code=status, data=SimpleNamespace(sid=sid, status="queued"))
    assert of_success(made).end is end


@pytest.mark.parametrize(
    ("env", "base", "allow", "number", "may"),
    [
        ("demo", "", (), REAL, False),
        ("demo", "", (), DRAMA, False),
        ("demo", "http://127.0.0.1:5910", (), DRAMA, True),
        ("demo", "http://127.0.0.1:5910", (), REAL, False),
        ("staging", "", ("07911 123456",), REAL, True),
        ("staging", "https://proxy.example.org", (), DRAMA, False),
        ("production", "", (), REAL, True),
        ("production", "", (), DRAMA, False),
    ],
)
def test_no_real_text_leaves_by_accident(
    env: str, base: str, allow: tuple[str, ...], number: Phone, may: bool
):
    config = replace(CONFIG, env=env, twilio_api_base_url=base, text_allow=allow)
    assert may_text(config, number) is may


def test_the_official_client_waits_thirty_seconds_never_retries_and_takes_no_proxy(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with TwilioGateway(CONFIG)._line(30.0) as line:
        adapter = line.http.session.get_adapter("https://api.twilio.com")
        assert line.http.timeout == 30.0
        assert adapter.max_retries.total == 0
        assert not line.client.region
        assert not line.http.session.trust_env
