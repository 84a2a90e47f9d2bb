"""How a row of the log is signed: exact bytes, so that next year's code reads this year's log."""

from __future__ import annotations

from beacon.audit import rules

KEY = bytes(range(32))
FACTS = {"seq": 1, "actor_name": "Zoë", "at": "2026-11-24T12:00:00.000000+00:00"}
LINE = rb'{"actor_name":"Zo\u00eb","at":"2026-11-24T12:00:00.000000+00:00","seq":1}'
# Worked out apart from the code under test: HMAC-SHA-256 of the code before, "|" and the line.
CODE = "ee67d07727c5f019b3c37db25bde7a638bdca8934bcf2d201012a076b5ba6a5d"
NAME = "6b81c96c68da"  # the first twelve of SHA-256 of "audit-key-id|" and the key


def test_a_row_is_one_line_of_bytes_whatever_the_order_of_its_facts() -> None:
    assert rules.canonical(FACTS) == LINE
    assert rules.canonical(dict(reversed(FACTS.items()))) == LINE


def test_the_first_row_stands_after_nought() -> None:
    assert rules.GENESIS == "0000000000000000000000000000000000000000000000000000000000000000"


def test_a_row_is_signed_with_the_code_of_the_row_before() -> None:
    first = rules.chained(KEY, rules.GENESIS, FACTS)
    assert first == CODE
    assert rules.chained(KEY, first, FACTS) != first
    assert rules.chained(KEY[::-1], rules.GENESIS, FACTS) != first


def test_a_key_has_a_short_name_that_does_not_give_it_away() -> None:
    assert rules.key_id(KEY) == NAME
