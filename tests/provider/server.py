"""The stand-in itself: takes messages like the provider, misbehaves when told, keeps what it took.

    python -m tests.provider.server --file accepted.jsonl [--port 5910] [--token AUTH]

It prints its port. Each message that it accepts is one synced line of the file; the token of each
request that it has read is a line of `accepted.jsonl.seen`, not synced. What it does with
the next requests is set by POST /_behave, a JSON object:

    {"faults": [FAULT, ...], "always": FAULT, "seed": 1, "share": 0.2, "clock_ahead": 0,
     "forget": false}

`faults` are used up one a request; then `always`, if given, for every request; with `share`, a
fault of `among` by chance. A FAULT is {"do": WHAT, "delay": SECONDS, "code": N, "headers": {}}:

    accept               201 with a sid                    (the default)
    accept_200           200 instead of 201
    status               the HTTP `status` with the provider's `code`, nothing accepted
    accept_then_status   accepted, and then the HTTP `status`
    drop                 the connection closed before the request is read
    accept_then_drop     accepted, and then the connection closed
    accept_then_hang     accepted, and then silence for `seconds`
    hang                 silence for `seconds`, nothing accepted
    accept_then_garbage  accepted, and a body that is not JSON
    accept_then_half     accepted, and half a body
    redirect             302 to somewhere else
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import secrets
import socket
import threading
import time
import urllib.request
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from twilio.request_validator import RequestValidator

ACCOUNT = "AC" + "0" * 32
TOKEN = "loopback-auth-token"


class State:
    """What the stand-in has taken, and how it is to behave."""

    def __init__(self, path: str, token: str) -> None:
        self.lock = threading.Lock()
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.seen_file = os.open(f"{path}.seen", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.token = token
        self.messages: list[dict[str, Any]] = []
        self.calls = 0
        self.seen: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []  # what was asked about one message, or told of it
        self.wire: list[dict[str, Any]] = []  # each request of the provider's own, with its answer
        self.behave({})

    def behave(self, how: dict[str, Any]) -> None:
        """Take an order about the next requests."""
        with self.lock:
            self.faults = list(how.get("faults", []))
            self.always = how.get("always", {"do": "accept"})
            self.share = how.get("share", 0)
            self.among = how.get("among", [])
            self.chance = random.Random(how.get("seed", 1))
            self.clock_ahead = how.get("clock_ahead", 0)
            if how.get("forget"):
                self.messages.clear()
                self.seen.clear()
                self.asked.clear()
                self.wire.clear()
                self.calls = 0

    def become(self, status: str, code: int | None = None) -> None:
        """Let every message stand so, without a word to anybody."""
        with self.lock:
            for message in self.messages:
                message["status"], message["code"] = status, code

    def next_fault(self) -> dict[str, Any]:
        """What to do with the request that has just come."""
        with self.lock:
            self.calls += 1
            if self.faults:
                return self.faults.pop(0)
            if self.share and self.chance.random() < self.share:
                return self.chance.choice(self.among)
            return self.always

    def note(self, token: str) -> None:
        """Write down at once that a request has been read, whatever comes of it."""
        os.write(self.seen_file, f"{token}\n".encode())
        self.seen.append({"token": token})

    def accept(self, form: dict[str, str]) -> dict[str, Any]:
        """Take a message for good: on the disk before anybody is told."""
        sid = "SM" + secrets.token_hex(16)
        callback = form.get("StatusCallback", "")
        line = {
            "at": time.time(),
            "sid": sid,
            "to": form.get("To", ""),
            "body": form.get("Body", ""),
            "token": callback.rpartition("/")[2],
            "callback": callback,
            "validity": form.get("ValidityPeriod"),
            "form": form,
        }
        with self.lock:
            os.write(self.file, (json.dumps(line) + "\n").encode())
            os.fsync(self.file)
            self.messages.append(line | {"status": "queued", "code": None})
        return line


def described(message: dict[str, Any]) -> dict[str, Any]:
    """A message as the provider describes it."""
    created = format_datetime(datetime.fromtimestamp(message["at"], UTC))
    return {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": message["body"],
        "date_created": created,
        "date_sent": created,
        "date_updated": created,
        "direction": "outbound-api",
        "error_code": message.get("code"),
        "error_message": None,
        "from": message["form"].get("From"),
        "messaging_service_sid": message["form"].get("MessagingServiceSid"),
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "GBP",
        "sid": message["sid"],
        "status": message.get("status", "queued"),
        "subresource_uris": {},
        "to": message["to"],
        "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{message['sid']}.json",
    }


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    state: State
    came = b""  # the body of the request in hand

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The clock of the stand-in, which may be wrong on purpose."""
        return super().date_time_string((timestamp or time.time()) + self.state.clock_ahead)

    def do_POST(self) -> None:
        """Take a message, or an order."""
        if self.path == "/_behave":
            self.state.behave(json.loads(self._body()))
            self._answer(200, {})
        elif self.path == "/_become":
            self.state.become(**json.loads(self._body()))
            self._answer(200, {})
        elif self.path == "/_report":
            self._answer(200, {"answers": report(self.state, **json.loads(self._body()))})
        elif self.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
            self._message(self.state.next_fault())
        else:
            self._one(self.path, dict(parse_qsl(self._body().decode(), keep_blank_values=True)))

    def do_GET(self) -> None:
        """Say what has been taken."""
        path = urlsplit(self.path)
        self.came = b""
        if path.path == "/_wire":
            self._answer(200, {"wire": list(self.state.wire)})
        elif path.path == "/_calls":
            self._answer(
                200, {"calls": self.state.calls, "seen": self.state.seen, "asked": self.state.asked}
            )
        elif path.path == "/_accepted":
            self._answer(200, {"messages": self.state.messages})
        elif path.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
            self._list({name: values[0] for name, values in parse_qs(path.query).items()})
        else:
            self._one(path.path, {})

    def _one(self, path: str, changes: dict[str, str]) -> None:
        """Say what one message is, its words wiped first where they are to be."""
        if self.state.always.get("do") == "status":
            self._refuse(self.state.always)
            return
        sid = path.removeprefix(f"/2010-04-01/Accounts/{ACCOUNT}/Messages/").removesuffix(".json")
        found = [message for message in self.state.messages if message["sid"] == sid]
        if not found:
            self._answer(404, {"code": 20404, "message": "Not found", "status": 404})
            return
        self.state.asked.append({"sid": sid, "changes": changes})
        if "Body" in changes:
            found[0]["body"] = changes["Body"]
        self._answer(200, described(found[0]))

    def _list(self, asked: dict[str, str]) -> None:
        if self.state.always.get("do") == "status":
            self._refuse(self.state.always)
            return
        found = [m for m in self.state.messages if m["to"] == asked.get("To", m["to"])]
        found.sort(key=lambda m: m["at"], reverse=True)
        listed = [described(m) for m in found[: int(asked.get("PageSize", 50))]]
        self._answer(
            200,
            {"messages": listed, "page": 0, "page_size": 50, "next_page_uri": None, "uri": ""},
        )

    def _message(self, fault: dict[str, Any]) -> None:
        do = fault.get("do", "accept")
        if do == "drop":
            self._cut()
            return
        body = self._body()
        if len(body) < int(self.headers.get("Content-Length") or 0):
            self._cut()  # whoever was about to ask was killed in the midst of it
            return
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        self.state.note(form.get("StatusCallback", "").rpartition("/")[2])
        if not self._is_authorised():
            self._refuse({"status": 401, "code": 20003})
            return
        time.sleep(fault.get("delay", 0))
        if do in {"hang", "status", "redirect"}:
            self._nothing_accepted(do, fault)
            return
        line = self.state.accept(form)
        self._accepted(do, fault, line)

    def _nothing_accepted(self, do: str, fault: dict[str, Any]) -> None:
        if do == "hang":
            time.sleep(fault.get("seconds", 60))
            self._cut()
        elif do == "redirect":
            self._answer(302, {}, {"Location": "http://127.0.0.1:9/elsewhere"})
        else:
            self._refuse(fault)

    def _accepted(self, do: str, fault: dict[str, Any], line: dict[str, Any]) -> None:
        if do == "accept_then_hang":
            time.sleep(fault.get("seconds", 60))
            self._cut()
        elif do == "accept_then_drop":
            self._cut()
        elif do == "accept_then_status":
            self._refuse(fault)
        elif do == "accept_then_garbage":
            self._raw(201, b"<html>not what you expected</html>")
        elif do == "accept_then_half":
            body = json.dumps(described(line | {"status": "queued"})).encode()
            self._raw(201, body[: len(body) // 2], length=len(body))
            self._cut()
        else:
            status = 200 if do == "accept_200" else 201
            self._answer(status, described(line | {"status": "queued"}))

    def _is_authorised(self) -> bool:
        expected = base64.b64encode(f"{ACCOUNT}:{self.state.token}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {expected}"

    def _refuse(self, fault: dict[str, Any]) -> None:
        status, code = fault.get("status", 500), fault.get("code")
        body = {"code": code, "message": "No.", "status": status} if code else {}
        self._answer(status, body, fault.get("headers"))

    def _answer(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        self._raw(status, json.dumps(body).encode(), headers=headers)

    def _raw(
        self,
        status: int,
        body: bytes,
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        if not self.path.startswith("/_"):
            self.state.wire.append(
                {
                    "method": self.command,
                    "path": self.path,
                    "type": self.headers.get("Content-Type", ""),
                    "authorization": self.headers.get("Authorization", ""),
                    "body": self.came.decode(),
                    "status": status,
                    "answer": body.decode(),
                }
            )

    def _body(self) -> bytes:
        self.came = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return self.came

    def _cut(self) -> None:
        self.close_connection = True
        # A reset, not an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()


def report(
    state: State, base: str, public: str, status: str, code: int | None = None, sid: str = ""
) -> list[int]:
    """Post signed receipts for what was taken to the app at `base`, as if at its public address."""
    answers = []
    for message in [m for m in state.messages if not sid or m["sid"] == sid]:
        message["status"], message["code"] = status, code
        form = {
            "AccountSid": ACCOUNT,
            "MessageSid": message["sid"],
            "MessageStatus": status,
            "To": message["to"],
            "ApiVersion": "2010-04-01",
        }
        if code:
            form["ErrorCode"] = str(code)
        signature = RequestValidator(state.token).compute_signature(message["callback"], form)
        request = urllib.request.Request(
            message["callback"].replace(public, base, 1),
            data=urlencode(form).encode(),
            headers={"X-Twilio-Signature": signature},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            answers.append(answer.status)
    return answers


class Server(ThreadingHTTPServer):
    """Many connections at once, and a long queue of those that wait."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that goes away is not a fault here."""


def main() -> None:
    """Serve until the process ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    given = parser.parse_args()
    Handler.state = State(given.file, given.token)
    server = Server(("127.0.0.1", given.port), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
