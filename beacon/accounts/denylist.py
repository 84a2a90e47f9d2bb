"""The list of passwords that thieves try first: compiled once, asked without a network.

A list is a text file, with a password on each line or the SHA-1 of one (`HASH` or `HASH:count`, as
Have I Been Pwned gives them), or one that has been compiled. Compiled it is a head and the sorted
SHA-1 digests, twenty bytes each, in which a password is found by halving.
"""

from __future__ import annotations

import hashlib
import heapq
import logging
import mmap
import os
import re
import tempfile
from binascii import unhexlify
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from flask import current_app

from beacon.core.errors import BeaconError
from config import Config

log = logging.getLogger(__name__)

DIGEST = 20
MAGIC = b"beacon deny list 1\n"
HEAD = len(MAGIC) + 32  # and of which file it was made
FILE = "deny-list"
AT_ONCE = 500_000  # digests sorted in memory at a time: some 30 MB
HASHED = re.compile(rb"[0-9A-Fa-f]{40}(?::[0-9]+)?")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Standing:
    """Whether a list is there, and how many passwords it holds."""

    entries: int = 0
    fault: str = ""

    @property
    def is_loaded(self) -> bool:
        """Whether common passwords are refused."""
        return self.entries > 0 and not self.fault


class DenyList:
    """A compiled list, read where it lies: it is never taken into memory as a whole."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.entries = (len(self._map) - HEAD) // DIGEST

    def holds(self, password: str) -> bool:
        """Whether the password is listed, as it is or without regard to capitals."""
        return any(self._has(one) for one in {_digest(password), _digest(password.casefold())})

    def _has(self, digest: bytes) -> bool:
        low, high = 0, self.entries
        while low < high:
            middle = (low + high) // 2
            if self._at(middle) < digest:
                low = middle + 1
            else:
                high = middle
        return low < self.entries and self._at(low) == digest

    def _at(self, place: int) -> bytes:
        start = HEAD + place * DIGEST
        return self._map[start : start + DIGEST]


def is_listed(password: str) -> bool:
    """Whether thieves know this password. Without a list nothing is known to them."""
    held = _held(current_app.config["BEACON"])
    return held is not None and held.holds(password)


def standing() -> Standing:
    """Whether this installation has a list, and how long it is."""
    config: Config = current_app.config["BEACON"]
    named = config.deny_list
    if named is not None and not named.is_file():
        return Standing(fault="the file that BEACON_DENY_LIST names cannot be read")
    held = _held(config)
    return Standing(held.entries if held else 0)


def prepare(config: Config) -> None:
    """Compile the text file that the setting names, unless that has been done since it changed."""
    source = config.deny_list
    if source is None or not source.is_file() or _is_compiled(source):
        return
    made = config.instance / FILE
    if not _is_compiled(made) or _head(made)[len(MAGIC) :] != _mark(source):
        try:
            compile_list(source, made)
        except OSError as fault:  # the work goes on; the doctor says that there is no list
            log.warning("the deny list was not compiled", extra={"fault": type(fault).__name__})


def load(source: Path, config: Config, progress: Progress | None = None) -> int:
    """Compile a list into the instance folder, from where it is used at once."""
    if not source.is_file():
        raise BeaconError(f"There is no file {source.name} that can be read.")
    if config.deny_list is not None and config.deny_list != source:
        raise BeaconError(
            "BEACON_DENY_LIST names another file, which would be used in the place of this one. "
            "Take the setting away, or let it name this file."
        )
    return compile_list(source, config.instance / FILE, progress)


def compile_list(
    source: Path, target: Path, progress: Progress | None = None, *, at_once: int = AT_ONCE
) -> int:
    """Write the sorted digests of a list; give how many there are. Needs little memory."""
    if _is_compiled(source):
        digests = _digests_of(source)
        return _write(digests, target, mark=_head(source)[len(MAGIC) :])
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=target.parent))
        runs = [
            stack.enter_context(path.open("rb"))
            for path in _sorted_runs(source, Path(folder), progress, at_once)
        ]
        return _write(_merged(runs), target, mark=_mark(source))


def _held(config: Config) -> DenyList | None:
    """The list in use, opened again when another one has taken its place."""
    named = config.deny_list
    path = named if named and _is_compiled(named) else config.instance / FILE
    try:
        found = path.stat()
    except OSError:
        return None
    if not _is_compiled(path):
        return None
    return _opened(path, found.st_mtime_ns, found.st_ino, found.st_size)


@lru_cache(maxsize=2)
def _opened(path: Path, *seen: int) -> DenyList:
    return DenyList(path)


def _digest(password: str) -> bytes:
    # How the lists are published, not how a password is kept here.
    return hashlib.sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()


def _is_compiled(path: Path) -> bool:
    """Whether a file is a list of ours, whole to its last digest."""
    try:
        size = path.stat().st_size
        return size > HEAD and (size - HEAD) % DIGEST == 0 and _head(path).startswith(MAGIC)
    except OSError:
        return False


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _mark(source: Path) -> bytes:
    """Of which file a list was made, and of which state of it."""
    found = source.stat()
    return hashlib.sha256(f"{source}|{found.st_mtime_ns}|{found.st_size}".encode()).digest()


def _add(line: bytes, part: set[bytes]) -> None:
    """What is kept of one line: the digest it gives, or those of the password it is."""
    text = line.rstrip(b"\r\n")
    if HASHED.fullmatch(text):
        part.add(unhexlify(text[:40]))
    elif text:
        password = text.decode("utf-8", "replace")
        part.update((_digest(password), _digest(password.casefold())))


def _sorted_runs(
    source: Path, folder: Path, progress: Progress | None, at_once: int
) -> Iterator[Path]:
    """The digests in parts that fit in memory, each sorted, each in a file of its own."""
    total, read, part, number = source.stat().st_size, 0, set[bytes](), 0
    with source.open("rb") as file:
        for line in file:
            # Some programs write a mark before the first line of a text.
            _add(line if read else line.removeprefix(BOM_UTF8), part)
            read += len(line)
            if len(part) >= at_once:
                number += 1
                yield _write_run(part, folder / str(number))
                part = set()
                if progress:
                    progress(read, total)
    yield _write_run(part, folder / "last")
    if progress:
        progress(total, total)


def _write_run(part: set[bytes], path: Path) -> Path:
    path.write_bytes(b"".join(sorted(part)))
    return path


def _merged(runs: Sequence[IO[bytes]]) -> Iterator[bytes]:
    return heapq.merge(*map(_read_run, runs)) if len(runs) > 1 else _read_run(runs[0])


def _read_run(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(DIGEST * 4096):
        yield from (block[place : place + DIGEST] for place in range(0, len(block), DIGEST))


def _digests_of(compiled: Path) -> Iterator[bytes]:
    with compiled.open("rb") as file:
        file.seek(HEAD)
        yield from _read_run(file)


def _write(digests: Iterable[bytes], target: Path, *, mark: bytes) -> int:
    """Put the list in its place as a whole: whoever reads it meanwhile reads the old one."""
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    count, before, block = 0, b"", bytearray()
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(MAGIC + mark)
            for digest in digests:
                if digest == before:
                    continue
                block += digest
                before, count = digest, count + 1
                if len(block) >= 1 << 20:
                    file.write(block)
                    block.clear()
            file.write(block)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return count
