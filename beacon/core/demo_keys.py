"""The demonstration's own keys, made once, readable by their owner alone."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from pathlib import Path

KEY_BYTES = 32


def demo_keys(instance: Path) -> dict[str, str]:
    """The keys in the instance folder, made where there are none yet."""
    path = instance / "demo-keys.json"
    if not path.exists():
        made = {
            "BEACON_SECRET_KEY": secrets.token_urlsafe(48),
            "BEACON_FIELD_KEYS": f"d1:{_new_key()}",
            "BEACON_INDEX_KEY": _new_key(),
            "BEACON_AUDIT_KEY": _new_key(),
        }
        draft = path.with_suffix(f".{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(made, file)
        try:
            os.link(draft, path)  # the first to start wins; nobody overwrites a key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    keys: dict[str, str] = json.loads(path.read_text())
    # A folder made before there were backups gets its key for them as well.
    kept = hashlib.sha256(b"demo-backup-key|" + keys["BEACON_SECRET_KEY"].encode()).digest()
    return {"BEACON_BACKUP_KEY": base64.b64encode(kept).decode()} | keys


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
