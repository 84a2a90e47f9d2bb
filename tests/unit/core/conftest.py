"""How the tests that make up their own examples run."""

from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

# No deadline for one example: the first of a run loads tables that the others find loaded.
settings.register_profile(
    "beacon", deadline=None, database=DirectoryBasedExampleDatabase(".cache/hypothesis")
)
settings.load_profile("beacon")
