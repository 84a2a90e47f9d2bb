"""Search by everything a caller can say, beside the same statements sent bare.

As an intake officer, who may find everybody, and as a case manager, who finds their team's. Every
plan is looked at: the figures are worth nothing where a database would read a table through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any  # a statement's parameters

import sqlalchemy as sa

from beacon.accounts import commands as accounts
from beacon.accounts.queries import get_staff
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.ops.bench import rows
from beacon.ops.bench.county import BENCH, County
from beacon.ops.bench.figures import Figure, Floor, code_of, in_turn, must, seconds, spread
from beacon.ops.bench.ground import Ground
from beacon.search.queries import find

# PostgreSQL plans a statement ten times before it keeps one plan: the day's searches are beyond it.
ROUNDS, WARM_UP = 30, 12
# No table of the county may be read through, whatever is asked. (It has no referrals.)
SCAN = re.compile(
    r"(?:Seq Scan on|SCAN) (?:search_key|victim|contact_point|address|case_file|crime)\b"
    r"(?!.* USING )"
)
Sent = list[tuple[str, Any]]


@dataclass(frozen=True)
class Question:
    """One thing to search for, as one person."""

    name: str
    viewer: Actor
    words: str


def send_bare(connection: sa.Connection, sent: Sent) -> None:
    """The floor: the same statements with the same parameters, sent as text."""
    for statement, parameters in sent:
        connection.exec_driver_sql(statement, parameters).all()


def measure(ground: Ground, county: County) -> Figure:
    """The slow twentieth of all questions, each asked by turns with its own bare statements."""
    ours: list[float] = []
    bare: list[float] = []
    each: dict[str, object] = {}
    statements: list[float] = []
    with ground.app.app_context(), ground.bare.connect() as connection:
        for question in _questions(county):
            ask = _asking(question)
            sent = _sent_by(ask)
            _look_at_plans(connection, question, sent)
            for _ in range(WARM_UP):
                ask()
                send_bare(connection, sent)
            taken = in_turn(ROUNDS, ask, partial(send_bare, connection, sent))
            each[question.name] = {"ours": spread(taken[0]), "bare": spread(taken[1])}
            for one in sent:
                alone = partial(send_bare, connection, [one])
                statements += [seconds(alone) * 1000 for _ in range(ROUNDS)]
            ours += taken[0]
            bare += taken[1]
        db.session.remove()
    value, floor = spread(ours)["p95_ms"], spread(bare)["p95_ms"]
    return Figure(
        name="search_p95",
        database=ground.name,
        value=value,
        unit="ms",
        floor=Floor(
            what="the same statements sent bare",
            value=floor,
            ms=floor,
            code=code_of(send_bare),
        ),
        more={
            "people": county.cases,
            "rounds": ROUNDS,
            "each_statement": spread(statements),
            "questions": each,
        },
    )


def _questions(county: County) -> list[Question]:
    intake = _actor(
        accounts.create_staff(
            email="search@example.org", name="Robin Search", roles=[Role.INTAKE_OFFICER],
            team=None, actor=BENCH,
        ).id
    )  # fmt: skip
    manager = _actor(county.manager)
    n = county.cases // 2
    first, last = rows.name(n)
    born = rows.victim(n)["date_of_birth"]
    words = {
        "surname_beginning": last[:3],
        "one_letter": last[:1],
        "surname": last,
        "whole_name": f"{first} {last}",
        "sounds_like": "Stoan",
        "date_of_birth": f"{born:%d/%m/%Y}",
        "surname_and_birth": f"{last} {born:%d/%m/%Y}",
        "telephone": "07700 900123",
        "last_six": "900123",
        "email": f"person{n}@example.org",
        "postcode": rows.home(n),
        "own_reference": rows.case_reference(n),
        "crime_reference": rows.crime_reference(n),
        "part_of_a_reference": rows.crime_reference(n)[3:8],
        "nobody": "Zzyzx Quorn",
    }
    return [
        Question(f"{who}_{name}", viewer, text)
        for who, viewer in (("intake", intake), ("manager", manager))
        for name, text in words.items()
    ]


def _actor(staff_id: int) -> Actor:
    person = get_staff(staff_id)
    return Actor(
        kind="staff",
        id=person.id,
        name=person.name,
        team_id=person.team_id,
        roles=person.roles,
    )


def _asking(question: Question) -> Callable[[], object]:
    def ask() -> object:
        found = find(question.viewer, question.words)
        db.session.rollback()
        return found

    return ask


def _sent_by(ask: Callable[[], object]) -> Sent:
    sent: Sent = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        sent.append((statement, parameters))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    return [one for one in sent if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]


def _look_at_plans(connection: sa.Connection, question: Question, sent: Sent) -> None:
    order = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    for statement, parameters in sent:
        lines = connection.exec_driver_sql(order + statement, parameters).all()
        plan = [str(line[-1]) for line in lines]
        read_through = [line for line in plan if SCAN.search(line)]
        must(not read_through, f"{question.name} reads a table through: {read_through}")
