"""The key to which a row's protected facts are bound: no other row's, and in the order of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from beacon.core import clock
from beacon.core.db import Base
from beacon.core.sealed import SEAL_KEY_CHARS, Sealing, new_seal_key, seal_key_for

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOMENTS = [MONDAY + timedelta(milliseconds=1) * 4**power for power in range(20)]


def made(at: datetime, number: int = 50) -> list[str]:
    with clock.fixed(at):
        return [new_seal_key() for _ in range(number)]


def test_a_later_row_stands_after_an_earlier_one_in_the_index():
    of_moments = [made(at) for at in MOMENTS]
    assert all(
        max(one) < min(later) for one, later in zip(of_moments, of_moments[1:], strict=False)
    )


def test_rows_of_one_moment_share_no_key():
    keys = made(MONDAY, 20_000)
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {SEAL_KEY_CHARS}


def test_what_follows_the_moment_is_drawn_by_chance():
    tails = [key[11:] for key in made(MONDAY, 2_000)]
    for place in range(10):  # the last sign carries only four of its six bits
        assert len({tail[place] for tail in tails}) == 64


def test_what_keeps_no_moment_has_keys_that_tell_none(app):
    models = [one.class_ for one in Base.registry.mappers if issubclass(one.class_, Sealing)]
    silent = [one for one in models if "created_at" not in one.__table__.columns]
    assert {one.__tablename__ for one in silent} == {
        "survey_slip",
        "survey_words",
        "survey_concern",
    }
    with clock.fixed(MONDAY):
        moment = new_seal_key()[:11]
        for model in silent:
            column = model.__table__.columns["seal_key"]
            keys = [column.default.arg(None) for _ in range(50)]
            keys += [seal_key_for(model) for _ in range(50)]
            assert not any(key.startswith(moment[:4]) for key in keys)
            assert len({key[:4] for key in keys}) > 90
            assert {len(key) for key in keys} == {SEAL_KEY_CHARS}
        assert all(
            one.__table__.columns["seal_key"].default.arg(None).startswith(moment)
            for one in models
            if one not in silent
        )
