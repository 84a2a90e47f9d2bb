"""The labelled set as a file of the police feed: the way by which it really comes in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from tests.labelled.set import Labelled

FIRST = 100000
RECORDED = "2026-11-20T10:00"
HEADERS = (
    *("crime_reference", "recorded_at", "offence", "victim_reference", "first_name", "last_name"),
    *("date_of_birth", "mobile", "phone", "email", "address", "postcode", "consent_to_referral"),
)


def rows_as_file(records: Iterable[Labelled]) -> bytes:
    """Every record as a row of its own crime, in order: the first is 41/100000/26."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADERS)
    writer.writeheader()
    writer.writerows(_rows(records))
    return text.getvalue().encode()


def _rows(records: Iterable[Labelled]) -> Iterator[dict[str, str]]:
    for place, record in enumerate(records):
        facts = record.facts
        yield {
            "crime_reference": f"41/{FIRST + place}/26",
            "recorded_at": RECORDED,
            "offence": "Theft from the person",
            "victim_reference": facts.reference,
            "first_name": facts.first_name,
            "last_name": facts.last_name,
            "date_of_birth": facts.born.isoformat() if facts.born else "",
            "mobile": facts.mobile,
            "phone": facts.phone,
            "email": facts.email,
            "address": facts.address,
            "postcode": facts.postcode,
            "consent_to_referral": "yes",
        }
