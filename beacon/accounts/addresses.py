"""The address by which a person signs in: one that mail can reach and no two readers mistake."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from beacon.core.errors import RuleBroken


def read_address(typed: str) -> str:
    """The address as it is kept. Plain letters only: a look-alike is somebody else's name."""
    refusal = RuleBroken(
        "Enter an email address like name@example.org, in plain letters.", field="email"
    )
    try:
        read = validate_email(typed.strip(), check_deliverability=False)
    except EmailNotValidError as fault:
        raise refusal from fault
    if not read.normalized.isascii():
        raise refusal
    return read.normalized
