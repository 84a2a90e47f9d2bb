"""A row whose unique key is taken is not inserted again, and we are told so."""

from __future__ import annotations

import pytest

from beacon.core.db import evened, insert_once, transaction
from beacon.core.settings import Setting

pytestmark = pytest.mark.on_both


@pytest.mark.usefixtures("app")
def test_only_the_first_insert_of_a_key_is_new():
    told = []
    for _ in range(3):
        with transaction() as session:
            told.append(insert_once(session, Setting.__table__, name="a.setting", text="1"))
    assert told == [True, False, False]


@pytest.mark.usefixtures("app")
def test_a_key_given_twice_in_one_transaction_is_new_once():
    with transaction() as session:
        first = insert_once(session, Setting.__table__, name="a.setting", text="1")
        again = insert_once(session, Setting.__table__, name="a.setting", text="2")
    assert (first, again) == (True, False)


@pytest.mark.parametrize(("given", "asked"), [(0, 0), (1, 1), (3, 5), (50, 50), (201, 201)])
def test_a_list_of_ids_has_one_of_a_few_lengths(given, asked):
    ids = list(range(given))
    assert len(evened(ids)) == asked
    assert set(evened(ids)) == set(ids)
