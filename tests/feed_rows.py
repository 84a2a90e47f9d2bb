"""Small files of feeds, made in a test: say only the columns that the test is about."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

POLICE = {
    "crime_reference": "41/100/26",
    "recorded_at": "2026-11-20T10:00",
    "offence": "Burglary in a dwelling",
    "first_name": "Robin",
    "last_name": "Marsh",
    "date_of_birth": "1980-05-01",
    "mobile": "07700 900123",
    "email": "robin.marsh@example.org",
    "consent_to_referral": "yes",
    "safe_to_contact": "yes",
    "preferred_contact": "sms",
}
FRAUD = {
    "fraud_reference": "NFRC261100000001",
    "reported_at": "2026-11-20T10:00",
    "fraud_code": "NFIB1H",
    "fraud_type": "Other advance fee frauds",
    "amount_lost": "1,234.56",
    "first_payment_on": "2026-11-02",
    "sending_bank": "Example Bank",
    "first_name": "Robin",
    "last_name": "Marsh",
    "phone": "020 7946 0780",
}
PARTNER = {
    "agency": "Example Refuge",
    "agency_reference": "R-17",
    "recorded_at": "2026-11-20T10:00",
    "reason": "Afraid to go home.",
    "first_name": "Robin",
    "last_name": "Marsh",
    "mobile": "07700 900123",
}


def a_file(*rows: Mapping[str, str], like: Mapping[str, str] = POLICE) -> bytes:
    """A CSV file with these rows; what a row does not say is as in `like`."""
    whole = [{**like, **row} for row in rows]
    headers = list(dict.fromkeys(name for row in whole for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headers)
    writer.writeheader()
    writer.writerows(whole)
    return text.getvalue().encode()


def without(row: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """The row with some of its cells empty."""
    return {**row, **dict.fromkeys(names, "")}
