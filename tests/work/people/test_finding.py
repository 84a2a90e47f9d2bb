"""Records are found again by keys that follow what they say, many at once, by their indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.numbers.models import HeldNumber
from beacon.numbers.queries import holder
from beacon.numbers.terms import Held
from beacon.people import commands, queries
from beacon.people.jobs import key_people
from beacon.people.models import Address, PersonKey, ProposedChange, Victim
from beacon.people.queries import Likeness, Register, fingerprint
from beacon.people.queries.finding import FOUND_AT_MOST, found_by, handles_of
from beacon.people.rules import Fingerprint, PersonFacts
from beacon.people.terms import Fact
from tests.factories import TEST, a_case, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    with clock.fixed(MONDAY):
        yield


def facts(**known) -> PersonFacts:
    usual = {"first_name": "Elizabeth", "last_name": "Marsh", "date_of_birth": date(1980, 5, 1)}
    return PersonFacts(**usual | known)


def a_person(source: str = "police", **known) -> Victim:
    return commands.register(facts(**known), source=source, actor=TEST)


def found(**known) -> dict[int, tuple[Fact, ...]]:
    return {one.victim_id: one.facts for one in queries.likenesses(fingerprint(facts(**known)))}


@pytest.mark.parametrize(
    ("written", "how"),
    [
        ({"first_name": "Liz"}, (Fact.NICKNAME, Fact.BORN)),
        ({"first_name": "Marsh", "last_name": "Elizabeth"}, (Fact.SWAPPED, Fact.BORN)),
        ({"first_name": "Elizabet"}, (Fact.SPELLING, Fact.BORN)),
        ({"last_name": "Mrash"}, (Fact.SPELLING, Fact.BORN)),
        ({"first_name": "E"}, (Fact.INITIAL, Fact.BORN)),
        ({"date_of_birth": date(1980, 1, 5)}, (Fact.NAME, Fact.BORN_SWAPPED)),
        ({"date_of_birth": date(1970, 5, 1)}, (Fact.NAME, Fact.BORN_DIGIT)),
        ({"date_of_birth": date(1980, 5, 11)}, (Fact.NAME, Fact.BORN_DIGIT)),
        ({"date_of_birth": None, "postcode": "al13lb"}, (Fact.NAME, Fact.POSTCODE)),
        ({"date_of_birth": None, "address": "4 EXAMPLE ROAD"}, (Fact.NAME, Fact.STREET)),
    ],
)
def test_a_person_is_found_however_the_name_or_the_birth_was_written(written, how):
    known = a_person(address="4 Example Road", postcode="AL1 3LB")
    assert found(**written) == {known.id: how}


def test_keys_follow_a_name_that_a_feed_corrects():
    known = a_person(last_name="Bell")
    commands.receive(known, facts(), source="police", actor=TEST)
    assert found() == {known.id: (Fact.NAME, Fact.BORN)}
    assert found(last_name="Bell") == {known.id: (Fact.BORN,)}


def test_keys_follow_a_birth_date_that_a_person_accepts():
    known = a_case(victim=a_person(source=commands.BY_HAND)).victim
    other = facts(date_of_birth=date(1971, 12, 24))
    commands.receive(known, other, source="police", actor=TEST)
    assert found(date_of_birth=date(1971, 12, 24)) == {}
    change = db.session.scalars(sa.select(ProposedChange)).one()
    commands.accept_change(change, actor=an_actor(a_member_of_staff(Role.TEAM_LEADER)))
    assert found(date_of_birth=date(1971, 12, 24)) == {known.id: (Fact.NAME, Fact.BORN)}


def test_records_from_before_the_keys_get_them_by_themselves_and_only_once():
    known = a_person(address="4 Example Road", postcode="AL1 3LB")
    with transaction() as session:
        session.execute(sa.delete(PersonKey))
        session.execute(sa.update(Victim).values(keys_made=0))
        session.execute(sa.update(Address).values(street_index=None))
    db.session.expire_all()
    assert found() == {}
    assert (key_people(), key_people()) == (1, 0)
    assert found(date_of_birth=None, address="4 example road") == {
        known.id: (Fact.NAME, Fact.STREET)
    }


def test_numbers_of_before_are_held_in_the_forms_of_today_by_themselves():
    noted = a_person(mobile="07700 900123 after 6pm")
    commands.receive(noted, facts(mobile="01632 960001 PIN 12"), source="police", actor=TEST)
    confirmed = a_person(source=commands.BY_HAND, phone="01632 960009")
    commands.receive(confirmed, facts(phone="01632 960002 PIN 2"), source="police", actor=TEST)
    with transaction() as session:
        session.execute(sa.delete(HeldNumber))
        session.execute(sa.update(Victim).values(keys_made=1))
    db.session.expire_all()
    numbers = ("07700 900123", "01632 960001", "01632 960002")
    assert {holder(one) for one in numbers} == {Held.NONE}
    assert (key_people(), key_people()) == (2, 0)
    assert {holder(one) for one in numbers} == {Held.ANOTHER_CASE}


def test_a_record_that_changes_before_its_turn_has_its_past_numbers_held_too():
    known = a_person(mobile="07700 900123 after 6pm")
    with transaction() as session:
        session.execute(sa.delete(HeldNumber))
        session.execute(sa.update(Victim).values(keys_made=1))
    db.session.expire_all()
    commands.receive(known, facts(mobile="07700 900124"), source="police", actor=TEST)
    assert holder("07700 900123") is Held.ANOTHER_CASE


def test_many_are_looked_up_in_as_many_statements_as_one(app, count_queries):
    for number in range(12):
        a_person(first_name=f"Elizabeth{number}", mobile=f"07700 9000{number:02}")
    sought = [
        fingerprint(facts(first_name=f"Elizabeth{number}", mobile=f"07700 9000{number:02}"))
        for number in range(12)
    ]
    sent = []
    for some in (sought[:1], sought):
        db.session.rollback()
        count_queries.clear()
        register = Register()
        register.look_up({one: handles_of(one) for one in some})
        sent.append(len([one for one in count_queries if one.startswith("SELECT")]))
    assert sent == [4, 4]
    assert all(len(register.likenesses(one)) == 12 for one in sought)


def test_a_refuges_telephone_brings_no_more_than_can_be_compared():
    people = [a_person(first_name=f"Ann{n}", mobile="07700 900123") for n in range(3)]
    handles = handles_of(fingerprint(facts(mobile="07700 900123")))
    most = max(len(ids) for ids in found_by(handles).values())
    assert most == len(people) <= FOUND_AT_MOST


DAMAGED = (
    {"first_name": "Liz"},
    {"first_name": "Elizabeth Ann", "last_name": "Mrash"},
    {"first_name": "Marsh", "last_name": "Elizabeth"},
    {"first_name": "E"},
    {"first_name": "Mrash", "last_name": "E"},
    {"first_name": "Elizabeth", "last_name": "."},
    {"first_name": "Ilizabith", "last_name": "Narsh", "date_of_birth": None},
    {"first_name": "Somebody", "last_name": "Else", "date_of_birth": date(1980, 5, 1)},
    {"first_name": "", "last_name": "", "organisation": "Elizabeth Marsh"},
    {"first_name": "Nobody", "last_name": "Near", "date_of_birth": date(1955, 3, 3)},
)


@pytest.mark.parametrize("way", [{"mobile": "07700 900123"}, {"address": "4 Example Road"}])
def test_whoever_judges_sees_everybody_in_a_hostel_who_may_be_the_one(way):
    home = way | {"postcode": "AL1 3LB"} if "address" in way else way
    for number in range(25):
        born = date(1950, 1, 1) if number % 2 else None
        a_person(first_name=f"Abc{number}", last_name=f"Xyz{number}", date_of_birth=born, **home)
    a_person(**home)
    shown, judged = Register(), Register(judges=True)
    sought = [fingerprint(facts(**{"date_of_birth": None} | one | home)) for one in DAMAGED]
    for register in (shown, judged):
        register.look_up({one: handles_of(one) for one in sought})
    telling = [told(shown, one) for one in sought]
    assert telling == [told(judged, one) for one in sought]
    assert [len(one) for one in telling[:-1]] == [1] * (len(DAMAGED) - 1)
    assert telling[-1] == []
    assert all(len(shown.likenesses(one)) == 26 for one in sought)
    assert all(len(judged.likenesses(one)) <= 2 for one in sought)
    assert all(judged.touches(one) for one in sought)


@pytest.mark.parametrize(
    ("held", "said", "how"),
    [
        (("Ann", "."), ("Ann", "Marsh"), (Fact.MORE_NAMES, Fact.CONTACT)),
        (("Ann", "Marsh"), ("Ann", "."), (Fact.MORE_NAMES, Fact.CONTACT)),
        (("Ann", "."), ("Bob", "Marsh"), (Fact.CONTACT,)),
        (("Bob", "Marsh"), ("Ann", "."), (Fact.CONTACT,)),
        ((".", "Marsh"), ("Ann", "Marsh"), (Fact.CONTACT,)),
        (("Ann", "Marsh"), ("-", "."), (Fact.CONTACT,)),
    ],
)
def test_a_name_of_which_a_part_is_no_letters_is_compared_by_the_rest(held, said, how):
    unborn = {"date_of_birth": None, "mobile": "07700 900123"}
    known = a_person(first_name=held[0], last_name=held[1], **unborn)
    assert found(first_name=said[0], last_name=said[1], **unborn) == {known.id: how}


def told(register: Register, sought: Fingerprint) -> list[Likeness]:
    """Those of whom something must be said: they are, or may be, the one who is sought."""
    return [one for one in register.likenesses(sought) if one.is_certain or one.is_likely]


def plan_of(ask: Callable[[], object]) -> str:
    """How the database would carry out the last statement of this question."""
    asked: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, *rest) -> None:
        asked.append((statement, parameters))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    ask()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    statement, parameters = asked[-1]
    order = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    with db.engine.connect() as connection:
        return str(connection.exec_driver_sql(order + statement, parameters).all())


def test_candidates_are_read_from_indexes(app):
    known = a_person(address="4 Example Road", postcode="AL1 3LB", victim_reference="N/1")
    with transaction() as session:
        # Enough keys that the database would rather not read them all.
        rows = [{"victim_id": known.id, "value": -number} for number in range(1, 5000)]
        session.execute(sa.insert(PersonKey), rows)
        session.execute(sa.text("ANALYZE person_key"))
    sought = facts(address="4 Example Road", victim_reference="N/1", mobile="07700 900123")
    plan = plan_of(lambda: found_by(handles_of(fingerprint(sought))))
    if db.engine.dialect.name == "sqlite":
        assert "ix_victim_victim_reference" in plan
        assert "ix_contact_point_value_index" in plan
        assert "ix_address_full_index" in plan
        assert "autoindex_person_key" in plan
    else:
        assert "uq_person_key_once" in plan
    assert "SCAN person_key" not in plan
    assert "Seq Scan on person_key" not in plan
