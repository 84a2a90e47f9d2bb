"""What the doctor looks at of files that come in: the scanner, the drop folder."""

from __future__ import annotations

import shutil

from flask import current_app

from beacon.feeds import folder
from beacon.ops.finding import Finding
from beacon.referrals.columns import FEEDS


def scanner() -> Finding:
    """Whether files are scanned for viruses before they are read (security.md M-19)."""
    config = current_app.config["BEACON"]
    if not config.scanner:
        words = "none: files are read unscanned (BEACON_SCANNER)"
        return Finding("scanner", "ok" if config.is_demo else "warning", words)
    if shutil.which(config.scanner[0]) is None:
        return Finding("scanner", "fault", "its program is not there: no file will be read")
    return Finding("scanner", "ok", "every file is scanned before it is read")


def drop_folder() -> Finding:
    """Whether the drop folder can be emptied, and how much lies in it."""
    if folder.root() is None:
        return Finding("drop folder", "ok", "none")
    try:
        lying = sum(len(folder.lying_still(feed)) for feed in FEEDS)
    except OSError as fault:
        return Finding("drop folder", "fault", f"cannot be used ({type(fault).__name__})")
    return Finding("drop folder", "ok", f"{lying} files wait")
