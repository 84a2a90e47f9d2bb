"""What somebody has written and not sent: theirs alone, for a time, and gone when they say so."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken, TooMany
from beacon.ops import scrub
from beacon.people.rules import PersonFacts
from beacon.referrals.models import Referral
from beacon.self_referrals import commands, jobs, queries
from beacon.self_referrals.commands import Told
from beacon.self_referrals.models import DoorTry, SelfReferral, UnsentReferral
from beacon.self_referrals.terms import FilledBy, Step

WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
HERE = "192.0.2.7"


@pytest.fixture(autouse=True)
def wednesday(app: Flask) -> Iterator[None]:
    with clock.fixed(WEDNESDAY):
        yield


def begun() -> str:
    token = commands.begin(shown_at=clock.now(), ip=HERE)
    commands.keep(token, Step.WORDS, [("words", "It was outside the station.")])
    return token


def held() -> list[Any]:
    db.session.rollback()
    return list(db.session.execute(sa.select(UnsentReferral.__table__)).mappings())


def told() -> Told:
    person = PersonFacts(first_name="Robin", last_name="Marsh", safe="no", preferred="none")
    return Told(filled_by=FilledBy.SELF, agreed=True, person=person, said={"reason": "A word"})


def test_it_is_sealed_and_found_only_by_the_print_of_its_token():
    token = begun()
    [row] = held()
    assert token not in str(dict(row))
    assert b"station" not in row["typed_sealed"]
    found = queries.unsent_of(token)
    assert found is not None
    assert found.answers.one(Step.WORDS, "words") == "It was outside the station."
    assert queries.unsent_of("another") is None
    assert queries.unsent_of("") is None


def test_it_is_gone_when_its_time_is_over():
    token = begun()
    with clock.fixed(WEDNESDAY + timedelta(hours=24, minutes=1)):
        assert queries.unsent_of(token) is None
        with pytest.raises(NotFound):
            commands.keep(token, Step.WORDS, [])
        assert jobs.sweep_public_forms() >= 1
        assert jobs.sweep_public_forms() == 0
    assert held() == []


def test_every_page_that_is_kept_gives_it_its_time_anew():
    token = begun()
    with clock.fixed(WEDNESDAY + timedelta(hours=20)):
        commands.keep(token, Step.NOW, [("danger", "no")])
    with clock.fixed(WEDNESDAY + timedelta(hours=40)):
        assert queries.unsent_of(token) is not None


def test_a_code_opens_it_elsewhere_for_days_and_closes_it_where_it_was():
    token = begun()
    saved = commands.save(token)
    assert saved.code not in str(dict(held()[0]))
    with clock.fixed(WEDNESDAY + timedelta(days=6)):
        typed = saved.code.lower()
        opened = commands.open_saved(f"{typed[:4]}-{typed[4:8]} {typed[8:]}", ip=HERE)
        assert queries.unsent_of(token) is None
        again = queries.unsent_of(opened)
    assert again is not None
    assert again.answers.has(Step.WORDS)
    with clock.fixed(WEDNESDAY + timedelta(days=8)), pytest.raises(NotFound):
        commands.open_saved(saved.code, ip=HERE)


def test_a_new_code_ends_the_old_one():
    token = begun()
    first, second = commands.save(token), commands.save(token)
    with pytest.raises(NotFound):
        commands.open_saved(first.code, ip=HERE)
    assert commands.open_saved(second.code, ip=HERE)


def test_its_author_deletes_it_for_good_and_that_is_written_down_without_a_word_of_it():
    token = begun()
    saved = commands.save(token)
    commands.delete(token)
    commands.delete(token)
    assert held() == []
    with pytest.raises(NotFound):
        commands.open_saved(saved.code, ip=HERE)
    entries = list(db.session.execute(sa.select(AuditEntry.action, AuditEntry.facts)))
    assert [one.action for one in entries].count("unsent_referral.deleted") == 1
    assert "station" not in str(entries)


def test_it_is_sent_once_however_often_the_button_is_pressed():
    token = begun()
    first = commands.send(token, told(), ip=HERE)
    assert commands.send(token, told(), ip=HERE) == first
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 1
    [row] = held()
    assert (row["typed_sealed"], row["code_hash"], row["sent_as"]) == (None, None, first)
    with pytest.raises(NotFound):
        commands.keep(token, Step.WORDS, [])


@pytest.mark.proves("L-05")
def test_sent_by_several_presses_at_one_moment_it_is_one_referral(app: Flask):
    token = begun()
    gate = threading.Barrier(4)

    def press(_: int) -> str:
        with app.app_context():
            gate.wait()
            return commands.send(token, told(), ip=HERE)

    with ThreadPoolExecutor(4) as pool:
        references = set(pool.map(press, range(4)))
    db.session.rollback()
    assert len(references) == 1
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 1


def test_a_page_that_is_too_long_is_refused_and_the_rest_stays():
    token = begun()
    with pytest.raises(RuleBroken, match="too long"):
        commands.keep(token, Step.NEEDS, [("more", "x" * 70_000)])
    found = queries.unsent_of(token)
    assert found is not None
    assert found.answers.has(Step.WORDS)


@pytest.mark.parametrize(
    ("setting", "order"),
    [
        ("refer.codes_in_an_hour", lambda: commands.open_saved("B" * 16, ip=HERE)),
        ("refer.starts_in_an_hour", lambda: commands.begin(shown_at=None, ip=HERE)),
    ],
)
def test_a_flood_from_one_address_is_held_off_for_an_hour(
    setting: str, order: Any, change_setting: Any
):
    change_setting(setting, "3")
    for _ in range(3):
        try:
            order()
        except NotFound:
            continue
    with pytest.raises(TooMany) as refusal:
        order()
    assert refusal.value.seconds == 900
    with clock.fixed(WEDNESDAY + timedelta(minutes=61)):
        try:
            order()
        except NotFound:
            return


def test_no_address_is_kept_and_its_print_changes_with_the_day():
    commands.begin(shown_at=None, ip=HERE)
    with clock.fixed(WEDNESDAY + timedelta(days=1)):
        commands.begin(shown_at=None, ip=HERE)
    prints = list(db.session.scalars(sa.select(DoorTry.address_index)))
    assert len(set(prints)) == 2
    everything = json.dumps([dict(row) for row in held()], default=str)
    rows = db.session.execute(sa.select(AuditEntry.ip)).scalars()
    assert HERE not in everything + "".join(prints) + "".join(rows)


def test_a_copy_for_another_environment_holds_nothing_of_it():
    token = begun()
    commands.send(token, told(), ip=HERE)
    begun()
    scrub.scrub()
    assert held() == []
    assert db.session.scalars(sa.select(SelfReferral.told_sealed)).one() is None
