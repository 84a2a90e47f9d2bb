"""The words by which the people of the county are found, as its cases would have kept them."""

from __future__ import annotations

from collections.abc import Iterator

from beacon.ops.bench import rows
from beacon.ops.bench.rows import Row
from beacon.people.rules import name_keys, reference_keys
from beacon.people.terms import KeyKind


def keys(case: Row) -> Iterator[Row]:
    """What the n-th case is found by."""
    n = case["id"]
    victim = rows.victim(n)
    found = [
        *name_keys(victim["name_key"], victim["surname_key"]),
        (KeyKind.BORN, victim["date_of_birth"].isoformat()),
        *reference_keys(case["reference"], rows.crime_reference(n), victim["victim_reference"]),
    ]
    for kind, key in found:
        yield {
            "victim_id": n,
            "case_id": n,
            "kind": kind,
            "key": key,
            "team_id": case["team_id"],
            "manager_id": case["manager_id"],
            "is_fraud": False,
            "restricted": case["restricted"],
        }
