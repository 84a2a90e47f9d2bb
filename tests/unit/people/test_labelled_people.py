"""The labelled set is what it says, and is not changed to please the matcher."""

from __future__ import annotations

import hashlib
from collections import Counter

from tests.labelled import Damage, LabelledSet, Likeness, labelled_people, rows_as_file

# Changed only by a decision of its own: the set came before the matcher.
DIGEST = "f037f5b5dca2da560629ff61cf5d0f531745611d23293ee43005a5b2c8359f3e"


def counted(made: LabelledSet) -> Counter[Damage | Likeness | None]:
    """How many records came in each way."""
    return Counter(one.came.damage or one.came.likeness for one in made.records)


def test_the_set_has_two_thousand_people_six_hundred_again_and_six_hundred_others():
    made = labelled_people()
    assert counted(made) == {
        None: 2000,
        **dict.fromkeys(Damage, 75),
        **dict.fromkeys(Likeness, 150),
    }
    assert len(made.true_pairs()) == 600


def test_the_set_is_the_one_that_was_made_before_the_matcher():
    file = rows_as_file(labelled_people().records)
    assert hashlib.sha256(file).hexdigest() == DIGEST
