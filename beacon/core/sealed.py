"""Protected facts: encrypted columns bound to their place, and keyed indexes for equal search.

AES-256-GCM with a random nonce for each write; the associated data are the table, the column and
the row's own seal key, so that a value copied to another row or column cannot be read
(decision 0004).
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from beacon.core import clock

NONCE_BYTES = 12
SEAL_KEY_CHARS = 22


class CannotUnseal(Exception):
    """A protected value does not open here: it was moved, altered, or its key is missing."""


@dataclass(frozen=True)
class Keyring:
    """The field keys by id (the first encrypts) and the key of the blind indexes."""

    field_keys: Mapping[str, bytes]
    index_key: bytes

    @property
    def current(self) -> str:
        """The id of the key that encrypts."""
        return next(iter(self.field_keys))


class _Ring:
    """Where the process keeps its keyring, once the configuration has been read."""

    held: Keyring | None = None


def configure(keyring: Keyring) -> None:
    """Give the process its keys. Called once, by create_app."""
    _Ring.held = keyring


def keyring() -> Keyring:
    """The keys of this process, or a plain fault where none were given."""
    if _Ring.held is None:
        raise RuntimeError("no field keys: create_app() has not run")
    return _Ring.held


def seal(text: str, *, table: str, column: str, row: str) -> bytes:
    """Encrypt one value for one place: key id, colon, nonce, ciphertext."""
    return seal_bytes(text.encode(), table=table, column=column, row=row)


def seal_bytes(content: bytes, *, table: str, column: str, row: str) -> bytes:
    """The same of what is no text, such as a file."""
    ring = keyring()
    nonce = os.urandom(NONCE_BYTES)
    place = f"{table}|{column}|{row}".encode()
    body = _cipher(ring.field_keys[ring.current]).encrypt(nonce, content, place)
    return ring.current.encode() + b":" + nonce + body


def unseal(blob: bytes, *, table: str, column: str, row: str) -> str:
    """Read one value back from its own place; refuse it anywhere else."""
    return unseal_bytes(blob, table=table, column=column, row=row).decode()


def unseal_bytes(blob: bytes, *, table: str, column: str, row: str) -> bytes:
    """The same of what is no text."""
    key_id, _, rest = bytes(blob).partition(b":")
    key = keyring().field_keys.get(key_id.decode("ascii", "replace"))
    if key is None:
        raise CannotUnseal(f"no key {key_id!r} for {table}.{column}")
    place = f"{table}|{column}|{row}".encode()
    try:
        return _cipher(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place)
    except InvalidTag as broken:
        raise CannotUnseal(f"{table}.{column} does not open in this row") from broken


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    """The cipher of a key, prepared once: a row has several protected facts."""
    return AESGCM(key)


def blind_index(kind: str, normal_form: str) -> str:
    """A keyed fingerprint of a normal form, for equal search: 32 hexadecimal characters."""
    return _index(keyring().index_key, f"{kind}|{normal_form}".encode())


# A fact is sought by it, and then kept by it.
@lru_cache(maxsize=100)
def _index(key: bytes, message: bytes) -> str:
    return signed(key, message).hex()[:32]


def signed(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA-256 of a message."""
    code = _begun(key).copy()
    code.update(message)
    return code.digest()


@lru_cache(maxsize=8)
def _begun(key: bytes) -> hmac.HMAC:
    """The code of a key, prepared once: a record has some twenty fingerprints."""
    return hmac.new(key, digestmod="sha256")


class Sealing:
    """Gives a table the row's seal key, to which its protected values are bound."""

    @declared_attr
    def seal_key(cls) -> Mapped[str]:
        """No other row of the table has it."""
        return mapped_column(
            sa.String(SEAL_KEY_CHARS),
            unique=True,
            default=lambda: seal_key_for(cls),  # type: ignore[arg-type]
        )


def seal_key_for(model: type) -> str:
    """A key for one row of this table.

    Where a table keeps no moment (what people say in confidence), its keys tell none either.
    """
    return new_seal_key() if hasattr(model, "created_at") else secrets.token_urlsafe(16)


def new_seal_key() -> str:
    """A key for one row that tells when it was made: its moment, then 64 random bits.

    It is no secret, but no other row may have it. The moment comes first so that new rows stand
    together in the index: in an order of chance each would fill a page of it by itself.
    """
    return f"{int(clock.now().timestamp() * 1000):011x}{secrets.token_urlsafe(8)}"


class Sealed:
    """A protected text on a model: encrypts on assignment, decrypts on reading.

    ``phone = Sealed("phone_sealed")`` beside ``phone_sealed: Mapped[bytes | None]``.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    def __get__(self, row: object | None, owner: type) -> str:
        """The value in the clear; the empty string where none is held."""
        if row is None:
            return self  # type: ignore[return-value]
        blob = getattr(row, self.column)
        if blob is None:
            return ""
        return unseal(
            blob,
            table=owner.__tablename__,  # type: ignore[attr-defined]
            column=self.column,
            row=row.seal_key,  # type: ignore[attr-defined]
        )

    def __set__(self, row: object, value: str | None) -> None:
        """Encrypt; an empty value erases."""
        if row.seal_key is None:  # type: ignore[attr-defined]
            row.seal_key = seal_key_for(type(row))  # type: ignore[attr-defined]
        blob = None
        if value:
            blob = seal(
                value,
                table=row.__tablename__,  # type: ignore[attr-defined]
                column=self.column,
                row=row.seal_key,  # type: ignore[attr-defined]
            )
        setattr(row, self.column, blob)
