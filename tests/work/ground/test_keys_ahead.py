"""Keys that are given to rows before it is their turn to be written."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CrimeKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.lots import Lot, NoKeys
from beacon.core.reserve import SPARE, Reserve
from beacon.people.models import Victim
from tests.factories import a_crime

CRIME, VICTIM = Crime.__table__, Victim.__table__


NEEDED = {CRIME: 10, VICTIM: 3, CaseFile.__table__: 0}


def write(key: int) -> None:
    with transaction() as session:
        session.execute(
            sa.insert(Crime).values(
                id=key,
                kind=CrimeKind.CRIME,
                reference=f"42/{key}/26",
                reference_key=f"42/{key}/26",
                recorded_at=clock.now(),
            )
        )


@pytest.mark.on_both
def test_no_two_lots_have_a_key_in_common_and_nobody_who_writes_between_them_takes_one(app: Flask):
    a_crime()
    ahead = Reserve(db.session())
    first, second = ahead.draw(NEEDED), ahead.draw(NEEDED)
    assert {len(first["crime"]), len(second["crime"])} == {2 * 10 + SPARE}
    assert len(first["victim"]) == 2 * 3 + SPARE
    assert set(first) == {"crime", "victim"}
    assert ahead.draw({}) == {}
    assert ahead.are_free({})
    assert not set(first["crime"]) & set(second["crime"])
    write(first["crime"][0])
    between = a_crime()
    assert between.id not in second["crime"]
    assert ahead.are_free(second)


def test_a_lot_is_told_when_one_of_its_keys_was_taken(app: Flask):
    ahead = Reserve(db.session())
    first, second = ahead.draw(NEEDED), ahead.draw(NEEDED)
    if db.engine.dialect.name == "sqlite":
        write(second["crime"][0])
        assert not ahead.are_free(first)
        assert not ahead.are_free(second)
        assert ahead.are_free(ahead.draw(NEEDED))
    else:  # a sequence gives none away twice, so that there is nothing to be told
        write(first["crime"][0])
        assert ahead.are_free(second)


def test_a_lot_that_runs_out_of_keys_says_so(app: Flask):
    lot = Lot(db.session(), {"crime": range(900, 901)})
    facts = {"kind": CrimeKind.CRIME, "reference": "41/1/26", "reference_key": "41/1/26"}
    assert lot.keep(Crime(**facts, recorded_at=clock.now())).id == 900
    with pytest.raises(NoKeys, match="crime"):
        lot.keep(Crime(**facts, recorded_at=clock.now()))
    with pytest.raises(NoKeys, match="victim"):
        lot.keep(Victim(first_name="Robin", last_name="Marsh"))
