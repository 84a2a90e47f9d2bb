"""All 702 rows of the sample month, worked through every decision, until the list is empty."""

from __future__ import annotations

import time

import pytest
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.fraud_hub.queries import MonthList
from beacon.fraud_hub.terms import Decision, Standing
from tests.factories import a_member_of_staff, an_actor
from tests.work.fraud_hub.the_month import (
    MONDAY,
    ROWS,
    on_the_list,
    taken_in,
    the_rows,
    work_through,
)

AT_ONCE = 54


@pytest.mark.timeout(3600)
def test_the_list_empties_one_row_at_a_time_and_in_no_other_way(app: Flask):
    begun = time.monotonic()
    with clock.fixed(MONDAY):
        officer = an_actor(a_member_of_staff(Role.FRAUD_OFFICER))
        assert taken_in().counts["created"] == ROWS
        left = on_the_list(officer)
        assert len(left) == ROWS
        done = dict.fromkeys(Decision, 0)
        rows = [row.case_id for row in the_rows(officer)]
        for start in range(0, ROWS, AT_ONCE):
            some = rows[start : start + AT_ONCE]
            worked = [db.session.get_one(CaseFile, one) for one in some]
            for decision, number in work_through(worked, officer).items():
                done[decision] += number
            left.difference_update(some)
            assert on_the_list(officer) == left
            db.session.expunge_all()
        assert on_the_list(officer) == set()
        assert MonthList(viewer=officer).counts() == {Standing.CLOSED: ROWS}
        assert sum(done.values()) == ROWS
    print(f"{ROWS} rows in {time.monotonic() - begun:.0f} s")
