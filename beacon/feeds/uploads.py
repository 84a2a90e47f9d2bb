"""Files that somebody has uploaded and not yet confirmed: sealed on the disk, gone within a day."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.core.sealed import CannotUnseal, seal, unseal

KEPT_SECONDS = 24 * 60 * 60
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Upload:
    """One uploaded file: its random name, and what it is known again by."""

    token: str
    digest: str


class _Folder:
    """Where uploads lie, once the configuration has been read."""

    held: Path | None = None


def configure(folder: Path) -> None:
    """Say where uploads lie, when an application is made."""
    _Folder.held = folder


def _folder() -> Path:
    if _Folder.held is None:
        raise RuntimeError("no folder for uploads: no application was made")
    return _Folder.held


def keep(content: bytes, owner: int) -> Upload:
    """Keep a file for its owner until it is confirmed; nobody else can open it."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep()
    token = secrets.token_urlsafe(24)
    body = seal(base64.b64encode(content).decode(), **_place(token, owner))
    handle = os.open(folder / token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
    return Upload(token, hashlib.sha256(content).hexdigest())


def read(token: str, owner: int) -> tuple[Upload, bytes]:
    """The file again, for the person who sent it."""
    path = _folder() / token
    if not _TOKEN.fullmatch(token) or not path.is_file():
        raise RuleBroken("The file is no longer here. Choose it again.", field="file")
    try:
        content = base64.b64decode(unseal(path.read_bytes(), **_place(token, owner)))
    except CannotUnseal as fault:
        raise RuleBroken("The file is no longer here. Choose it again.", field="file") from fault
    return Upload(token, hashlib.sha256(content).hexdigest()), content


def discard(token: str) -> None:
    """Take a file away."""
    if _TOKEN.fullmatch(token):
        (_folder() / token).unlink(missing_ok=True)


def sweep() -> int:
    """Take away what nobody confirmed within a day (security.md M-20); how many."""
    gone, now, folder = 0, clock.now().timestamp(), _folder()
    if not folder.is_dir():
        return gone
    for path in folder.iterdir():
        if _TOKEN.fullmatch(path.name) and now - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _place(token: str, owner: int) -> dict[str, str]:
    return {"table": "upload", "column": "content", "row": f"{token}|{owner}"}
