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
    text = secret if isinstance(secret, str) else secret.decode("latin-1")
    words = text.lower()
    if len(set(text)) < FEWEST_SIGNS or any(word in words for word in PLACEHOLDERS):
        return True
    return any(_repeats_after(text, step) for step in range(1, len(text) // 2 + 1))


def _repeats_after(text: str, step: int) -> bool:
    """Whether it begins anew after so many signs, and goes on so to its end."""
    return text[step:] == text[:-step]
