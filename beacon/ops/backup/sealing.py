"""The file of a backup: sealed in chunks, so that it is read and written in little memory.

`BEACON-BACKUP 1`, the short name of the key and a salt; then chunks of one mebibyte under
AES-256-GCM with a key of the file's own. Each chunk knows its place and whether it is the last, so
that none can be altered, moved, left out or cut off unseen (decision 0018).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from beacon.core.errors import BeaconError

MAGIC = b"BEACON-BACKUP 1\n"
SALT_BYTES, NAME_BYTES, TAG_BYTES, KEY_BYTES = 32, 12, 16, 32
CHUNK = 1024 * 1024
COUNTER_BYTES = 11  # of a nonce of 12; the last byte says whether it is the last chunk
HEADER_BYTES = len(MAGIC) + NAME_BYTES + SALT_BYTES


class NotWhole(BeaconError):
    """The file is no backup, was altered or cut, or was made with another key."""


def key_name(key: bytes) -> str:
    """A short name of a key, fit to stand in the file that it sealed."""
    return hashlib.sha256(b"backup-key-id|" + key).hexdigest()[:NAME_BYTES]


class SealedWriter:
    """Takes bytes in any pieces; writes them sealed, and knows the checksum of what it wrote."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._header = MAGIC + key_name(key).encode() + os.urandom(SALT_BYTES)
        self._cipher = _cipher_of(key, self._header)
        self._waiting = bytearray()
        self._number = 0
        self._sum = hashlib.sha256()
        self._put(self._header)

    def write(self, data: bytes) -> None:
        """Take some more bytes."""
        self._waiting += data
        while len(self._waiting) > CHUNK:  # the last chunk is kept back: only close() knows it
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]

    def close(self) -> str:
        """Write the last chunk; give the SHA-256 of the whole file."""
        self._seal(bytes(self._waiting), is_last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._sum.hexdigest()

    def _seal(self, data: bytes, *, is_last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._number, is_last), data, self._header))
        self._number += 1

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._sum.update(data)


def unsealed(file: BinaryIO, keys: Sequence[bytes]) -> Iterator[bytes]:
    """What was sealed, chunk by chunk; NotWhole at the first that does not hold."""
    header = file.read(HEADER_BYTES)
    if not header.startswith(MAGIC) or len(header) != HEADER_BYTES:
        raise NotWhole("This file is not a backup of Beacon, or its beginning is damaged.")
    name = header[len(MAGIC) :][:NAME_BYTES].decode("ascii", "replace")
    key = next((key for key in keys if key_name(key) == name), None)
    if key is None:
        raise NotWhole(
            "No key of BEACON_BACKUP_KEY opens this backup: put the one it was made with into the "
            "list. If it is there, the beginning of the file is damaged."
        )
    cipher, number = _cipher_of(key, header), 0
    piece = file.read(CHUNK + TAG_BYTES)
    while True:
        following = file.read(CHUNK + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, not following), piece, header)
        except (InvalidTag, ValueError) as broken:
            raise NotWhole(
                f"The backup is damaged or was cut: part {number + 1} does not hold. "
                "Nothing was restored; take another backup."
            ) from broken
        if not following:
            return
        piece, number = following, number + 1


def _cipher_of(key: bytes, header: bytes) -> AESGCM:
    """The file's own cipher: no two files share a key, so a counter may be the nonce."""
    derived = HKDF(SHA256(), KEY_BYTES, salt=header[-SALT_BYTES:], info=b"beacon backup file")
    return AESGCM(derived.derive(key))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(COUNTER_BYTES, "big") + bytes([is_last])
