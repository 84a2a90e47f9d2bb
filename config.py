"""Settings that come from the environment: secrets and places. The only file that reads it.

Defaults are safe and fit to be read in public. ``demo`` makes its own keys in the instance folder;
``production`` and ``staging`` stop with one plain line where a secret is missing or weak.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from beacon.core.demo_keys import KEY_BYTES, demo_keys
from beacon.core.given import (
    LOOPBACK,
    Unset,
    audit_keys,
    command,
    database_url,
    field_keys,
    hosts,
    in_its_place,
    is_yes,
    key_of,
    keys_of,
    listed,
    mail_server,
    make_folder,
    number,
    one_of,
    place,
    refuse_debug,
    sender_fault,
    web_address,
)
from beacon.core.strength import is_guessable

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ("production", "staging", "demo")
SECRETS = ("BEACON_SECRET_KEY", "BEACON_FIELD_KEYS", "BEACON_INDEX_KEY", "BEACON_AUDIT_KEY")
MEGABYTE = 1024 * 1024
THIS_MACHINE = ("localhost", "127.0.0.1")
BENCH_CASES = 50_000
BENCH_CASES_LEAST = 100


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything that differs between one installation of Beacon and another."""

    env: str
    instance: Path
    database_url: str
    secret_key: str = field(repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    field_keys: Mapping[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    audit_keys: tuple[bytes, ...] = field(repr=False)  # the first signs, all verify
    audit_anchors: Path
    backup_keys: tuple[bytes, ...] = field(default=(), repr=False)  # the first seals, all open
    postgresql_tools: Path | None = None
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    texts: str = "paper"
    text_allow: tuple[str, ...] = ()
    twilio_live_sids: tuple[str, ...] = ()
    twilio_account_sid: str = ""
    twilio_auth_token: str = field(default="", repr=False)
    twilio_auth_token_secondary: str = field(default="", repr=False)
    twilio_messaging_service_sid: str = ""
    twilio_from: str = ""
    twilio_api_base_url: str = ""
    two_way: bool = False  # whether people can reply to our sender
    forgetful: bool = False  # whether the provider is told to keep neither words nor numbers
    journal: Path
    deny_list: Path | None = None
    scanner: tuple[str, ...] = ()  # a command that is given a file and says whether it is harmful
    drop_folder: Path | None = None  # where other systems lay files of the feeds
    translations: Path | None = None  # approved words of texts, a file for each language
    smtp_url: str = field(default="", repr=False)
    port: int = 5000
    metrics_token: str = field(default="", repr=False)
    log: str = "json"

    @property
    def is_production(self) -> bool:
        """Whether this is the real service."""
        return self.env == "production"

    @property
    def is_demo(self) -> bool:
        """Whether this is a demonstration with made-up people."""
        return self.env == "demo"

    @property
    def texts_are_real(self) -> bool:
        """Whether texts go to the provider, not to the paper tray."""
        return self.texts == "twilio"

    @property
    def mail_is_real(self) -> bool:
        """Whether mails go to a mail server, not to the paper tray."""
        return bool(self.smtp_url)

    @property
    def base_url(self) -> str:
        """Where people open Beacon: what a link in a mail begins with."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @classmethod
    def from_environment(cls, env: Mapping[str, str] | None = None) -> Config:
        """Read the environment once; stop with one plain line where it will not do."""
        given = os.environ if env is None else env
        name = given.get("BEACON_ENV", "demo")
        if name not in ENVIRONMENTS:
            raise Unset(f"BEACON_ENV is {name!r}: use production, staging or demo.")
        instance = instance_folder(given)
        make_folder(instance)
        found = demo_keys(instance) | dict(given) if name == "demo" else dict(given)
        if name != "demo":
            refuse_debug(found)
        for secret in SECRETS:
            if not found.get(secret):
                raise Unset(f"Set {secret} before starting Beacon ({name}).")
        if len(found["BEACON_SECRET_KEY"]) < KEY_BYTES:
            raise Unset("BEACON_SECRET_KEY is too short: use at least 32 random characters.")
        if any(len(key) < KEY_BYTES for key in listed(found, "BEACON_SECRET_KEY_FALLBACKS")):
            raise Unset("Each of BEACON_SECRET_KEY_FALLBACKS has at least 32 random characters.")
        config = cls(
            env=name,
            instance=instance,
            database_url=database_url(found, instance),
            secret_key=found["BEACON_SECRET_KEY"],
            secret_key_fallbacks=listed(found, "BEACON_SECRET_KEY_FALLBACKS"),
            field_keys=field_keys(found["BEACON_FIELD_KEYS"]),
            index_key=key_of("BEACON_INDEX_KEY", found["BEACON_INDEX_KEY"]),
            audit_keys=audit_keys(found["BEACON_AUDIT_KEY"]),
            audit_anchors=place(found, "BEACON_AUDIT_ANCHORS") or instance / "audit-anchors",
            backup_keys=keys_of(found, "BEACON_BACKUP_KEY"),
            postgresql_tools=place(found, "BEACON_POSTGRESQL_TOOLS"),
            public_url=web_address(
                found,
                "BEACON_PUBLIC_URL",
                schemes=("http", "https") if name == "demo" else ("https",),
            ),
            trusted_hosts=hosts(found, "BEACON_TRUSTED_HOSTS"),
            proxies=number(found, "BEACON_PROXIES"),
            texts=found.get("BEACON_TEXTS", "paper"),
            text_allow=listed(found, "BEACON_TEXT_ALLOW"),
            twilio_live_sids=listed(found, "BEACON_TWILIO_LIVE_SIDS"),
            twilio_account_sid=found.get("TWILIO_ACCOUNT_SID", ""),
            twilio_auth_token=found.get("TWILIO_AUTH_TOKEN", ""),
            twilio_auth_token_secondary=found.get("TWILIO_AUTH_TOKEN_SECONDARY", ""),
            twilio_messaging_service_sid=found.get("TWILIO_MESSAGING_SERVICE_SID", ""),
            twilio_from=found.get("TWILIO_FROM", ""),
            twilio_api_base_url=in_its_place(found, "TWILIO_API_BASE_URL"),
            two_way=is_yes(found, "BEACON_TEXTS_TWO_WAY"),
            forgetful=is_yes(found, "BEACON_TEXTS_FORGOTTEN"),
            journal=place(found, "BEACON_JOURNAL") or instance / "send-journal",
            deny_list=place(found, "BEACON_DENY_LIST"),
            scanner=command(found, "BEACON_SCANNER"),
            drop_folder=place(found, "BEACON_DROP_FOLDER"),
            translations=place(found, "BEACON_TRANSLATIONS"),
            smtp_url=mail_server(found, "BEACON_SMTP_URL"),
            port=number(found, "PORT") or 5000,
            metrics_token=found.get("BEACON_METRICS_TOKEN", ""),
            log=one_of(found, "BEACON_LOG", "json", "console"),
        )
        config.check()
        return config

    def check(self) -> None:
        """Refuse settings that would let a text go where it must not, or a link be forged."""
        if self.texts not in {"paper", "twilio"}:
            raise Unset(f"BEACON_TEXTS is {self.texts!r}: use paper or twilio.")
        if self.env != "production" and self.twilio_account_sid in self.twilio_live_sids:
            raise Unset("TWILIO_ACCOUNT_SID is a live account: only production may use it.")
        if self.texts_are_real:
            self._refuse_half_a_sender()
        if self.smtp_url and not self.public_url and not self.is_demo:
            raise Unset("Set BEACON_PUBLIC_URL before sending mail.")
        if not self.public_url and (self.is_production or self.trusted_hosts and not self.is_demo):
            raise Unset("Set BEACON_PUBLIC_URL before starting Beacon: links lead there.")
        if not self.is_demo:
            self._refuse_what_others_know()

    def _refuse_half_a_sender(self) -> None:
        """Refuse real texts without all that they need."""
        for setting, text in (
            ("TWILIO_ACCOUNT_SID", self.twilio_account_sid),
            ("TWILIO_AUTH_TOKEN", self.twilio_auth_token),
            ("BEACON_PUBLIC_URL", self.public_url),
            (
                "TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM",
                self.twilio_messaging_service_sid or self.twilio_from,
            ),
        ):
            if not text:
                raise Unset(f"Set {setting} before sending texts.")
        replies = self.two_way and not self.twilio_messaging_service_sid
        if wrong := sender_fault(self.twilio_from, replies=replies):
            raise Unset(wrong)

    def _refuse_what_others_know(self) -> None:
        """Refuse a secret that can be guessed, and a database that others may read (E-05)."""
        keys = (*self.field_keys.values(), self.index_key, *self.audit_keys, *self.backup_keys)
        if any(map(is_guessable, (self.secret_key, *self.secret_key_fallbacks, *keys))):
            raise Unset("A secret is a placeholder or too regular: make each one at random.")
        if self.metrics_token and len(self.metrics_token) < KEY_BYTES:
            raise Unset("BEACON_METRICS_TOKEN is too short: use at least 32 random characters.")
        file = Path(self.database_url.removeprefix("sqlite:///").partition("?")[0])
        if self.database_url.startswith("sqlite") and file.exists() and file.stat().st_mode & 0o077:
            raise Unset(f"The database can be read by others: chmod 600 {file}")

    @property
    def provider_is_loopback(self) -> bool:
        """Whether the texts go to an emulator on this machine."""
        host = urlsplit(self.twilio_api_base_url).hostname
        return host in LOOPBACK

    def flask(self) -> dict[str, Any]:
        """The same, in the words that Flask and its extensions read."""
        hosts = self.trusted_hosts
        if not hosts and self.public_url:
            hosts = (urlsplit(self.public_url).hostname or "",)
        if not hosts and not self.is_demo:
            hosts = THIS_MACHINE
        secure = not self.is_demo or self.public_url.startswith("https://")
        return {
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": list(self.secret_key_fallbacks),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine_options(),
            "SESSION_COOKIE_NAME": "__Host-beacon" if secure else "beacon-demo",
            "SESSION_COOKIE_SECURE": secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_PATH": "/",
            "TRUSTED_HOSTS": list(hosts) or None,
            "MAX_CONTENT_LENGTH": 2 * MEGABYTE,
            "MAX_FORM_PARTS": 500,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": False,
            "BEACON": self,
        }

    def _engine_options(self) -> dict[str, Any]:
        # What a statement was given is somebody's: no fault may say it (R9).
        options: dict[str, Any] = {"pool_pre_ping": True, "hide_parameters": True}
        if self.database_url.startswith("sqlite"):
            options["module"] = _sqlite_driver()
            options["connect_args"] = {"check_same_thread": False}
        else:
            options["pool_timeout"] = 5
            options["pool_size"] = 10
            options["pool_use_lifo"] = True  # the connection that was used last holds most plans
        return options


def _sqlite_driver() -> Any:  # a module of the DBAPI
    """The SQLite that the locked requirements bring, where there is one for this machine."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        from sqlite3 import dbapi2
    return dbapi2


def bench_cases() -> int:
    """How many cases `make bench` measures on: BENCH_CASES, in which 1_000_000 may be written."""
    text = os.environ.get("BENCH_CASES", "") or str(BENCH_CASES)
    digits = text.replace("_", "")
    if not (digits.isascii() and digits.isdigit() and int(digits) >= BENCH_CASES_LEAST):
        raise Unset(f"BENCH_CASES is {text!r}: use a whole number from {BENCH_CASES_LEAST}.")
    return int(digits)


def instance_folder(given: Mapping[str, str] = os.environ) -> Path:
    """The folder of the embedded database, whether or not it is there yet."""
    return Path(given.get("BEACON_INSTANCE") or ROOT / "instance").resolve()


def other_postgresql() -> str:
    """The server on which to test and to measure, in the place of one started for it."""
    return os.environ.get("BEACON_TEST_DATABASE_URL", "")
