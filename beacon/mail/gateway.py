"""The door through which mails leave: a mail server over TLS, or the paper tray."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from beacon.core import clock
from beacon.core.tray import MAIL, Tray

SECONDS = 20
PORTS = {"smtps": 465, "smtp": 587}
FROM_HERE = "beacon@localhost"


@dataclass(frozen=True)
class Letter:
    """One mail as it leaves."""

    token: str
    to: str
    subject: str
    body: str


class NotSent(Exception):
    """The mail did not leave: for good where trying again cannot help; or nothing can leave."""

    def __init__(self, fault: str, *, for_good: bool = False, is_down: bool = False) -> None:
        super().__init__(fault)
        self.fault = fault
        self.for_good = for_good
        self.is_down = is_down


class Door(Protocol):
    """A way for mails to leave."""

    def send(self, letter: Letter) -> None:
        """Hand one mail over, or raise NotSent."""


class PaperDoor:
    """Nothing leaves: mails are laid in the paper tray."""

    def __init__(self, tray: Tray) -> None:
        self.tray = tray

    def send(self, letter: Letter) -> None:
        """Lay the mail in the tray."""
        try:
            self.tray.put(
                MAIL,
                token=letter.token,
                to=letter.to,
                subject=letter.subject,
                body=letter.body,
            )
        except OSError as full:
            raise NotSent(type(full).__name__, is_down=True) from full


class SmtpDoor:
    """A mail server. What we say to it is encrypted, unless it is on this machine."""

    def __init__(self, url: str, *, public_url: str = "") -> None:
        self._url = urlsplit(url)
        self._host = self._url.hostname or ""
        self._from = _sender(self._url, public_url)

    def send(self, letter: Letter) -> None:
        """Hand the mail over; whether the server refused it for good is told apart."""
        try:
            message = self._message(letter)
            with self._connected() as server:
                if self._url.username:
                    server.login(unquote(self._url.username), unquote(self._url.password or ""))
                server.send_message(message)
        except ValueError as unfit:  # a line break in a header, an address that is none
            raise NotSent(type(unfit).__name__, for_good=True) from unfit
        except smtplib.SMTPRecipientsRefused as refused:
            for_good = all(code >= 500 for code, _ in refused.recipients.values())
            raise NotSent(type(refused).__name__, for_good=for_good) from refused
        except smtplib.SMTPDataError as refused:
            raise NotSent(type(refused).__name__, for_good=refused.smtp_code >= 500) from refused
        except OSError as down:  # as every other fault of smtplib is: it will not talk to us
            raise NotSent(type(down).__name__, is_down=True) from down

    def _connected(self) -> smtplib.SMTP:
        port = self._url.port or PORTS[self._url.scheme]
        if self._url.scheme == "smtps":
            safe = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, port, timeout=SECONDS, context=safe)
        server = smtplib.SMTP(self._host, port, timeout=SECONDS)
        try:
            server.ehlo()
            if server.has_extn("starttls") or not _is_loopback(self._host):
                server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = letter.subject
        message["From"] = self._from
        message["To"] = letter.to
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = make_msgid(domain=self._from.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body)
        return message


def _sender(url: SplitResult, public_url: str) -> str:
    """Whom the mail is from: named in the setting, or the account, or the public address."""
    named = parse_qs(url.query).get("from", [""])[0]
    user = unquote(url.username or "")
    host = urlsplit(public_url).hostname
    return named or (user if "@" in user else "") or (f"beacon@{host}" if host else FROM_HERE)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
