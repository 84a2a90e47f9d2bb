"""A mail server on this machine that keeps what it is given, or refuses as a test asks."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from email import message_from_string
from email.message import Message

from flask import Flask

ANSWERS = {
    "EHLO": "250 here",
    "HELO": "250 here",
    "MAIL": "250 yes",
    "RCPT": "250 yes",
    "RSET": "250 yes",
    "QUIT": "221 bye",
}


@dataclass
class MailServer:
    """What arrived, and what is answered in the place of yes."""

    port: int
    taken: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)

    @property
    def messages(self) -> list[Message]:
        """The mails that arrived, with their headers read."""
        return [message_from_string(text) for text in self.taken]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        """Talk SMTP, as much of it as a client needs."""
        here: MailServer = self.server.here  # type: ignore[attr-defined]
        self._say("220 here")
        while line := self.rfile.readline().decode():
            word = line.split()[0].upper()
            if word in here.refusals:
                self._say(here.refusals[word])
            elif word == "DATA":
                self._say("354 go on")
                here.taken.append(self._letter())
                self._say("250 taken")
            else:
                self._say(ANSWERS.get(word, "502 no"))
            if word == "QUIT":
                return

    def _letter(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) not in {".\r\n", ""}:
            lines.append(line.removeprefix("."))
        return "".join(lines)

    def _say(self, words: str) -> None:
        with suppress(OSError):
            self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Start one for a test, on a port of its own."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        here = MailServer(server.server_address[1])
        server.here = here  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join(5)


@contextmanager
def mailing(app: Flask, url: str) -> Iterator[None]:
    """Let the application send its mails through this server, and not into the tray."""
    was = app.config["BEACON"]
    app.config["BEACON"] = with_changes(was, smtp_url=url, public_url="https://beacon.example.org")
    try:
        yield
    finally:
        app.config["BEACON"] = was
