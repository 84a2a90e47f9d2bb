"""E-mail addresses by which people sign in: plain signs alone, so that no two look alike."""

from __future__ import annotations

import re

LONGEST = 254
# Beyond ASCII a letter may look like another: a Cyrillic "а" signs in as somebody else's "a".
_MAILBOX = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}"
)


def read_mailbox(text: str) -> str:
    """The address as it is kept; refused with a sentence where it is none or could mislead."""
    mailbox = text.strip()
    if not mailbox.isascii():
        raise ValueError("Enter an email address in plain letters, without accents or other signs.")
    if len(mailbox) > LONGEST or not _MAILBOX.fullmatch(mailbox):
        raise ValueError("Enter an email address like name@example.org.")
    return mailbox
