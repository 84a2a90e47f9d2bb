"""Finding a case by whatever the caller can say."""

from __future__ import annotations

import re

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.cases.queries.caseload import CaseRow, as_row, listed
from beacon.core import phone
from beacon.core.db import db
from beacon.core.names import name_key, phonetic
from beacon.core.postcode import Postcode, postcode_key
from beacon.core.reference import CaseReference, crime_reference
from beacon.core.scope import Viewer
from beacon.core.sealed import blind_index
from beacon.people import rules as people
from beacon.people.access import victims_in_conflict
from beacon.people.models import Address, ContactPoint, Victim

FOUND_AT_MOST = 50
LAST_SIX = 6
_TELEPHONE = re.compile(r"\+?[0-9 ().\-]{6,}")
_Condition = sa.ColumnElement[bool]


def search(viewer: Viewer, words: str, *, at_most: int = FOUND_AT_MOST) -> list[CaseRow]:
    """The cases, within what the viewer may see, that the words point to.

    Our reference; an e-mail address; a postcode; a telephone number or its last six digits; else a
    crime reference or a name, from its beginning or by its sound.
    """
    words = words.strip()
    if not words:
        return []
    exact = CaseFile.closed_at.is_not(None)  # live cases first
    query = (
        listed(viewer)
        .where(_meant(words))
        .order_by(exact, *_nearest(words), Victim.name_key, CaseFile.id)
        .limit(at_most)
    )
    return [as_row(row) for row in db.session.execute(query)]


def kin_meant(viewer: Viewer, words: str) -> list[int]:
    """The cases that the words point to and that a conflict of interest closes to the viewer."""
    words = words.strip()
    query = (
        sa.select(CaseFile.id)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(
            CaseFile.victim_id.in_(victims_in_conflict(viewer)),
            CaseFile.erased_at.is_(None),
            _meant(words) if words else sa.false(),
        )
        .order_by(CaseFile.id)
        .limit(FOUND_AT_MOST)
    )
    return list(db.session.scalars(query))


def _meant(words: str) -> _Condition:
    reference = _case_reference(words)
    if reference:
        return CaseFile.reference == reference
    if "@" in words:
        index = blind_index("email", people.mail(words).normal)
        return CaseFile.victim_id.in_(_by_point(ContactPoint.value_index == index))
    if _is_postcode(words):
        index = blind_index("postcode", postcode_key(words))
        return CaseFile.victim_id.in_(
            sa.select(Address.victim_id).where(Address.postcode_index == index)
        )
    if _TELEPHONE.fullmatch(words):
        return CaseFile.victim_id.in_(_by_number(words))
    return sa.or_(Crime.reference_key == crime_reference(words).normal, _named(words))


def _case_reference(words: str) -> str | None:
    try:
        return str(CaseReference.parse(words))
    except ValueError:
        return None


def _is_postcode(words: str) -> bool:
    try:
        Postcode.parse(words)
    except ValueError:
        return False
    return True


def _by_point(condition: _Condition) -> sa.Select[int]:
    return sa.select(ContactPoint.victim_id).where(condition)


def _by_number(words: str) -> sa.Select[int]:
    normal = phone.normal(words)
    found: _Condition = ContactPoint.value_index == blind_index("phone", normal)
    digits = "".join(letter for letter in words if letter.isdigit())
    if len(digits) == LAST_SIX:
        found = sa.or_(found, ContactPoint.last_six_index == blind_index("phone6", digits))
    return _by_point(found)


def _named(words: str) -> _Condition:
    """A name from its beginning, or first name and how the surname sounds."""
    key = name_key(words)
    if not key:
        return sa.false()
    *first, surname = key.split(" ")
    sounds_like = Victim.surname_sound == phonetic(surname)
    if first:
        sounds_like = sa.and_(sounds_like, Victim.name_key.startswith(first[0], autoescape=True))
    return sa.or_(
        Victim.name_key.startswith(key, autoescape=True),
        Victim.surname_key.startswith(key, autoescape=True),
        sounds_like,
    )


def _nearest(words: str) -> list[sa.ColumnElement[int]]:
    """Names spelt as they were asked for come before those that only sound like it."""
    key = name_key(words)
    spelt = sa.or_(
        Victim.name_key.startswith(key, autoescape=True),
        Victim.surname_key.startswith(key, autoescape=True),
    )
    return [sa.case((spelt, 0), else_=1)]
