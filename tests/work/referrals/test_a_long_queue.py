"""Five thousand wait: a page of the queue, and taking the next, cost what they cost with ten."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.referrals import commands, queries
from beacon.referrals.models import Referral
from beacon.referrals.queries.queue import ORDER
from tests.factories import a_crime, a_member_of_staff, a_victim, an_actor
from tests.work.referrals.conftest import MONDAY

WAITING = 5_000


@pytest.fixture
def officer(app):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


def wait(number: int) -> None:
    """So many referrals wait, in every order."""
    crime_id, victim_id = a_crime().id, a_victim().id
    rows = [
        {
            "feed": "police",
            "source": "",
            "source_reference": "",
            "crime_id": crime_id,
            "victim_id": victim_id,
            "state": "waiting",
            "place": n % 2,
            "urgency": 0 if n % 50 == 0 else 1,
            "urgent_because": "[]",
            "pressing": n % 3 and 1,
            "linked_to_known": False,
            "recorded_at": MONDAY - timedelta(minutes=n * 7 % 9_973),
            "received_at": MONDAY,
            "consent": "not_asked",
            "proposals": "[]",
            "version": 1,
            "seal_key": f"{victim_id}.{n}",
            "created_at": MONDAY,
        }
        for n in range(number)
    ]
    with transaction() as session:
        session.execute(sa.insert(Referral.__table__), rows)
        session.execute(sa.text("ANALYZE"))


def test_every_page_is_in_order_and_nobody_is_lost_or_met_twice(officer):
    wait(1_000)
    queue, cursor, met = queries.Queue(viewer=officer), None, []
    while True:
        page = queue.page(cursor)
        met += [row.id for row in page]
        cursor = page.next
        if cursor is None:
            break
    in_order = db.session.scalars(sa.select(Referral.id).order_by(*ORDER)).all()
    assert met == list(in_order)


def test_a_page_and_the_next_cost_the_same_statements_with_five_thousand(officer, count_queries):
    def cost() -> tuple[int, int, int]:
        costs = []
        cursor = queries.Queue(viewer=officer).page().next
        another = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
        for work in (
            lambda: queries.Queue(viewer=officer).page(cursor),
            lambda: queries.Queue(viewer=officer).counts(),
            lambda: commands.take_next(actor=another),
        ):
            db.session.rollback()
            count_queries.clear()
            work()
            costs.append(len([one for one in count_queries if "SELECT" in one.upper()]))
        return tuple(costs)

    wait(60)
    few = cost()
    wait(WAITING)
    many = cost()
    assert many == few
    assert max(many) <= 12


def test_the_queue_is_walked_along_its_index_and_never_sorted(officer):
    wait(WAITING)
    queue = queries.Queue(viewer=officer)
    asked = queue._asked().with_only_columns(Referral.id).order_by(*ORDER).limit(50)
    bind = db.session.get_bind()
    on_sqlite = bind.dialect.name == "sqlite"
    dialect = sqlite.dialect() if on_sqlite else postgresql.dialect()
    text = str(asked.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    how = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
    plan = str(db.session.connection().exec_driver_sql(how + text.replace("%", "%%")).all())
    assert "ix_referral_queue" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
