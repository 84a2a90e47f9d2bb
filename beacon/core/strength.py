"""Whether a secret is one that somebody could guess."""

from __future__ import annotations

# What people leave where a secret should be.
PLACEHOLDERS = (
    "secret",
    "change",
    "default",
    "example",
    "password",
    "insecure",
    "develop",
    "dummy",
)
FEWEST_SIGNS = 10


def is_guessable(secret: str | bytes) -> bool:
    """Whether it is a placeholder, or the same few signs over and over; length is asked apart."""
    words = secret.lower() if isinstance(secret, str) else ""
    return len(set(secret)) < FEWEST_SIGNS or any(word in words for word in PLACEHOLDERS)
