"""The courts of the county and its neighbours, and the hearing types, that come with Beacon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

import sqlalchemy as sa

from beacon.core.db import transaction
from beacon.core.names import name_key
from beacon.courts.models import Court, HearingType
from beacon.courts.terms import HEARING_TYPES, CourtKind

VERIFIED_ON = date(2026, 11, 22)
_M, _C = CourtKind.MAGISTRATES, CourtKind.CROWN
WEST, NORTH = "1910", "1911"

# domain.md 6.1: code, name, kind, area, address, postcode, opening, note, closed on.
COUNTY: tuple[tuple[str, str, CourtKind, str, str, str, str, str, date | None], ...] = (
    (
        "B41ME00", "St Albans Magistrates' Court", _M, WEST,
        "The Civic Centre, St Peter's Street, St Albans", "AL1 3LB",
        "Monday to Friday, 9am to 4:30pm", "", None,
    ),
    (
        "B41MJ00", "Stevenage Magistrates' Court", _M, NORTH,
        "The Court House, Danesgate, Stevenage", "SG1 1XH",
        "Monday to Friday, 9am to 4pm", "", None,
    ),
    (
        "B41US00", "Hatfield Magistrates' Court", _M, WEST,
        "Comet Way, Hatfield", "AL10 9SJ", "8:30am to close of business",
        "For people held overnight. Shown as suspended in 2021: check before use.", None,
    ),
    (
        "C41ST00", "St Albans Crown Court", _C, "0450",
        "Bricket Road, St Albans", "AL1 3JW", "Monday to Friday, 9am to 5pm", "", None,
    ),
    (
        "B41NW00", "Watford Magistrates' Court", _M, WEST, "", "", "",
        "Closed by the programme of 2016; the day itself is not known.", date(2016, 12, 31),
    ),
    (
        "B41UR00", "Watford County Court", CourtKind.COUNTY, WEST, "Station Road, Watford", "", "",
        "A sitting place in the national data; its postcode is not known.", None,
    ),
    (
        "B41GS00", "Hertford Shire Hall", _M, NORTH, "Fore Street, Hertford", "", "",
        "In the national data; whether a court still sits is not known.", None,
    ),
)  # fmt: skip

# Known by name, so that a list that names them can be taken in. Nobody has verified them.
NEIGHBOURS: tuple[tuple[str, str, CourtKind], ...] = (
    ("B40IM00", "Luton Magistrates' Court", _M),
    ("C40LU00", "Luton Crown Court", _C),
    ("B35CZ00", "Cambridge Magistrates' Court", _M),
    ("C35CM00", "Cambridge Crown Court", _C),
    ("B35HF00", "Huntingdon Magistrates' Court", _M),
    ("B35KE00", "Peterborough Magistrates' Court", _M),
    ("C35PE00", "Peterborough Crown Court", _C),
    ("B42AZ00", "Basildon Magistrates' Court", _M),
    ("C42BS00", "Basildon Crown Court", _C),
    ("B42CM00", "Chelmsford Magistrates' Court", _M),
    ("C42CF00", "Chelmsford Crown Court", _C),
    ("C01HA00", "Harrow Crown Court", _C),
    ("C01WG00", "Wood Green Crown Court", _C),
    ("C01SN00", "Snaresbrook Crown Court", _C),
    ("B01CE00", "Willesden Magistrates' Court", _M),
    ("B01GQ00", "Hendon Magistrates' Court", _M),
    ("C43AY00", "Aylesbury Crown Court", _C),
)

_COLUMNS = ("code", "name", "kind", "area_code", "address", "postcode", "opening", "note")


def load_reference() -> None:
    """Add the courts and hearing types that are not there yet; what a person changed stays."""
    with transaction() as session:
        known = set(session.scalars(sa.select(Court.code)))
        session.add_all(row for row in _courts() if row.code not in known)
        kinds = set(session.scalars(sa.select(HearingType.code)))
        session.add_all(HearingType(**asdict(k)) for k in HEARING_TYPES if k.code not in kinds)


def _courts() -> Iterator[Court]:
    for *facts, closed in COUNTY:
        yield Court(
            **dict(zip(_COLUMNS, facts, strict=True)),
            name_key=name_key(str(facts[1])),
            in_county=True,
            valid_to=closed,
            verified_on=VERIFIED_ON,
        )
    for code, name, kind in NEIGHBOURS:
        yield Court(code=code, name=name, name_key=name_key(name), kind=kind)
