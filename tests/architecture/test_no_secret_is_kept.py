"""No key, token or database is kept in the repository (security.md E-05)."""

from __future__ import annotations

import base64
import re
import subprocess

import pytest

from tests.architecture.tree import ROOT, name_of, tracked

SHAPES = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "Amazon key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "Twilio account": re.compile(r"\b(?:AC|SK)(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{32}\b"),
    "GitHub token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    "Slack token": re.compile(r"\bxox[abp]-[0-9A-Za-z-]{10,}"),
    "signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\."),
    "age key": re.compile(r"\bAGE-SECRET-KEY-1[0-9A-Z]{20,}"),
    "secret of ours": re.compile(
        r"""\b(?:BEACON_(?:SECRET|FIELD|INDEX|AUDIT|BACKUP)_KEYS?|TWILIO_AUTH_TOKEN)["']?\s*[=:]\s*"""
        r"""["']?(?:\w+:)?[A-Za-z0-9+/_-]{24,}={0,2}"""
    ),
}
KEY = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])")
NEVER = re.compile(
    r"(?:^|/)(?:\.env.*|demo-keys\.json|demo-sign-ins|.*\.(?:sqlite3?|pem|key|p12))$"
)
# Told so by its name: of made-up people, or of nobody.
MADE_UP = {("tests/unit/settings/test_starting.py", "secret of ours")}


def is_random(text: str) -> bool:
    """Whether 32 bytes are no pattern that a person wrote."""
    return len(set(base64.b64decode(text))) > 24


@pytest.mark.proves("E-05")
def test_no_file_holds_a_secret():
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [(name_of(path), kind) for kind, shape in SHAPES.items() if shape.search(text)]
        found += [(name_of(path), "a key") for key in KEY.findall(text) if is_random(key)]
    assert set(found) - MADE_UP == set()


@pytest.mark.proves("E-05")
def test_no_commit_ever_held_a_file_of_secrets():
    order = ["git", "log", "--all", "--format=", "--name-only", "--diff-filter=A", "-z"]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    names = {name.strip() for name in done.stdout.replace("\n", "\0").split("\0") if name.strip()}
    assert [name for name in names if NEVER.search(name)] == []


@pytest.mark.parametrize(
    "planted",
    ["-----BEGIN RSA PRIVATE " + "KEY-----", "AC" + "0123456789abcdef" * 2,
     "BEACON_SECRET_KEY=" + "k7Qz-Vx0p_Kd4mT9wLr2Bh8sYn6Gf1Uc"],
)  # fmt: skip
def test_a_secret_would_be_known(planted: str):
    assert [kind for kind, shape in SHAPES.items() if shape.search(planted)] != []
