"""A file between its preview and the order to take it in: sealed on disk, for an hour at most."""

from __future__ import annotations

import base64
import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.core.sealed import CannotUnseal, seal, unseal

FOLDER = "waiting-files"
KEPT_FOR = timedelta(hours=1)
_TOKEN = re.compile(r"[0-9a-f]{32}")
_GONE = "The file is not kept any more. Choose it again."


@dataclass(frozen=True)
class WaitingFile:
    """A file that somebody has looked at and not yet taken in."""

    name: str
    data: bytes


def keep(instance: Path, name: str, data: bytes, *, staff_id: int) -> str:
    """Keep a file for the person who sent it; the token by which it is asked for again."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    sweep(instance)
    token = secrets.token_hex(16)
    held = json.dumps({"name": name, "data": base64.b64encode(data).decode("ascii")})
    path = folder / token
    path.touch(mode=0o600)
    path.write_bytes(seal(held, table=FOLDER, column=str(staff_id), row=token))
    return token


def take(instance: Path, token: str, *, staff_id: int) -> WaitingFile:
    """The file that this person sent; refused to anybody else, and after an hour."""
    path = _path(instance, token)
    try:
        held = json.loads(unseal(path.read_bytes(), table=FOLDER, column=str(staff_id), row=token))
    except (FileNotFoundError, CannotUnseal) as fault:
        raise RuleBroken(_GONE, field="file") from fault
    return WaitingFile(held["name"], base64.b64decode(held["data"]))


def forget(instance: Path, token: str) -> None:
    """Keep the file no longer: it has been taken in."""
    _path(instance, token).unlink(missing_ok=True)


def sweep(instance: Path) -> int:
    """Remove what has waited for more than an hour."""
    oldest = (clock.now() - KEPT_FOR).timestamp()
    old = [path for path in (instance / FOLDER).iterdir() if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _path(instance: Path, token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise RuleBroken(_GONE, field="file")
    return instance / FOLDER / token
