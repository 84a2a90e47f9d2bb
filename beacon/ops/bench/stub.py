"""A text provider with a set latency, in a process of its own: takes messages, counts them.

    python -m beacon.ops.bench.stub

It prints its port. It answers as the provider does, 50 ms after a request has come.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import secrets
import subprocess  # nosec B404
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from urllib.parse import parse_qs

from config import ROOT

ACCOUNT = "AC" + "0" * 32
TOKEN = secrets.token_hex(16)
LATENCY = 0.05
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


@dataclass
class Taken:
    """The messages that have come since the last look."""

    seen: list[tuple[str, str]] = field(default_factory=list)

    def take(self, body: bytes) -> tuple[int, dict[str, object]]:
        """One message, accepted."""
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        self.seen.append((form["To"], form["Body"]))
        sid = f"SM{secrets.token_hex(16)}"
        return 201, {
            "account_sid": ACCOUNT,
            "body": form["Body"],
            "date_created": formatdate(usegmt=True),
            "direction": "outbound-api",
            "num_segments": "1",
            "sid": sid,
            "status": "queued",
            "to": form["To"],
            "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}.json",
        }

    def look(self) -> tuple[int, dict[str, object]]:
        """How many have come, and to how many numbers; the count begins anew."""
        seen, self.seen = self.seen, []
        return 200, {"accepted": len(seen), "different": len({to for to, _ in seen})}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept open for as long as the other side wants it."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                body = await reader.readexactly(_length(head))
                is_message = head.split(" ", 2)[1] == MESSAGES
                if is_message:
                    await asyncio.sleep(LATENCY)
                writer.write(_answer(*(self.take(body) if is_message else self.look())))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def _length(head: str) -> int:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


def _answer(status: int, facts: dict[str, object]) -> bytes:
    body = json.dumps(facts).encode()
    head = (
        f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\n"
        f"Date: {formatdate(usegmt=True)}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def serve() -> None:
    """Listen on a free port of this machine until the process is ended."""
    server = await asyncio.start_server(Taken().talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@dataclass(frozen=True)
class Stub:
    """The stand-in, as the bench sees it."""

    port: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def taken(self) -> dict[str, int]:
        """What has come since this was last asked: `accepted`, and to how many `different`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/taken")
            return dict(json.loads(connection.getresponse().read()))
        finally:
            connection.close()


@contextmanager
def stub() -> Iterator[Stub]:
    """A stand-in in a process of its own, for as long as the block lasts."""
    order = [sys.executable, "-m", "beacon.ops.bench.stub"]
    with subprocess.Popen(  # nosec B603
        order, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield Stub(int(process.stdout.readline()))
        finally:
            process.terminate()


if __name__ == "__main__":
    asyncio.run(serve())
