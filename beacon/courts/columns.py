"""The columns of a court list, one row a defendant and hearing (contract.md 3.4)."""

from __future__ import annotations

from collections.abc import Mapping

from beacon.core.names import name_key
from beacon.core.reference import crime_reference, urn
from beacon.feeds.columns import Column, FeedSpec, Kind, words
from beacon.feeds.terms import Fact

COURT_LIST = FeedSpec(
    name="court list",
    columns=(
        Column(name="urn", kind=Kind.REFERENCE, check=urn, required=True, most=40),
        Column(name="defendant_last_name", required=True, most=100),
        Column(name="court", required=True, most=200),
        Column(name="hearing_date", kind=Kind.DATE, required=True),
        Column(name="hearing_time", kind=Kind.TIME),
        Column(
            name="hearing_type",
            kind=Kind.REFERENCE,
            most=20,
        ),
        Column(name="court_room", most=40),
        Column(name="defendant_reference", kind=Kind.REFERENCE, most=40),
        Column(name="defendant_first_name", most=100),
        Column(name="date_of_birth", kind=Kind.DATE, past=True),
        Column(name="mobile", kind=Kind.PHONE, most=40),
        Column(name="remand_status", kind=Kind.WORD, words=words("UB", "CB", "custody", "NA")),
        Column(name="initiation", kind=Kind.WORD, words=words("C", "R", "S")),
        Column(
            name="status",
            kind=Kind.WORD,
            words=words("listed", "vacated", "adjourned", "moved"),
        ),
        Column(name="crime_reference", kind=Kind.REFERENCE, check=crime_reference, most=40),
        Column(name="interpreter_language", most=60),
        Column(name="do_not_text", kind=Kind.BOOLEAN),
    ),
)


def defendant_key(facts: Mapping[str, Fact | None]) -> str:
    """A defendant: the URN with the reference, else with the name and date of birth."""
    if facts.get("defendant_reference"):
        return f"{facts['urn']}|defendant|{facts['defendant_reference']}"
    name = f"{facts.get('defendant_first_name') or ''} {facts['defendant_last_name']}"
    return f"{facts['urn']}|name|{name_key(name)}|{facts.get('date_of_birth') or ''}"
