"""Passwords and recovery codes: argon2id, a few at a time, and which passwords are refused."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from beacon.accounts import denylist
from beacon.core.errors import RuleBroken, Unavailable

SHORTEST, LONGEST = 15, 128
AT_ONCE = 4  # 64 MiB each (security.md R2, A-13)
WAIT_SECONDS = 30
CONTEXT_WORDS = ("beacon", "hertfordshire", "password", "victim")
LEFT_OVER = 10  # what must remain of a password once the words of this place are taken out

_hasher = PasswordHasher()
# A recovery code is 80 random bits: no work of ours makes it harder to guess, and ten are made.
_code_hasher = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
_turnstile = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """The argon2id hash of a password of allowed length."""
    with _Turn():
        return _hasher.hash(password)


# Compared where nobody holds the e-mail, so that an unknown name takes as long as a known one.
NOBODY = _hasher.hash("nobody has this password")


def matches(password: str, hashed: str) -> bool:
    """Whether the password is the one; an unknown account costs the same work."""
    if len(password) > LONGEST:
        return False
    with _Turn():
        try:
            return _hasher.verify(hashed or NOBODY, password) and bool(hashed)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(hashed: str) -> bool:
    """Whether the hash was made at another cost and should be made anew."""
    return _hasher.check_needs_rehash(hashed)


def hash_code(code: str) -> str:
    """The argon2id hash of a recovery code."""
    with _Turn():
        return _code_hasher.hash(code)


def is_code(code: str, hashed: str) -> bool:
    """Whether this is the recovery code."""
    with _Turn():
        try:
            return _code_hasher.verify(hashed, code)
        except (VerificationError, InvalidHashError):
            return False


def check(password: str, *, name: str, email: str) -> None:
    """Refuse a password that is too short, too long, made of words from here, or known."""
    if len(password) < SHORTEST:
        raise RuleBroken(f"Use at least {SHORTEST} characters.", field="password")
    if len(password) > LONGEST:
        raise RuleBroken(f"Use at most {LONGEST} characters.", field="password")
    left = password.casefold()
    words = (
        *CONTEXT_WORDS,
        *name.casefold().split(),
        *email.casefold().replace("@", ".").split("."),
    )
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 2:
            left = left.replace(word, "")
    if len(set(left)) < 5 or len(left.replace(" ", "")) < LEFT_OVER:
        raise RuleBroken(
            "That is too easy to guess from who and where you are. Three random words are better.",
            field="password",
        )
    if denylist.is_listed(password):
        raise RuleBroken(
            "That password is on a list of passwords that have been stolen, which thieves try "
            "first. Choose another. Three random words are good.",
            field="password",
        )


class _Turn:
    """One of the few places in which a password may be hashed."""

    def __enter__(self) -> None:
        if not _turnstile.acquire(timeout=WAIT_SECONDS):
            raise Unavailable("Many people are signing in at once. Try again in a minute.")

    def __exit__(self, *error: object) -> None:
        _turnstile.release()
