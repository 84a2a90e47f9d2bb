"""What lies in a backup: its manifest, the dump, and the checksum of both."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from beacon.ops.backup.manifest import Manifest
from beacon.ops.backup.sealing import NotWhole, SealedWriter, unsealed

LENGTH_BYTES, SUM_BYTES = 4, 32
MANIFEST_AT_MOST = 1024 * 1024
Progress = Callable[[int, int], None]  # bytes done, bytes in all


def write(file: BinaryIO, key: bytes, manifest: Manifest, dump: Iterable[bytes]) -> str:
    """Seal a manifest and a dump into a file; give the SHA-256 of the file."""
    writer, total = SealedWriter(file, key), hashlib.sha256()

    def put(data: bytes) -> None:
        writer.write(data)
        total.update(data)

    told = manifest.to_bytes()
    put(len(told).to_bytes(LENGTH_BYTES, "big") + told)
    for piece in dump:
        put(piece)
    writer.write(total.digest())
    return writer.close()


class Backup:
    """A backup as it is read. Nothing of it is believed before the whole of it was read once."""

    def __init__(self, path: Path, keys: Sequence[bytes]) -> None:
        self.path = path
        self._keys = keys

    def prove(self, progress: Progress | None = None) -> tuple[Manifest, str]:
        """Read all of it; its manifest and the SHA-256 of the file, or NotWhole."""
        manifest = self.manifest()
        for _ in self.dump(progress):
            pass
        with self.path.open("rb") as file:
            return manifest, hashlib.file_digest(file, "sha256").hexdigest()

    def manifest(self) -> Manifest:
        """What the backup says of itself."""
        with self.path.open("rb") as file:
            return _manifest(_Parts(unsealed(file, self._keys)))

    def dump(self, progress: Progress | None = None) -> Iterator[bytes]:
        """The dump; NotWhole at its end at the latest where anything was altered or cut."""
        size = self.path.stat().st_size
        with self.path.open("rb") as file:
            parts = _Parts(unsealed(file, self._keys))
            _manifest(parts)
            kept = b""  # the checksum is the end: it is known only when nothing follows
            for piece in parts.rest():
                held = kept + piece
                kept, out = held[-SUM_BYTES:], held[:-SUM_BYTES]
                parts.total.update(out)
                if progress:
                    progress(file.tell(), size)
                yield out
            if kept != parts.total.digest():
                raise NotWhole("The checksum of the backup does not agree with what is in it.")


class _Parts:
    """Bytes in the pieces in which they are asked for."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = b""
        self.total = hashlib.sha256()

    def take(self, count: int) -> bytes:
        while len(self._held) < count:
            piece = next(self._chunks, None)
            if piece is None:
                raise NotWhole("The backup ends before its manifest does.")
            self._held += piece
        taken, self._held = self._held[:count], self._held[count:]
        self.total.update(taken)
        return taken

    def rest(self) -> Iterator[bytes]:
        yield self._held
        yield from self._chunks


def _manifest(parts: _Parts) -> Manifest:
    length = int.from_bytes(parts.take(LENGTH_BYTES), "big")
    if length > MANIFEST_AT_MOST:
        raise NotWhole("The manifest of the backup is too long to be one.")
    try:
        return Manifest.from_bytes(parts.take(length))
    except (ValueError, TypeError, KeyError) as fault:
        raise NotWhole("The backup was made by another version, whose manifest differs.") from fault
