"""What must hold for every table, every word stored in one, and every job of the timetable."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock, timetable
from beacon.core.db import Base, Kept, db

# The key of an entry in the log is its place in the chain, and its moment is sealed with it. What
# somebody said of us has a random key and no moment: either would say who said it (decision 0040).
WITHOUT_KEPT = {"AuditEntry", "AuditObject", "SurveyConcern", "SurveySlip", "SurveyWords"}
EVENING = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)


def stored_words() -> Iterator[tuple[str, enum.StrEnum]]:
    """Each word that a column may hold, with the column."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            words = getattr(column.type, "enum_class", None)
            for word in words or ():
                yield f"{table.name}.{column.name}", word


def label_of(word: enum.StrEnum) -> str:
    """How a page says the word; nothing where it cannot."""
    try:
        return str(word.label)  # type: ignore[attr-defined]
    except (AttributeError, KeyError):
        return ""


def test_every_stored_word_has_a_label(app: Flask):
    assert [f"{column}: {word!r}" for column, word in stored_words() if not label_of(word)] == []


def test_every_stored_word_is_written_as_its_own_text(app: Flask):
    wrong = [
        column.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Enum)
        and (column.type.native_enum or not column.type.validate_strings)
    ]
    assert wrong == []


def test_every_model_has_a_key_and_its_moment_of_creation(app: Flask):
    bare = [
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if not issubclass(mapper.class_, Kept)
    ]
    assert set(bare) == WITHOUT_KEPT


def test_every_rule_of_a_table_has_a_name(app: Flask):
    nameless = [
        f"{table.name}: {type(rule).__name__}"
        for table in Base.metadata.sorted_tables
        for rule in table.constraints
        if rule.name is None
    ]
    assert nameless == []


@pytest.fixture
def county(app: Flask) -> Iterator[Flask]:
    """A small made-up county, at five past five on a weekday."""
    with clock.fixed(EVENING):
        loaded = app.test_cli_runner().invoke(args=["demo", "load", "--victims", "20"])
        assert loaded.exit_code == 0, loaded.output
        yield app


def run_every_job() -> dict[str, int]:
    """Each job of the timetable once, in the order of a pass."""
    done = {}
    for entry in timetable.entries():
        done[entry.name] = entry.job()
        db.session.rollback()
    return done


@pytest.mark.timeout(600)
def test_every_job_is_safe_to_run_twice(county: Flask):
    run_every_job()
    again = run_every_job()
    assert again
    assert {name: done for name, done in again.items() if done} == {}
