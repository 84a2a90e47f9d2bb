"""The front-end assets in the tree are the ones we took, and nothing we may not show."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import beacon

VENDOR = Path(beacon.__path__[0]) / "web" / "static" / "vendor"
TAKEN = json.loads((VENDOR / "VENDOR.json").read_text())


def test_every_file_is_as_it_was_taken() -> None:
    written = {name: sha for package in TAKEN for name, sha in package["files"].items()}
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VENDOR.json"
    }
    assert found == written


def test_every_package_has_its_licence() -> None:
    assert all((VENDOR / f"{home}/LICENSE.txt").is_file() for home in homes())


def homes() -> set[str]:
    """The folder of each package."""
    return {name.split("/")[0] for package in TAKEN for name in package["files"]}


def test_no_font_emblem_source_map_or_outside_address_came_along() -> None:
    text = "".join(path.read_text() for path in VENDOR.rglob("*.css"))
    assert [
        word
        for word in (
            "@font-face",
            "GDS Transport",
            "sourceMappingURL",
            "url(/",
            "url(http",
            "url(data:",
        )
        if word in text
    ] == []
    names = " ".join(path.name for path in VENDOR.rglob("*"))
    assert [word for word in ("crest", "crown", "logotype", ".woff", ".map") if word in names] == []
