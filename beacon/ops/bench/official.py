"""The provider's own client with as many threads and nothing around it: the floor of the texts."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from beacon.notify.rules import THREADS
from beacon.ops.bench.stub import ACCOUNT, TOKEN


class Plain(NamedTuple):
    """A text, and nothing that is known of it."""

    to: str
    body: str


def hand_over(texts: Sequence[Plain], url: str) -> None:
    """The floor: no claim, no journal, no commit; a client with its connection for each thread."""
    own = threading.local()

    def begin() -> None:
        own.client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=30))
        own.client.http_client.session.trust_env = False
        own.client.api.base_url = url

    def send(text: Plain) -> str:
        made = own.client.messages.create(
            to=text.to,
            from_="HERTSCOURT",
            body=text.body,
            status_callback="https://beacon.example.org/hooks/twilio/status/token",
            validity_period=3600,
        )
        return str(made.sid)

    with ThreadPoolExecutor(THREADS, initializer=begin) as pool:
        list(pool.map(send, texts))
