"""The county that is measured on, put into its database by the thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.cases.models import (
    CaseFile,
    CaseGround,
    CaseTask,
    ContactLog,
    Crime,
    DutyReminder,
    UpdateWish,
)
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import Base, db
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.core.timetable import JobRun
from beacon.courts.models import Court, Defendant, Hearing
from beacon.entitlements.models import Duty
from beacon.numbers.models import HeldNumber, HeldPlace
from beacon.ops.bench import journeys, rows, work
from beacon.ops.bench.keys import keys, person_keys
from beacon.ops.bench.one_case import lengthen
from beacon.ops.bench.rows import Manager, Row
from beacon.people.models import (
    Address,
    ContactPoint,
    PersonKey,
    SafeContact,
    SearchKey,
    Victim,
)

BENCH = machine("make bench")
AT_ONCE = 1_000
MANAGERS, TEAMS, CASES_EACH = 60, 6, 400  # of which most are closed
# As many as a person may ever be let open in ten minutes: the bench opens them faster.
PACES = ("access.lists_in_ten_minutes", "access.cases_in_ten_minutes")


@dataclass(frozen=True)
class County:
    """What was built."""

    cases: int
    managers: int
    rows: int
    duties: int
    texts: int  # hearings of tomorrow, each with somebody to text
    manager: int  # the one who opens the page
    leader: int  # of that one's team
    caseload: int  # the open cases of that one
    long_case: str  # one of these, with a long history

    def rounds(self, most: int) -> int:
        """How often a thing is done: as often as it is worth, and less in a very small county."""
        return min(most, self.cases // 3)


def build(cases: int, *, tell: Callable[[int], None], searched_alone: bool = False) -> County:
    """Fill the database: as many victims, crimes and cases, and six duties to a case.

    `searched_alone`: with nothing but what search reads.
    """
    count = _write(Setting, [{"name": name, "text": "500"} for name in PACES])
    managers = _managers(min(MANAGERS, max(1, cases // CASES_EACH)))
    leaders = _leaders(managers)
    db.session.rollback()  # nothing stands idle in a transaction while the rows are poured
    pour = _pour_searched if searched_alone else _pour
    count += sum(pour(numbers, managers, leaders, tell) for numbers in _lots(cases))
    texts = min(rows.NUMBERS, cases // 3)
    count += _write(Defendant, [rows.defendant(n) for n in range(1, texts + 1)])
    court = _court()
    count += _write(Hearing, [rows.hearing(n, court) for n in range(1, texts + 1)])
    long_case, entries = ("", 0) if searched_alone else lengthen(managers[0].id)
    count += entries
    _wake()
    _settle()
    mine = sa.select(sa.func.count(CaseFile.id)).where(
        CaseFile.manager_id == managers[0].id, CaseFile.closed_at.is_(None)
    )
    return County(
        cases=cases,
        managers=len(managers),
        rows=count,
        duties=db.session.scalar(sa.select(sa.func.count(Duty.id))) or 0,
        texts=texts,
        manager=managers[0].id,
        leader=leaders[managers[0].team_id],
        caseload=int(db.session.scalar(mine) or 0),
        long_case=long_case,
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


def _leaders(managers: list[Manager]) -> dict[int, int]:
    """One team leader for each team, by the team's id."""
    made = [
        accounts.create_staff(
            email=f"leader{n}@example.org",
            name=" ".join(rows.name(n * 43 + 7)),
            roles=[Role.TEAM_LEADER],
            team=f"Team {n + 1}",
            actor=BENCH,
        )
        for n in range(min(TEAMS, len(managers)))
    ]
    return {person.team_id or 0: person.id for person in made}


def _pour(
    numbers: range,
    managers: list[Manager],
    leaders: dict[int, int],
    tell: Callable[[int], None],
) -> int:
    """Some victims with everything that hangs on them, table by table."""
    today = clock.today()
    cases = [rows.case(n, today, managers) for n in numbers]
    owed = {case["id"]: list(journeys.duties(case, today)) for case in cases}
    for case in cases:
        if not case["closed_at"]:
            case["next_due_on"] = journeys.first_due(owed[case["id"]])
    telephones = [n for n in numbers if n <= rows.NUMBERS]
    count = sum(
        _write(model, made)
        for model, made in (
            (Victim, [rows.victim(n) for n in numbers]),
            (SafeContact, [work.safe_contact(n) for n in numbers if n % 5]),
            (ContactPoint, [rows.mail(n) for n in numbers]),
            (ContactPoint, [rows.mobile(n) for n in telephones]),
            (HeldNumber, [rows.held(n) for n in telephones]),
            (HeldPlace, [rows.place(n) for n in telephones]),
            (Address, [rows.address(n) for n in numbers]),
            (Crime, [rows.crime(n, today) for n in numbers]),
            (CaseFile, cases),
            (CaseGround, [work.ground(case) for case in cases if case["enhanced"]]),
            (Duty, [duty for case in cases for duty in owed[case["id"]]]),
            (ContactLog, [work.contact(case) for case in cases]),
            (UpdateWish, [work.wish(case, today) for case in cases if work.has_wish(case)]),
            (CaseTask, [work.task(case, today) for case in cases if work.has_task(case)]),
            (
                DutyReminder,
                [
                    reminder
                    for case in cases
                    for duty in owed[case["id"]]
                    for reminder in work.reminders(case, duty, leaders, today)
                ],
            ),
            (SearchKey, [key for case in cases for key in keys(case)]),
            (PersonKey, [key for n in numbers for key in person_keys(n)]),
        )
    )
    # What reads on keeps SQLite from folding its log in; PostgreSQL ends what idles so long.
    db.session.rollback()
    tell(numbers[-1])
    return count


def _pour_searched(
    numbers: range,
    managers: list[Manager],
    _leaders: dict[int, int],
    tell: Callable[[int], None],
) -> int:
    """Some victims with what they are found by, and the lines of lists that are shown of them."""
    today = clock.today()
    cases = [rows.case(n, today, managers) for n in numbers]
    telephones = [n for n in numbers if n <= rows.NUMBERS]
    count = sum(
        _write(model, made)
        for model, made in (
            (Victim, [rows.victim(n) for n in numbers]),
            (ContactPoint, [rows.mail(n) for n in numbers]),
            (ContactPoint, [rows.mobile(n) for n in telephones]),
            (Address, [rows.address(n) for n in numbers]),
            (Crime, [rows.crime(n, today) for n in numbers]),
            (CaseFile, cases),
            (SearchKey, [key for case in cases for key in keys(case)]),
        )
    )
    db.session.rollback()
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
        for model in (Victim, Crime, CaseFile, Duty, Defendant, Hearing):
            sequence = sa.func.pg_get_serial_sequence(model.__tablename__, "id")
            last = sa.select(sa.func.max(model.id)).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(sequence, last)))
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM (ANALYZE)")
        connection.exec_driver_sql("SET statement_timeout = '15s'")
