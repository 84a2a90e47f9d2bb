"""E-mail addresses: how they are written, and by which people may sign in."""

from __future__ import annotations

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email


def read_mailbox(text: str) -> str:
    """The address to sign in by, as it is kept; a sentence where it is none or could mislead.

    Plain signs alone, so that no two look alike.
    """
    mailbox = text.strip()
    # Beyond ASCII a letter may look like another: a Cyrillic "а" signs in as somebody else's "a".
    if not mailbox.isascii():
        raise ValueError("Enter an email address in plain letters, without accents or other signs.")
    try:
        read = validate_email(mailbox, check_deliverability=False, strict=True)
    except EmailNotValidError as wrong:
        raise ValueError("Enter an email address like name@example.org.") from wrong
    if not read.normalized.isascii():
        raise ValueError("Enter an email address in plain letters, without accents or other signs.")
    return read.normalized


@lru_cache(maxsize=2_000)  # the officers of a file come again and again
def written_well(text: str) -> str:
    """An address in its usual form; ValueError where it is none. Nothing is asked of a network."""
    return validate_email(text, check_deliverability=False).normalized
