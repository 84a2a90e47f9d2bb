"""Reading single settings as they are given, each with one plain line where it will not do."""

from __future__ import annotations

import base64
import binascii
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from beacon.core.demo_keys import KEY_BYTES

OPENING = ("TESTING", "EXPLAIN_TEMPLATE_LOADING")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SWITCHES = ("FLASK_DEBUG", *(f"FLASK_{name}" for name in OPENING), *OPENING)


class Unset(SystemExit):
    """The start stops with status 2: one plain line says which setting is missing or wrong."""

    def __init__(self, why: str) -> None:
        super().__init__(2)
        self.why = why
        print(why, file=sys.stderr)  # noqa: T201  # nobody above is there yet to say it

    def __str__(self) -> str:
        return self.why


def key_of(name: str, text: str) -> bytes:
    """A key of 32 bytes, from base64."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Unset(f"{name} must be {KEY_BYTES} random bytes in base64.")
    return key


def field_keys(text: str) -> dict[str, bytes]:
    """The keys of protected facts by their ids, the first of which encrypts."""
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        key_id, _, key = part.strip().partition(":")
        if not key_id.isalnum():
            raise Unset("BEACON_FIELD_KEYS is written id:base64key,id:base64key.")
        if key_id in keys:  # what is sealed names its key by the id alone
            raise Unset(f"BEACON_FIELD_KEYS names {key_id} twice: each key has an id of its own.")
        keys[key_id] = key_of("BEACON_FIELD_KEYS", key)
    return keys


def audit_keys(text: str) -> tuple[bytes, ...]:
    """The keys of the log, the first of which signs."""
    return tuple(key_of("BEACON_AUDIT_KEY", part.strip()) for part in text.split(","))


def keys_of(given: Mapping[str, str], name: str) -> tuple[bytes, ...]:
    """Keys of 32 bytes between commas; none where the setting is not given."""
    return tuple(key_of(name, part) for part in listed(given, name))


def listed(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(part.strip() for part in given.get(name, "").split(",") if part.strip())


def one_of(given: Mapping[str, str], name: str, *words: str) -> str:
    """One of so many words; the first where the setting is not given."""
    text = given.get(name) or words[0]
    if text not in words:
        raise Unset(f"{name} is {text!r}: use {' or '.join(words)}.")
    return text


def hosts(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The names by which people reach this host, between commas."""
    named = listed(given, name)
    if any(mark in one for one in named for mark in "/@ "):
        raise Unset(f"{name} holds names alone, such as beacon.example.org: no https://, no path.")
    return named


def make_folder(folder: Path) -> None:
    """A folder that its owner alone may read, there already or not."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise Unset(f"The folder {folder} cannot be made: {fault.strerror}.") from fault


def database_url(given: Mapping[str, str], instance: Path) -> str:
    """Where the database is; in the instance folder where the setting is not given."""
    url = given.get("DATABASE_URL") or f"sqlite:///{instance / 'beacon.sqlite'}"
    if url.startswith(("postgres://", "postgresql://")):
        raise Unset("Write DATABASE_URL as postgresql+psycopg://… so that the driver is certain.")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):  # never repeated: a password
        raise Unset("DATABASE_URL is written postgresql+psycopg://… or sqlite:////whole/path.")
    return url


def mail_server(given: Mapping[str, str], name: str) -> str:
    """The address of a mail server, as it can be read; none where the setting is not given."""
    text = given.get(name, "")
    try:
        url = urlsplit(text)
        fits = url.scheme in {"smtp", "smtps"} and bool(url.hostname) and url.port != 0
    except ValueError:
        fits = False
    if text and not fits:  # never repeated: it holds a password
        raise Unset(f"{name} is written smtps://user:password@host:465.")
    return text


def place(given: Mapping[str, str], name: str) -> Path | None:
    """A file or folder, whole; none where the setting is not given."""
    return Path(given[name]).resolve() if given.get(name) else None


def command(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """A command and its words, as a shell parts them; none where the setting is not given."""
    try:
        return tuple(shlex.split(given.get(name, "")))
    except ValueError:
        raise Unset(f"{name} has a quotation mark that is not closed.") from None


def number(given: Mapping[str, str], name: str) -> int:
    """A whole number; nought where the setting is not given."""
    text = given.get(name) or "0"
    if not (text.isascii() and text.isdigit()):
        raise Unset(f"{name} must be a whole number.")
    return int(text)


def is_yes(given: Mapping[str, str], name: str) -> bool:
    """A switch that is yes or no; no where it is not given."""
    text = given.get(name, "").strip().lower() or "no"
    if text not in {"yes", "no"}:
        raise Unset(f"{name} is {text!r}: use yes or no.")
    return text == "yes"


def is_a_name(sender: str) -> bool:
    """Whether texts come from letters, to which nobody can reply (domain.md 5.6)."""
    return any(mark.isalpha() for mark in sender)


def sender_fault(sender: str, *, replies: bool) -> str:
    """What forbids a sender, or nothing: a name is eleven plain marks at the most, and says
    nothing that somebody beside the telephone may not read (domain.md 5.6).
    """
    if re.search("beacon|victim", sender, re.IGNORECASE):
        return "TWILIO_FROM must not name Beacon or victims: defendants are texted from it."
    if not is_a_name(sender):
        return ""
    if replies:
        return "TWILIO_FROM is a name, to which nobody can reply: use a number."
    fits = re.fullmatch(r"[A-Za-z0-9 ]{1,11}", sender)
    return "" if fits else "TWILIO_FROM is a name: use at most 11 letters, digits and spaces."


def web_address(given: Mapping[str, str], name: str, *, schemes: tuple[str, ...]) -> str:
    """An address that people open, with one of these schemes; none where it is not given."""
    text = given.get(name, "").strip().rstrip("/")
    try:
        url = urlsplit(text)
        fits = url.scheme in schemes and bool(url.hostname) and url.port != 0
    except ValueError:
        fits = False
    if text and (not fits or "@" in text or "?" in text or "#" in text):
        host = "beacon.example.org" if schemes == ("https",) else "192.0.2.7:5000"
        raise Unset(f"{name} is written {schemes[0]}://{host}, and no other way.")
    return text


def in_its_place(given: Mapping[str, str], name: str) -> str:
    """What stands in a provider's place is told our token: by TLS, or on this machine alone."""
    text = given.get(name, "").strip().rstrip("/")
    try:
        url = urlsplit(text)
        fits = bool(url.hostname) and url.port != 0
        fits = fits and (url.scheme == "https" or url.scheme == "http" and url.hostname in LOOPBACK)
    except ValueError:
        fits = False
    if text and not fits:
        raise Unset(f"{name} is written https://host, or http://127.0.0.1:port.")
    return text


def refuse_debug(given: Mapping[str, str]) -> None:
    """Refuse what shows the inside of Beacon to strangers (E-07)."""
    for switch in SWITCHES:
        if given.get(switch, "0").lower() not in {"", "0", "false", "no"}:
            raise Unset(f"{switch} may be set in a demonstration alone.")
