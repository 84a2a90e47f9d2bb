"""Builders of hearings and court lists: say only what your test is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from beacon.core.db import transaction
from beacon.courts.commands import Listing, list_hearing
from beacon.courts.commands.defendants import make_defendant, write_mobile
from beacon.courts.imports import OUTCOMES, import_court_list
from beacon.courts.models import Hearing
from beacon.courts.queries import find_court
from beacon.courts.terms import Initiation, Remand
from tests.factories import TEST

MONDAY_MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONDAY_EVENING = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)
COLUMNS = (
    "urn", "defendant_reference", "defendant_first_name", "defendant_last_name", "date_of_birth",
    "mobile", "court", "court_room", "hearing_date", "hearing_time", "hearing_type",
    "remand_status", "initiation", "status", "crime_reference", "interpreter_language",
    "do_not_text",
)  # fmt: skip
_number = count(1)


def a_hearing(**known: Any) -> Hearing:
    """A first hearing on Tuesday morning at St Albans, of an adult on bail with a mobile."""
    number = next(_number)
    person = {
        "crime_key": f"41/{number}/26",
        "first_name": "Robin",
        "last_name": f"Accused{number}",
        "date_of_birth": date(1990, 1, 2),
    }
    person |= {name: known.pop(name) for name in tuple(known) if name in person}
    mobile = known.pop("mobile", f"07700 900{500 + number % 500}")
    wishes = {
        name: known.pop(name) for name in ("do_not_text", "interpreter_language") if name in known
    }
    listing = {
        "court": find_court(known.pop("court", "B41ME00")),
        "held_on": TUESDAY,
        "starts_at": time(9, 30),
        "type_code": "FH",
        "remand": Remand.CONDITIONAL,
        "initiation": Initiation.CHARGE,
    }
    with transaction():
        defendant = known.pop("defendant", None) or make_defendant(**person)
        for name, wish in wishes.items():
            setattr(defendant, name, wish)
        if mobile and not defendant.mobile:
            write_mobile(defendant, mobile)
        return list_hearing(defendant, Listing(**listing | known), actor=TEST)


def a_row(**known: str) -> dict[str, str]:
    """One row of a court list."""
    usual = {
        "urn": "41E10000126",
        "defendant_reference": "D00001",
        "defendant_first_name": "Robin",
        "defendant_last_name": "Accused",
        "date_of_birth": "1990-01-02",
        "mobile": "07700 900501",
        "court": "B41ME00",
        "hearing_date": "2026-11-24",
        "hearing_time": "09:30",
        "hearing_type": "FH",
        "remand_status": "CB",
        "initiation": "C",
        "status": "listed",
        "crime_reference": "41/100/26",
    }
    return usual | known


def take_list(*rows: dict[str, str], **options: Any) -> dict[str, int]:
    """Take in a list of these rows; how many of each outcome came of it, noughts left out."""
    lines = [",".join(COLUMNS), *(",".join(row.get(name, "") for name in COLUMNS) for row in rows)]
    report = import_court_list(
        "\n".join(lines).encode(), file_name="list.csv", actor=TEST, **options
    )
    figures = report.figures(*OUTCOMES)
    return {name: figure for name, figure in figures.items() if figure and name != "read"}
