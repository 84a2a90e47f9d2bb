"""Whoever holds the whole database cannot say who said what, but of who asked to be rung.

The attacker has every row of every table in the clear (what is sealed, opened with our keys), knows
the order and the moment of every answer that the log or a row tells of, and on PostgreSQL the order
and the transaction in which each row was written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import Base, db
from beacon.core.sealed import Sealed
from beacon.surveys import commands
from beacon.surveys.models import (
    SurveyConcern,
    SurveyCount,
    SurveyInvitation,
    SurveySlip,
    SurveyWords,
)
from beacon.surveys.terms import InvitationState, Score
from tests.factories import TEST, a_case
from tests.surveys import a_closed_case, answer, invite, said, somebody
from tests.work.plans.conftest import MONDAY

DECEMBER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
SAID = (SurveySlip, SurveyWords, SurveyConcern, SurveyCount)
WORDS = "Answer number {} of the afternoon, and I was afraid"


def everything() -> list[tuple[str, dict[str, Any]]]:
    """Every row of every table, with what is sealed opened."""
    db.session.rollback()
    found = []
    for mapper in sorted(Base.registry.mappers, key=lambda one: one.class_.__name__):
        sealed = [name for name, one in vars(mapper.class_).items() if isinstance(one, Sealed)]
        for row in db.session.scalars(sa.select(mapper.class_)).unique():
            columns = {one.key: getattr(row, one.key) for one in mapper.column_attrs}
            opened = {name: getattr(row, name) for name in sealed}
            found.append((mapper.class_.__tablename__, columns | opened))
    return found


def forms_of(column: str, value: Any) -> set[str]:
    """How a value may be found again: as it is, by its name, of a moment its second and minute.

    A seal key may begin with the millisecond of its making.
    """
    if value is None:
        return set()
    if isinstance(value, datetime):
        moment = value.isoformat()
        return {moment, moment[:19], moment[:16], f"{int(value.timestamp() * 1000):011x}"}
    if column == "seal_key":
        return {value, value[:11]}
    return {str(value), f"{column}={value}"}


def cases_of(rows: list[tuple[str, dict[str, Any]]]) -> dict[int, list[set[str]]]:
    """Every value in a row that leads to the case of an answered invitation, by the case."""
    answered = {
        row["id"]: row["case_id"]
        for table, row in rows
        if table == "survey_invitation" and row["state"] is InvitationState.ANSWERED
    }
    found: dict[int, list[set[str]]] = {case_id: [] for case_id in answered.values()}
    for table, row in rows:
        case_id = row.get("case_id")
        if table == "case_file":
            case_id = row["id"]
        if table == "outbound_text":
            case_id = answered.get(row["about_id"])
        if table == "audit_entry" and row["object_type"] == "survey_invitation":
            case_id = answered.get(int(row["object_id"]))
        if case_id in found and table not in {one.__tablename__ for one in SAID}:
            forms = {form for one, value in row.items() for form in forms_of(one, value)}
            found[case_id].append(forms | {f"case_id={case_id}"})
    return found


def joins(rows: list[tuple[str, dict[str, Any]]]) -> set[tuple[str, str]]:
    """Each table and column whose value leads from what was said to one case alone."""
    by_case = {case: set().union(*sets) for case, sets in cases_of(rows).items() if sets}
    names = {one.__tablename__ for one in SAID}
    found = set()
    for table, row in rows:
        if table not in names:
            continue
        for column, value in row.items():
            if value in (None, "", 0, 1, True, False):
                continue
            led_to = led_by(forms_of(column, value), by_case)
            if any(len(cases) == 1 for cases in led_to):
                found.add((table, column))
    return found


def led_by(forms: set[str], by_case: dict[int, set[str]]) -> list[list[int]]:
    """The cases to which each form of a value leads."""
    return [[case for case, held in by_case.items() if form in held] for form in forms]


@pytest.fixture
def afternoon() -> list[int]:
    """Twelve people answer one after the other, each with other words; the cases in that order."""
    order = []
    invited = [invite(a_closed_case()) for _ in range(9)]
    for number, row in enumerate(reversed(invited)):
        with clock.fixed(MONDAY + timedelta(minutes=7 * number + 60)):
            answer(row, words=WORDS.format(number), safer=list(Score)[number % 5].value)
        order.append(row.case_id)
    for number in range(9, 12):
        with clock.fixed(MONDAY + timedelta(minutes=7 * number + 60)):
            case = a_case(victim=somebody())
            commands.answer_by_phone(case.id, said(words=WORDS.format(number)), actor=TEST)
        order.append(case.id)
    return order


def test_no_value_of_the_database_leads_from_an_answer_to_a_case(afternoon):
    assert joins(everything()) == set()
    with clock.fixed(DECEMBER):
        assert commands.empty_box(actor=TEST) == 12
    assert joins(everything()) == set()


def test_the_attacker_would_find_a_case_that_is_there(afternoon):
    case = a_case(victim=somebody())
    commands.answer_by_phone(case.id, said(words="Ring me", call="yes"), actor=TEST)
    assert ("survey_concern", "case_id") in joins(everything())


def test_nothing_that_was_said_has_a_moment_or_a_key_that_counts_up(afternoon):
    with clock.fixed(DECEMBER):
        commands.empty_box(actor=TEST)
    for model in (SurveySlip, SurveyWords, SurveyConcern):
        kinds = {type(column.type).__name__ for column in model.__table__.columns}
        assert "UtcDateTime" not in kinds, model
    ids = list(db.session.scalars(sa.select(SurveyWords.id)))
    assert max(ids) - min(ids) > 10**9
    assert set(db.session.scalars(sa.select(SurveyWords.month))) == {date(2026, 11, 1)}
    assert set(db.session.scalars(sa.select(SurveyConcern.raised_on))) == {date(2026, 11, 23)}


def in_order(model: type[Base], database_kind: str) -> list[str]:
    """The words as the database itself has them in order: by its own place of each row."""
    db.session.rollback()
    place = "ctid" if database_kind == "postgresql" else "rowid"
    order = sa.text(place)
    return [row.words for row in db.session.scalars(sa.select(model).order_by(order))]


def test_the_place_of_a_row_says_nothing_of_the_order_of_answers(afternoon, database_kind):
    with clock.fixed(DECEMBER):
        commands.empty_box(actor=TEST)
    told = [WORDS.format(number) for number in range(12)]
    lying = in_order(SurveyWords, database_kind)
    assert sorted(lying) == sorted(told)
    assert lying not in (told, told[::-1])
    invited = list(
        db.session.scalars(sa.select(SurveyInvitation.case_id).order_by(SurveyInvitation.id))
    )
    by_invitation = [told[afternoon.index(case_id)] for case_id in invited]
    assert lying not in (by_invitation, by_invitation[::-1])


def test_the_transaction_of_a_row_says_nothing(afternoon, database_kind):
    """What waits in the box is written anew all together; so is what is counted."""
    if database_kind != "postgresql":
        assert db.engine.dialect.name == "sqlite"  # keeps no transaction with a row
        return
    commands.empty_box(actor=TEST)
    (box,) = transactions_of("survey_slip")
    assert box not in transactions_of("survey_invitation")
    with clock.fixed(DECEMBER):
        commands.empty_box(actor=TEST)
    assert len(transactions_of("survey_words", "survey_count")) == 1


def transactions_of(*tables: str) -> set[str]:
    db.session.rollback()
    return {
        str(one)
        for table in tables
        for one in db.session.scalars(sa.text(f"SELECT xmin FROM {table}"))
    }


def test_the_log_says_of_no_invitation_that_or_when_its_link_was_answered():
    row = invite(a_closed_case())
    before = set(db.session.scalars(sa.select(AuditEntry.seq)))
    answer(row, words="I am afraid")
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.seq.not_in(before))).all()
    assert [entry.action for entry in entries if entry.object_type.startswith("survey")] == []
    assert str(row.id) not in {entry.object_id for entry in entries}
