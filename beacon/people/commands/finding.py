"""Keeping the words by which people are found, and the scope beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any  # the values of a row

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core import clock, lots
from beacon.core.db import transaction
from beacon.people import rules
from beacon.people.models import SearchKey, Victim
from beacon.people.rules.finding import Kept
from beacon.people.terms import KeyKind

_OF_THE_PERSON = (KeyKind.SURNAME, KeyKind.NAME, KeyKind.SOUND, KeyKind.BORN)


@dataclass(frozen=True, kw_only=True)
class Through:
    """Through what a person is found, and with that by whom: a case, or none yet."""

    case_id: int | None = None
    team_id: int | None = None
    manager_id: int | None = None
    is_fraud: bool = False
    restricted: bool = False


NO_CASE = Through()


def find_by(victim: Victim, through: Through, *, references: Iterable[str]) -> None:
    """Make a person findable through a case, or without one; what stood there before is gone.

    Once there is a case, nobody finds them without it.
    """
    with transaction() as session:
        session.flush()
        if not lots.is_new(victim):
            session.execute(
                sa.delete(SearchKey).where(
                    SearchKey.victim_id == victim.id,
                    sa.or_(SearchKey.case_id.is_(None), SearchKey.case_id == through.case_id),
                )
            )
        given = (*references, victim.victim_reference or "")
        _write(victim.id, through, [*person_keys(victim), *rules.reference_keys(*given)])


def find_through(through: Through) -> None:
    """Somebody else may now find the person of a case: its team, manager or restriction changed."""
    with transaction() as session:
        session.execute(
            sa.update(SearchKey)
            .where(SearchKey.case_id == through.case_id)
            .values(
                team_id=through.team_id,
                manager_id=through.manager_id,
                restricted=through.restricted,
            )
        )


def respell(victim: Victim) -> None:
    """A name, a date of birth or a reference of the person changed: find them by the new one."""
    with transaction() as session:
        session.flush()
        for through in _places_of(session, victim.id):
            of_this = (
                SearchKey.victim_id == victim.id,
                SearchKey.case_id.is_not_distinct_from(through.case_id),
            )
            session.execute(
                sa.delete(SearchKey).where(*of_this, SearchKey.kind.in_(_OF_THE_PERSON))
            )
            held = set(session.scalars(sa.select(SearchKey.key).where(*of_this)))
            own = rules.reference_keys(victim.victim_reference or "")
            new = [one for one in own if one[1] not in held]
            _write(victim.id, through, [*person_keys(victim), *new])


def person_keys(victim: Victim) -> list[Kept]:
    """The words of the person, whatever case they are found through."""
    born = victim.date_of_birth
    keys = rules.name_keys(victim.name_key, victim.surname_key)
    return [*keys, (KeyKind.BORN, born.isoformat())] if born else keys


def _places_of(session: Session, victim_id: int) -> list[Through]:
    columns = (
        SearchKey.case_id,
        SearchKey.team_id,
        SearchKey.manager_id,
        SearchKey.is_fraud,
        SearchKey.restricted,
    )
    rows = session.execute(
        sa.select(*columns).where(SearchKey.victim_id == victim_id).distinct()
    ).mappings()
    return [Through(**row) for row in rows]


def _write(victim_id: int, through: Through, keys: Iterable[Kept]) -> None:
    made = {"created_at": clock.now(), "victim_id": victim_id, **asdict(through)}
    rows: list[dict[str, Any]] = [made | {"kind": kind, "key": key} for kind, key in keys]
    if rows:
        lots.insert(SearchKey.__table__, rows)  # type: ignore[arg-type]
