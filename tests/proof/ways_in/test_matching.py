"""Who is recognised of 2,000 people, 600 of them again and 600 who only look like them."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.labelled import labelled_people
from tests.labelled.measuring import measured
from tests.labelled.splink_side import by_splink, found_by_our_keys

LINKS, RECALL, NOISE = 300, 0.97, 0.08


@pytest.mark.timeout(3400)
def test_people_who_come_again_are_linked_or_asked_about_and_nobody_else_is_linked(app: Flask):
    made = labelled_people()
    ours = measured(made)
    print("Beacon", *ours.figures(), *ours.table(), sep="\n")
    assert ours.precision == 1
    assert len(ours.linked) >= LINKS
    assert ours.recall >= RECALL
    assert ours.noise < NOISE * ours.later


@pytest.mark.timeout(1200)
def test_our_keys_find_whom_splink_finds(app: Flask):
    made = labelled_people()
    true, scored = set(made.true_pairs()), by_splink(made)
    for name, pairs in (("Beacon", found_by_our_keys(made)), ("Splink", set(scored.pairs))):
        share = len(true.intersection(pairs)) / len(true)
        print(f"{name} compares {len(pairs)} pairs, {share:.3f} of those who came again among them")
    as_it_comes = scored.measured()
    print("Splink, linked from 0.999 and queued from 0.5", *as_it_comes.figures(), sep="\n")
    chosen = scored.measured(scored.surest(), scored.found_at(RECALL))
    print("Splink, its two weights chosen by looking at the labels", *chosen.figures(), sep="\n")
    print(*chosen.table(), sep="\n")
    found = len(true.intersection(found_by_our_keys(made)))
    assert found >= len(true.intersection(scored.pairs))
