"""What Splink, the Ministry of Justice's own matcher, makes of the labelled set.

It is given the same facts in the same normal forms (names folded, numbers as E.164, postcodes
without spaces) and its own comparisons for names, dates, e-mail and postcodes; it learns its
weights from the set itself, without the labels, as its documentation does it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as compare

from beacon.core.names import name_key
from beacon.core.postcode import postcode_key
from beacon.people.queries import fingerprint, handles_of
from beacon.people.rules import PersonFacts
from tests.labelled.measuring import Measured
from tests.labelled.set import Labelled, LabelledSet

# Splink's weights are powers of two: 10 is 999 in a thousand, 0 is one in two.
LINK_AT, QUEUE_AT = 10.0, 0.0


@dataclass(frozen=True)
class Scored:
    """Every pair that Splink compared, with the weight that it gives."""

    made: LabelledSet
    pairs: dict[frozenset[int], float]

    def measured(self, link_at: float = LINK_AT, queue_at: float = QUEUE_AT) -> Measured:
        """What would be linked and queued at these weights."""
        linked = {pair for pair, weight in self.pairs.items() if weight >= link_at}
        queued = {pair for pair, weight in self.pairs.items() if queue_at <= weight < link_at}
        return Measured(self.made, linked, queued)

    def surest(self) -> float:
        """The weight above which every pair is one person: chosen by looking at the labels."""
        true = self.made.true_pairs()
        return max((one for pair, one in self.pairs.items() if pair not in true), default=0) + 0.001

    def found_at(self, recall: float) -> float:
        """The weight above which this share of those who came again is found."""
        true = sorted((self.pairs.get(pair, -99) for pair in self.made.true_pairs()), reverse=True)
        return true[round(len(true) * recall) - 1]


def by_splink(made: LabelledSet) -> Scored:
    """Score the pairs of the set."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    table = DuckDBAPI().register(pyarrow.Table.from_pylist([_row(n, one) for n, one in _of(made)]))
    linker = Linker(table, SETTINGS, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("reference"), block_on("name", "born")], recall=0.6
    )
    training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=1)
    for rule in (block_on("born"), block_on("surname", "first_name")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict().as_record_list()
    return Scored(
        made,
        {frozenset((row["unique_id_l"], row["unique_id_r"])): row["match_weight"] for row in found},
    )


def found_by_our_keys(made: LabelledSet) -> set[frozenset[int]]:
    """The pairs that Beacon's keys bring together to be compared."""
    holders: dict[str | int, list[int]] = {}
    for place, one in _of(made):
        for handle in handles_of(fingerprint(_facts(one))):
            holders.setdefault(handle, []).append(place)
    return {frozenset(two) for found in holders.values() for two in combinations(found, 2)}


def _of(made: LabelledSet) -> list[tuple[int, Labelled]]:
    return list(enumerate(made.records))


def _facts(one: Labelled) -> PersonFacts:
    facts = one.facts
    return PersonFacts(
        first_name=" ".join(facts.first_name.split()),
        last_name=" ".join(facts.last_name.split()),
        date_of_birth=facts.born,
        victim_reference=facts.reference,
        mobile=facts.mobile,
        phone=facts.phone,
        email=facts.email,
        address=facts.address,
        postcode=facts.postcode,
    )


def _row(place: int, one: Labelled) -> dict[str, Any]:
    facts = _facts(one)
    points = facts.points()
    return {
        "unique_id": place,
        "first_name": name_key(facts.first_name) or None,
        "surname": name_key(facts.last_name) or None,
        "name": facts.name_key or None,
        "born": facts.date_of_birth.isoformat() if facts.date_of_birth else None,
        "phones": [point.normal for point in points if point.is_number] or None,
        "email": next((point.normal for point in points if not point.is_number), None),
        "address": name_key(facts.address) or None,
        "postcode": postcode_key(facts.postcode) or None,
        "reference": facts.victim_reference or None,
    }


SETTINGS = SettingsCreator(
    link_type="dedupe_only",
    blocking_rules_to_generate_predictions=[
        block_on("phones", arrays_to_explode=["phones"]),
        block_on("email"),
        block_on("reference"),
        block_on("address"),
        block_on("born"),
        block_on("first_name", "surname"),
        block_on("surname", "postcode"),
        block_on("first_name", "postcode"),
    ],
    comparisons=[
        compare.ForenameSurnameComparison("first_name", "surname"),
        compare.DateOfBirthComparison("born", input_is_string=True),
        compare.ArrayIntersectAtSizes("phones", [1]),
        compare.EmailComparison("email"),
        compare.ExactMatch("address").configure(term_frequency_adjustments=True),
        compare.PostcodeComparison("postcode"),
        compare.ExactMatch("reference"),
    ],
)
