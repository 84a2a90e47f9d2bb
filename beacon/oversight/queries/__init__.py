"""What oversight can be asked."""

from beacon.oversight.queries.reviews import ReviewRow, one_review, reviews_done, reviews_waiting

__all__ = ["ReviewRow", "one_review", "reviews_done", "reviews_waiting"]
