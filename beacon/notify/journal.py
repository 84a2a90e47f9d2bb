"""The send journal: a file outside the database that only grows, synced before every call.

A line is `token,key,moment` before the call, and `token,not-sent,moment` once it is certain that
nothing left. After a restore, a key whose last line is not `not-sent` counts as sent
(security.md R6, TM-20).

Two more lines are of restores (decision 0018). `token,backup,moment` is written at each backup: by
it the journal is known again. `token,doubt:SCOPE:DAY,moment` says that texts of that day may have
left which neither the database nor this journal knows.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

NOT_SENT = "not-sent"
BACKUP = "backup"
DOUBT = "doubt:"


@dataclass(frozen=True)
class Doubt:
    """Which texts may have left unknown to anybody: those about one day, or all up to it."""

    until: date
    since: date
    known_too: bool  # those that the restored database knows as well
    at: datetime

    def covers(self, on_day: date, planned_at: datetime) -> bool:
        """Whether a text about that day, planned then, may have left already."""
        return self.since <= on_day <= self.until and (self.known_too or planned_at >= self.at)


class JournalUnwritable(Exception):
    """The journal cannot be written, so nothing may be sent."""


class Journal:
    """One file of lines. Safe for many threads and processes: each line is one synced append."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._appending = threading.Lock()
        self._read_to = 0
        self._last: dict[str, str] = {}  # the key's last token, while it may have been sent
        self._keys: dict[str, str] = {}  # the key of each token
        self._moments: dict[str, str] = {}  # when each token's call was about to be made
        self._unsent: set[str] = set()  # tokens whose call certainly sent nothing
        self._backups: set[str] = set()
        self._doubts: list[Doubt] = []

    def about_to_send(self, token: str, key: str, at: datetime) -> None:
        """Write down that a call is about to be made. Comes back only when it is on the disk."""
        self._append(f"{token},{key},{at.isoformat(timespec='seconds')}")

    def not_sent(self, token: str, at: datetime) -> None:
        """Write down that the call certainly sent nothing."""
        self._append(f"{token},{NOT_SENT},{at.isoformat(timespec='seconds')}")

    def backed_up(self, mark: str, at: datetime) -> None:
        """Write down that a backup was made: by it the journal is known after a restore."""
        self._append(f"{mark},{BACKUP},{at.isoformat(timespec='seconds')}")

    def doubt(self, token: str, scope: str, until: date, at: datetime) -> None:
        """Write down that texts of a day, or with scope `all` up to it, may have left unknown."""
        moment = at.isoformat(timespec="microseconds")
        self._append(f"{token},{DOUBT}{scope}:{until.isoformat()},{moment}")

    def knows_backup(self, mark: str) -> bool:
        """Whether this is the journal in which that backup was written down, as far as was read."""
        return mark in self._backups

    def may_have_left_unknown(self, on_day: date, planned_at: datetime) -> bool:
        """Whether a text about that day may have left without a trace, as far as was read."""
        return any(doubt.covers(on_day, planned_at) for doubt in self._doubts)

    def sent_keys(self) -> set[str]:
        """The keys of every text that may have left, as far as was read."""
        return set(self._last)

    def check(self) -> None:
        """Refuse where the journal could not be written now."""
        try:
            os.close(self._open())
        except OSError as fault:
            raise JournalUnwritable(
                f"The send journal cannot be written: {fault.strerror}."
            ) from fault

    def is_writable(self) -> bool:
        """Whether the journal could be written now."""
        try:
            self.check()
        except JournalUnwritable:
            return False
        return True

    def refresh(self) -> None:
        """Read what has been added, by this process or another, since the last look."""
        with self._lock:
            size = self.path.stat().st_size if self.path.exists() else 0
            if size < self._read_to:  # another file lies there now
                self._forget()
            if not size:
                return
            with self.path.open("rb") as file:
                file.seek(self._read_to)
                added = file.read()
            whole = added[: added.rfind(b"\n") + 1]
            self._read_to += len(whole)
            for line in whole.decode("utf-8", "replace").splitlines():
                self._note(line)

    def last_token(self, key: str) -> str | None:
        """The token of the key's last call that may have sent, as far as was read."""
        return self._last.get(key)

    def moment_of(self, token: str) -> datetime:
        """When a call that is written down was about to be made."""
        return datetime.fromisoformat(self._moments[token])

    def says_not_sent(self, token: str) -> bool:
        """Whether a call is written down and certainly sent nothing."""
        return token in self._unsent

    def _forget(self) -> None:
        self._read_to = 0
        self._last.clear()
        self._keys.clear()
        self._moments.clear()
        self._unsent.clear()
        self._backups.clear()
        self._doubts.clear()

    def _note(self, line: str) -> None:
        parts = line.split(",")
        if len(parts) != 3:
            return
        token, what, moment = parts
        if what == NOT_SENT:
            self._unsent.add(token)
            key = self._keys.get(token)
            if key and self._last.get(key) == token:
                del self._last[key]
        elif what == BACKUP:
            self._backups.add(token)
        elif what.startswith(DOUBT):
            self._doubts.append(_doubt_of(what, moment))
        else:
            self._keys[token], self._moments[token] = what, moment
            self._last[what] = token

    def _open(self) -> int:
        is_new = not self.path.exists()
        if is_new:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        if is_new:
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        return handle

    def _append(self, line: str) -> None:
        try:
            handle = self._open()
            try:
                with self._appending:  # else a thread sees the half of another's line as torn
                    self._write(handle, line)
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as fault:
            raise JournalUnwritable(
                f"The send journal cannot be written: {fault.strerror}."
            ) from fault

    @staticmethod
    def _write(handle: int, line: str) -> None:
        size = os.fstat(handle).st_size
        # A power cut may have left half a line: it must not swallow this one.
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        data = (("\n" if torn else "") + line + "\n").encode()
        if os.write(handle, data) != len(data):
            raise OSError(28, "the disk is full")


def _doubt_of(what: str, moment: str) -> Doubt:
    scope, _, day = what.removeprefix(DOUBT).partition(":")
    until = date.fromisoformat(day)
    is_all = scope == "all"
    return Doubt(until, date.min if is_all else until, is_all, datetime.fromisoformat(moment))
