"""Starting the stand-in, telling it how to behave, and reading what it took."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.provider.server import ACCOUNT, TOKEN

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = "https://beacon.example.org"


@dataclass
class Provider:
    """The stand-in, as a test sees it."""

    port: int
    file: Path
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """The environment of an app that texts through it."""
        return {
            "BEACON_TEXTS": "twilio",
            "BEACON_PUBLIC_URL": PUBLIC,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_FROM": "HERTSCOURT",
            "TWILIO_API_BASE_URL": self.url,
        }

    def behave(self, **how: Any) -> None:
        """Tell it what to do with the next requests."""
        self._ask("/_behave", how)

    def fault(self, do: str, **more: Any) -> None:
        """Let every request from now on go wrong in one way."""
        self.behave(always={"do": do, **more})

    def calls(self) -> int:
        """How many requests for a message have come, accepted or not."""
        return int(self._ask("/_calls")["calls"])

    def seen(self) -> list[dict[str, Any]]:
        """Every request for a message that it read, whatever came of it."""
        return list(self._ask("/_calls")["seen"])

    def asked(self) -> list[dict[str, Any]]:
        """Every question about one message, with what it was to change."""
        return list(self._ask("/_calls")["asked"])

    def wire(self) -> list[dict[str, Any]]:
        """Every request that came and was answered, byte for byte, with the answer."""
        return list(self._ask("/_wire")["wire"])

    def report(self, status: str, base: str, **more: Any) -> list[int]:
        """Let it post signed receipts for everything it took."""
        return list(
            self._ask("/_report", {"status": status, "base": base, "public": PUBLIC, **more})[
                "answers"
            ]
        )

    def become(self, status: str, code: int | None = None) -> None:
        """Let everything it took stand so, without a receipt."""
        self._ask("/_become", {"status": status, "code": code})

    def accepted(self) -> list[dict[str, Any]]:
        """Every message it took, from its synced file."""
        return [json.loads(line) for line in self.file.read_text().splitlines()]

    def twice(self) -> list[str]:
        """The numbers with the same words that it took more than once."""
        counted = Counter((line["to"], line["body"]) for line in self.accepted())
        return [to for (to, _), count in counted.items() if count > 1]

    def _ask(self, path: str, order: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if order is None else json.dumps(order).encode()
        with urllib.request.urlopen(f"{self.url}{path}", data=data, timeout=120) as answer:
            return dict(json.loads(answer.read()))


@contextmanager
def provider(folder: Path, *, port: int = 0) -> Iterator[Provider]:
    """A stand-in in a process of its own, for as long as the block lasts."""
    file = folder / "accepted.jsonl"
    order = [sys.executable, "-m", "tests.provider.server", "--file", str(file)]
    process = subprocess.Popen(
        [*order, "--port", str(port)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield Provider(int(process.stdout.readline()), file, process)
    finally:
        process.kill()
        process.wait()
