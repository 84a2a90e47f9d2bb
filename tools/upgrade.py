"""Brings the database up to date, and keeps a copy of the embedded one as it was before."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config import Config, _sqlite_driver  # noqa: E402 - the repository is not a package


def main() -> int:
    """Copy, then upgrade."""
    url = make_url(Config.from_environment().database_url)
    path = Path(url.database or "")
    if url.get_backend_name() == "sqlite" and path.is_file():
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        copy = path.with_name(f"{path.stem}-before-{stamp}{path.suffix}")
        driver = _sqlite_driver()
        source, target = driver.connect(str(path)), driver.connect(str(copy))
        copy.chmod(0o600)
        source.backup(target)
        target.close()
        source.close()
        print(f"The database as it was: {copy}")
    order = [sys.executable, "-m", "flask", "db", "upgrade"]
    return subprocess.run(order, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
