"""The paper tray: where texts and mails go while nothing may leave. A sealed line for each."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from beacon.core import clock
from beacon.core.sealed import seal, unseal

TEXT = "text"
MAIL = "mail"
FILE = "paper-tray"


@dataclass(frozen=True)
class Sheet:
    """One thing in the tray."""

    at: datetime
    kind: str
    token: str
    to: str
    subject: str
    body: str


class Tray:
    """A file of sealed lines in the instance folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, kind: str, *, token: str, to: str, body: str, subject: str = "") -> Sheet:
        """Lay one thing in the tray."""
        sheet = Sheet(clock.now(), kind, token, to, subject, body)
        inside = json.dumps({"to": to, "subject": subject, "body": body})
        line = {
            "at": sheet.at.isoformat(),
            "kind": kind,
            "token": token,
            "sealed": base64.b64encode(
                seal(inside, table="paper_tray", column=kind, row=token)
            ).decode(),
        }
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a") as file:
            file.write(json.dumps(line) + "\n")
        return sheet

    def sheets(self) -> list[Sheet]:
        """Everything in the tray, the newest first."""
        return sorted(self._read(), key=lambda sheet: sheet.at, reverse=True)

    def _read(self) -> Iterator[Sheet]:
        if not self.path.exists():
            return
        for line in self.path.read_text("utf-8").splitlines():
            kept = json.loads(line)
            inside = json.loads(
                unseal(
                    base64.b64decode(kept["sealed"]),
                    table="paper_tray",
                    column=kept["kind"],
                    row=kept["token"],
                )
            )
            at = datetime.fromisoformat(kept["at"])
            yield Sheet(at, kept["kind"], kept["token"], **inside)
