"""Who saw and did what: append-only, chained with a key held outside the database."""
