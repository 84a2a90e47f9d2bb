"""Fetch the built front-end assets Beacon shows, by exact version, and keep them in the tree.

Run `python tools/vendor.py` when a version here changes. It needs npm; Beacon itself never does.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "beacon" / "web" / "static" / "vendor"
FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif'
EMBLEMS = re.compile(r"crest|crown|logotype|govuk-icon|opengraph|favicon|apple-touch")
FONT_FACE = re.compile(r"(?:/\*![^*]*Margaret Calvert[^*]*\*/)?@font-face\{[^}]*\}")
EMBLEM_RULE = re.compile(r"[^{}]*\{[^{}]*url\([^)]*(?:crest|crown|logotype)[^{}]*\}")
SOURCE_MAP = re.compile(r"\s*(?://#|/\*#) sourceMappingURL=\S+(?: ?\*/)?\s*$")


@dataclass(frozen=True)
class Package:
    """One package, the version we tested with, and the built files we take."""

    name: str
    version: str
    folder: str
    built: str
    files: tuple[str, ...]
    holder: str

    @property
    def home(self) -> str:
        """The folder under static/vendor, named by version, so a browser may keep it for ever."""
        return f"{self.folder}-{self.version}"


PACKAGES = (
    Package(
        name="govuk-frontend",
        version="6.3.0",
        folder="govuk-frontend",
        built="dist/govuk",
        files=("govuk-frontend.min.css", "govuk-frontend.min.js"),
        holder="Crown Copyright (Government Digital Service)",
    ),
    Package(
        name="@ministryofjustice/frontend",
        version="11.1.0",
        folder="moj-frontend",
        built="moj",
        files=("moj-frontend.min.css", "moj-frontend.min.js"),
        holder="Crown Copyright (Ministry of Justice)",
    ),
)

MIT = """The MIT License (MIT)

Copyright (c) {holder}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def our_css(css: str) -> str:
    """The stylesheet with our fonts, without the fonts and emblems that are not ours to show."""
    css = SOURCE_MAP.sub("\n", css)
    css = FONT_FACE.sub("", css)
    css = EMBLEM_RULE.sub("", css)
    css = css.replace("GDS Transport,arial,sans-serif", FONTS)
    return css.replace("url(/assets/images/", "url(images/")


def our_js(script: str) -> str:
    """The package's script without the address of its source map."""
    return SOURCE_MAP.sub("\n", script)


def fetch(into: Path) -> Path:
    """Install the packages, by name and exact version, into an empty folder."""
    wanted = [f"{package.name}@{package.version}" for package in PACKAGES]
    (into / "package.json").write_text('{"private": true}\n')
    npm = ["npm", "install", "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run([*npm, *wanted], cwd=into, check=True)
    return into / "node_modules"


def take(package: Package, modules: Path) -> dict[str, object]:
    """Copy one package's built files into the tree and describe what was taken."""
    source = modules / package.name
    described = json.loads((source / "package.json").read_text())
    if described["version"] != package.version:
        raise SystemExit(f"{package.name} is {described['version']}, not {package.version}.")
    home = VENDOR / package.home
    home.mkdir(parents=True)
    for name in package.files:
        text = (source / package.built / name).read_text()
        (home / name).write_text(our_css(text) if name.endswith(".css") else our_js(text))
    copy_images(source / package.built / "assets" / "images", home)
    (home / "LICENSE.txt").write_text(MIT.format(holder=package.holder))
    files = sorted(path for path in home.rglob("*") if path.is_file())
    return {
        "package": package.name,
        "version": package.version,
        "licence": described["license"],
        "changed": "fonts, emblems and source maps left out; image addresses made relative",
        "files": {str(path.relative_to(VENDOR)): sha256(path) for path in files},
    }


def copy_images(images: Path, home: Path) -> None:
    """Copy the pictures that the stylesheet still asks for."""
    asked = "".join(path.read_text() for path in home.glob("*.css"))
    for image in sorted(images.iterdir()):
        if f"images/{image.name}" in asked and not EMBLEMS.search(image.name):
            (home / "images").mkdir(exist_ok=True)
            shutil.copyfile(image, home / "images" / image.name)


def sha256(path: Path) -> str:
    """The file's fingerprint."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Replace everything under static/vendor with what the packages hold."""
    with tempfile.TemporaryDirectory() as folder:
        modules = fetch(Path(folder))
        shutil.rmtree(VENDOR, ignore_errors=True)
        described = [take(package, modules) for package in PACKAGES]
    (VENDOR / "VENDOR.json").write_text(json.dumps(described, indent=2) + "\n")


if __name__ == "__main__":
    main()
