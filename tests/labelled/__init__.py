"""A labelled set of made-up people: who is truly whom is known, so that matching can be measured.

2,000 people come once. 600 of them come again, each time with one of eight kinds of damage (one in
five with a second kind on top). 600 others come who are somebody else, and look like one of the
first: twins, a father and his son of one name, a household with one telephone, and people whose
name is a common one. Nothing here knows how Beacon compares people.
"""

from tests.labelled.rows import rows_as_file
from tests.labelled.set import SEED, Labelled, LabelledSet, labelled_people
from tests.labelled.terms import Came, Damage, Likeness

__all__ = [
    "SEED",
    "Came",
    "Damage",
    "Labelled",
    "LabelledSet",
    "Likeness",
    "labelled_people",
    "rows_as_file",
]
