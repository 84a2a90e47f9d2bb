"""E-mail addresses by which people sign in: plain signs alone, so that no two look alike."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email


def read_mailbox(text: str) -> str:
    """The address as it is kept; refused with a sentence where it is none or could mislead."""
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
