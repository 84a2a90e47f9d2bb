"""Who takes which case, fairly: working patterns, weight, proposals, hand-over, cover, reviews."""
