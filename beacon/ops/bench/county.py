"""The county that is measured on, put into its database by the thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.cases.models import CaseFile, Crime
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import Base, db
from beacon.core.roles import Role
from beacon.core.timetable import JobRun
from beacon.courts.models import Court, Defendant, Hearing
from beacon.entitlements.models import Duty
from beacon.numbers.models import HeldNumber, HeldPlace
from beacon.ops.bench import rows
from beacon.ops.bench.keys import keys
from beacon.ops.bench.rows import Manager, Row
from beacon.people.models import Address, ContactPoint, SearchKey, Victim

BENCH = machine("make bench")
AT_ONCE = 1_000
MANAGERS, TEAMS, CASES_EACH = 60, 6, 100


@dataclass(frozen=True)
class County:
    """What was built."""

    cases: int
    managers: int
    rows: int
    texts: int  # hearings of tomorrow, each with somebody to text
    manager: int  # the one who opens the page
    caseload: int  # the open cases of that one

    def rounds(self, most: int) -> int:
        """How often a thing is done: as often as it is worth, and less in a very small county."""
        return min(most, self.cases // 3)


def build(cases: int, *, tell: Callable[[int], None]) -> County:
    """Fill the database: as many victims, crimes and cases, and two or three duties for each."""
    managers = _managers(min(MANAGERS, max(1, cases // CASES_EACH)))
    db.session.rollback()  # nothing stands idle in a transaction while the rows are poured
    count = sum(_pour(numbers, managers, tell) for numbers in _lots(cases))
    texts = min(rows.NUMBERS, cases // 3)
    count += _write(Defendant, [rows.defendant(n) for n in range(1, texts + 1)])
    court = _court()
    count += _write(Hearing, [rows.hearing(n, court) for n in range(1, texts + 1)])
    _wake()
    _settle()
    mine = sa.select(sa.func.count(CaseFile.id)).where(
        CaseFile.manager_id == managers[0].id, CaseFile.closed_at.is_(None)
    )
    return County(
        cases=cases,
        managers=len(managers),
        rows=count,
        texts=texts,
        manager=managers[0].id,
        caseload=int(db.session.scalar(mine) or 0),
    )


def _lots(cases: int) -> Iterator[range]:
    for start in range(1, cases + 1, AT_ONCE):
        yield range(start, min(start + AT_ONCE, cases + 1))


def _managers(count: int) -> list[Manager]:
    made = [
        accounts.create_staff(
            email=f"manager{n}@example.org",
            name=" ".join(rows.name(n * 41)),
            roles=[Role.CASE_MANAGER],
            team=f"Team {n % TEAMS + 1}",
            actor=BENCH,
        )
        for n in range(count)
    ]
    return [Manager(person.id, person.team_id or 0) for person in made]


def _pour(numbers: range, managers: list[Manager], tell: Callable[[int], None]) -> int:
    """Some victims with everything that hangs on them, table by table."""
    today = clock.today()
    cases = [rows.case(n, today, managers) for n in numbers]
    telephones = [n for n in numbers if n <= rows.NUMBERS]
    count = sum(
        _write(model, made)
        for model, made in (
            (Victim, [rows.victim(n) for n in numbers]),
            (ContactPoint, [rows.mail(n) for n in numbers]),
            (ContactPoint, [rows.mobile(n) for n in telephones]),
            (HeldNumber, [rows.held(n) for n in telephones]),
            (HeldPlace, [rows.place(n) for n in telephones]),
            (Address, [rows.address(n) for n in numbers]),
            (Crime, [rows.crime(n, today) for n in numbers]),
            (CaseFile, cases),
            (Duty, [duty for case in cases for duty in rows.duties(case)]),
            (SearchKey, [key for case in cases for key in keys(case)]),
        )
    )
    tell(numbers[-1])
    return count


def _write(model: type[Base], made: list[Row]) -> int:
    """One statement for many rows, committed."""
    if made:
        with db.engine.execution_options(writing=True).begin() as connection:
            connection.execute(sa.insert(model), made)
    return len(made)


def _court() -> int:
    """A court of the county whose address was verified, so that its defendants are texted."""
    verified = sa.select(Court.id).where(
        Court.in_county.is_(True), Court.verified_on.is_not(None), Court.postcode != ""
    )
    found = db.session.scalar(verified.order_by(Court.id).limit(1))
    assert found is not None, "the reference rows hold the county's courts"
    return found


def _wake() -> None:
    """A scheduler that has just run, so that no page carries the banner of a sleeping one."""
    now = clock.now()
    _write(JobRun, [{"name": "make-bench", "started_at": now, "finished_at": now}])


def _settle() -> None:
    """Leave PostgreSQL as it is in service: ids go on from here, statistics are taken."""
    db.session.rollback()
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for model in (Victim, Crime, CaseFile, Defendant, Hearing):
            sequence = sa.func.pg_get_serial_sequence(model.__tablename__, "id")
            last = sa.select(sa.func.max(model.id)).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(sequence, last)))
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM (ANALYZE)")
        connection.exec_driver_sql("SET statement_timeout = '15s'")
