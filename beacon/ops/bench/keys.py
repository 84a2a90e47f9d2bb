"""What the people of the county are found by, in search and in matching, as commands keep it."""

from __future__ import annotations

from collections.abc import Iterator

from beacon.ops.bench import rows
from beacon.ops.bench.rows import Row
from beacon.people.queries import fingerprint, keys_of
from beacon.people.rules import PersonFacts, name_keys, reference_keys
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


def person_keys(n: int) -> Iterator[Row]:
    """What the n-th person is recognised by."""
    victim = rows.victim(n)
    named = {part: victim[part] for part in ("first_name", "last_name", "date_of_birth")}
    facts = PersonFacts(**named, address=rows.lines(n), postcode=rows.home(n))
    for value in sorted(keys_of(fingerprint(facts))):
        yield {"victim_id": n, "value": value}
